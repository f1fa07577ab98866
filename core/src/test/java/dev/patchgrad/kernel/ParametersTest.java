package dev.patchgrad.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.network.Student;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A student's values, unpacked: nothing of a longer one before it is left behind them. */
final class ParametersTest {
  private static final Student SHORT = Student.plain(new double[] {1, 2}, new double[] {3});
  private static final Student LONG =
      Student.plain(new double[] {5, 5, 5, 5}, new double[] {6, 6, 6});

  private static Parameters afterALongerOne() {
    Parameters parameters = new Parameters();
    parameters.set(LONG, 1);
    parameters.set(SHORT, 1);
    return parameters;
  }

  @Test
  void ofALongerStudentBeforeNothingIsLeft() {
    assertThat(afterALongerOne().w()).containsExactly(1, 2);
    assertThat(afterALongerOne().a()).containsExactly(3);
  }

  @Test
  void theRestOfALongerArrayIsZero() {
    double[] doubles = new double[4];
    float[] floats = new float[4];
    Arrays.fill(doubles, 9);
    Arrays.fill(floats, 9);
    afterALongerOne().copyFilter(doubles);
    afterALongerOne().copyFilter(floats);
    assertThat(doubles).containsExactly(1, 2, 0, 0);
    assertThat(floats).containsExactly(1, 2, 0, 0);
    Arrays.fill(doubles, 9);
    Arrays.fill(floats, 9);
    afterALongerOne().copyWeights(doubles);
    afterALongerOne().copyWeights(floats);
    assertThat(doubles).containsExactly(3, 0, 0, 0);
    assertThat(floats).containsExactly(3, 0, 0, 0);
  }
}

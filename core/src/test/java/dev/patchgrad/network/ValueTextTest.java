package dev.patchgrad.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.population.ClosedForm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Values say what they are, as a debugger and a log show them, and a plain student's w is w. */
class ValueTextTest {
  private static final Teacher TEACHER = Teacher.of(new double[] {2, .5}, new double[] {1});

  @Test
  void aValueShowsItsNumbers() {
    assertThat(TEACHER).hasToString("Teacher[w=[2.0, 0.5], a=[1.0]]");
    assertThat(Student.weightNormalised(new double[] {3, 4}, new double[] {-1}))
        .hasToString("Student[v=[3.0, 4.0], a=[-1.0]]");
    assertThat(Student.plain(new double[] {3, 4}, new double[] {-1}))
        .hasToString("Student[plain, w=[3.0, 4.0], a=[-1.0]]");
    assertThat(GaussianData.of(TEACHER).n(5).seed(1).batch(Precision.FLOAT))
        .hasToString("FloatBatch[n=5, k=1, p=2, row-major]");
    assertThat(
            GaussianData.of(TEACHER)
                .n(5)
                .seed(1)
                .batch(Precision.DOUBLE)
                .toLayout(Layout.padded(4)))
        .hasToString("DoubleBatch[n=5, k=1, p=2, padded-4]");
    assertThat(GaussianData.of(TEACHER).n(5).seed(7))
        .hasToString("GaussianData[n=5, k=1, p=2, seed=7]");
    assertThat(ClosedForm.of(TEACHER)).hasToString("ClosedForm[" + TEACHER + "]");
    assertThat(Gradient.zeros().k(3)).hasToString("Gradient.Sizes[k=3]");
  }

  @Test
  void aBatchThatIsACopyKeepsItsValues() {
    double[] patches = {1, 2, 3, 4};
    double[] labels = {5, 6};
    PatchBatch copy = DoubleBatch.copyOf(patches, labels).k(1).p(2);
    PatchBatch view = DoubleBatch.wrap(patches, labels).k(1).p(2);
    patches[3] = 7;
    labels[1] = 8;
    assertThat(copy.patch(1, 0, 1)).isEqualTo(4);
    assertThat(copy.label(1)).isEqualTo(6);
    assertThat(view.patch(1, 0, 1)).isEqualTo(7);
    assertThat(view.label(1)).isEqualTo(8);
    assertThat(DoubleBatch.wrap(patches, labels).k(2))
        .hasToString("DoubleBatch.Flat[4 elements, n=2, k=2]");
    assertThatThrownBy(() -> DoubleBatch.wrap(patches, labels).p(2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("k: 0 given; expected at least 1");
  }

  @ParameterizedTest
  @EnumSource
  void aKernelShowsItsNamePrecisionAndLayout(Precision precision) {
    assertThat(Kernels.create("scalar", precision))
        .asString()
        .startsWith("scalar[" + precision.label() + ", row-major, ");
    assertThat(Kernels.createStudents(precision)).asString().startsWith("students[");
    assertThat(Kernels.createSignFlips(precision)).asString().startsWith("sign-flips[");
  }

  @Test
  void aLongArrayIsShownByItsStartAndLength() {
    assertThat(Student.plain(new double[9], new double[8]))
        .hasToString(
            "Student[plain, w=[0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, … 9 elements],"
                + " a=[0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]]");
  }

  @Test
  void thePlainFilterHasItsOwnName() {
    Student plain = Student.plain(new double[] {3, 4}, new double[] {1});
    assertThat(plain.w()).isSameAs(plain.v());
    Gradient gradient = ClosedForm.of(TEACHER).gradient(plain);
    assertThat(gradient.dw()).isSameAs(gradient.dv());
    assertThatThrownBy(() -> Student.weightNormalised(new double[] {1}, new double[] {1}).w())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("expected a plain one, or a call of filter");
  }
}

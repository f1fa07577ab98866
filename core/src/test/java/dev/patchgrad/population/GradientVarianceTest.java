package dev.patchgrad.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import org.junit.jupiter.api.Test;

/** Pins the per-sample variances to known values. */
class GradientVarianceTest {
  private static final Student STUDENT =
      Student.weightNormalised(new double[] {1, 2, -1}, new double[] {1, -.5});
  private static final Teacher TEACHER = Teacher.of(new double[] {2, .5, 1}, new double[] {.75, 2});

  @Test
  void equalsTheGoldenValues() {
    GradientVariance variance = GradientVariance.of(STUDENT, TEACHER);
    // Some 100 roundings of terms up to 1e3.
    assertThat(variance.loss()).isCloseTo(202.20288543149678, within(1e-11));
    // Known to nine digits.
    assertThat(variance.a()[0]).isCloseTo(5.55053207, within(5e-9));
    assertThat(variance.a()[1]).isCloseTo(14.120326, within(5e-7));
    assertThat(variance.filterSecondMoment())
        .isCloseTo(1.5691404635346704 + 2.2587228665840127, within(1e-13));
  }

  @Test
  void isZeroAtTheGlobalMinimum() {
    double[] a = TEACHER.a();
    double norm = Math.sqrt(5.25);
    for (int j = 0; j < a.length; j++) {
      a[j] *= norm;
    }
    GradientVariance variance =
        GradientVariance.of(Student.weightNormalised(TEACHER.w(), a), TEACHER);
    // Fourth moments of size 1e3 cancel.
    assertThat(variance.loss()).isCloseTo(0, within(1e-11));
    assertThat(variance.a()[0]).isCloseTo(0, within(1e-12));
    assertThat(variance.filterSecondMoment()).isCloseTo(0, within(1e-11));
  }

  @Test
  void aPlainStudentIsRefused() {
    assertThatThrownBy(() -> GradientVariance.of(Student.plain(STUDENT.v(), STUDENT.a()), TEACHER))
        .hasMessage("student: parametrisation PLAIN given; expected WEIGHT_NORMALISED");
  }
}

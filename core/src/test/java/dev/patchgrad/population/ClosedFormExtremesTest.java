package dev.patchgrad.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.Parametrisation;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The closed form where squares leave a double's range: right, or refused by name. */
class ClosedFormExtremesTest {
  private static final double[] W = {2, .5, 1};
  private static final double[] A = {.75, 2};
  private static final double[] V = {1, 2, -1};
  private static final double[] WEIGHTS = {1, -.5};

  private static double[] scaled(double[] values, int exponent) {
    return Arrays.stream(values).map(value -> Math.scalb(value, exponent)).toArray();
  }

  private static Student student(Parametrisation parametrisation, int ofV, int ofWeights) {
    return parametrisation == Parametrisation.PLAIN
        ? Student.plain(scaled(V, ofV), scaled(WEIGHTS, ofWeights))
        : Student.weightNormalised(scaled(V, ofV), scaled(WEIGHTS, ofWeights));
  }

  /**
   * The exponents of |w*| and |v|, and of labels and outputs. A loss beyond the largest double is
   * infinite, below the smallest 0, as rounding has it; powers of two round nothing else.
   */
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0", "0, 0, 100", "900, 0, 0", "-900, 0, 0", "900, -900, 400", "-900, 900, -400",
    "1000, 1000, 0", "0, 0, 500", "0, 0, -500", "0, 1000, 500", "0, 0, 600", "0, 0, -600",
    "20, 0, 1000", "-20, 0, -1000", "0, -1000, 600", "900, -500, 0"
  })
  void aPowerOfTwoChangesNoDigit(int ofTarget, int ofV, int ofLabels) {
    for (Parametrisation parametrisation : Parametrisation.values()) {
      boolean plain = parametrisation == Parametrisation.PLAIN;
      int ofWeights = plain ? ofLabels - ofV : ofLabels;
      if (Math.abs(ofWeights) > 1000 || Math.abs(ofLabels - ofTarget) > 1000) {
        continue; // no such weights
      }
      Gradient one = ClosedForm.of(Teacher.of(W, A)).gradient(student(parametrisation, 0, 0));
      Gradient other =
          ClosedForm.of(Teacher.of(scaled(W, ofTarget), scaled(A, ofLabels - ofTarget)))
              .gradient(student(parametrisation, ofV, ofWeights));
      assertThat(other.loss()).isEqualTo(Math.scalb(one.loss(), 2 * ofLabels));
      assertThat(other.dv()).isEqualTo(scaled(one.dv(), 2 * ofLabels - ofV));
      assertThat(other.da()).isEqualTo(scaled(one.da(), 2 * ofLabels - ofWeights));
    }
  }

  /** An output far beyond the labels, and far below. */
  @ParameterizedTest
  @ValueSource(ints = {450, 700, 1000, -700})
  void weightsOfAnySizeGiveWhatTheFormulaSays(int exponent) {
    Gradient gradient =
        ClosedForm.of(Teacher.of(W, A))
            .gradient(student(Parametrisation.WEIGHT_NORMALISED, 0, exponent));
    assertThat(Double.isNaN(gradient.loss())).isFalse();
    double sum = Math.scalb(.5, exponent);
    double target = Math.sqrt(5.25);
    double g = 1.6239417283191986;
    for (int j = 0; j < 2; j++) {
      double expected =
          (sum
                  + (Math.PI - 1) * Math.scalb(WEIGHTS[j], exponent)
                  - target * (2.75 + (g - 1) * A[j]))
              / (2 * Math.PI);
      // The formula's five terms round by 1e-16 each; the largest is below 6 times the result.
      assertThat(gradient.da()[j] / expected).isBetween(1 - 3e-15, 1 + 3e-15);
    }
  }

  @Test
  void whatNoDoubleHoldsIsRefusedByName() {
    double[] huge = new double[4];
    Arrays.fill(huge, 1.5e308);
    double[] tiny = new double[4];
    Arrays.fill(tiny, Double.MIN_VALUE);
    double[] four = {1, 1, 1, 1};
    Student ordinary = Student.weightNormalised(four, WEIGHTS);
    String range = " given; expected 2.2250738585072014E-308 to 1.7976931348623157E308";
    refused(() -> Teacher.of(huge, A), "w*: |w*| = more than a double holds" + range);
    refused(() -> Teacher.of(tiny, A), "w*: |w*| = 9.9E-324" + range);
    ClosedForm form = ClosedForm.of(Teacher.of(four, A));
    for (Parametrisation parametrisation : Parametrisation.values()) {
      Student student =
          parametrisation == Parametrisation.PLAIN
              ? Student.plain(huge, WEIGHTS)
              : Student.weightNormalised(huge, WEIGHTS);
      refused(() -> form.gradient(student), "v: |v| = more than a double holds" + range);
    }
    refused(
        () -> form.gradient(Student.weightNormalised(tiny, WEIGHTS)), "v: |v| = 9.9E-324" + range);
    refused(() -> FilterAngle.between(tiny, four), "v: |v| = 9.9E-324" + range);
    refused(() -> FilterAngle.between(four, huge), "w: |w| = more than a double holds" + range);
    refused(
        () -> ClosedForm.of(Teacher.of(new double[] {1e200}, new double[] {1e200})),
        "teacher: |w*| |a*| is more than a double holds; expected at most 1.7976931348623157E308");
    refused(
        () -> CriticalPoints.of(Teacher.of(new double[] {1e100}, new double[] {1e100})),
        "teacher: |a*|^2 = 1.0E200 and |w*|^2 |a*|^2 = Infinity given; expected"
            + " 2.2250738585072014E-308 to 1.0E300, so that losses stay within a double's range");
    assertThatThrownBy(
            () -> GradientVariance.of(ordinary, Teacher.of(four, new double[] {1e90, 1})))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("student, teacher: Var(loss) = ");
  }

  @Test
  void theLargestTeacherIsTaken() {
    Teacher largest = Teacher.of(new double[] {1}, new double[] {Double.MAX_VALUE});
    assertThat(ClosedForm.of(largest)).hasToString("ClosedForm[" + largest + "]");
  }

  private static void refused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}

package dev.patchgrad.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Students, teachers and gradients: the filter w = v / |v|, and what is refused by name. */
class StudentTest {
  private static final double[] A = {1, -.5};
  private static final String RANGE =
      " given; expected 2.2250738585072014E-308 to 1.7976931348623157E308";

  /** Beyond 2^1021 the reciprocal of |v| loses digits, so that elements are divided. */
  @ParameterizedTest
  @ValueSource(ints = {0, 3, -500, 1020, 1021, -1022})
  void theFilterHasLengthOneAndTheDirectionOfV(int exponent) {
    double[] v = {Math.scalb(.75, exponent), 0, -exponent > 1000 ? -0x1p-1022 : -unit(exponent)};
    Student student = Student.weightNormalised(v, A);
    double[] w = new double[3];
    double norm = student.filter(w);
    assertThat(norm).isEqualTo(student.checkedNorm());
    // Four roundings of |v| and one or two of the quotient.
    assertThat(Math.hypot(w[0], w[2])).isCloseTo(1, within(6 * 0x1p-53));
    assertThat(w[0] * v[2] / v[0]).isCloseTo(w[2], within(6 * 0x1p-53));
    assertThat(w[0]).isPositive();
    assertThat(w[1]).isZero();
  }

  private static double unit(int exponent) {
    return Math.scalb(1.0, exponent);
  }

  /** The reciprocal of these lengths has lost digits, or is infinite; a quotient is exact. */
  @ParameterizedTest
  @ValueSource(doubles = {1.9 * 0x1p1023, 1.1 * 0x1p1022, 3 * 0x1p-1060})
  void aLengthWithoutASoundReciprocalIsDividedBy(double length) {
    double[] w = new double[1];
    Student.weightNormalised(new double[] {-length}, A).filter(w);
    assertThat(w).containsExactly(-1);
  }

  @Test
  void aPlainStudentsFilterIsItsOwn() {
    Student plain = Student.plain(new double[] {3, -4}, A);
    double[] w = new double[2];
    assertThat(plain.filter(w)).isEqualTo(1);
    assertThat(w).containsExactly(3, -4);
    assertThat(plain.checkedNorm()).isEqualTo(1);
    assertThat(Student.weightNormalised(new double[] {3, -4}, A).checkedNorm()).isEqualTo(5);
    // v = 0 has no direction, but is a plain filter like any other.
    assertThat(Student.plain(new double[2], A).checkedNorm()).isEqualTo(1);
    refused(() -> plain.filter(new double[3]), "w: length 3 given; expected p = 2");
  }

  @Test
  void aStudentOfNoDirectionOrNoNumbersIsRefused() {
    double[] huge = {1.5e308, 1.5e308};
    for (boolean isPlain : new boolean[] {true, false}) {
      refused(
          () -> student(isPlain, new double[] {1, Double.NaN}, A).check(),
          "v[1]: NaN given; expected a finite number");
      refused(
          () -> student(isPlain, new double[] {Double.NEGATIVE_INFINITY, 1}, A).check(),
          "v[0]: -Infinity given; expected a finite number");
      refused(
          () -> student(isPlain, new double[] {1}, new double[] {0, Double.NaN}).check(),
          "a[1]: NaN given; expected a finite number");
      refused(() -> student(isPlain, huge, A).check(), "v: |v| = more than a double holds" + RANGE);
    }
    refused(
        () -> student(false, new double[2], A).check(),
        "v: all 2 elements are 0; expected |v| > 0, since w = v / |v|");
    refused(
        () -> student(false, new double[] {Double.MIN_VALUE, 0}, A).check(),
        "v: |v| = 4.9E-324" + RANGE);
    assertThat(student(false, new double[] {Double.MIN_NORMAL}, A).checkedNorm())
        .isEqualTo(Double.MIN_NORMAL);
  }

  private static Student student(boolean isPlain, double[] v, double[] a) {
    return isPlain ? Student.plain(v, a) : Student.weightNormalised(v, a);
  }

  @Test
  void aStudentSharesNoArrayWithItsCallerOrItsCopy() {
    double[] v = {3, 4};
    Student student = Student.weightNormalised(v, A);
    v[0] = 7;
    Student copy = student.copy();
    student.v()[1] = 9;
    student.a()[0] = 5;
    assertThat(copy.v()).containsExactly(3, 4);
    assertThat(copy.a()).containsExactly(1, -.5);
    assertThat(copy.parametrisation()).isEqualTo(Parametrisation.WEIGHT_NORMALISED);
    assertThat(Student.plain(v, A).copy().parametrisation()).isEqualTo(Parametrisation.PLAIN);
  }

  @Test
  void aTeacherOfNoDirectionOrNoNumbersIsRefused() {
    refused(
        () -> Teacher.of(new double[] {1, Double.NaN}, A),
        "w*[1]: NaN given; expected a finite number");
    refused(
        () -> Teacher.of(new double[] {Double.POSITIVE_INFINITY}, A),
        "w*[0]: Infinity given; expected a finite number");
    refused(
        () -> Teacher.of(new double[] {1.5e308, 1.5e308}, A),
        "w*: |w*| = more than a double holds" + RANGE);
    refused(() -> Teacher.of(new double[] {Double.MIN_VALUE}, A), "w*: |w*| = 4.9E-324" + RANGE);
  }

  @Test
  void aTeachersArraysAreItsOwn() {
    double[] w = {1, 2};
    Teacher teacher = Teacher.of(w, A);
    w[0] = 5;
    teacher.w()[1] = 6;
    teacher.a()[0] = 7;
    assertThat(teacher.w()).containsExactly(1, 2);
    assertThat(teacher.a()).containsExactly(1, -.5);
    assertThat(teacher.p()).isEqualTo(2);
    assertThat(teacher.k()).isEqualTo(2);
  }

  @Test
  void aGradientTakesStudentsOfItsSizesAlone() {
    Student student = Student.weightNormalised(new double[] {1, 2, 3}, A);
    Gradient gradient = Gradient.of(student);
    gradient.requireFits(student);
    assertThat(gradient.dv()).hasSize(3);
    assertThat(gradient.da()).hasSize(2);
    refused(
        () -> Gradient.zeros().k(2).p(4).requireFits(student),
        "gradient.dv: length 4 given; expected p of the student = 3");
    refused(
        () -> Gradient.zeros().k(1).p(3).requireFits(student),
        "gradient.da: length 1 given; expected k of the student = 2");
    refused(() -> Gradient.zeros().k(0).p(3), "k: 0 given; expected at least 1");
    gradient.loss(2.5);
    Arrays.fill(gradient.da(), -1);
    assertThat(gradient.loss()).isEqualTo(2.5);
    assertThat(gradient).hasToString("Gradient[loss=2.5, dv=[0.0, 0.0, 0.0], da=[-1.0, -1.0]]");
  }

  private static void refused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}

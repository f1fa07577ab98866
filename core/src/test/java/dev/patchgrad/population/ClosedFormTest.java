package dev.patchgrad.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.Parametrisation;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pins the closed form to known values, to its own differences, and to its limits. */
class ClosedFormTest {
  private static final double[] V = {1, 2, -1};
  private static final double[] A = {1, -.5};
  private static final Teacher TEACHER = Teacher.of(new double[] {2, .5, 1}, new double[] {.75, 2});

  /** Values of order 1 to 10, some 40 operations each rounded to 2^-53. */
  private static final Offset<Double> ROUNDING = within(1e-14);

  @Test
  void equalsTheGoldenValuesUnderWeightNormalisation() {
    Student student = Student.weightNormalised(V, A);
    Gradient gradient = evaluate(TEACHER, student);
    FilterAngle angle = ClosedForm.of(TEACHER).angle(student);
    assertThat(angle.phi()).isCloseTo(1.206439601423194, ROUNDING);
    assertThat(angle.g()).isCloseTo(1.6239417283191986, ROUNDING);
    assertThat(gradient.loss()).isCloseTo(7.0300111725028955, ROUNDING);
    assertThat(gradient.dv())
        .containsExactly(
            new double[] {0.05239002238444037, -0.005239002238444039, 0.0419120179075523},
            ROUNDING);
    assertThat(gradient.da())
        .containsExactly(new double[] {-0.7530689085823834, -1.5487523653813098}, ROUNDING);
  }

  @Test
  void equalsTheGoldenValuesWithoutNormalisation() {
    Gradient gradient = evaluate(TEACHER, Student.plain(V, A));
    assertThat(gradient.loss()).isCloseTo(7.550270858325223, ROUNDING);
    assertThat(gradient.dv())
        .containsExactly(
            new double[] {0.4126920894883444, 0.5558936518214666, -0.18170020906958245}, ROUNDING);
    assertThat(gradient.da())
        .containsExactly(new double[] {-0.35192006754032734, -4.116199339482374}, ROUNDING);
  }

  @ParameterizedTest
  @EnumSource
  void gradientIsTheLimitOfDifferences(Parametrisation parametrisation) {
    SplittableRandom random = new SplittableRandom(11);
    for (int trial = 0; trial < 20; trial++) {
      int p = 2 + trial % 4;
      int k = 1 + trial % 5;
      Teacher teacher = Teacher.of(gaussian(random, p), gaussian(random, k));
      double[] v = gaussian(random, p);
      double[] a = gaussian(random, k);
      Gradient gradient = evaluate(teacher, student(parametrisation, v, a));
      // Central differences over h = 1e-5: the cut-off is some h^2 times a third derivative, which
      // grows as 1/|v|^3; rounding gives 1e-16 times the loss over h.
      Offset<Double> tolerance = within(1e-8 * (1 + gradient.loss()) * (1 + Math.pow(norm(v), -3)));
      for (int c = 0; c < p; c++) {
        int at = c;
        assertThat(gradient.dv()[c])
            .isCloseTo(slope(v, at, () -> loss(teacher, parametrisation, v, a)), tolerance);
      }
      for (int j = 0; j < k; j++) {
        int at = j;
        assertThat(gradient.da()[j])
            .isCloseTo(slope(a, at, () -> loss(teacher, parametrisation, v, a)), tolerance);
      }
    }
  }

  @Test
  void bothParametrisationsAgreeWhereTheFilterHasLengthOne() {
    double[] unit = {.48, -.6, .64};
    Gradient normalised = evaluate(TEACHER, Student.weightNormalised(unit, A));
    Gradient plain = evaluate(TEACHER, Student.plain(unit, A));
    assertThat(plain.loss()).isCloseTo(normalised.loss(), ROUNDING);
    assertThat(plain.da()).containsExactly(normalised.da(), ROUNDING);
    double radial = 0;
    for (int c = 0; c < 3; c++) {
      radial += plain.dv()[c] * unit[c];
    }
    for (int c = 0; c < 3; c++) {
      assertThat(plain.dv()[c] - radial * unit[c]).isCloseTo(normalised.dv()[c], ROUNDING);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, -1, .25, -8})
  void filterGradientIsExactlyZeroAlongTheTeacher(double factor) {
    double[] v = TEACHER.w();
    for (int c = 0; c < v.length; c++) {
      v[c] *= factor;
    }
    Gradient gradient = evaluate(TEACHER, Student.weightNormalised(v, A));
    assertThat(gradient.dv()).containsOnly(0.0);
  }

  @Test
  void vanishesAtTheTeacherItself() {
    Gradient plain = evaluate(TEACHER, Student.plain(TEACHER.w(), TEACHER.a()));
    assertThat(plain.loss()).isZero();
    assertThat(plain.dv()).containsOnly(0.0);
    assertThat(plain.da()).containsOnly(0.0);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-2, 1e-4, 1e-6, 1e-8, 1e-10})
  void keepsItsDigitsAtSmallAngles(double phi) {
    Teacher teacher = Teacher.of(new double[] {3, 0}, new double[] {2});
    Student student =
        Student.weightNormalised(new double[] {Math.cos(phi), Math.sin(phi)}, new double[] {6});
    Gradient gradient = evaluate(teacher, student);
    // a = |w*| a*: only the angle is wrong. The series of pi - g in phi, its next term phi^4 below.
    double gap = Math.PI * phi * phi / 2 - phi * phi * phi / 3 - Math.PI * Math.pow(phi, 4) / 24;
    double expected = 2 * gap * 36 / (4 * Math.PI);
    // The two unit vectors are rounded, which moves the angle by some 2e-16.
    double relative = 4 * 2e-16 / phi + 4 * Math.pow(phi, 3);
    assertThat(gradient.loss()).isCloseTo(expected, within(expected * relative));
    double slope = 12 * (Math.PI - phi) / (2 * Math.PI) * 3 * Math.sin(phi);
    assertThat(Math.hypot(gradient.dv()[0], gradient.dv()[1]))
        .isCloseTo(slope, within(slope * (relative + 1e-14)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-10, 1e-8, 1e-5, 9.9e-3, 1.01e-2, .5})
  void gKeepsItsDigitsNearPi(double supplement) {
    double d = supplement;
    // sin d - d cos d = sum_m (-1)^(m+1) 2m d^(2m+1) / (2m+1)!, here to eight terms.
    BigDecimal expected = BigDecimal.ZERO;
    BigDecimal power = new BigDecimal(d);
    BigDecimal factorial = BigDecimal.ONE;
    for (int m = 1; m <= 8; m++) {
      power = power.multiply(new BigDecimal(d)).multiply(new BigDecimal(d));
      factorial = factorial.multiply(BigDecimal.valueOf(2L * m * (2L * m + 1)));
      BigDecimal term =
          power
              .multiply(BigDecimal.valueOf(2L * m))
              .divide(factorial, java.math.MathContext.DECIMAL128);
      expected = m % 2 == 1 ? expected.add(term) : expected.subtract(term);
    }
    // Above the series' range d - d (1 - d^2/2) cancels down to d^3/3: 3/d^2 roundings.
    double relative = d < 1e-2 ? 1e-14 : 3 * 2.3e-16 / (d * d);
    assertThat(FilterAngle.ofSupplement(d).g())
        .isCloseTo(expected.doubleValue(), within(expected.doubleValue() * relative));
  }

  @Test
  void angleReadsBothEndsAlike() {
    FilterAngle same = FilterAngle.between(new double[] {3, 4}, new double[] {3, 4});
    FilterAngle opposite = FilterAngle.between(new double[] {3, 4}, new double[] {-3, -4});
    assertThat(same).isEqualTo(FilterAngle.ofRadians(0));
    assertThat(same.g()).isEqualTo(Math.PI);
    assertThat(opposite).isEqualTo(FilterAngle.ofSupplement(0));
    assertThat(opposite.g()).isZero();
    FilterAngle tiny = FilterAngle.between(new double[] {1e-300, 0}, new double[] {1, 1e-9});
    assertThat(tiny.phi()).isCloseTo(1e-9, within(1e-24));
    FilterAngle huge =
        FilterAngle.between(new double[] {1e300, 1e300}, new double[] {-1e300, 1e300});
    assertThat(huge.phi()).isCloseTo(Math.PI / 2, within(1e-15));
  }

  @Test
  void badArgumentsAreRefusedAndTheOutputIsLeft() {
    refused(Student.weightNormalised(new double[3], A), "v: all 3 elements are 0");
    refused(Student.plain(new double[3], A), "v: all 3 elements are 0");
    refused(
        Student.weightNormalised(new double[] {1, Double.NaN, 0}, A),
        "v[1]: NaN given; expected a finite number");
    refused(
        Student.plain(V, new double[] {1, Double.POSITIVE_INFINITY}),
        "a[1]: Infinity given; expected a finite number");
    refused(
        Student.weightNormalised(new double[] {1, 2}, A),
        "student.v: length 2 given; expected p of the teacher = 3");
    refused(
        Student.weightNormalised(V, new double[] {1}),
        "student.a: length 1 given; expected k of the teacher = 2");
    assertThatThrownBy(
            () -> ClosedForm.of(TEACHER).evaluate(Student.plain(V, A), Gradient.zeros().k(2).p(4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("gradient.dv: length 4 given; expected p of the student = 3");
    assertThatThrownBy(() -> FilterAngle.ofRadians(3.2))
        .hasMessage("phi: 3.2 given; expected 0 to pi");
    assertThatThrownBy(() -> FilterAngle.ofSupplement(Double.NaN))
        .hasMessage("supplement: NaN given; expected 0 to pi");
    assertThatThrownBy(() -> FilterAngle.between(new double[2], new double[] {1, 0}))
        .hasMessage("v: all elements are 0; expected a norm above 0");
  }

  private static void refused(Student student, String message) {
    Gradient out = Gradient.zeros().k(2).p(3);
    out.loss(-7);
    assertThatThrownBy(() -> ClosedForm.of(TEACHER).evaluate(student, out))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
    assertThat(out.loss()).isEqualTo(-7);
    assertThat(out.dv()).containsOnly(0);
    assertThat(out.da()).containsOnly(0);
  }

  private static Gradient evaluate(Teacher teacher, Student student) {
    Gradient out = Gradient.of(student);
    ClosedForm.of(teacher).evaluate(student, out);
    return out;
  }

  private static double loss(
      Teacher teacher, Parametrisation parametrisation, double[] v, double[] a) {
    return evaluate(teacher, student(parametrisation, v, a)).loss();
  }

  private static Student student(Parametrisation parametrisation, double[] v, double[] a) {
    return parametrisation == Parametrisation.PLAIN
        ? Student.plain(v, a)
        : Student.weightNormalised(v, a);
  }

  private static double slope(double[] x, int at, java.util.function.DoubleSupplier f) {
    double centre = x[at];
    double h = 1e-5;
    x[at] = centre + h;
    double above = f.getAsDouble();
    x[at] = centre - h;
    double below = f.getAsDouble();
    x[at] = centre;
    return (above - below) / (2 * h);
  }

  private static double norm(double[] v) {
    double squares = 0;
    for (double value : v) {
      squares += value * value;
    }
    return Math.sqrt(squares);
  }

  private static double[] gaussian(SplittableRandom random, int length) {
    return random.doubles(length).map(ignored -> random.nextGaussian()).toArray();
  }
}

package dev.patchgrad.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What angles there are, and what is refused. */
class FilterAngleTest {
  @Test
  void bothEndsAreAnglesAndNothingBeyondThem() {
    assertThat(FilterAngle.ofRadians(0).supplement()).isEqualTo(Math.PI);
    assertThat(FilterAngle.ofRadians(Math.PI).supplement()).isZero();
    assertThat(FilterAngle.ofSupplement(0).phi()).isEqualTo(Math.PI);
    assertThat(FilterAngle.ofSupplement(Math.PI).phi()).isZero();
    for (double bad : new double[] {-Double.MIN_VALUE, Math.nextUp(Math.PI), Double.NaN}) {
      refused(() -> FilterAngle.ofRadians(bad), "phi: " + bad + " given; expected 0 to pi");
      refused(
          () -> FilterAngle.ofSupplement(bad), "supplement: " + bad + " given; expected 0 to pi");
    }
  }

  /** The cosine of pi less the angle would lose digits next to pi/2. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-8, .3, 1.5, 1.57, Math.PI / 2})
  void theCosineIsThatOfTheSmallerOfAngleAndSupplement(double size) {
    assertThat(FilterAngle.ofRadians(size).cos()).isEqualTo(Math.cos(size));
    if (size < Math.PI / 2) {
      assertThat(FilterAngle.ofSupplement(size).cos()).isEqualTo(-Math.cos(size));
    }
  }

  @Test
  void vectorsOfAnyLengthHaveTheAngleOfTheirDirections() {
    double[] v = {3, 0, 0};
    for (double length : new double[] {1e-300, 1, 1e300}) {
      double[] w = {length, length, 0};
      assertThat(FilterAngle.between(v, w).phi()).isCloseTo(Math.PI / 4, within(1e-15));
      assertThat(FilterAngle.between(w, v).phi()).isCloseTo(Math.PI / 4, within(1e-15));
      assertThat(FilterAngle.between(w, w).phi()).isZero();
    }
  }

  @Test
  void vectorsThatHaveNoAngleAreRefusedByName() {
    double[] three = {1, 2, 3};
    refused(
        () -> FilterAngle.between(three, new double[] {1, 2}),
        "w: length 2 given; expected p of v = 3");
    refused(
        () -> FilterAngle.between(new double[] {1, Double.NaN, 0}, three),
        "v[1]: NaN given; expected a finite number");
    refused(
        () -> FilterAngle.between(three, new double[] {1, 0, Double.NEGATIVE_INFINITY}),
        "w[2]: -Infinity given; expected a finite number");
    refused(
        () -> FilterAngle.between(new double[3], three),
        "v: all elements are 0; expected a norm above 0");
    refused(
        () -> FilterAngle.between(three, new double[3]),
        "w: all elements are 0; expected a norm above 0");
  }

  private static void refused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}

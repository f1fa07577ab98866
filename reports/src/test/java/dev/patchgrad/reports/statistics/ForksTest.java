package dev.patchgrad.reports.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ForksTest {
  /**
   * Logarithms 0, 1, 2: mean 1, standard error 1 / sqrt(3); Student's 97.5 % quantile with 2
   * degrees of freedom is 4.302653 in any table, so the ends are exp(1 -+ 2.484138).
   */
  @Test
  void oneForkInFiveMayDifferBeforeTheyAreNoisy() {
    assertThat(new Forks(List.of(8.0, 10.0, 10.0, 10.0)).usualSpread()).isEqualTo(.25);
    assertThat(new Forks(List.of(8.0, 10.0, 10.0, 10.0)).isNoisy()).isTrue();
    assertThat(new Forks(List.of(8.0, 10.0, 10.0, 10.0, 10.0)).usualSpread()).isZero();
    assertThat(new Forks(List.of(8.0, 10.0, 10.0, 10.0, 10.0)).isNoisy()).isFalse();
    // Two of nine are more than one in five.
    assertThat(new Forks(List.of(8., 8., 10., 10., 10., 10., 10., 10., 10.)).isNoisy()).isTrue();
    assertThat(new Forks(List.of(7.0)).usualSpread()).isZero();
  }

  @Test
  void theIntervalIsStudentsOnLogarithms() {
    Interval interval = new Forks(List.of(Math.E, 1.0, Math.E * Math.E)).interval().orElseThrow();
    assertThat(interval.low()).isCloseTo(Math.exp(1 - 2.484138), within(1e-6));
    // Six digits of the half-width leave an error of 32.6 x 5e-7.
    assertThat(interval.high()).isCloseTo(Math.exp(1 + 2.484138), within(2e-5));
  }

  @Test
  void oneForkHasNoIntervalAndEqualForksHaveOneWithoutWidth() {
    assertThat(new Forks(List.of(2.0)).interval()).isEmpty();
    assertThat(new Forks(List.of(2.0, 2.0)).interval())
        .hasValueSatisfying(
            interval -> {
              // The logarithm and its inverse are off by an ulp each.
              assertThat(interval.low()).isCloseTo(2, within(1e-15));
              assertThat(interval.high()).isCloseTo(2, within(1e-15));
            });
  }

  /** Four of five forks agree: the mean logarithm lies far from them, and the median among them. */
  @Test
  void theIntervalIncludesTheMedian() {
    Forks forks = new Forks(List.of(1.0, 1.0, 1.0001, 1.0, 1e-9));
    assertThat(forks.interval().orElseThrow().contains(forks.median())).isTrue();
    assertThat(new Forks(List.of(1.0, 1.0, 1e-6)).interval().orElseThrow().contains(1)).isTrue();
  }
}

package dev.patchgrad.reports.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Forks that do not differ at all have no t distribution, and still an interval. */
final class LogDifferenceTest {
  private static final Forks TWO = new Forks(List.of(2.0, 2.0));
  private static final Forks ONE = new Forks(List.of(1.0, 1.0));

  @Test
  void theIntervalOfEqualForksIsTheirRatioAlone() {
    Interval interval = LogDifference.of(TWO, ONE).interval(0.05);
    // exp(log(2)) is off by an ulp of log(2) at most, which is below 1e-15 of 2.
    assertThat(interval.low()).isCloseTo(2, within(1e-15));
    assertThat(interval.high()).isEqualTo(interval.low());
  }

  @Test
  void equalForksAreCertain() {
    assertThat(LogDifference.of(TWO, ONE).probabilityBelow(2.1)).isZero();
    assertThat(LogDifference.of(TWO, ONE).probabilityBelow(1.9)).isEqualTo(1);
  }

  @Test
  void equalForksAtTheRatioItselfAreNoFinding() {
    assertThat(LogDifference.of(ONE, ONE).probabilityBelow(1)).isEqualTo(1);
  }
}

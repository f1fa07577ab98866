package dev.patchgrad.reports.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TrendTest {
  private static final List<Double> RISING = List.of(1.0, 2.0, 3.0, 4.0, 5.0);

  /** Sums of at most 10 shares, each within an ulp of 1. */
  private static final double ROUNDING = 1e-14;

  /**
   * Kendall's table of S, both tails: with n = 4 and S = 4 it is 2 x 0.167, with n = 5 and S = 8 it
   * is 2 x 0.042; counted by hand, 8 of 24 and 10 of 120 orders.
   */
  @ParameterizedTest
  @CsvSource({
    "1 2 3 4, 2, 24",
    "1 2 4 3, 8, 24",
    "4 3 2 1, 2, 24",
    "1 2 3 5 4, 10, 120",
    "2 1, 2, 2",
    "2 1 4 3, 18, 24",
  })
  void theProbabilityIsThatOfKendallsTable(String values, double orders, double all) {
    List<Double> fork = List.of(values.split(" ", -1)).stream().map(Double::valueOf).toList();
    assertThat(Trend.of(List.of(fork)).probability()).isCloseTo(orders / all, within(ROUNDING));
  }

  /** Of 6^3 orders of three forks of three one rises throughout, and one falls throughout. */
  @Test
  void forksArePooled() {
    List<List<Double>> forks = Collections.nCopies(3, List.of(1.0, 1.1, 1.2));
    assertThat(Trend.of(forks).probability()).isCloseTo(2 / 216.0, within(ROUNDING));
    assertThat(Trend.of(List.of(RISING, RISING.subList(0, 1))).probability())
        .isCloseTo(2 / 120.0, within(ROUNDING));
  }

  @Test
  void forksThatRiseAndForksThatFallAreNoTrend() {
    List<Double> falling = List.of(5.0, 4.0, 3.0, 2.0, 1.0);
    assertThat(Trend.of(List.of(RISING, falling)).probability()).isCloseTo(1, within(ROUNDING));
  }

  @Test
  void equalValuesCountForNeitherSide() {
    assertThat(Trend.of(List.of(List.of(1.0, 1.0, 1.0))).probability())
        .isCloseTo(1, within(ROUNDING));
    // S = 2 of 3 pairs: as far from 0 as 3 alone is, with 2 of 6 orders.
    assertThat(Trend.of(List.of(List.of(1.0, 1.0, 2.0))).probability())
        .isCloseTo(2 / 6.0, within(ROUNDING));
  }

  @Test
  void oneIterationHasNoTrend() {
    assertThat(Trend.of(List.of(List.of(1.0), List.of(2.0)))).isEqualTo(new Trend(0, 1));
  }

  /** From 1 to 1.1 in one fork, to 1.2 in the next, to 1.6 in the third: the middle is 20 %. */
  @Test
  void theChangeIsTheMedianOverForks() {
    List<List<Double>> forks = List.of(List.of(1.0, 1.1), List.of(2.0, 3.2), List.of(1.0, 1.2));
    assertThat(Trend.of(forks).change()).isCloseTo(0.2, within(1e-12));
    // Of three the first alone is the first half.
    assertThat(Trend.of(List.of(List.of(1.0, 1.2, 1.2))).change()).isCloseTo(0.2, within(1e-12));
  }
}

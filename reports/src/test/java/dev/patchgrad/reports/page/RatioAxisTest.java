package dev.patchgrad.reports.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class RatioAxisTest {
  private static List<Chart.Series> series(Chart.Point... points) {
    return List.of(new Chart.Series("s", Chart.Kind.DOTS, 0, List.of(points)));
  }

  @Test
  void nearOneItIsLinearAndEndsAtTheNextTwentieth() {
    List<Chart.Series> drawn =
        series(new Chart.Point(0, 1.01, 0.97, 1.02), new Chart.Point(1, 1.1, 1.1, 1.1));
    Chart.Axis axis = RatioAxis.of("x", drawn);
    assertThat(axis.log()).isFalse();
    assertThat(axis.from().orElseThrow()).isCloseTo(0.95, within(1e-12));
    // 1.1 / 0.05 may be just below or above 22.
    assertThat(axis.to().orElseThrow()).isBetween(1.1, 1.1501);
    assertThat(RatioAxis.isExceeded(axis, drawn)).isFalse();
  }

  @Test
  void furtherAwayItIsLogarithmicAndEndsAtPowersOfTwo() {
    Chart.Axis axis = RatioAxis.of("x", series(new Chart.Point(0, 5, 1.6, 10)));
    assertThat(axis.log()).isTrue();
    assertThat(axis.from().orElseThrow()).isCloseTo(1, within(1e-12));
    assertThat(axis.to().orElseThrow()).isCloseTo(16, within(1e-12));
  }

  /** Two forks a hundred times apart: their interval must not take the axis from all others. */
  @Test
  void anIntervalOverManyPowersIsCutAndItsRatioIsNot() {
    List<Chart.Series> drawn =
        series(new Chart.Point(0, 2, 1e-13, 1e13), new Chart.Point(1, 5, 4.5, 5.5));
    Chart.Axis axis = RatioAxis.of("x", drawn);
    assertThat(axis.from().orElseThrow()).isBetween(0.25, 0.5);
    assertThat(axis.to().orElseThrow()).isBetween(20.0, 32.0);
    assertThat(RatioAxis.isExceeded(axis, drawn)).isTrue();
  }
}

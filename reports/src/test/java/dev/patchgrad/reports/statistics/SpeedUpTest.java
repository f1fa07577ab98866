package dev.patchgrad.reports.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds which forks are taken for ones that were not warm. */
class SpeedUpTest {
  @Test
  void theLastHalfStandsOverTheFirstByTheirMedians() {
    assertThat(SpeedUp.of(List.of(1.0, 2.0, 3.0, 4.0, 8.0, 40.0))).isEqualTo(8 / 2.0);
    assertThat(SpeedUp.of(List.of(1.0, 100.0, 3.0))).as("without the one between").isEqualTo(3);
    assertThat(SpeedUp.of(List.of(4.0, 2.0))).isEqualTo(.5);
    assertThat(SpeedUp.of(List.of(7.0))).as("of one nothing is known").isEqualTo(1);
  }

  private static boolean areCold(Double... speedUps) {
    return SpeedUp.ofColdForks(Stream.of(speedUps).toList()).isPresent();
  }

  @Test
  void halfOfTheForksThatSpeedUpAreCold() {
    assertThat(areCold(1.26, 1.0)).isTrue();
    assertThat(areCold(1.26, 1.0, 1.0)).isFalse();
    assertThat(areCold(1.26, 1.3, 1.0, 1.0)).isTrue();
    assertThat(areCold(1.25, 1.25)).as("no more than the border").isFalse();
    assertThat(areCold()).isFalse();
  }

  @Test
  void aSingleForkIsColdThatSpeedsUpByFar() {
    assertThat(areCold(2.1, 1.0, 1.0, 1.0)).isTrue();
    assertThat(areCold(2.0, 1.0, 1.0, 1.0)).as("no more than the border").isFalse();
    assertThat(SpeedUp.ofColdForks(List.of(1.0, 22.0, 3.0, 1.0))).hasValue(22);
  }
}

package dev.patchgrad.reports.environment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class OwnTimeTest {
  @Test
  void itIsUserAndSystemTimeOfTheProgramAndOfItsEndedChildren() {
    String line = "42 (a (b) c) S 1 42 42 0 -1 4194304 100 0 0 0 1 20 300 4000 20 0 1 0 1179851";
    assertThat(OwnTime.millis(line)).isEqualTo(43_210);
  }

  @Test
  void aLineOfAnotherFormTellsNothing() {
    assertThat(OwnTime.millis("42 (a) S 1")).isNegative();
    assertThat(OwnTime.millis("")).isNegative();
  }
}

package dev.patchgrad.reports.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.reports.summary.Look;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How wide the place is that the tool prints to. */
final class TerminalTest {
  @ParameterizedTest
  @CsvSource({"100, 100", "' 132 ', 132", "0, 80", "wide, 80", "'', 80", "-5, 80"})
  void theVariableDecidesWhereItIsANumber(String columns, int width) {
    assertThat(Terminal.width(Map.of("COLUMNS", columns), false)).isEqualTo(width);
  }

  @Test
  void whereNothingIsKnownItIsTheUsualWidth() {
    assertThat(Terminal.width(Map.of(), false)).isEqualTo(Look.USUAL);
  }

  @Test
  void aLineIsNeverTooNarrowForANumber() {
    assertThat(new Look(3, false).width()).isEqualTo(40);
  }

  /** The tests have no terminal. */
  @Test
  void aPipeGetsNoColours() {
    assertThat(Terminal.look().coloured()).isFalse();
  }
}

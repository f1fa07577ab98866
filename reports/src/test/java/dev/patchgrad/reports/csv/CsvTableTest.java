package dev.patchgrad.reports.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CsvTableTest {
  @Test
  void aLineFeedEndsEachLineAndNumbersKeepTheirDigits() {
    assertThat(CsvTable.withColumns("a", "b").row(0.1 + 0.2, 3).row("", "x y").build().text())
        .isEqualTo("a,b\n0.30000000000000004,3\n,x y\n");
  }

  /** What readers of the recorded files rely on: quotes where they must be, and nowhere else. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "a,b | `\"a,b\"`",
        "a\"b | `\"a\"\"b\"`",
        "a,\"b\" | `\"a,\"\"b\"\"\"`",
        "a b | a b",
        "a=1 b=2 | a=1 b=2",
        "/runs/a | /runs/a",
        "~ | ~",
      })
  void onlyAValueThatNeedsQuotesHasThem(String value, String written) {
    assertThat(new CsvTable(List.of("c"), List.of(List.of(value))).text())
        .isEqualTo("c\n" + written + "\n");
  }

  /** A cell that a spreadsheet runs can send what stands beside it to somebody else. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "=1+1 | '=1+1",
        "+cmd | '+cmd",
        "-cmd | '-cmd",
        "@SUM(1) | '@SUM(1)",
        "-Dbench.p=8 | '-Dbench.p=8",
        // and what is a number
        "-1.5 | -1.5",
        "+3 | +3",
        "-1.5E-9 | -1.5E-9",
      })
  void aTextThatASpreadsheetWouldRunHasAnApostropheBeforeIt(String value, String written) {
    assertThat(new CsvTable(List.of("c"), List.of(List.of(value))).text())
        .isEqualTo("c\n" + written + "\n");
  }

  @Test
  void aTabOrReturnBeforeAFormulaHidesItNot() {
    assertThat(CsvTable.withColumns("c").row("\t=1").row("\r=1").build().text())
        .isEqualTo("c\n'\t=1\n\"'\r=1\"\n");
  }

  @Test
  void aLineEndWithinAValueIsQuoted() {
    assertThat(CsvTable.withColumns("c").row("a\nb").row("a\rb").build().text())
        .isEqualTo("c\n\"a\nb\"\n\"a\rb\"\n");
  }

  @Test
  void aRowOfAnotherLengthIsRefused() {
    assertThatThrownBy(() -> CsvTable.withColumns("a", "b").row(1).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("row: 1 values given, [1]; expected one for each of the columns [a, b]");
    assertThatThrownBy(() -> CsvTable.withColumns().build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("columns: none given; expected at least 1");
  }
}

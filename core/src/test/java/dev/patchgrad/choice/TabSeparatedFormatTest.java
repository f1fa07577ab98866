package dev.patchgrad.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TabSeparatedFormatTest {
  private static final TabSeparatedFormat FORMAT =
      new TabSeparatedFormat("a list of sizes", "sizes", 2, Set.of("lengths"));

  private static List<Integer> read(String text) throws IOException {
    List<Integer> sizes = new ArrayList<>();
    FORMAT.read(
        new StringReader(text),
        "sizes.tsv",
        line -> sizes.add(line.requireFields(2).whole(1, "size", 1)));
    return sizes;
  }

  @Test
  void remarksAndBlankLinesArePassedOver() throws IOException {
    assertThat(read("sizes\t2\n# size\t0\n\nsize\t3\r\nsize\t4")).containsExactly(3, 4);
    assertThat(read("lengths\t2\nsize\t3\n")).containsExactly(3);
  }

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    String text = FORMAT.firstLine() + TabSeparatedFormat.line("size", 7);
    assertThat(text).isEqualTo("sizes\t2\nsize\t7\n");
    assertThat(read(text)).containsExactly(7);
  }

  /** Else one name of a processor would be two fields, or two lines. */
  @Test
  void noTextEndsItsFieldOrLine() {
    assertThat(TabSeparatedFormat.line("model", "A\tB\r\nC")).isEqualTo("model\tA B C\n");
  }

  @ParameterizedTest
  @CsvSource({
    "size, '1 fields; expected 2, separated by tabs'",
    "size\\t3\\t4, '3 fields; expected 2, separated by tabs'",
    "size\\t, size ''; expected a whole number of at least 1",
    "size\\t-1, size '-1'; expected a whole number of at least 1",
    "size\\t0, size '0'; expected a whole number of at least 1",
    "size\\t1.5, size '1.5'; expected a whole number of at least 1",
    "size\\t1234567890, size '1234567890'; expected a whole number of at least 1",
  })
  void aBadLineIsRefusedByFileNumberTextAndReason(String escaped, String reason) {
    String line = escaped.replace("\\t", "\t");
    assertThatThrownBy(() -> read("sizes\t2\n# remark\nsize\t1\n" + line + "\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sizes.tsv, line 4: '" + line + "' is no line of a list of sizes: " + reason);
  }

  @ParameterizedTest
  @CsvSource({
    "1, true",
    "1.0000, true",
    "2.5E7, true",
    "1.0E10, true",
    "0.99, false",
    "NaN, false",
    "Infinity, false",
    "1d, false",
    "-2, false",
    "0x2, false",
    "'', false",
  })
  void aNumberIsWhatJavaOrADecimalFormatWrites(String text, boolean isNumber) {
    TabSeparatedFormat.Line line = new TabSeparatedFormat.Line(List.of("slowdown", text));
    if (isNumber) {
      assertThat(line.number(1, "slowdown", 1)).isEqualTo(Double.parseDouble(text));
    } else {
      assertThatThrownBy(() -> line.number(1, "slowdown", 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("slowdown '" + text + "'; expected a number of at least 1");
    }
  }

  @ParameterizedTest
  @CsvSource({"sizes\\t1", "sizes", "sizes\\t2\\t", "widths\\t2", "''"})
  void anotherFormatOrVersionIsRefused(String escaped) {
    String first = escaped.replace("\\t", "\t");
    assertThatThrownBy(() -> read(first + "\nsize\t1\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sizes.tsv: first line '" + first + "'; expected 'sizes', a tab and version 2");
  }

  @Test
  void anEmptyFileIsRefused() {
    assertThatThrownBy(() -> read(""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sizes.tsv: is empty; expected a list of sizes");
  }
}

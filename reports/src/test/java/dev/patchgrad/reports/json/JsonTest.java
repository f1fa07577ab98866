package dev.patchgrad.reports.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JsonTest {
  private static final Path FILE = Path.of("x.json");

  /** A record with a component of each kind. */
  record Sample(
      String text,
      int count,
      double number,
      boolean flag,
      List<Double> list,
      Map<String, String> map) {}

  private static final String SOUND =
      "{\"text\": \"a\", \"count\": 1, \"number\": 1.5, \"flag\": true, \"list\": [1.5], \"map\": {\"k\": \"v\"}}";

  @Test
  void aSoundRecordIsRead() {
    assertThat(Json.read(SOUND, FILE, Sample.class))
        .isEqualTo(new Sample("a", 1, 1.5, true, List.of(1.5), Map.of("k", "v")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      quoteCharacter = '`',
      value = {
        "\"a\" -> null -> text: is null; expected a value",
        "\"a\" -> {} -> text: expected a text",
        "\"a\" -> \"\\ud800\" -> text: has U+D800, half of a character",
        "\"a\" -> \"\\u0000\" -> text: has U+0000, a control character",
        "\"a\" -> \"\\u001b[31m\" -> text: has U+001B, a control character",
        "\"a\" -> \"\\u009b\" -> text: has U+009B, a control character",
        "\"count\": 1, -> `` -> count: is missing",
        "\"count\": 1 -> \"count\": \"1\" -> count: expected a whole number",
        "\"count\": 1 -> \"count\": 1.5 -> count: '1.5' found; expected a whole number",
        "\"count\": 1 -> \"count\": 99999999999 -> count: Numeric value (99999999999) out of range",
        "\"number\": 1.5 -> \"number\": \"x\" -> number: expected a number",
        "true -> 0 -> flag: '0' found; expected true or false",
        "[1.5] -> 1 -> list: expected a list",
        "[1.5] -> [null] -> list[0]: is null; expected a value",
        "[1.5] -> [\"\"] -> list[0]: '' found; expected a number",
        "\"v\" -> null -> map.k: is null; expected a value",
        "{\"k\": \"v\"} -> [] -> map: expected an object",
        "\"k\": \"v\" -> \"k\": \"v\", \"k\": \"w\" -> Duplicate Object property \"k\"",
        "\"k\" -> \"\\ud800\" -> Broken surrogate pair in property name",
        "}} -> } -> Unexpected end-of-input",
        "}} -> }}} -> Unexpected",
        "}} -> }} 1 -> has more after its end; expected one value",
      })
  void whatIsWrongIsRefusedByFileKeyAndReason(String from, String to, String message) {
    assertThat(SOUND).contains(from);
    assertThatThrownBy(() -> Json.read(SOUND.replace(from, to), FILE, Sample.class))
        .isInstanceOf(BadRecordException.class)
        .hasMessageStartingWith("x.json: ")
        .hasMessageContaining(message)
        .message()
        // No word of the parser's own, and nothing that steers a terminal.
        .doesNotContain("`", "Jackson", "java.", "\u001b");
  }

  /** What a foreign file lacks is null; what is null within its lists is refused all the same. */
  @Test
  void aNullWithinAForeignListIsRefused() {
    assertThat(
            Json.readForeign("{\"count\": 1, \"number\": 1, \"flag\": true}", FILE, Sample.class)
                .list())
        .isNull();
    assertThatThrownBy(() -> Json.readForeign(SOUND.replace("1.5]", "null]"), FILE, Sample.class))
        .hasMessageStartingWith("x.json: list[0]: is null; expected a value");
  }

  @Test
  void depthAndLengthAreBounded() {
    // Deeper than a stack holds: 1 MiB of frames.
    String deep = "[".repeat(1_000_000);
    assertThatThrownBy(() -> Json.read(deep, FILE, List.class))
        .isInstanceOf(BadRecordException.class)
        .hasMessageContaining("depth");
    String longText =
        SOUND.replace("\"a\"", "\"" + "a".repeat(JsonText.MOST_CHARACTERS + 1) + "\"");
    assertThatThrownBy(() -> Json.read(longText, FILE, Sample.class))
        .isInstanceOf(BadRecordException.class)
        .hasMessageContaining("String value length")
        .message()
        .hasSizeLessThan(400);
    String digits = SOUND.replace(": 1.5", ": 1" + "0".repeat(100_000));
    assertThatThrownBy(() -> Json.read(digits, FILE, Sample.class))
        .isInstanceOf(BadRecordException.class);
  }

  @Test
  void aFileThatIsLargerThanAnyRecordIsNotRead(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("huge.json");
    try (RandomAccessFile huge = new RandomAccessFile(file.toFile(), "rw")) {
      // Holes: no byte of it is on the disk.
      huge.setLength(1L << 32);
    }
    assertThatThrownBy(() -> Json.text(file))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(
            "huge.json: has more than 128 MiB; expected a record of at most that");
  }

  @Test
  void whatSteersATerminalIsShownByItsNumber() {
    assertThat(PlainText.visible("a\u001b[31mb\u0000\nc\ud800\u009b"))
        .isEqualTo("a\\u001b[31mb\\u0000\nc\\ud800\\u009b");
    assertThat(PlainText.line("a\r\n\tb\u0007")).isEqualTo("a b\\u0007");
    assertThat(PlainText.inShort("x".repeat(300)))
        .hasSize(200 + "… and 100 characters more".length());
    assertThat(PlainText.visible("Intel® é 😀")).isEqualTo("Intel® é 😀");
  }
}

package dev.patchgrad.choice;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * How this package's files are written and read: lines of fields that are separated by tabs, the
 * first of which says what a line holds.
 *
 * <p>The first line is the format's name and its version. A line that begins with {@code #} is a
 * remark; remarks and blank lines are passed over.
 *
 * @param content what such a file holds, for messages, such as {@code a choice}
 * @param name of the format
 * @param version that this code writes and reads
 * @param formerNames that files of the same version may have in place of the name
 */
record TabSeparatedFormat(String content, String name, int version, Set<String> formerNames) {
  TabSeparatedFormat {
    formerNames = Set.copyOf(formerNames);
  }

  /**
   * One line.
   *
   * @param fields at least one
   */
  record Line(List<String> fields) {
    /** What the line holds: its first field. */
    String kind() {
      return fields.getFirst();
    }

    /**
     * This line, if it has a given number of fields.
     *
     * @param count of fields, the first included
     * @throws IllegalArgumentException if it has more or fewer
     */
    Line requireFields(int count) {
      if (fields.size() != count) {
        throw new IllegalArgumentException(
            fields.size() + " fields; expected " + count + ", separated by tabs");
      }
      return this;
    }

    /** A field; the first has index 0. */
    String text(int index) {
      return fields.get(index);
    }

    /**
     * A field that is a whole number of up to nine digits.
     *
     * @param index of the field; the first has 0
     * @param meaning of the field, for messages
     * @param least that it may be
     * @throws IllegalArgumentException if it is none, or less
     */
    int whole(int index, String meaning, int least) {
      String text = text(index);
      if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < least) {
        throw new IllegalArgumentException(
            meaning + " '" + text + "'; expected a whole number of at least " + least);
      }
      return Integer.parseInt(text);
    }

    /**
     * A field that is a number, as {@link Double#toString} or a decimal format writes it.
     *
     * @param index of the field; the first has 0
     * @param meaning of the field, for messages
     * @param least that it may be
     * @throws IllegalArgumentException if it is none, or less
     */
    double number(int index, String meaning, int least) {
      String text = text(index);
      if (!text.matches("\\d+(\\.\\d+)?(E\\d{1,3})?") || Double.parseDouble(text) < least) {
        throw new IllegalArgumentException(
            meaning + " '" + text + "'; expected a number of at least " + least);
      }
      return Double.parseDouble(text);
    }
  }

  /** The first line of a file, with its line feed. */
  String firstLine() {
    return line(name, version);
  }

  /** A line with its line feed. */
  static String line(Object... fields) {
    return Arrays.stream(fields)
        .map(String::valueOf)
        .map(TabSeparatedFormat::field)
        .collect(Collectors.joining("\t", "", "\n"));
  }

  /**
   * A text as a field has it. A processor may call itself anything: a tab or a line end in its name
   * would begin another field or line, and becomes a space.
   */
  static String field(String text) {
    return text.replaceAll("[\\t\\r\\n]+", " ");
  }

  /**
   * Reads a file, line by line.
   *
   * @param text of it
   * @param origin its name, for messages
   * @param each takes a line, and throws an {@link IllegalArgumentException} that says what is
   *     wrong with it
   * @throws IllegalArgumentException naming the file, the line, its text and what was expected
   * @throws IOException if the text cannot be read
   */
  void read(Reader text, String origin, Consumer<Line> each) throws IOException {
    BufferedReader lines = new BufferedReader(text);
    String first = lines.readLine();
    if (first == null) {
      throw new IllegalArgumentException(origin + ": is empty; expected " + content);
    }
    requireFirstLine(first, origin);
    int number = 1;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      try {
        each.accept(new Line(List.of(line.split("\t", -1))));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            origin
                + ", line "
                + number
                + ": '"
                + line
                + "' is no line of "
                + content
                + ": "
                + e.getMessage(),
            e);
      }
    }
  }

  private void requireFirstLine(String first, String origin) {
    List<String> fields = List.of(first.split("\t", -1));
    boolean named = fields.getFirst().equals(name) || formerNames.contains(fields.getFirst());
    if (!named || !fields.subList(1, fields.size()).equals(List.of(Integer.toString(version)))) {
      throw new IllegalArgumentException(
          origin
              + ": first line '"
              + first
              + "'; expected '"
              + name
              + "', a tab and version "
              + version);
    }
  }
}

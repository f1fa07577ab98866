package dev.patchgrad.reports.json;

import java.util.Locale;

/** Text of a record, or of a user, as a message or a table may show it. */
public final class PlainText {
  /** What is left of a text that is too long for a message. */
  private static final int MOST = 200;

  private PlainText() {}

  /**
   * A text in which nothing steers a terminal and nothing is lost in writing: each control
   * character but a line feed, and each half of a character, becomes its number.
   *
   * @param text of any kind
   * @return such as {@code \\u001b[31m} for the sequence that makes a terminal write in red
   */
  public static String visible(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(
            point -> {
              boolean steers = Character.isISOControl(point) && point != '\n';
              boolean half = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
              if (steers || half) {
                out.append(String.format(Locale.ROOT, "\\u%04x", point));
              } else {
                out.appendCodePoint(point);
              }
            });
    return out.toString();
  }

  /**
   * A text on one line: tabs and line ends become a space, and the rest is as in {@link #visible}.
   *
   * @param text of any kind
   * @return one line
   */
  public static String line(String text) {
    // Nearly every text is, and a record has hundreds of thousands.
    if (text.chars().allMatch(PlainText::isPlain)) {
      return text;
    }
    return visible(text.replaceAll("[\\t\\r\\n]+", " "));
  }

  /**
   * A text on one line, of a length that fits a message.
   *
   * @param text of any kind
   * @return at most its first 200 characters, with the number of the others
   */
  public static String inShort(String text) {
    return text.length() <= MOST
        ? line(text)
        : line(text.substring(0, MOST)) + "… and " + (text.length() - MOST) + " characters more";
  }

  /** Whether a character of a text needs no thought: it steers nothing, and is a whole one. */
  private static boolean isPlain(int character) {
    return !Character.isISOControl(character) && !Character.isSurrogate((char) character);
  }
}

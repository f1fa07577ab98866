package dev.patchgrad.reports.duel;

import java.util.ArrayList;
import java.util.List;

/** A command line as a shell would split it: at blanks, but not within quotes. */
final class ShellWords {
  private ShellWords() {}

  /**
   * Splits a line.
   *
   * @param line with words, some of them within single or double quotes, or a backslash before a
   *     character that is meant as it is
   * @return the words without their quotes
   * @throws DuelException if a quote is not closed
   */
  static List<String> split(String line) throws DuelException {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean begun = false;
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
        begun = true;
      } else if (c == '\\' && i + 1 < line.length()) {
        word.append(line.charAt(++i));
        begun = true;
      } else if (Character.isWhitespace(c)) {
        if (begun) {
          words.add(word.toString());
          word.setLength(0);
          begun = false;
        }
      } else {
        word.append(c);
        begun = true;
      }
    }
    if (quote != 0) {
      throw new DuelException("'" + line + "': a quote is not closed");
    }
    if (begun) {
      words.add(word.toString());
    }
    return words;
  }
}

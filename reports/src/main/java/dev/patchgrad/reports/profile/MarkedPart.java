package dev.patchgrad.reports.profile;

import java.util.Optional;

/**
 * The part of a document that a command writes, between two lines that stay.
 *
 * @param begin the line before it
 * @param end the line after it
 */
public record MarkedPart(String begin, String end) {
  /**
   * A document with this part written anew.
   *
   * @param document that has both lines
   * @param text of the part, ending in a line feed
   * @return the document with the text between the two lines; empty if it lacks one of them, or has
   *     them in the other order
   */
  public Optional<String> replaced(String document, String text) {
    int from = document.indexOf(begin);
    int to = document.indexOf(end, Math.max(from, 0));
    if (from < 0 || to < 0) {
      return Optional.empty();
    }
    return Optional.of(
        document.substring(0, from + begin.length())
            + "\n\n"
            + text
            + "\n"
            + document.substring(to));
  }
}

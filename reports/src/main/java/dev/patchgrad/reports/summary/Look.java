package dev.patchgrad.reports.summary;

import java.util.Map;

/**
 * How text looks where it is shown: its width, and whether it is coloured. Colours repeat what the
 * words say, so that nothing is lost without them.
 *
 * @param width of a line in columns, at least {@link #NARROWEST}
 * @param coloured whether marks and verdicts have a colour
 */
public record Look(int width, boolean coloured) {
  /** The width where nothing is known of the place. */
  public static final int USUAL = 80;

  /** Narrower than this a table says nothing any more. */
  private static final int NARROWEST = 40;

  /** Blue and orange: told apart whatever colours an eye can tell. */
  private static final Map<String, String> COLOURS =
      Map.of("faster", "34", "slower", "33", "~", "35", "!", "1;31");

  /** Takes a narrower width for {@link #NARROWEST}. */
  public Look {
    width = Math.max(width, NARROWEST);
  }

  /**
   * Text for a file, a pipe, or a place of which nothing is known.
   *
   * @return {@link #USUAL} columns without colours
   */
  public static Look plain() {
    return new Look(USUAL, false);
  }

  /**
   * A text in its colour: a verdict by its word, other texts by their mark.
   *
   * @param text such as {@code faster}, {@code ~vector}, or {@code ! noisy}
   * @return the text, between escape sequences where it has a colour
   */
  public String paint(String text) {
    if (!coloured || text.isBlank()) {
      return text;
    }
    String word = text.strip();
    String colour = COLOURS.get(word);
    if (colour == null) {
      colour = COLOURS.get(word.substring(0, 1));
    }
    return colour == null ? text : "\u001b[" + colour + "m" + text + "\u001b[0m";
  }

  /**
   * A text in lines of this width. A word that is longer has a line of its own.
   *
   * @param text of one paragraph
   * @return lines, each ending in a line feed; all but the first begin with two spaces
   */
  public String wrap(String text) {
    StringBuilder out = new StringBuilder();
    int column = 0;
    for (String word : text.split(" ", -1)) {
      if (column > 0 && column + 1 + word.length() > width) {
        out.append("\n  ");
        column = 2;
      } else if (column > 0) {
        out.append(' ');
        column++;
      }
      out.append(word);
      column += word.length();
    }
    return paint(out.toString()) + "\n";
  }
}

package dev.patchgrad.reports.summary;

/** Text of a record as Markdown shows it, whatever is in it. */
public final class MarkdownText {
  private MarkdownText() {}

  /**
   * A text that Markdown shows as it is, on one line.
   *
   * @param text of any kind
   * @return it with a backslash before what would be read as markup or as HTML
   */
  public static String of(String text) {
    return text.replaceAll("\\s+", " ").replaceAll("[\\\\`*_<&#~]|\\](?=\\()", "\\\\$0");
  }
}

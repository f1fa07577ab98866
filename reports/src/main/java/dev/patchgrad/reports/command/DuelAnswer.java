package dev.patchgrad.reports.command;

import dev.patchgrad.reports.page.DuelFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Writes what a duel or a sweep came to, and where its record lies.
 *
 * @param output where the user wants it
 * @param out of the command
 * @param err of the command
 */
record DuelAnswer(Output output, PrintWriter out, PrintWriter err) {
  /** How it is written. */
  enum Format {
    CONSOLE,
    MARKDOWN,
    CSV,
    JSON,
    PAGE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Writes it.
   *
   * @param text in the format
   * @param folder of the record
   * @param kept whether there is a record: nothing is kept of a duel without a pair
   * @throws IOException if the user's file cannot be written
   */
  void write(Format format, Supplier<String> text, DuelFolder folder, boolean kept)
      throws IOException {
    if (format == Format.PAGE && output.file().isEmpty()) {
      if (kept) {
        out.println("Page: " + folder.path().resolve(DuelFolder.PAGE));
      }
    } else {
      output.write(text.get(), out);
    }
    if (kept) {
      err.println("every fork as JMH wrote it, and a page: " + folder.path());
    }
    // After a signal this JVM ends as soon as the guard lets it, with what is not written yet.
    out.flush();
    err.flush();
  }
}

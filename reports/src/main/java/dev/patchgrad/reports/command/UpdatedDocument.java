package dev.patchgrad.reports.command;

import dev.patchgrad.reports.profile.MarkedPart;
import dev.patchgrad.reports.run.WholeFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The document that a command's tables go into, where the user names one. */
final class UpdatedDocument {
  @Option(
      names = "--update",
      paramLabel = "FILE",
      description = "Write the tables into this document, between the two lines that mark them.")
  private Optional<Path> file = Optional.empty();

  /** Whether the user named one. */
  boolean isGiven() {
    return file.isPresent();
  }

  /**
   * Writes the tables into it.
   *
   * @param part of the document that they take
   * @param within puts them into a document; empty if it has no such part
   * @throws ParameterException if the document has no such part
   * @throws IOException if it cannot be read or written
   */
  void write(
      MarkedPart part, Function<String, Optional<String>> within, CommandLine line, PrintWriter out)
      throws IOException {
    Path path = file.orElseThrow();
    String text =
        within
            .apply(Files.readString(path))
            .orElseThrow(
                () ->
                    new ParameterException(
                        line,
                        "--update: '"
                            + path
                            + "' given; expected a document with the lines '"
                            + part.begin()
                            + "' and '"
                            + part.end()
                            + "'"));
    WholeFiles.write(path, text);
    out.println("updated " + path);
  }
}

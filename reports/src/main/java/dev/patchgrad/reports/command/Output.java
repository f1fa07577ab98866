package dev.patchgrad.reports.command;

import dev.patchgrad.reports.run.WholeFiles;
import dev.patchgrad.reports.summary.Look;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where a command writes: to the console, or to the file that the user names. */
final class Output {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write to this file instead of the console.")
  private Optional<Path> file = Optional.empty();

  /** The file that the user named. */
  Optional<Path> file() {
    return file;
  }

  /** How a text for the console should look: a file gets no colours. */
  Look look() {
    Look here = Terminal.look();
    return file.isPresent() ? new Look(here.width(), false) : here;
  }

  /**
   * Writes a text there.
   *
   * @throws IOException if the file cannot be written
   */
  void write(String text, PrintWriter out) throws IOException {
    if (file.isPresent()) {
      WholeFiles.write(file.get(), text);
    } else {
      out.print(text);
    }
  }
}

package dev.patchgrad.reports.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A subcommand: it prints to the tool's output, and ends with an exit code. */
abstract class Subcommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  /**
   * Runs the command.
   *
   * @param out where it prints
   * @return one of {@link ExitCode}'s
   * @throws IOException if a file cannot be read or written
   */
  abstract int execute(PrintWriter out) throws IOException;

  @Override
  public final Integer call() throws IOException {
    PrintWriter out = commandLine().getOut();
    int code;
    try {
      code = execute(out);
    } catch (OutOfMemoryError | StackOverflowError e) {
      // Not 1, which an error that ends the JVM gives: that means that a gate failed.
      throw new IOException(
          "this is more than the JVM's memory holds; give it more, such as -Xmx4g -Xss8m", e);
    }
    // A writer keeps a full disk or a closed pipe to itself until it is asked.
    if (out.checkError()) {
      throw new IOException("the output cannot be written");
    }
    return code;
  }

  /** The command line that called this command. */
  final CommandLine commandLine() {
    return Objects.requireNonNull(spec).commandLine();
  }
}

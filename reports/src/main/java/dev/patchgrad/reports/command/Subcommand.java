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
    int code = execute(out);
    out.flush();
    return code;
  }

  /** The command line that called this command. */
  final CommandLine commandLine() {
    return Objects.requireNonNull(spec).commandLine();
  }
}

package dev.patchgrad.reports.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What all subcommands share: where they print, and that they end with a code. */
abstract class Subcommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  /**
   * Does what the command says.
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

  /** The command line that this command was given. */
  final CommandLine commandLine() {
    return Objects.requireNonNull(spec).commandLine();
  }
}

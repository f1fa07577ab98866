package dev.patchgrad.reports.command;

import java.io.PrintWriter;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints the words that mean a run, for a shell that completes them. */
@Command(
    name = "ids",
    description = "Prints the words that mean a run, one a line, for a shell that completes them.",
    hidden = true,
    mixinStandardHelpOptions = true)
final class IdsCommand extends Subcommand {
  /** What stands in the completion script where {@link CompletionCommand} puts the ids. */
  static final String PLACE = "RUN-IDS";

  @Mixin private Workspace workspace = new Workspace();

  IdsCommand() {}

  @Override
  int execute(PrintWriter out) {
    workspace.known().forEach(out::println);
    return ExitCode.OK;
  }

  /** The candidates of a parameter that is a run: asked when the user completes one. */
  static final class Candidates implements Iterable<String> {
    Candidates() {}

    @Override
    public Iterator<String> iterator() {
      return List.of(PLACE).iterator();
    }
  }
}

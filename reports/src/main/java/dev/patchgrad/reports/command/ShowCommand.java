package dev.patchgrad.reports.command;

import dev.patchgrad.reports.summary.Summary;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows the summary of one run. */
@Command(
    name = "show",
    description =
        "Shows a run's summary: the fastest kernel for each shape, by how much, how sure.",
    mixinStandardHelpOptions = true)
final class ShowCommand extends Subcommand {
  @Mixin private Workspace workspace = new Workspace();

  @Parameters(
      index = "0",
      paramLabel = "RUN",
      description = "A folder, latest, or the id of a profile or run.")
  private String run = "";

  ShowCommand() {}

  @Override
  int execute(PrintWriter out) {
    out.print(Summary.console(workspace.read(run)));
    return ExitCode.OK;
  }
}

package dev.patchgrad.reports.command;

import dev.patchgrad.reports.page.RunPage;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Writes the page of one run again: of an older run, or of a profile. */
@Command(
    name = "page",
    description =
        "Writes a run's page (index.html, summary.md, results.csv) into its folder, and names it.",
    mixinStandardHelpOptions = true)
final class PageCommand extends Subcommand {
  @Mixin private Workspace workspace = new Workspace();

  @Parameters(
      index = "0",
      paramLabel = "RUN",
      description = "A folder, latest, or the id of a profile or run.")
  private String run = "";

  PageCommand() {}

  @Override
  int execute(PrintWriter out) throws IOException {
    out.println(RunPage.write(workspace.read(run)));
    return ExitCode.OK;
  }
}

package dev.patchgrad.reports.command;

import dev.patchgrad.reports.summary.Summary;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows the summary of one run. */
@Command(
    name = "show",
    description =
        "Shows a run's summary: the fastest kernel for each shape, by how much, how sure.",
    mixinStandardHelpOptions = true)
final class ShowCommand extends Subcommand {
  @Mixin private RunArgument run = new RunArgument();

  ShowCommand() {}

  @Override
  int execute(PrintWriter out) {
    out.print(Summary.console(run.read()));
    return ExitCode.OK;
  }
}

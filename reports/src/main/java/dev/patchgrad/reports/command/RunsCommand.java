package dev.patchgrad.reports.command;

import dev.patchgrad.reports.json.BadRecordException;
import dev.patchgrad.reports.run.Run;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the runs of this checkout. */
@Command(
    name = "runs",
    description = "Lists the runs of this checkout by their ids.",
    mixinStandardHelpOptions = true)
final class RunsCommand extends Subcommand {
  @Mixin private Workspace workspace = new Workspace();

  RunsCommand() {}

  @Override
  int execute(PrintWriter out) {
    List<Path> runs = workspace.allRuns();
    if (runs.isEmpty()) {
      out.println("no run in " + workspace.runs() + "; make one: mvn -pl bench jmh:benchmark");
    }
    for (Path folder : runs) {
      out.println(Workspace.id(workspace.runs(), folder) + "  " + about(folder));
    }
    return ExitCode.OK;
  }

  private static String about(Path folder) {
    Run run;
    try {
      run = Run.read(folder);
    } catch (BadRecordException e) {
      // A bad run is marked in the list, and does not hide the others.
      return "! " + e.getMessage();
    }
    return String.format(
        Locale.ROOT,
        "%d results, JDK %s, commit %s%s",
        run.results().size(),
        run.environment().jvm().version(),
        run.environment().source().inShort(),
        run.isPartial() ? ", broken off" : "");
  }
}

package dev.patchgrad.reports.command;

import dev.patchgrad.reports.json.BadRecordException;
import dev.patchgrad.reports.json.PlainText;
import dev.patchgrad.reports.run.Run;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the runs of this checkout. */
@Command(
    name = "runs",
    description = "Lists the runs of this checkout by their ids.",
    mixinStandardHelpOptions = true)
final class RunsCommand extends Subcommand {
  @Mixin private Workspace workspace = new Workspace();

  @Mixin private Output output = new Output();

  RunsCommand() {}

  @Override
  int execute(PrintWriter out) throws IOException {
    StringBuilder text = new StringBuilder();
    List<Path> runs = workspace.allRuns();
    if (runs.isEmpty()) {
      text.append("no run in ").append(workspace.runs());
      text.append("; make one: mvn -pl bench jmh:benchmark\n");
    }
    for (Path folder : runs) {
      text.append(Workspace.id(workspace.runs(), folder)).append("  ").append(about(folder));
      text.append('\n');
    }
    output.write(text.toString(), out);
    return ExitCode.OK;
  }

  private static String about(Path folder) {
    Run run;
    try {
      run = Run.read(folder);
    } catch (BadRecordException e) {
      // A bad run is marked in the list, and does not hide the others.
      return "! " + PlainText.line(String.valueOf(e.getMessage()));
    } catch (UncheckedIOException e) {
      return "! " + PlainText.line(FileErrors.inWords(Objects.requireNonNull(e.getCause())));
    } catch (OutOfMemoryError e) {
      return "! more than this JVM's memory holds";
    }
    String distinction = run.environment().distinction();
    return String.format(
        Locale.ROOT,
        "%d results, JDK %s, commit %s%s%s",
        run.results().size(),
        run.environment().jvm().version(),
        run.environment().source().inShort(),
        run.isPartial() ? ", broken off" : "",
        distinction.isEmpty() ? "" : ", " + distinction);
  }
}

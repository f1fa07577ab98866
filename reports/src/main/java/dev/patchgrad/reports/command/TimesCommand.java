package dev.patchgrad.reports.command;

import dev.patchgrad.reports.choice.TimesTable;
import dev.patchgrad.reports.profile.Profile;
import dev.patchgrad.reports.profile.Profiles;
import dev.patchgrad.reports.run.Run;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the table from which core's chooser knows the recorded machines. */
@Command(
    name = "times",
    // Its former name.
    aliases = "choose",
    description =
        "Writes the table of measured times by which the library chooses kernels, from the runs that"
            + " are named, or else from all recorded profiles.",
    mixinStandardHelpOptions = true)
final class TimesCommand extends Subcommand {
  @Mixin private Workspace workspace = new Workspace();

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "The table; by default " + TimesTable.RESOURCE + " of the project around here.")
  private Optional<Path> output = Optional.empty();

  @Parameters(
      paramLabel = "RUN",
      arity = "0..*",
      description = "A folder, latest, or the id of a profile or run.")
  private List<String> runs = List.of();

  TimesCommand() {}

  @Override
  int execute(PrintWriter out) throws IOException {
    List<Run> chosen =
        runs.isEmpty()
            ? Profiles.all(workspace.profiles()).stream().map(Profile::run).toList()
            : runs.stream().map(workspace::read).toList();
    if (chosen.isEmpty()) {
      throw new UnknownRunException("", workspace.known(), false);
    }
    // The whole table before the file: a run that is refused leaves the old table as it was.
    String table = TimesTable.of(chosen);
    Path file = output.orElseGet(() -> Workspace.project().resolve(TimesTable.RESOURCE));
    Files.writeString(file, table, StandardCharsets.UTF_8);
    chosen.forEach(run -> out.println("from " + run.folder()));
    long times = table.lines().filter(line -> line.startsWith("time\t")).count();
    out.println(file + ": " + times + " times of kernels");
    return ExitCode.OK;
  }
}

package dev.patchgrad.reports.command;

import dev.patchgrad.reports.choice.TimesTable;
import dev.patchgrad.reports.grid.Warmth;
import dev.patchgrad.reports.profile.Profile;
import dev.patchgrad.reports.profile.Profiles;
import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.run.WholeFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Writes the table from which core's chooser knows the recorded machines. */
@Command(
    name = "times",
    // Its former name.
    aliases = "choose",
    description =
        "Prints the table of measured times by which the library chooses kernels, from the runs that"
            + " are named, or else from all recorded profiles. With --write it replaces the table of"
            + " the project around here.",
    mixinStandardHelpOptions = true)
final class TimesCommand extends Subcommand {
  @Mixin private Workspace workspace = new Workspace();

  @Mixin private Output output = new Output();

  @Option(
      names = "--write",
      description = "Write to " + TimesTable.RESOURCE + " of the project around here.")
  private boolean write;

  @Parameters(
      paramLabel = "RUN",
      arity = "0..*",
      completionCandidates = IdsCommand.Candidates.class,
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
      throw UnknownRunException.noProfile();
    }
    if (write && output.file().isPresent()) {
      throw new ParameterException(
          commandLine(), "--write and -o name two files to write: give one of them");
    }
    // The whole table before the file: a run that is refused leaves the old table as it was.
    String table = TimesTable.of(chosen);
    Optional<Path> file =
        write ? Optional.of(Workspace.project().resolve(TimesTable.RESOURCE)) : output.file();
    if (file.isEmpty()) {
      out.print(table);
      return ExitCode.OK;
    }
    WholeFiles.write(file.get(), table);
    chosen.forEach(run -> out.println("from " + run.folder()));
    long times = table.lines().filter(line -> line.startsWith("time\t")).count();
    out.println(file.get() + ": " + times + " times of kernels");
    long left = table.lines().filter(line -> line.startsWith("# " + Warmth.NO_RANKING)).count();
    if (left > 0) {
      out.println(left + " points left out, " + Warmth.NO_RANKING);
    }
    return ExitCode.OK;
  }
}

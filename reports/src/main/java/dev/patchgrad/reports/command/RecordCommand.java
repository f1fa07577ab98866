package dev.patchgrad.reports.command;

import dev.patchgrad.reports.grid.Grid;
import dev.patchgrad.reports.grid.Warnings;
import dev.patchgrad.reports.json.BadRecordException;
import dev.patchgrad.reports.profile.Profile;
import dev.patchgrad.reports.profile.ProfileTable;
import dev.patchgrad.reports.profile.Profiles;
import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.run.WholeFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Records a run as a profile. */
@Command(
    name = "record",
    description = {
      "Records a run as a profile of its machine and JDK, and adds it to the table in the README.md"
          + " beside the profiles.",
      "Refuses a run that is noisy, or whose machine was busy, unless --accept-noise is given.",
      "Refuses a run unless it is whole, has the default grid and at least 3 forks, every fork agreed"
          + " with the scalar kernel, and it was measured from a commit.",
      "What may be private is taken out: of arguments all but flags that say how was measured, and"
          + " who built the kernel or the JDK. A path elsewhere is refused."
    },
    mixinStandardHelpOptions = true)
final class RecordCommand extends Subcommand {
  @Mixin private Workspace workspace = new Workspace();

  @Parameters(
      index = "0",
      paramLabel = "RUN",
      completionCandidates = IdsCommand.Candidates.class,
      description = "A folder, latest, or a run's id, or its beginning.")
  private String run = "";

  @Option(
      names = "--replace",
      description = "Replace the earlier profile of the same machine and JDK.")
  private boolean replace;

  @Option(
      names = "--accept-noise",
      description = "Record a run whose forks lie far apart, or whose machine was busy.")
  private boolean acceptNoise;

  RecordCommand() {}

  @Override
  int execute(PrintWriter out) throws IOException {
    requireQuiet(Run.read(workspace.find(run)));
    Profile profile;
    try {
      profile = Profiles.record(workspace.find(run), workspace.profiles(), replace);
    } catch (FileAlreadyExistsException e) {
      throw new ParameterException(
          commandLine(), e.getFile() + ": is already recorded; --replace records it again", e);
    }
    out.println("recorded " + profile.run().folder());
    Path document = workspace.profiles().resolveSibling("README.md");
    if (Files.isRegularFile(document)) {
      Optional<String> text =
          ProfileTable.within(Files.readString(document), Profiles.all(workspace.profiles()));
      if (text.isPresent()) {
        WholeFiles.write(document, text.get());
        out.println("updated " + document);
      }
    }
    return ExitCode.OK;
  }

  /** Others rely on a profile: what its own summary doubts must be accepted in so many words. */
  private void requireQuiet(Run read) {
    List<Warnings.Warning> warnings = Warnings.all(read, Grid.of(read));
    String cold = texts(warnings, Set.of(Warnings.Kind.NOT_WARM));
    if (!cold.isEmpty()) {
      throw new BadRecordException(read.folder(), "", "cannot be recorded. " + cold);
    }
    String noise = texts(warnings, Set.of(Warnings.Kind.NOISY, Warnings.Kind.BUSY));
    if (!noise.isEmpty() && !acceptNoise) {
      throw new BadRecordException(
          read.folder(),
          "",
          "is not recorded, since others will rely on it. "
              + noise
              + " Or record it as it is: --accept-noise");
    }
  }

  private static String texts(List<Warnings.Warning> warnings, Set<Warnings.Kind> kinds) {
    return warnings.stream()
        .filter(warning -> kinds.contains(warning.kind()))
        .map(Warnings.Warning::text)
        .collect(Collectors.joining(" "));
  }
}

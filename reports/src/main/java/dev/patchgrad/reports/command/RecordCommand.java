package dev.patchgrad.reports.command;

import dev.patchgrad.reports.profile.Profile;
import dev.patchgrad.reports.profile.ProfileTable;
import dev.patchgrad.reports.profile.Profiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
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
      "Refuses a run unless it is whole, has the default grid and at least 3 forks, every fork agreed"
          + " with the scalar kernel, and it was measured from a commit. Absolute paths in arguments"
          + " are replaced by <path>; nothing else is changed."
    },
    mixinStandardHelpOptions = true)
final class RecordCommand extends Subcommand {
  @Mixin private Workspace workspace = new Workspace();

  @Parameters(index = "0", paramLabel = "RUN", description = "A folder, latest, or a run's id.")
  private String run = "";

  @Option(
      names = "--replace",
      description = "Replace the earlier profile of the same machine and JDK.")
  private boolean replace;

  RecordCommand() {}

  @Override
  int execute(PrintWriter out) throws IOException {
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
        Files.writeString(document, text.get());
        out.println("updated " + document);
      }
    }
    return ExitCode.OK;
  }
}

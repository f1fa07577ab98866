package dev.patchgrad.reports.command;

import dev.patchgrad.reports.profile.LimitShares;
import dev.patchgrad.reports.profile.Profile;
import dev.patchgrad.reports.profile.Profiles;
import dev.patchgrad.reports.run.WholeFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Shows how near the kernels come to the limits of the recorded machines. */
@Command(
    name = "kernels",
    description =
        "Shows, as Markdown, each kernel's share of the limit and GFLOP/s on each recorded machine,"
            + " for each precision, p and k of the default grid.",
    mixinStandardHelpOptions = true)
final class KernelsCommand extends Subcommand {
  @Mixin private Workspace workspace = new Workspace();

  @Mixin private Output output = new Output();

  @Option(
      names = "--update",
      paramLabel = "FILE",
      description = "Write the tables into this document, between the two lines that mark them.")
  private Optional<Path> document = Optional.empty();

  KernelsCommand() {}

  @Override
  int execute(PrintWriter out) throws IOException {
    List<Profile> profiles = Profiles.all(workspace.profiles());
    if (document.isEmpty()) {
      output.write(LimitShares.markdown(profiles), out);
      return ExitCode.OK;
    }
    Path file = document.get();
    String text =
        LimitShares.within(Files.readString(file), profiles)
            .orElseThrow(
                () ->
                    new ParameterException(
                        commandLine(),
                        "--update: '"
                            + file
                            + "' given; expected a document with the lines '"
                            + LimitShares.PART.begin()
                            + "' and '"
                            + LimitShares.PART.end()
                            + "'"));
    WholeFiles.write(file, text);
    out.println("updated " + file);
    return ExitCode.OK;
  }
}

package dev.patchgrad.reports.command;

import dev.patchgrad.reports.profile.LimitShares;
import dev.patchgrad.reports.profile.Profile;
import dev.patchgrad.reports.profile.Profiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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

  @Mixin private UpdatedDocument document = new UpdatedDocument();

  KernelsCommand() {}

  @Override
  int execute(PrintWriter out) throws IOException {
    List<Profile> profiles = Profiles.all(workspace.profiles());
    if (!document.isGiven()) {
      output.write(LimitShares.markdown(profiles), out);
      return ExitCode.OK;
    }
    document.write(
        LimitShares.PART, text -> LimitShares.within(text, profiles), commandLine(), out);
    return ExitCode.OK;
  }
}

package dev.patchgrad.reports.command;

import dev.patchgrad.reports.profile.Profile;
import dev.patchgrad.reports.profile.ProfileTable;
import dev.patchgrad.reports.profile.Profiles;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the recorded profiles. */
@Command(
    name = "profiles",
    description = "Checks all recorded profiles, and lists them by their ids.",
    mixinStandardHelpOptions = true)
final class ProfilesCommand extends Subcommand {
  @Mixin private Workspace workspace = new Workspace();

  @Option(names = "--markdown", description = "As the table of reports/README.md.")
  private boolean markdown;

  ProfilesCommand() {}

  @Override
  int execute(PrintWriter out) {
    List<Profile> profiles = Profiles.all(workspace.profiles());
    if (markdown) {
      out.print(ProfileTable.markdown(profiles));
    } else if (profiles.isEmpty()) {
      out.println("no profile in " + workspace.profiles() + "; record a run: record latest");
    } else {
      profiles.forEach(profile -> out.println(profile.id()));
    }
    return ExitCode.OK;
  }
}

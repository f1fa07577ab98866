package dev.patchgrad.reports.command;

import dev.patchgrad.reports.profile.Profile;
import dev.patchgrad.reports.profile.ProfileTable;
import dev.patchgrad.reports.profile.Profiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the recorded profiles. */
@Command(
    name = "profiles",
    description = "Checks all recorded profiles, and lists them by their ids.",
    mixinStandardHelpOptions = true)
final class ProfilesCommand extends Subcommand {
  /** How the list is written. */
  enum Format {
    CONSOLE,
    MARKDOWN;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Mixin private Workspace workspace = new Workspace();

  @Mixin private Output output = new Output();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "One of ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} by default.",
      defaultValue = "console")
  private Format format = Format.CONSOLE;

  @Option(
      names = "--markdown",
      description = "The same as --format markdown: the table of reports/README.md.")
  private boolean markdown;

  ProfilesCommand() {}

  @Override
  int execute(PrintWriter out) throws IOException {
    List<Profile> profiles = Profiles.all(workspace.profiles());
    if (markdown || format == Format.MARKDOWN) {
      output.write(ProfileTable.markdown(profiles), out);
    } else if (profiles.isEmpty()) {
      output.write(
          "no profile in " + workspace.profiles() + "; record a run: record latest\n", out);
    } else {
      StringBuilder text = new StringBuilder();
      profiles.forEach(profile -> text.append(profile.id()).append('\n'));
      output.write(text.toString(), out);
    }
    return ExitCode.OK;
  }
}

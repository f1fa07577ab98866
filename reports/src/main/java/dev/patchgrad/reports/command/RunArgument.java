package dev.patchgrad.reports.command;

import dev.patchgrad.reports.run.Run;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The one run that a command is about. */
final class RunArgument {
  @Mixin private Workspace workspace = new Workspace();

  @Parameters(
      index = "0",
      paramLabel = "RUN",
      completionCandidates = IdsCommand.Candidates.class,
      description =
          "A folder, latest, or the id of a profile or run, or its beginning; or a file that any JMH"
              + " wrote with -rf json.")
  private String word = "";

  /**
   * Reads it, whole or not at all.
   *
   * @throws UnknownRunException if the word means no run, or several
   * @throws dev.patchgrad.reports.json.BadRecordException if the run is refused
   */
  Run read() {
    return workspace.readAny(word);
  }
}

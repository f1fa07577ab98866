package dev.patchgrad.reports.summary;

import dev.patchgrad.reports.grid.Grid;
import dev.patchgrad.reports.grid.Warnings;
import dev.patchgrad.reports.run.Run;
import java.util.List;

/** What is said of a run in a few words, wherever it stands beside others. */
public final class RunWords {
  private RunWords() {}

  /**
   * What to doubt of a run, without what to do about it.
   *
   * @param run that was recorded
   * @return the warnings of its summary in a few words each; empty if there is none
   */
  public static List<String> brief(Run run) {
    return Warnings.all(run, Grid.of(run)).stream()
        .map(Warnings.Warning::brief)
        .filter(brief -> !brief.isEmpty())
        .toList();
  }
}

package dev.patchgrad.reports.summary;

import dev.patchgrad.reports.grid.Grid;
import dev.patchgrad.reports.grid.Warnings;
import dev.patchgrad.reports.run.Result;
import dev.patchgrad.reports.run.Run;
import java.util.List;
import java.util.stream.Collectors;

/** What is said of a run in a few words, wherever it stands beside others. */
public final class RunWords {
  private RunWords() {}

  /**
   * What is known of results that another program kept.
   *
   * @param run with an unknown environment
   * @return such as {@code environment unknown; JMH 1.37, JDK 25.0.1, OpenJDK 64-Bit Server VM}
   */
  public static String ofForeign(Run run) {
    return "environment unknown; "
        + run.results().stream()
            .map(Result::settings)
            .map(
                settings ->
                    "JMH "
                        + settings.jmhVersion()
                        + ", JDK "
                        + settings.jdkVersion()
                        + (settings.vmName().equals(Result.UNKNOWN)
                            ? ""
                            : ", " + settings.vmName()))
            .distinct()
            .collect(Collectors.joining("; "));
  }

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

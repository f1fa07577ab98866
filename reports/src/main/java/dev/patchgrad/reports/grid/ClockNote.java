package dev.patchgrad.reports.grid;

import dev.patchgrad.reports.run.Run;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a reader is told of the core's clock, where rates are given for one. */
public final class ClockNote {
  private ClockNote() {}

  /**
   * The clock of a run.
   *
   * @param run that was recorded
   * @return two sentences; empty where the clock was not read
   */
  public static Optional<String> of(Run run) {
    if (run.clock() == 0) {
      return Optional.empty();
    }
    List<Double> clocks = run.clocks();
    return Optional.of(
        String.format(
            Locale.ROOT,
            "The core's clock ran at %.2f to %.2f GHz. Rates in L1 and L2 are given for %.2f.",
            Collections.min(clocks) / 1e3,
            Collections.max(clocks) / 1e3,
            run.clock() / 1e3));
  }
}

package dev.patchgrad.reports.command;

import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** How long a duel or a sweep may take, beside its minutes. */
final class DuelLimits {
  @Option(
      names = "--forks",
      paramLabel = "N",
      description = "At most so many forks of each side for a benchmark; no limit by default.")
  private Optional<Integer> forks = Optional.empty();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "How long one iteration may take; ${DEFAULT-VALUE} by default.",
      defaultValue = "120")
  private int timeout;

  /**
   * Reads the minutes of the command line, which must be right as these limits must.
   *
   * @throws ParameterException if one of them is not above 0
   */
  Duration time(double minutes, CommandLine line) {
    if (!(minutes > 0) || forks.orElse(1) < 1 || timeout < 1) {
      throw new ParameterException(line, "--minutes, --forks, --timeout: expected numbers above 0");
    }
    return Duration.ofMillis(Math.round(minutes * 60_000));
  }

  /** Forks of each side. */
  int mostForks() {
    return forks.orElse(Integer.MAX_VALUE);
  }

  /** The time of one iteration. */
  Duration patience() {
    return Duration.ofSeconds(timeout);
  }
}

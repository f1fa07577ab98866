package dev.patchgrad.reports.comparison;

/**
 * What the machine allows, in both runs: a roof's loop, by its fastest fork, as the runs' own
 * summaries show it. It says how machines differ and not what a kernel does, so it stays out of
 * means, counts and gate.
 *
 * @param subject what was measured
 * @param unit of the values: {@code FLOP/s} or {@code B/s}, the same quantity on every machine
 * @param first run's value
 * @param other run's value
 */
public record ComparedLimit(Subject subject, String unit, double first, double other) {
  /**
   * How much more the other machine allows.
   *
   * @return the ratio, above 1 where the other allows more
   */
  public double ratio() {
    return other / first;
  }
}

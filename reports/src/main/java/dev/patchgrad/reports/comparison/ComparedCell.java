package dev.patchgrad.reports.comparison;

import dev.patchgrad.reports.statistics.Forks;
import dev.patchgrad.reports.statistics.Ratio;

/**
 * One subject in both runs.
 *
 * @param subject what was measured
 * @param unit of the values: {@code samples/s}, or {@code ops/s} where a sample means nothing
 * @param first run's values, by fork
 * @param other run's values, by fork
 */
public record ComparedCell(Subject subject, String unit, Forks first, Forks other) {
  /**
   * How much faster the other run is.
   *
   * @return the ratio, above 1 where the other is faster
   */
  public Ratio ratio() {
    return Ratio.of(other, first);
  }
}

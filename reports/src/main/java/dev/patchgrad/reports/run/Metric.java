package dev.patchgrad.reports.run;

import java.util.List;

/**
 * Raw values of one metric of one result.
 *
 * @param unit as JMH writes it, such as {@code ops/s}
 * @param forks values by fork, by iteration
 */
public record Metric(String unit, List<List<Double>> forks) {
  /** Copies the lists. */
  public Metric {
    forks = forks.stream().map(List::copyOf).toList();
  }
}

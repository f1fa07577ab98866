package dev.patchgrad.reports.grid;

import dev.patchgrad.reports.json.BadRecordException;
import dev.patchgrad.reports.run.Result;
import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.run.RunFolder;
import dev.patchgrad.reports.statistics.Forks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * The suite of cliffs of a run: cells where the compiler did right by a kernel in one JVM and not
 * in the next.
 *
 * @param cells that were measured
 * @param broken what breaks a bound, a line for each cell; empty if none does
 * @param worstSpread the fastest fork over the slowest, of the worst cell; 1 where there is none
 * @param mostAllocated bytes a gradient, of the worst cell
 */
public record Cliffs(int cells, List<String> broken, double worstSpread, double mostAllocated) {
  /** A gradient allocates nothing; a byte is what a counter's noise may show. */
  static final double MOST_ALLOCATED = 1;

  /** Forks differ by memory pages and neighbours; a boxed vector costs far more than this. */
  static final double WORST_SPREAD = 1.5;

  /** Copies the list. */
  public Cliffs {
    broken = List.copyOf(broken);
  }

  /**
   * The cliffs of a run.
   *
   * @param run that may have the suite
   * @return its cells; none where the run has no such suite
   * @throws BadRecordException if a result does not say what a gradient allocates
   */
  public static Cliffs of(Run run) {
    int cells = 0;
    double worstSpread = 1;
    double mostAllocated = 0;
    List<String> broken = new ArrayList<>();
    for (Result result : run.results()) {
      if (!result.benchmark().equals(Suites.CLIFF) || !result.isRate()) {
        continue;
      }
      cells++;
      double spread = 1 + Forks.ofIterations(result.operationsPerSecond()).spread();
      List<Double> allocations = result.secondaryValues(Suites.ALLOCATED_BYTES);
      if (allocations.isEmpty()) {
        throw new BadRecordException(
            run.folder().resolve(RunFolder.RESULTS),
            result.label() + ".secondaryMetrics." + Suites.ALLOCATED_BYTES,
            "is missing");
      }
      double allocated = Collections.max(allocations);
      worstSpread = Math.max(worstSpread, spread);
      mostAllocated = Math.max(mostAllocated, allocated);
      if (spread > WORST_SPREAD || allocated >= MOST_ALLOCATED) {
        broken.add(
            String.format(
                Locale.ROOT,
                "%s: the fastest fork %.2f times the slowest, %.1f bytes a gradient",
                result.params(),
                spread,
                allocated));
      }
    }
    return new Cliffs(cells, broken, worstSpread, mostAllocated);
  }
}

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
 * The suite of cliffs of a run. A cliff is a cell where the compiler made good code of a kernel in
 * one JVM, and bad code in another.
 *
 * @param cells that were measured
 * @param broken the cells that break a bound, a line for each; empty if none does
 * @param worstSpread the fastest fork over the slowest, of the worst cell, in units of the plain
 *     loop that was timed around each iteration; 1 where there is none
 * @param mostAllocated bytes per gradient, of the worst cell
 */
public record Cliffs(int cells, List<String> broken, double worstSpread, double mostAllocated) {
  /** A gradient allocates nothing; a counter's noise may show up to a byte. */
  static final double MOST_ALLOCATED = 1;

  /** Forks differ by their memory pages, up to this; a boxed vector costs far more. */
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
      if (!result.benchmark().equals(SuiteNames.CLIFF) || !result.isRate()) {
        continue;
      }
      cells++;
      List<Double> allocations =
          present(run, result, SuiteNames.ALLOCATED_BYTES).stream().flatMap(List::stream).toList();
      double byTheClock = 1 + Forks.ofIterations(result.operationsPerSecond()).spread();
      double byTheLoop = 1 + Forks.ofIterations(inUnitsOfTheYardstick(run, result)).spread();
      // Another program that starts or stops between the loop and the kernel spoils the latter
      // alone.
      double spread = Math.min(byTheClock, byTheLoop);
      double allocated = Collections.max(allocations);
      worstSpread = Math.max(worstSpread, spread);
      mostAllocated = Math.max(mostAllocated, allocated);
      if (spread > WORST_SPREAD || allocated >= MOST_ALLOCATED) {
        broken.add(
            String.format(
                Locale.ROOT,
                "%s: the fastest fork is %.2fx the slowest (%.2fx in units of a plain loop timed"
                    + " around it), %.1f bytes per gradient",
                result.params(),
                byTheClock,
                byTheLoop,
                allocated));
      }
    }
    return new Cliffs(cells, broken, worstSpread, mostAllocated);
  }

  /** Rates over those of the plain loop, which another program on the core slows down as well. */
  private static List<List<Double>> inUnitsOfTheYardstick(Run run, Result result) {
    List<List<Double>> rates = result.operationsPerSecond();
    List<List<Double>> yardstick = present(run, result, SuiteNames.YARDSTICK);
    List<List<Double>> ratios = new ArrayList<>();
    for (int fork = 0; fork < rates.size(); fork++) {
      List<Double> ratio = new ArrayList<>();
      for (int iteration = 0; iteration < rates.get(fork).size(); iteration++) {
        ratio.add(rates.get(fork).get(iteration) / yardstick.get(fork).get(iteration));
      }
      ratios.add(ratio);
    }
    return ratios;
  }

  /** Of each fork a value for each iteration. */
  private static List<List<Double>> present(Run run, Result result, String name) {
    List<List<Double>> forks = result.secondaryForks(name);
    List<Integer> expected = result.operationsPerSecond().stream().map(List::size).toList();
    if (!forks.stream().map(List::size).toList().equals(expected)) {
      throw new BadRecordException(
          run.folder().resolve(RunFolder.RESULTS),
          result.label() + ".secondaryMetrics." + name,
          forks.isEmpty() ? "is missing" : "has other forks or iterations than the rates");
    }
    return forks;
  }
}

package dev.patchgrad.reports.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * At which clock a fork was measured, and what its rate would be at another.
 *
 * <p>A processor changes its clock by a tenth within minutes, for all cores together, as its
 * neighbours work or rest. Code whose data lie in the core's own caches follows: it takes as many
 * cycles as before. So forks that were measured at other clocks can be compared by what they would
 * do at the same one.
 */
final class CoreClock {
  /** The levels of memory that run at the core's clock, by their names in the suites. */
  private static final Set<String> OF_THE_CORE = Set.of("L1", "L2");

  private CoreClock() {}

  /**
   * The clock at which each fork of a result was fastest: as read before the fastest iteration at
   * each place, their median.
   *
   * @return MHz by fork; empty where none was read, or rates do not follow it
   */
  static List<Double> ofForks(Result result) {
    List<List<Double>> readings = result.secondaryForks(Result.CORE_CLOCK);
    if (readings.isEmpty()
        || !result.isInPlaces()
        || result.threads() != 1
        || !OF_THE_CORE.contains(result.params().getOrDefault(Result.LEVEL, ""))) {
      return List.of();
    }
    List<List<Double>> rates = result.operationsPerSecond();
    if (rates.size() != readings.size()) {
      return List.of();
    }
    List<Double> clocks = new ArrayList<>();
    for (int fork = 0; fork < rates.size(); fork++) {
      List<Double> ofFork = readings.get(fork);
      if (ofFork.size() != rates.get(fork).size()
          || ofFork.stream().anyMatch(clock -> !(clock > 0))) {
        return List.of();
      }
      clocks.add(
          median(
              Places.indicesOfFastest(rates.get(fork), true).stream().map(ofFork::get).toList()));
    }
    return clocks;
  }

  /** Half-way between the two in the middle, where their number is even. */
  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  /**
   * The highest clock at which a fork was fastest.
   *
   * @return MHz; 0 where none was read
   */
  static double highest(List<Result> results) {
    return results.stream()
        .map(Result::clocks)
        .filter(clocks -> !clocks.isEmpty())
        .mapToDouble(Collections::max)
        .max()
        .orElse(0);
  }

  /**
   * Rates at another clock.
   *
   * @param clock in MHz
   * @param rates by fork
   * @param clocks of the forks
   */
  static List<List<Double>> at(double clock, List<List<Double>> rates, List<Double> clocks) {
    List<List<Double>> changed = new ArrayList<>();
    for (int fork = 0; fork < rates.size(); fork++) {
      double factor = clock / clocks.get(fork);
      changed.add(rates.get(fork).stream().map(rate -> rate * factor).toList());
    }
    return changed;
  }
}

package dev.patchgrad.reports.grid;

import dev.patchgrad.reports.environment.Work;
import dev.patchgrad.reports.run.Result;
import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.statistics.Forks;
import java.util.Collections;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What the machine allows, as the same run measured it: the fastest of all variants and forks,
 * since a disturbance makes a loop slower, and nothing makes it faster than the machine.
 *
 * @param peakFlops floating-point operations per second, by precision, of the fastest vector width
 * @param readBandwidth bytes per second, by memory level, of the fastest alignment and number of
 *     streams
 * @param forks in which each roof was measured, at least; 0 where none was
 */
public record Roofs(Map<String, Double> peakFlops, Map<String, Double> readBandwidth, int forks) {
  /** Copies the maps. */
  public Roofs {
    peakFlops = Map.copyOf(peakFlops);
    readBandwidth = Map.copyOf(readBandwidth);
  }

  /**
   * The roofs of one thread; where a run has none of them, those of the fewest threads.
   *
   * @param run that may have measured them
   * @return the roofs; empty maps where it did not
   */
  public static Roofs of(Run run) {
    return of(
        run,
        run.results().stream()
            .filter(result -> SuiteNames.ROOFS.contains(result.benchmark()))
            .mapToInt(Result::threads)
            .min()
            .orElse(1));
  }

  /**
   * The roofs of a number of threads together.
   *
   * @param run that may have measured them
   * @param threads that ran the loops at the same time
   * @return the roofs; empty maps where it did not
   */
  public static Roofs of(Run run, int threads) {
    Map<String, Double> peak = new TreeMap<>();
    Map<String, Double> bandwidth = new TreeMap<>();
    Map<String, Integer> forks = new TreeMap<>();
    for (Result result : run.results()) {
      if (!SuiteNames.ROOFS.contains(result.benchmark())
          || !result.isRate()
          || result.threads() != threads) {
        continue;
      }
      String precision = result.params().getOrDefault(SuiteNames.PRECISION, "");
      String level = result.params().getOrDefault(SuiteNames.LEVEL, "");
      Work work = run.workOf(result).orElse(new Work(result.benchmark(), Map.of(), 0, 0, 0));
      Forks rates = Forks.ofIterations(result.rates());
      double rate = rate(rates);
      if (SuiteNames.FMA_ROOFS.contains(result.benchmark()) && work.flops() > 0) {
        peak.merge(precision, rate * work.flops(), Math::max);
        forks.merge(precision, rates.count(), Math::max);
      } else if (SuiteNames.READ_ROOFS.contains(result.benchmark()) && work.bytes() > 0) {
        bandwidth.merge(level, rate * work.bytes(), Math::max);
        forks.merge(level, rates.count(), Math::max);
      }
    }
    return new Roofs(peak, bandwidth, forks.values().stream().min(Integer::compare).orElse(0));
  }

  /**
   * The rate of a roof's loop: that of its fastest fork.
   *
   * @param forks of one variant
   * @return operations per second
   */
  public static double rate(Forks forks) {
    return Collections.max(forks.values());
  }

  /**
   * How many operations per second are possible at best: the smaller of what arithmetic and memory
   * allow.
   *
   * @param work of one operation
   * @param precision float or double
   * @param level memory level of the batch
   * @return operations per second; empty unless both roofs and the work are known
   */
  public OptionalDouble limit(Work work, String precision, String level) {
    Double peak = peakFlops.get(precision);
    Double bandwidth = readBandwidth.get(level);
    if (peak == null || bandwidth == null || work.flops() <= 0 || work.bytes() <= 0) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(Math.min(peak / work.flops(), bandwidth / work.bytes()));
  }
}

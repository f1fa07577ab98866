package dev.patchgrad.reports.grid;

import dev.patchgrad.reports.environment.Work;
import dev.patchgrad.reports.run.Result;
import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.statistics.Forks;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What the machine allows, as the same run measured it.
 *
 * @param peakFlops operations a second, by precision; the widest vectors' where several were tried
 * @param readBandwidth bytes a second, by memory level
 */
public record Roofs(Map<String, Double> peakFlops, Map<String, Double> readBandwidth) {
  /** Copies the maps. */
  public Roofs {
    peakFlops = Map.copyOf(peakFlops);
    readBandwidth = Map.copyOf(readBandwidth);
  }

  /**
   * The roofs of a run.
   *
   * @param run that may have measured them
   * @return the roofs; empty maps where it did not
   */
  public static Roofs of(Run run) {
    Map<String, Double> peak = new TreeMap<>();
    Map<String, Double> bandwidth = new TreeMap<>();
    for (Result result : run.results()) {
      if (!result.isRate()) {
        continue;
      }
      String precision = result.params().getOrDefault(Suites.PRECISION, "");
      String level = result.params().getOrDefault(Suites.LEVEL, "");
      Work work = run.workOf(result).orElse(new Work(result.benchmark(), Map.of(), 0, 0, 0));
      double rate = Forks.ofIterations(result.operationsPerSecond()).median();
      if (result.benchmark().equals(Suites.FMA_ROOF) && work.flops() > 0) {
        peak.merge(precision, rate * work.flops(), Math::max);
      } else if (result.benchmark().equals(Suites.READ_ROOF) && work.bytes() > 0) {
        bandwidth.merge(level, rate * work.bytes(), Math::max);
      }
    }
    return new Roofs(peak, bandwidth);
  }

  /**
   * How often a second an operation could be done at best: the smaller of what arithmetic and what
   * memory allow.
   *
   * @param work of one operation
   * @param precision float or double
   * @param level memory level of the batch
   * @return operations a second; empty unless both roofs and the work are known
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

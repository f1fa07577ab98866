package dev.patchgrad.reports.environment;

import java.util.Collections;
import java.util.Map;

/**
 * The work of one operation of one cell, from which samples/s, GFLOP/s and GB/s follow.
 *
 * @param benchmark the method's full name, as JMH writes it
 * @param params of the cell, by name, as JMH writes them
 * @param samples that one operation takes in; 0 where it takes none
 * @param flops that one operation takes at least; 0 where they are not counted
 * @param bytes that one operation reads at least; 0 where they are not counted
 */
public record Work(
    String benchmark, Map<String, String> params, double samples, double flops, double bytes) {

  /**
   * Copies the map, in order of names, and reads {@link FormerNames}.
   *
   * @throws IllegalArgumentException if a count is negative, not finite, or above 1e18
   */
  public Work {
    benchmark = FormerNames.benchmark(benchmark);
    params = Collections.unmodifiableMap(FormerNames.params(benchmark, params));
    Facts.requireWork("samples", samples);
    Facts.requireWork("flops", flops);
    Facts.requireWork("bytes", bytes);
  }
}

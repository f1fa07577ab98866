package dev.patchgrad.bench.launch;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is about to be measured, as the launcher asks the forks' JVM to check it.
 *
 * @param cells all benchmarks with all their parameters
 */
public record PreflightRequest(List<Cell> cells) {
  /** Copies the list. */
  public PreflightRequest {
    cells = List.copyOf(cells);
  }

  /**
   * One benchmark with one value of each of its parameters.
   *
   * @param benchmark the method's full name, as JMH writes it
   * @param params values by name
   */
  public record Cell(String benchmark, Map<String, String> params) {
    /** Copies the map, in order of names. */
    public Cell {
      params = java.util.Collections.unmodifiableMap(new TreeMap<>(params));
    }
  }
}

package dev.patchgrad.bench.launch;

import dev.patchgrad.reports.run.Result;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.infra.BenchmarkParams;

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

    /**
     * The cell that JMH measures.
     *
     * @param measured as JMH has it
     * @return without data that are generated, as in the record of a run
     */
    static Cell of(BenchmarkParams measured) {
      Map<String, String> params = new TreeMap<>();
      for (String name : measured.getParamsKeys()) {
        params.put(name, measured.getParam(name));
      }
      params.remove(Result.DATA, Result.GENERATED);
      return new Cell(measured.getBenchmark(), params);
    }
  }
}

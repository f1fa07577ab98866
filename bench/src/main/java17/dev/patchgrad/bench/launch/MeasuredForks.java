package dev.patchgrad.bench.launch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.WorkloadParams;

/**
 * What forks have measured, with the forks of a cell together, in whichever rounds they ran. JMH's
 * own results are for one round each.
 */
final class MeasuredForks {
  private final Map<Key, List<BenchmarkResult>> cells = new HashMap<>();
  private final Map<PreflightRequest.Cell, Integer> order = new HashMap<>();

  /** JMH's own order tells parameters apart by their place among those of one call alone. */
  private record Key(PreflightRequest.Cell cell, Mode mode) {
    static Key of(BenchmarkParams params) {
      return new Key(PreflightRequest.Cell.of(params), params.getMode());
    }
  }

  /**
   * Nothing yet.
   *
   * @param order of the cells in which they are given out
   */
  MeasuredForks(List<PreflightRequest.Cell> order) {
    order.forEach(cell -> this.order.putIfAbsent(cell, this.order.size()));
  }

  /**
   * Adds a fork.
   *
   * @param params of its cell, with its mode
   * @param iterations that it measured
   */
  void add(BenchmarkParams params, Collection<IterationResult> iterations) {
    cells
        .computeIfAbsent(Key.of(params), key -> new ArrayList<>())
        .add(new BenchmarkResult(params, List.copyOf(iterations)));
  }

  /** Forks of all cells. */
  long count() {
    return cells.values().stream().mapToLong(List::size).sum();
  }

  /** Forks of a cell. */
  int count(BenchmarkParams params) {
    return forks(Key.of(params)).size();
  }

  /**
   * A cell as JMH would give it if its forks had run one after the other.
   *
   * @param params of a cell that has a fork
   */
  RunResult cell(BenchmarkParams params) {
    return result(forks(Key.of(params)));
  }

  /** All cells, mode by mode. */
  List<RunResult> all() {
    return cells.keySet().stream()
        .sorted(
            Comparator.comparing(Key::mode)
                .thenComparingInt(key -> order.getOrDefault(key.cell(), -1))
                .thenComparing(key -> key.cell().toString()))
        .map(key -> result(forks(key)))
        .toList();
  }

  private List<BenchmarkResult> forks(Key key) {
    return cells.getOrDefault(key, List.of());
  }

  private static RunResult result(List<BenchmarkResult> forks) {
    return new RunResult(withForks(forks.get(0).getParams(), forks.size()), List.copyOf(forks));
  }

  /** JMH's results tell the number of forks by what was asked for. */
  private static BenchmarkParams withForks(BenchmarkParams params, int forks) {
    WorkloadParams workload = new WorkloadParams();
    int index = 0;
    for (String name : params.getParamsKeys()) {
      workload.put(name, params.getParam(name), index++);
    }
    return new BenchmarkParams(
        params.getBenchmark(),
        params.generatedBenchmark(),
        params.shouldSynchIterations(),
        params.getThreads(),
        params.getThreadGroups(),
        params.getThreadGroupLabels(),
        forks,
        params.getWarmupForks(),
        params.getWarmup(),
        params.getMeasurement(),
        params.getMode(),
        workload,
        params.getTimeUnit(),
        params.getOpsPerInvocation(),
        params.getJvm(),
        params.getJvmArgs(),
        params.getJdkVersion(),
        params.getVmName(),
        params.getVmVersion(),
        params.getJmhVersion(),
        params.getTimeout());
  }
}

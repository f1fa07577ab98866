package dev.patchgrad.bench;

import dev.patchgrad.bench.launch.PreflightRequest;
import dev.patchgrad.kernel.GradientCost;
import dev.patchgrad.reports.environment.Work;
import java.util.Map;
import java.util.Set;

/** The list of all suites, and what one operation of each does. */
final class Suites {
  /** What one operation of a benchmark does, for a cell's parameters. */
  interface WorkOf {
    /**
     * Checks the parameters and counts.
     *
     * @param cell of this benchmark
     * @return the work
     * @throws BadParametersException with a line for each bad parameter
     */
    Work work(PreflightRequest.Cell cell) throws BadParametersException;
  }

  private static final Map<String, WorkOf> BY_BENCHMARK =
      Map.ofEntries(
          Map.entry(GradientBenchmark.class.getName() + ".gradient", Suites::gradient),
          Map.entry(RecoveryBenchmark.class.getName() + ".recover", Suites::recover),
          Map.entry(ClosedFormBenchmark.class.getName() + ".gradient", Suites::closedForm));

  private Suites() {}

  /** Full names of all benchmark methods. */
  static Set<String> benchmarks() {
    return BY_BENCHMARK.keySet();
  }

  /**
   * What one operation of a cell does.
   *
   * @throws BadParametersException with a line for each bad parameter
   */
  static Work work(PreflightRequest.Cell cell) throws BadParametersException {
    WorkOf workOf = BY_BENCHMARK.get(cell.benchmark());
    if (workOf == null) {
      throw new IllegalStateException(cell.benchmark() + " has no entry in Suites");
    }
    return workOf.work(cell);
  }

  private static Work gradient(PreflightRequest.Cell cell) throws BadParametersException {
    GradientProblem problem =
        GradientProblem.check(
            cell.params(),
            MemoryLevel.of(System.getProperties()),
            Runtime.getRuntime().maxMemory());
    GradientCost cost = problem.cost();
    return new Work(cell.benchmark(), cell.params(), problem.n(), cost.flops(), cost.bytes());
  }

  /** How many gradients a recovery takes shows only when it is done. */
  private static Work recover(PreflightRequest.Cell cell) throws BadParametersException {
    RecoveryProblem.check(cell.params(), Runtime.getRuntime().maxMemory());
    return new Work(cell.benchmark(), cell.params(), 0, 0, 0);
  }

  private static Work closedForm(PreflightRequest.Cell cell) throws BadParametersException {
    ClosedFormBenchmark.check(cell.params());
    return new Work(cell.benchmark(), cell.params(), 0, 0, 0);
  }
}

package dev.patchgrad.bench.suite;

import dev.patchgrad.bench.launch.PreflightRequest;
import dev.patchgrad.bench.problem.BadParametersException;
import dev.patchgrad.bench.problem.FileProblem;
import dev.patchgrad.bench.problem.GradientCost;
import dev.patchgrad.bench.problem.GradientProblem;
import dev.patchgrad.bench.problem.Heap;
import dev.patchgrad.bench.problem.MemoryLevel;
import dev.patchgrad.bench.problem.ParameterReader;
import dev.patchgrad.bench.problem.RecoveryProblem;
import dev.patchgrad.bench.roof.FmaRoof;
import dev.patchgrad.bench.roof.ReadRoof;
import dev.patchgrad.kernel.SignFlipsKernel;
import dev.patchgrad.reports.environment.Work;
import dev.patchgrad.reports.grid.SuiteNames;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The list of all suites, and what one operation of each does. */
public final class SuiteList {
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
          Map.entry(GradientBenchmark.class.getName() + ".gradient", SuiteList::gradient),
          Map.entry(RecoveryBenchmark.class.getName() + ".recover", SuiteList::recover),
          Map.entry(ClosedFormBenchmark.class.getName() + ".gradient", SuiteList::closedForm),
          Map.entry(ConsumeBenchmark.class.getName() + ".consume", SuiteList::consume),
          Map.entry(ConversionBenchmark.class.getName() + ".convert", SuiteList::moved),
          Map.entry(ConversionBenchmark.class.getName() + ".copy", SuiteList::moved),
          Map.entry(ConversionBenchmark.class.getName() + ".array", SuiteList::array),
          Map.entry(DataSetBenchmark.class.getName() + ".gradient", SuiteList::fileGradient),
          Map.entry(DataSetBenchmark.class.getName() + ".read", SuiteList::fileRead),
          Map.entry(DataSetBenchmark.class.getName() + ".copy", SuiteList::fileRead),
          Map.entry(DataSetBenchmark.class.getName() + ".kernel", SuiteList::fileKernel),
          Map.entry(CliffBenchmark.class.getName() + ".gradient", SuiteList::cliff),
          Map.entry(PeerBenchmark.class.getName() + ".gradient", SuiteList::peer),
          Map.entry(RoofBenchmark.class.getName() + ".fma", SuiteList::fma),
          Map.entry(RoofBenchmark.class.getName() + ".fmaAllThreads", SuiteList::fma),
          Map.entry(RoofBenchmark.class.getName() + ".read", SuiteList::read),
          Map.entry(RoofBenchmark.class.getName() + ".readAllThreads", SuiteList::read),
          Map.entry(StudentsBenchmark.class.getName() + ".together", SuiteList::studentsTogether),
          Map.entry(StudentsBenchmark.class.getName() + ".blocks", SuiteList::studentsTogether),
          Map.entry(StudentsBenchmark.class.getName() + ".separate", SuiteList::studentsSeparate),
          Map.entry(StudentsPeerBenchmark.class.getName() + ".gradients", SuiteList::studentsPeer),
          Map.entry(SignFlipsBenchmark.class.getName() + ".together", SuiteList::flipsTogether),
          Map.entry(SignFlipsBenchmark.class.getName() + ".separate", SuiteList::flipsSeparate),
          Map.entry(ThreadsBenchmark.class.getName() + ".gradient", SuiteList::threads));

  private SuiteList() {}

  /** Full names of all benchmark methods. */
  static Set<String> benchmarks() {
    return BY_BENCHMARK.keySet();
  }

  /**
   * What one operation of a cell does.
   *
   * @param cell of one of these suites
   * @return the work
   * @throws BadParametersException with a line for each bad parameter
   */
  public static Work work(PreflightRequest.Cell cell) throws BadParametersException {
    WorkOf workOf = BY_BENCHMARK.get(cell.benchmark());
    if (workOf == null) {
      throw new IllegalStateException(cell.benchmark() + " has no entry in SuiteList");
    }
    return workOf.work(cell);
  }

  private static Work gradient(PreflightRequest.Cell cell) throws BadParametersException {
    GradientProblem problem = GradientProblem.check(cell.params());
    GradientCost cost = problem.cost();
    return new Work(cell.benchmark(), cell.params(), problem.n(), cost.flops(), cost.bytes());
  }

  /** How many gradients a recovery takes shows only when it is done. */
  private static Work recover(PreflightRequest.Cell cell) throws BadParametersException {
    RecoveryProblem.check(cell.params(), Heap.ofThisJvm());
    return new Work(cell.benchmark(), cell.params(), 0, 0, 0);
  }

  private static Work closedForm(PreflightRequest.Cell cell) throws BadParametersException {
    ClosedFormBenchmark.check(cell.params());
    return new Work(cell.benchmark(), cell.params(), 0, 0, 0);
  }

  /** A loop without numbers. */
  private static Work consume(PreflightRequest.Cell cell) throws BadParametersException {
    ConsumeBenchmark.check(cell.params());
    return new Work(cell.benchmark(), cell.params(), 0, 0, 0);
  }

  /** Elements that are read and written once. */
  private static Work moved(PreflightRequest.Cell cell) throws BadParametersException {
    GradientProblem problem = GradientProblem.check(cell.params());
    double elements = (double) problem.n() * problem.k() * problem.p();
    return new Work(
        cell.benchmark(),
        cell.params(),
        problem.n(),
        0,
        2 * elements * problem.precision().bytes());
  }

  /** How long the array is shows only when the batch has been converted. */
  private static Work array(PreflightRequest.Cell cell) throws BadParametersException {
    return new Work(
        cell.benchmark(), cell.params(), GradientProblem.check(cell.params()).n(), 0, 0);
  }

  private static Work peer(PreflightRequest.Cell cell) throws BadParametersException {
    GradientProblem problem = PeerBenchmark.check(cell.params());
    GradientCost cost = problem.cost();
    return new Work(cell.benchmark(), cell.params(), problem.n(), cost.flops(), cost.bytes());
  }

  private static Work cliff(PreflightRequest.Cell cell) throws BadParametersException {
    GradientProblem problem = CliffBenchmark.check(cell.params());
    GradientCost cost = problem.cost();
    return new Work(cell.benchmark(), cell.params(), problem.n(), cost.flops(), cost.bytes());
  }

  private static Work fileGradient(PreflightRequest.Cell cell) throws BadParametersException {
    FileProblem problem = FileProblem.check(cell.params());
    double flops = problem.parts() * problem.part().cost().flops();
    return new Work(cell.benchmark(), cell.params(), problem.n(), flops, problem.bytes());
  }

  private static Work fileRead(PreflightRequest.Cell cell) throws BadParametersException {
    FileProblem problem = FileProblem.check(cell.params());
    return new Work(cell.benchmark(), cell.params(), problem.n(), 0, problem.bytes());
  }

  /** A part of the file, in memory. */
  private static Work fileKernel(PreflightRequest.Cell cell) throws BadParametersException {
    GradientProblem part = FileProblem.check(cell.params()).part();
    GradientCost cost = part.cost();
    return new Work(cell.benchmark(), cell.params(), part.n(), cost.flops(), cost.bytes());
  }

  private static Work fma(PreflightRequest.Cell cell) throws BadParametersException {
    return new Work(cell.benchmark(), cell.params(), 0, FmaRoof.check(cell.params()).flops(), 0);
  }

  private static Work read(PreflightRequest.Cell cell) throws BadParametersException {
    ReadRoof roof =
        ReadRoof.check(cell.params(), MemoryLevel.of(System.getProperties()), Heap.ofThisJvm());
    return new Work(cell.benchmark(), cell.params(), 0, 0, roof.bytes());
  }

  private static Work studentsTogether(PreflightRequest.Cell cell) throws BadParametersException {
    GradientProblem problem = StudentsBenchmark.check(withLayoutOf("scalar", cell));
    return work(cell, problem, students(cell), 1);
  }

  private static Work studentsSeparate(PreflightRequest.Cell cell) throws BadParametersException {
    GradientProblem problem = StudentsBenchmark.check(cell.params());
    return work(cell, problem, students(cell), students(cell));
  }

  private static Work studentsPeer(PreflightRequest.Cell cell) throws BadParametersException {
    return work(cell, StudentsPeerBenchmark.check(cell.params()), students(cell), 1);
  }

  private static int students(PreflightRequest.Cell cell) {
    return new ParameterReader(cell.params()).count(SuiteNames.STUDENTS);
  }

  private static Work flipsTogether(PreflightRequest.Cell cell) throws BadParametersException {
    return work(
        cell, GradientProblem.check(withLayoutOf("interleaved", cell)), SignFlipsKernel.FLIPS, 1);
  }

  private static Work flipsSeparate(PreflightRequest.Cell cell) throws BadParametersException {
    return work(
        cell, GradientProblem.check(cell.params()), SignFlipsKernel.FLIPS, SignFlipsKernel.FLIPS);
  }

  private static Work threads(PreflightRequest.Cell cell) throws BadParametersException {
    return work(cell, ThreadsBenchmark.check(cell.params()), 1, 1);
  }

  /** A cell without a choice of kernels, for a kernel that reads the layout of another. */
  private static Map<String, String> withLayoutOf(String kernel, PreflightRequest.Cell cell) {
    Map<String, String> params = new HashMap<>(cell.params());
    params.put("kernel", kernel);
    return params;
  }

  /** So many gradients, whichever way they are computed, in so many passes over the batch. */
  private static Work work(
      PreflightRequest.Cell cell, GradientProblem problem, int gradients, int passes) {
    GradientCost cost = problem.cost();
    return new Work(
        cell.benchmark(),
        cell.params(),
        problem.n(),
        gradients * cost.flops(),
        passes * cost.bytes());
  }
}

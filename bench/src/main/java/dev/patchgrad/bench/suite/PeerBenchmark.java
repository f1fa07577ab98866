package dev.patchgrad.bench.suite;

import dev.patchgrad.bench.peer.Peers;
import dev.patchgrad.bench.problem.BadParametersException;
import dev.patchgrad.bench.problem.GradientProblem;
import dev.patchgrad.bench.problem.ParameterReader;
import dev.patchgrad.bench.problem.ReadyGradient;
import dev.patchgrad.kernel.GradientKernel;
import dev.patchgrad.reports.grid.PeerComparison;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * The gradient by other libraries, each as its user would write it well, in C, and by patchgrad's
 * vector kernels in the same run. The summary gives the ratios, and says where a peer wins.
 */
public class PeerBenchmark extends Suite {
  /** Precision of the batch. */
  @Param({"double", "float"})
  public String precision = "";

  /** Dimension of a patch. */
  @Param({"8", "64", "512"})
  public int p;

  /** Patches of a sample. */
  @Param({"16", "64", "256"})
  public int k;

  /**
   * Name of a peer or of a kernel. What this system lacks is left out: a BLAS, OpenBLAS, a C
   * compiler.
   */
  @Param({
    "netlib-vector",
    "netlib-native",
    "ojalgo",
    "ejml",
    "openblas",
    "c-plain",
    "c-rows",
    "c-interleaved",
    KernelSets.CONTENDERS
  })
  public String kernel = "";

  /** Level of memory that the batch fills: L1, L2, L3, DRAM, or a size such as 64KiB. */
  @Param("L2")
  public String level = "";

  private ReadyGradient gradient;

  /** A state without parameters: JMH sets them, then calls {@link #setUp}. */
  public PeerBenchmark() {}

  /**
   * Makes batch and student, and holds the gradient against the scalar kernel's.
   *
   * @throws BadParametersException if a parameter is bad
   * @throws IllegalStateException if the library computes something else
   */
  @Setup
  public void setUp() throws BadParametersException {
    GradientProblem problem = check(GradientProblem.params(precision, p, k, kernel, level));
    GradientKernel evaluator = Peers.create(kernel, problem.precision());
    gradient = new ReadyGradient(problem, evaluator);
    System.out.println("\n# patchgrad: kernel=" + kernel + " (" + evaluator.resolved() + ")");
  }

  /** Reads a cell; a peer that this system lacks is good elsewhere. */
  static GradientProblem check(Map<String, String> params) throws BadParametersException {
    ParameterReader reader = new ParameterReader(params);
    reader.check(() -> Peers.create(reader.text("kernel"), reader.precision()).name(), "");
    reader.requireSound();
    Map<String, String> known = new TreeMap<>(params);
    if (PeerComparison.PEERS.contains(reader.text("kernel"))) {
      // Row-major, or as a kernel converts: the same bytes but for padding.
      known.put("kernel", "scalar");
    }
    return GradientProblem.check(known);
  }

  /**
   * One gradient.
   *
   * @return the loss, which with the live arrays of the result keeps the whole call alive
   */
  @Benchmark
  public double gradient() {
    return gradient.evaluate();
  }
}

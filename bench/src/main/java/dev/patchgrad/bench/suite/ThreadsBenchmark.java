package dev.patchgrad.bench.suite;

import dev.patchgrad.bench.problem.BadParametersException;
import dev.patchgrad.bench.problem.GradientProblem;
import dev.patchgrad.bench.problem.ParameterReader;
import dev.patchgrad.bench.problem.ReadyGradient;
import dev.patchgrad.kernel.GradientKernel;
import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.kernel.ThreadedKernel;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One gradient on one thread, and with its samples divided among all: where the second is not
 * faster, it must not be slower.
 *
 * <p>Not part of the default run.
 */
public class ThreadsBenchmark extends Suite {
  /** Precision of the batch. */
  @Param({"double", "float"})
  public String precision = "";

  /** Dimension of a patch. */
  @Param({"8", "64", "512"})
  public int p;

  /** Patches of a sample. */
  @Param("16")
  public int k;

  /** Level of memory that the batch fills: L1, L2, L3, DRAM, or a size such as 64KiB. */
  @Param({"16KiB", "64KiB", "L2", "L3", "DRAM"})
  public String level = "";

  /** Name of the kernel: those that are meant to be fast, and take a part of the samples. */
  @Param(KernelSets.DIVISIBLE)
  public String kernel = "";

  /** The threads: 1 for the kernel itself, all for the JVM's processors, or a number. */
  @Param({"1", "all"})
  public String threads = "";

  private ReadyGradient gradient;

  /** A state without parameters: JMH sets them, then calls {@link #setUp}. */
  public ThreadsBenchmark() {}

  /**
   * Makes batch and student, and holds the gradient against the scalar kernel's.
   *
   * @throws BadParametersException if a parameter is bad
   * @throws IllegalStateException if the kernel computes something else
   */
  @Setup
  public void setUp() throws BadParametersException {
    Map<String, String> params = GradientProblem.params(precision, p, k, kernel, level);
    params.put("threads", threads);
    GradientProblem problem = check(params);
    int count = count(threads);
    GradientKernel evaluator =
        count == 1 ? problem.kernel(kernel) : Kernels.create(kernel, problem.precision(), count);
    gradient = new ReadyGradient(problem, evaluator);
  }

  /** Ends the threads. */
  @TearDown
  public void tearDown() {
    if (gradient.kernel() instanceof ThreadedKernel threaded) {
      threaded.close();
    }
  }

  /** Reads a cell; the number of threads too. */
  static GradientProblem check(Map<String, String> params) throws BadParametersException {
    ParameterReader reader = new ParameterReader(params);
    reader.check(() -> count(reader.text("threads")), 1);
    reader.requireSound();
    return GradientProblem.check(params);
  }

  private static int count(String threads) {
    if (threads.equals("all")) {
      return Runtime.getRuntime().availableProcessors();
    }
    if (!threads.matches("[1-9]\\d{0,3}")) {
      throw new IllegalArgumentException(
          "threads: '" + threads + "' given; expected all, or a number from 1 to 9999");
    }
    return Integer.parseInt(threads);
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

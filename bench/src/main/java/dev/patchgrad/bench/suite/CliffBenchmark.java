package dev.patchgrad.bench.suite;

import com.sun.management.ThreadMXBean;
import dev.patchgrad.bench.problem.BadParametersException;
import dev.patchgrad.bench.problem.GradientProblem;
import dev.patchgrad.bench.problem.ParameterReader;
import dev.patchgrad.bench.problem.ReadyGradient;
import dev.patchgrad.internal.DotProduct;
import dev.patchgrad.kernel.GradientKernel;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Student;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Whether the compiler does right by a kernel in every JVM: five forks a cell must be about as fast
 * as each other and allocate nothing, also where the kernel has seen other shapes before.
 *
 * <p>A vector that the compiler fails to keep in registers is an object, and its kernel 100 times
 * slower, in one fork and not in the next. The run's summary names the cells that break the bounds,
 * and the run then exits with code 1. What a gradient allocates is counted around the kernel alone:
 * JMH's own bookkeeping is not in it.
 *
 * <p>A neighbour on the same core of a virtual machine takes up to half of its speed, for seconds:
 * as much as a cliff that is looked for. So a plain loop is timed right before and after each
 * iteration, which no compiler makes vectors of, and forks are compared in its units too.
 */
@Fork(5)
@Warmup(iterations = 2, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 45, timeUnit = TimeUnit.MILLISECONDS)
public class CliffBenchmark extends Suite {
  /** What the kernel meets before, where it is to know five shapes: as many p, k, tails. */
  private static final List<List<Integer>> OTHER_SHAPES =
      List.of(List.of(13, 5), List.of(100, 16), List.of(8, 64), List.of(257, 3), List.of(64, 16));

  /** Shapes that the kernel has seen when it is measured. */
  private static final int SHAPES = 5;

  /** Long enough that the kernel is compiled for them too. */
  private static final long NANOS_A_SHAPE = 60_000_000;

  /** Gradients around which the allocation is counted. */
  private static final int CALLS = 1000;

  /** How long the plain loop runs before an iteration, and again after it. */
  private static final long YARDSTICK_NANOS = 10_000_000;

  /** Elements of the plain loop's array: 128 KiB, in L2 as the batch. */
  private static final int YARDSTICK_ELEMENTS = 16 * 1024;

  /** Precision of the batch. */
  @Param({"double", "float"})
  public String precision = "";

  /** Dimension of a patch. */
  @Param({"8", "64", "512"})
  public int p;

  /** Patches of a sample. */
  @Param({"16", "64", "256"})
  public int k;

  /** Name of the kernel: those that are meant to be fast. */
  @Param(KernelSets.CONTENDERS)
  public String kernel = "";

  /** Level of memory that the batch fills: L1, L2, L3, DRAM, or a size such as 64KiB. */
  @Param("L2")
  public String level = "";

  /** Shapes that the kernel has been called with: 1, or 5 for four others before. */
  @Param({"1", "5"})
  public String shapes = "";

  private final double[] yardstick = new double[YARDSTICK_ELEMENTS];
  private ReadyGradient gradient;
  private double before;

  /** What an iteration adds to JMH's results. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Beside {
    /** Bytes that one gradient allocates. */
    public double allocatedBytes;

    /** Calls of the plain loop in a second, around the iteration. */
    public double yardstick;

    /** JMH makes it. */
    public Beside() {}
  }

  /** A state without parameters: JMH sets them, then calls {@link #setUp}. */
  public CliffBenchmark() {}

  /**
   * Makes batch and student, calls the kernel with other shapes, and holds its gradient against the
   * scalar kernel's.
   *
   * @throws BadParametersException if a parameter is bad
   * @throws IllegalStateException if the kernel computes something else
   */
  @Setup
  public void setUp() throws BadParametersException {
    Map<String, String> params = GradientProblem.params(precision, p, k, kernel, level);
    params.put("shapes", shapes);
    GradientProblem problem = check(params);
    GradientKernel evaluator = problem.kernel(kernel);
    if (shapes.equals(Integer.toString(SHAPES))) {
      for (GradientProblem other : others(problem)) {
        callWith(evaluator, other);
      }
    }
    Arrays.fill(yardstick, 1);
    gradient = new ReadyGradient(problem, evaluator);
  }

  /** Reads a cell; the number of shapes too. */
  static GradientProblem check(Map<String, String> params) throws BadParametersException {
    ParameterReader reader = new ParameterReader(params);
    reader.check(() -> requireShapes(reader.text("shapes")), "1");
    reader.requireSound();
    return GradientProblem.check(params);
  }

  private static String requireShapes(String text) {
    if (!text.equals("1") && !text.equals(Integer.toString(SHAPES))) {
      throw new IllegalArgumentException("shapes: '" + text + "' given; expected 1 or " + SHAPES);
    }
    return text;
  }

  private List<GradientProblem> others(GradientProblem problem) throws BadParametersException {
    List<GradientProblem> others = new ArrayList<>();
    for (List<Integer> shape : OTHER_SHAPES) {
      if (others.size() < SHAPES - 1 && !shape.equals(List.of(p, k))) {
        Map<String, String> params =
            GradientProblem.params(
                problem.precision().label(), shape.get(0), shape.get(1), kernel, "64KiB");
        params.put("shapes", "1");
        others.add(check(params));
      }
    }
    return others;
  }

  private static void callWith(GradientKernel evaluator, GradientProblem other) {
    PatchBatch otherBatch = other.batch().toLayout(evaluator.layout());
    Student otherStudent = other.student();
    Gradient otherResult = Gradient.of(otherStudent);
    long end = System.nanoTime() + NANOS_A_SHAPE;
    while (System.nanoTime() < end) {
      evaluator.evaluate(otherBatch, otherStudent, otherResult);
    }
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

  /** Times the plain loop before each iteration. */
  @Setup(Level.Iteration)
  public void timeBefore() {
    before = yardstickRate();
  }

  /**
   * Times the plain loop after each iteration, and counts what gradients allocate.
   *
   * @param beside is given the bytes of one gradient, and the plain loop's rate
   */
  @TearDown(Level.Iteration)
  public void measureBeside(Beside beside) {
    beside.yardstick = (before + yardstickRate()) / 2;
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < CALLS; i++) {
      gradient.evaluate();
    }
    beside.allocatedBytes = (double) (threads.getCurrentThreadAllocatedBytes() - allocated) / CALLS;
  }

  /** Dot products a second, of an array with itself: one multiplication and addition at a time. */
  private double yardstickRate() {
    long start = System.nanoTime();
    long calls = 0;
    double sum = 0;
    long now = start;
    while (now - start < YARDSTICK_NANOS) {
      // What was computed goes into what is: no call can be left out.
      yardstick[0] = sum * 0x1p-60;
      sum = DotProduct.of(yardstick, yardstick);
      calls++;
      now = System.nanoTime();
    }
    return calls * 1e9 / (now - start);
  }
}

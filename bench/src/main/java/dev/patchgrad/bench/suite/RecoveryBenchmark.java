package dev.patchgrad.bench.suite;

import dev.patchgrad.bench.problem.AgreementCheck;
import dev.patchgrad.bench.problem.BadParametersException;
import dev.patchgrad.bench.problem.Heap;
import dev.patchgrad.bench.problem.RecoveryProblem;
import dev.patchgrad.descent.DescentResult;
import dev.patchgrad.descent.Ending;
import dev.patchgrad.descent.GradientDescent;
import dev.patchgrad.kernel.GradientKernel;
import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Student;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * The time to recover a teacher by gradient descent, to |w - w*| below 1e-3 of the unit filters: by
 * kernel, what its choice is worth in the end.
 *
 * <p>Converting the batch is not timed: it is done once, however long one learns. Not part of the
 * default run.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(2)
@Warmup(iterations = 1, time = 1)
@Measurement(iterations = 2, time = 1)
public class RecoveryBenchmark extends Suite {
  /** Precision of the batch. */
  @Param({"double", "float"})
  public String precision = "";

  /** Dimension of a patch. */
  @Param("64")
  public int p;

  /** Patches of a sample. */
  @Param("16")
  public int k;

  /** Samples. */
  @Param("20000")
  public int n;

  /** Samples of a mini-batch, or all: the whole batch in each iteration. */
  @Param("all")
  public String miniBatch = "";

  /** Name of the kernel: all that there are. */
  @Param(KernelSets.ALL)
  public String kernel = "";

  private GradientDescent descent;
  private Student start;
  private int iterations;
  private boolean speaks;

  /** A state without parameters: JMH sets them, then calls {@link #setUp}. */
  public RecoveryBenchmark() {}

  /**
   * Makes batch and start, and holds the kernel's gradient against the scalar kernel's.
   *
   * @param thread that this state belongs to
   * @throws BadParametersException if a parameter is bad
   * @throws IllegalStateException if the kernel computes something else
   */
  @Setup
  public void setUp(ThreadParams thread) throws BadParametersException {
    RecoveryProblem problem =
        RecoveryProblem.check(
            Map.of(
                "precision",
                precision,
                "p",
                Integer.toString(p),
                "k",
                Integer.toString(k),
                "n",
                Integer.toString(n),
                "miniBatch",
                miniBatch,
                "kernel",
                kernel),
            Heap.ofThisJvm());
    PatchBatch rowMajor = problem.batch();
    GradientKernel evaluator = Kernels.create(kernel, problem.precision());
    PatchBatch batch = rowMajor.toLayout(evaluator.layout());
    start = problem.start();
    Gradient result = Gradient.of(start);
    evaluator.evaluate(batch, start, result);
    AgreementCheck.require(evaluator, rowMajor, start, result);
    descent = problem.descent(evaluator, batch);
    speaks = thread.getThreadIndex() == 0;
  }

  /**
   * One descent, from the start until the teacher is recovered.
   *
   * @return the last loss
   * @throws IllegalStateException if it is not recovered
   */
  @Benchmark
  public double recover() {
    DescentResult result = descent.run(start);
    if (result.ending() != Ending.REACHED) {
      throw new IllegalStateException(
          "the teacher is not recovered: " + result.ending() + " after " + result.iterations());
    }
    iterations = result.iterations();
    return result.loss();
  }

  /** Says how many iterations the last descent took. */
  @TearDown
  public void tellIterations() {
    if (speaks) {
      System.out.println("\n# patchgrad: kernel=" + kernel + ", iterations=" + iterations);
    }
  }

  /** The iterations of the last descent. */
  int iterations() {
    return iterations;
  }
}

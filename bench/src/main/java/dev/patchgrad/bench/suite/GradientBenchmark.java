package dev.patchgrad.bench.suite;

import dev.patchgrad.bench.problem.BadParametersException;
import dev.patchgrad.bench.problem.GradientProblem;
import dev.patchgrad.bench.problem.HotSpotFlag;
import dev.patchgrad.bench.problem.ReadyGradient;
import dev.patchgrad.kernel.GradientKernel;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.reports.run.Result;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * One gradient over a batch that fills a level of memory: gradients per second, by kernel,
 * precision, p and k.
 *
 * <p>A thread has a kernel and a batch of its own: a kernel belongs to one thread. Eight iterations
 * go once through the places of the batch in memory, see {@link ReadyGradient}.
 */
@Warmup(iterations = 2)
@Measurement(iterations = 8, time = 60, timeUnit = TimeUnit.MILLISECONDS)
public class GradientBenchmark extends Suite {
  /** Precision of the batch. */
  @Param({"double", "float"})
  public String precision = "";

  /** Dimension of a patch. */
  @Param({"8", "64", "512"})
  public int p;

  /** Patches of a sample. */
  @Param({"16", "64", "256"})
  public int k;

  /** Name of the kernel: all that there are. */
  @Param(KernelSets.ALL)
  public String kernel = "";

  /** Level of memory that the batch fills: L1, L2, L3, DRAM, or a size such as 64KiB. */
  @Param("L2")
  public String level = "";

  /**
   * The batch: generated, or the user's own, {@code -p data=FILE} or {@code -Dbench.data=FILE}: an
   * .npy file of patches (n, k, p) with its labels (n) in {@code FILE} less .npy, plus .labels.npy.
   * The launcher sets precision (unless it was asked for), p, k and level as the file says, and
   * this parameter to the file's name and digest.
   */
  @Param(Result.GENERATED)
  public String data = Result.GENERATED;

  private ReadyGradient gradient;

  /** A state without parameters: JMH sets them, then calls {@link #setUp}. */
  public GradientBenchmark() {}

  /**
   * Makes batch and student, and holds the kernel's gradient against the scalar kernel's.
   *
   * @param thread that this state belongs to
   * @throws BadParametersException if a parameter is bad
   * @throws IllegalStateException if the kernel is not the one asked for, or computes something
   *     else
   */
  @Setup
  public void setUp(ThreadParams thread) throws BadParametersException {
    Map<String, String> params = GradientProblem.params(precision, p, k, kernel, level);
    params.put(Result.DATA, data);
    GradientProblem problem = GradientProblem.check(params);
    problem.own().ifPresent(own -> own.requireIdentity(data));
    gradient = ReadyGradient.inPlaces(problem, problem.kernel(kernel));
    if (thread.getThreadIndex() == 0) {
      // JMH has begun a line when it calls this.
      System.out.println("\n" + description());
    }
  }

  /**
   * Goes on to the next copy of the batch, so that a fork's number is about all of them.
   *
   * @param clock that is read on this occasion
   */
  @Setup(Level.Iteration)
  public void moveOn(CoreClock clock) {
    gradient.moveOn();
    clock.read();
  }

  /** Which kernel this fork measures, and what this JVM made of it. */
  String description() {
    GradientKernel evaluator = gradient.kernel();
    PatchBatch batch = gradient.batch();
    return "# patchgrad: kernel="
        + evaluator.name()
        + " ("
        + evaluator.resolved()
        + "), FMA="
        + HotSpotFlag.value("UseFMA")
        + ", jdk="
        + Runtime.version()
        + ", precision="
        + evaluator.precision().label()
        + ", layout="
        + batch.layout()
        + ", n="
        + batch.n()
        + ", batch="
        + batch.patchBytes()
        + " bytes";
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

  /** What the last call computed; live. */
  Gradient result() {
    return gradient.result();
  }
}

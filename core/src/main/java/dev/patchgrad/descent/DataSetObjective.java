package dev.patchgrad.descent;

import dev.patchgrad.internal.Checks;
import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.network.DataSet;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The loss of a data set of any size, or of one mini-batch of it after the other:
 *
 * <pre>{@code
 * try (NpyDataSet data = NpyDataSet.open(path)) {
 *   Objective loss = Objective.dataSet(data);
 *   GradientDescent.of(loss, StopRule.lossShareAtMost(1e-6)).run(start);
 * }
 * }</pre>
 *
 * <p>{@link #threads}, {@link #by}, {@link #miniBatches} and {@link #watchedBy} each give another
 * objective over the same data, at its first sample.
 *
 * <p>Threads take blocks of samples in turn: some read while others calculate. The blocks' sums are
 * added in a fixed order ({@link dev.patchgrad.kernel.BlockSums}). So the result does not depend on
 * the number of threads, to the bit, as far as the kernel itself gives the same bits; that of the
 * whole in one batch differs by rounding.
 *
 * <p>It belongs to one thread at a time, and has threads of its own no longer than a descent or a
 * call. There is nothing to close but the data set. An evaluation throws {@link
 * java.io.UncheckedIOException} if the data cannot be read, or changed since they were opened; and
 * {@link java.util.concurrent.CancellationException} if its thread is interrupted, which stays set:
 * a descent then ends as {@link Ending#CANCELLED}.
 */
public final class DataSetObjective implements OwnedObjective {
  /** The threads at most, where nothing else is said. */
  public static final int MOST_THREADS = 8;

  /** What stays the same whatever the settings. */
  private record Source(DataSet data, double lossAtZero) {}

  private final Source source;
  private final int threads;
  private final Optional<String> kernel;
  private final Optional<MiniBatchPlan> plan;
  private final PassWatch watch;
  private final OneThread oneThread = new OneThread("objective");
  private final BlockPasses passes;
  private @Nullable Objective summed;

  /** Claims within claims; only the owner touches it. */
  private int claims;

  /**
   * The full batch by a chosen kernel. Reads all labels.
   *
   * @param data to read
   */
  DataSetObjective(DataSet data) {
    this(
        new Source(data, LabelScale.requireRepresentable(LabelPass.lossAtZero(data))),
        Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST_THREADS),
        Optional.empty(),
        Optional.empty(),
        PassWatch.NONE);
  }

  private DataSetObjective(
      Source source,
      int threads,
      Optional<String> kernel,
      Optional<MiniBatchPlan> plan,
      PassWatch watch) {
    this.source = source;
    this.threads = threads;
    this.kernel = kernel;
    this.plan = plan;
    this.watch = watch;
    this.passes = new BlockPasses(source.data(), source.lossAtZero(), threads, kernel, plan, watch);
  }

  /**
   * The same on another number of threads, which is else that of the JVM's processors, at most
   * {@value #MOST_THREADS}: more than processors where the disk answers slowly. Each has room for a
   * block of 512 KiB, or of one sample where that is larger, and a kernel. Mini-batches are
   * calculated on the caller's thread in any case, and two others read ahead.
   *
   * @param count at least 1
   * @return the objective
   * @throws IllegalArgumentException if the number is below 1
   */
  public DataSetObjective threads(int count) {
    return new DataSetObjective(
        source, Checks.requirePositive("threads", count), kernel, plan, watch);
  }

  /**
   * The same by a kernel of a name, where else the one is taken that is fastest here for as many
   * students as come first.
   *
   * @param name one of {@link Kernels#names}, or {@link Kernels#STUDENTS}
   * @return the objective
   * @throws IllegalArgumentException if there is none of that name
   * @throws UnsupportedOperationException if this JVM lacks what it needs, as {@link
   *     Kernels#missing} says
   */
  public DataSetObjective by(String name) {
    // Refused now rather than in the first evaluation.
    String known = BlockPasses.named(name, source.data().precision()).name();
    return new DataSetObjective(source, threads, Optional.of(known), plan, watch);
  }

  /**
   * The loss of one mini-batch after the other: each pass takes every sample once, in a new random
   * order that the seed decides. The order needs no memory that grows with n: chunks of some 256
   * KiB are read in a random order, and the samples of 64 of them at a time are shuffled and dealt.
   * Up to 16 MiB of data are shuffled as a whole.
   *
   * @param size samples of a mini-batch, 1 to n; the last one of a pass is smaller where n is no
   *     multiple
   * @param seed of the order
   * @return the objective
   * @throws IllegalArgumentException if the size is below 1 or above n
   */
  public DataSetObjective miniBatches(int size, long seed) {
    if (size < 1 || size > source.data().n()) {
      throw new IllegalArgumentException(
          "size: "
              + size
              + " given; expected 1 to n = "
              + source.data().n()
              + ", the samples of the data set");
    }
    return new DataSetObjective(
        source,
        threads,
        kernel,
        Optional.of(new MiniBatchPlan(source.data().n(), size, seed)),
        watch);
  }

  /**
   * The same with a listener that is told of each pass after every so many samples, to the end of a
   * block, and at its end. If it throws a {@link java.util.concurrent.CancellationException}, the
   * pass is cancelled.
   *
   * @param listener told on the thread that waits for the evaluation
   * @param every samples between two calls, at least 1
   * @return the objective
   * @throws IllegalArgumentException if {@code every} is below 1
   */
  public DataSetObjective watchedBy(PassListener listener, long every) {
    if (every < 1) {
      throw new IllegalArgumentException("every: " + every + " given; expected at least 1");
    }
    return new DataSetObjective(source, threads, kernel, plan, new PassWatch(listener, every));
  }

  @Override
  public int k() {
    return source.data().k();
  }

  @Override
  public int p() {
    return source.data().p();
  }

  @Override
  public Optional<Teacher> teacher() {
    return Optional.empty();
  }

  @Override
  public double lossAtZero() {
    return passes.lossAtZero();
  }

  @Override
  public void claim(BooleanSupplier cancelled) {
    oneThread.enter();
    claims++;
    if (claims == 1) {
      passes.begin(cancelled);
    }
  }

  @Override
  public void release() {
    claims--;
    try {
      if (claims == 0) {
        passes.end();
      }
    } finally {
      oneThread.leave();
    }
  }

  @Override
  public void evaluate(List<Student> students, List<Gradient> out) {
    claim(() -> false);
    try {
      Objective now = summed;
      if (now == null) {
        now = Objective.summed(passes);
        summed = now;
      }
      now.evaluate(students, out);
    } finally {
      release();
    }
  }

  @Override
  public String toString() {
    return plan.map(known -> "mini-batches of " + known.size() + " samples of ").orElse("")
        + source.data();
  }
}

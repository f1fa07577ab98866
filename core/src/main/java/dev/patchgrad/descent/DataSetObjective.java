package dev.patchgrad.descent;

import dev.patchgrad.internal.Checks;
import dev.patchgrad.kernel.GradientKernel;
import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.kernel.StudentsKernel;
import dev.patchgrad.network.DataSet;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The loss of a data set of any size, or of one mini-batch of it after the other. Threads read
 * blocks of samples ahead, and the caller's thread calculates:
 *
 * <pre>{@code
 * try (NpyDataSet data = NpyDataSet.open(path)) {
 *   Objective loss = Objective.dataSet(data);
 *   GradientDescent.of(loss, StopRule.lossShareAtMost(1e-6)).run(start);
 * }
 * }</pre>
 *
 * <p>{@link #readers}, {@link #by}, {@link #miniBatches} and {@link #watchedBy} each give another
 * objective over the same data, at its first sample.
 *
 * <p>Blocks are summed in a fixed order ({@link dev.patchgrad.kernel.BlockSums}). So the result
 * does not depend on how many threads read, to the bit, as far as the kernel itself gives the same
 * bits; that of the whole in one batch differs by rounding.
 *
 * <p>It belongs to one thread at a time, and keeps threads of its own from the start of a descent
 * to its end, or during a call. There is nothing to close but the data set. An evaluation throws
 * {@link java.io.UncheckedIOException} if the data cannot be read, or changed since they were
 * opened; and {@link java.util.concurrent.CancellationException} if its thread is interrupted,
 * which stays set: a descent then ends as {@link Ending#CANCELLED}.
 */
public final class DataSetObjective implements OwnedObjective {
  /** Threads that read ahead, where nothing else is said. */
  public static final int READERS = 2;

  /** What stays the same whatever the settings. */
  private record Source(DataSet data, double lossAtZero) {}

  private final Source source;
  private final int readers;
  private final Optional<StudentsKernel> kernel;
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
        READERS,
        Optional.empty(),
        Optional.empty(),
        PassWatch.NONE);
  }

  private DataSetObjective(
      Source source,
      int readers,
      Optional<StudentsKernel> kernel,
      Optional<MiniBatchPlan> plan,
      PassWatch watch) {
    this.source = source;
    this.readers = readers;
    this.kernel = kernel;
    this.plan = plan;
    this.watch = watch;
    this.passes = new BlockPasses(source.data(), source.lossAtZero(), readers, kernel, plan, watch);
  }

  /**
   * The same with another number of threads that read ahead: more where the disk answers slowly, or
   * elements are converted. Mini-batches in a random order have two in any case. Each has a block
   * of 1 MiB, or of one sample where that is larger.
   *
   * @param count at least 1
   * @return the objective
   * @throws IllegalArgumentException if the number is below 1
   */
  public DataSetObjective readers(int count) {
    return new DataSetObjective(
        source, Checks.requirePositive("readers", count), kernel, plan, watch);
  }

  /**
   * The same by a kernel, where else the one is taken that is fastest here for as many students as
   * come first. Several students are taken one after the other, block by block.
   *
   * @param one of the data's precision; with threads of its own if it is to have any
   * @return the objective
   * @throws IllegalArgumentException if the precisions differ
   */
  public DataSetObjective by(GradientKernel one) {
    return by(Kernels.oneAfterTheOther(one));
  }

  /**
   * The same by a kernel for many students.
   *
   * @param several of the data's precision
   * @return the objective
   * @throws IllegalArgumentException if the precisions differ
   */
  public DataSetObjective by(StudentsKernel several) {
    if (several.precision() != precision()) {
      throw new IllegalArgumentException(
          "kernel: '"
              + several.name()
              + "' of "
              + several.precision().label()
              + " given; expected one of "
              + precision().label()
              + ", as the data set has");
    }
    return new DataSetObjective(source, readers, Optional.of(several), plan, watch);
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
        readers,
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
    return new DataSetObjective(source, readers, kernel, plan, new PassWatch(listener, every));
  }

  private Precision precision() {
    return source.data().precision();
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
    return source.lossAtZero();
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

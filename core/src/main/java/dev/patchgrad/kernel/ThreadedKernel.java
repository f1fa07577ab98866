package dev.patchgrad.kernel;

import dev.patchgrad.network.PatchBatch;
import java.lang.ref.Cleaner;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A kernel whose samples are divided among threads, where that is faster.
 *
 * <p>The division and the order of summing depend on the batch's size and the number of threads
 * alone, so the same number of threads gives the same bits, as far as the kernel itself does: the
 * Vector API leaves the order of a sum across lanes open. Whether other threads take part does not
 * change the bits: below the break-even the caller computes every part.
 *
 * <p>The break-even is measured where the kernel runs: for each shape some of the first calls, and
 * eight in a thousand later, time both ways ({@link ThreadChoice}). What is too small to divide on
 * any machine is one part, and costs what it costs without threads. Workers wait for the next call
 * by spinning for some 100 microseconds, then sleep; they are daemon threads, and end with {@link
 * #close}, or some time after the kernel was dropped without it.
 */
public final class ThreadedKernel extends AbstractKernel implements AutoCloseable {
  /**
   * Bytes of patches that a part has at least: below twice as many, two threads are not surely
   * faster than one. On a Zen 3 (2026-11-24, {@code ThreadsBenchmark}, p/k 8/16, 3 forks) they took
   * 4.2 to 4.8 microseconds for 256 KiB in double where one took 12.1 to 15.8, and 4.4 to 5.2 in
   * float where one took 7.4 to 11.3; for 64 KiB in float 1.8 to 4.1 where one took 2.2 to 2.6.
   */
  private static final int PART_BYTES = 64 * 1024;

  /** Ends the workers of kernels that were dropped without being closed. */
  private static final Cleaner CLEANER = Cleaner.create();

  private final String resolved;
  private final RangeKernel[] kernels;
  private final RunningSums[] sums;
  private final Workers workers;
  private final IntConsumer task = this::part;
  private final ThreadChoice choice = new ThreadChoice();

  // What the parts of the call at hand read; written before the workers start on it.
  private @Nullable PatchBatch batch;
  private @Nullable Parameters parameters;

  // The last shape, and into how many parts it is divided: found once, since a call may take less
  // than a microsecond.
  private int n;
  private int k;
  private int p;
  private int parts;

  /**
   * A kernel for some threads.
   *
   * @param kernels one for each thread, the same but for their scratch space
   */
  ThreadedKernel(List<? extends RangeKernel> kernels) {
    super(kernels.getFirst().name(), kernels.getFirst().precision(), kernels.getFirst().layout());
    this.kernels = kernels.toArray(RangeKernel[]::new);
    this.resolved = kernels.getFirst().resolved() + ", " + this.kernels.length + " threads";
    this.sums = new RunningSums[this.kernels.length];
    Arrays.setAll(sums, part -> new RunningSums());
    this.workers = new Workers(this.kernels.length);
    CLEANER.register(this, workers::close);
  }

  @Override
  public String resolved() {
    return resolved;
  }

  /**
   * The threads that samples are divided among, the caller's included.
   *
   * @return at least 1
   */
  public int threads() {
    return kernels.length;
  }

  @Override
  void accumulate(PatchBatch batch, Parameters parameters, RunningSums total) {
    workers.requireOpen();
    if (batch.n() != n || batch.k() != k || batch.p() != p) {
      n = batch.n();
      k = batch.k();
      p = batch.p();
      parts = parts(batch);
    }
    if (parts == 1) {
      kernels[0].accumulate(batch, parameters, total);
      return;
    }
    this.batch = batch;
    this.parameters = parameters;
    if (choice.isDivided(n, k, p)) {
      workers.run(parts, task);
    } else {
      for (int part = 0; part < parts; part++) {
        part(part);
      }
    }
    choice.finished();
    for (int part = 0; part < parts; part++) {
      total.add(sums[part]);
    }
  }

  /** The groups of samples that lie side by side, which no part divides. */
  private long groups(PatchBatch batch) {
    return Math.ceilDiv(batch.n(), layout().lanes());
  }

  /** Into how many parts a batch is divided. */
  private int parts(PatchBatch batch) {
    long most = Math.min(kernels.length, groups(batch));
    return (int) Math.clamp(batch.patchBytes() / PART_BYTES, 1, most);
  }

  /** Sums over one part of the samples; a part is whole groups of the layout's lanes. */
  private void part(int part) {
    PatchBatch batch = Objects.requireNonNull(this.batch);
    Parameters parameters = Objects.requireNonNull(this.parameters);
    sums[part].reset(batch.k(), batch.p());
    int lanes = layout().lanes();
    long groups = groups(batch);
    int from = (int) Math.min(batch.n(), groups * part / parts * lanes);
    int to = (int) Math.min(batch.n(), groups * (part + 1) / parts * lanes);
    kernels[part].accumulate(batch, from, to, parameters, sums[part]);
  }

  /**
   * Ends the workers, once a call that is under way on another thread has ended as it would have. A
   * later call is refused. Closing twice does nothing.
   */
  @Override
  public void close() {
    workers.close();
  }
}

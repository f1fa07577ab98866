package dev.patchgrad.kernel;

import dev.patchgrad.network.PatchBatch;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A kernel whose samples are divided among threads, where that is faster.
 *
 * <p>The division and the order of summing depend on n and the number of threads alone, so the same
 * number of threads gives the same bits, as far as the kernel itself does: the Vector API leaves
 * the order of a sum across lanes open. Whether other threads take part does not change the bits:
 * below the break-even the caller computes every part.
 *
 * <p>The break-even is measured where the kernel runs: for each shape some of the first calls, and
 * eight in a thousand later, time both ways ({@link ThreadChoice}). Workers wait for the next call
 * by spinning for some 100 microseconds, then sleep; they are daemon threads, and end with {@link
 * #close}.
 */
public final class ThreadedKernel extends AbstractKernel implements AutoCloseable {
  private final String resolved;
  private final RangeKernel[] kernels;
  private final GradientSums[] sums;
  private final Workers workers;
  private final ThreadChoice choice = new ThreadChoice();

  // What the parts of the call at hand read; written before the workers start on it.
  private @Nullable PatchBatch batch;
  private @Nullable Parameters parameters;

  /**
   * A kernel for some threads.
   *
   * @param kernels one for each thread, the same but for their scratch space
   */
  ThreadedKernel(List<? extends RangeKernel> kernels) {
    super(kernels.getFirst().name(), kernels.getFirst().precision(), kernels.getFirst().layout());
    this.kernels = kernels.toArray(RangeKernel[]::new);
    this.resolved = kernels.getFirst().resolved() + ", " + this.kernels.length + " threads";
    this.sums = new GradientSums[this.kernels.length];
    Arrays.setAll(sums, part -> new GradientSums());
    this.workers = new Workers(this.kernels.length, this::part);
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
  void accumulate(PatchBatch batch, Parameters parameters, GradientSums total) {
    workers.requireOpen();
    this.batch = batch;
    this.parameters = parameters;
    if (choice.isDivided(batch.n(), batch.k(), batch.p())) {
      workers.run();
    } else {
      for (int part = 0; part < kernels.length; part++) {
        part(part);
      }
    }
    choice.finished();
    for (GradientSums sum : sums) {
      total.add(sum);
    }
  }

  /** Sums over one part of the samples; a part is whole groups of the layout's lanes. */
  private void part(int part) {
    PatchBatch batch = Objects.requireNonNull(this.batch);
    Parameters parameters = Objects.requireNonNull(this.parameters);
    sums[part].reset(batch.k(), batch.p());
    int lanes = layout().lanes();
    long groups = (batch.n() + (long) lanes - 1) / lanes;
    int from = (int) Math.min(batch.n(), groups * part / kernels.length * lanes);
    int to = (int) Math.min(batch.n(), groups * (part + 1) / kernels.length * lanes);
    if (from < to) {
      kernels[part].accumulate(batch, from, to, parameters, sums[part]);
    }
  }

  /** Ends the workers. A later call is refused. */
  @Override
  public void close() {
    workers.close();
  }
}

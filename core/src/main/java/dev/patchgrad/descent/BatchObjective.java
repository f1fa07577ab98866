package dev.patchgrad.descent;

import dev.patchgrad.internal.Checks;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * The loss of a batch, or of one mini-batch after the other. It has a kernel's scratch space and a
 * position in the data, so it belongs to one thread at a time.
 */
final class BatchObjective implements OwnedObjective {
  private final BatchKernel kernel;
  private final PatchBatch[] batches;
  private final Optional<RandomGenerator> random;
  private final LabelUnit unit;
  private final double lossAtZero;
  private final OneThread oneThread = new OneThread("objective");
  private int next;

  /**
   * An objective.
   *
   * @param kernel that computes the gradients
   * @param miniBatches at least one
   * @param random of the order in which they are taken; none keeps the order
   */
  BatchObjective(
      BatchKernel kernel, List<PatchBatch> miniBatches, Optional<RandomGenerator> random) {
    Checks.requirePositive("miniBatches: size", miniBatches.size());
    String argument = miniBatches.size() == 1 ? "batch" : "miniBatches";
    PatchBatch first = miniBatches.getFirst();
    for (PatchBatch batch : miniBatches) {
      kernel.requireFits(argument, batch);
      Checks.requireLength(argument + ": k", batch.k(), first.k(), "k of the first");
      Checks.requireLength(argument + ": p", batch.p(), first.p(), "p of the first");
    }
    this.kernel = kernel;
    this.lossAtZero = LabelScale.requireRepresentable(lossAtZero(miniBatches));
    this.unit = LabelUnit.of(lossAtZero, kernel.precision());
    this.batches = miniBatches.stream().map(unit::relabelled).toArray(PatchBatch[]::new);
    this.random = random;
    this.next = batches.length;
  }

  /** 1/(2n) of the sum of the labels' squares. */
  static double lossAtZero(List<PatchBatch> batches) {
    double squares = 0;
    boolean areAllZero = true;
    long n = 0;
    for (PatchBatch batch : batches) {
      for (int i = 0; i < batch.n(); i++) {
        squares += batch.label(i) * batch.label(i);
        areAllZero &= batch.label(i) == 0;
      }
      n += batch.n();
    }
    return LabelScale.lossAtZero(squares, n, areAllZero);
  }

  static List<PatchBatch> cut(PatchBatch batch, int size) {
    int n = batch.n();
    int lanes = batch.layout().lanes();
    if (size < 1 || size > n) {
      throw new IllegalArgumentException(
          "size: " + size + " given; expected 1 to n = " + n + ", the samples of the batch");
    }
    if (size % lanes != 0 && size != n) {
      throw new IllegalArgumentException(
          "size: "
              + size
              + " given; expected a multiple of "
              + lanes
              + ", or n = "
              + n
              + ": in layout "
              + batch.layout()
              + " so many samples lie side by side");
    }
    List<PatchBatch> parts = new ArrayList<>();
    for (long from = 0; from < n; from += size) {
      parts.add(batch.slice((int) from, (int) Math.min(n, from + size)));
    }
    return List.copyOf(parts);
  }

  @Override
  public int k() {
    return batches[0].k();
  }

  @Override
  public int p() {
    return batches[0].p();
  }

  @Override
  public Optional<Teacher> teacher() {
    return Optional.empty();
  }

  @Override
  public String toString() {
    return (batches.length == 1 ? "" : batches.length + " mini-batches, the first ")
        + batches[0]
        + " by kernel "
        + kernel.name();
  }

  @Override
  public double lossAtZero() {
    return lossAtZero;
  }

  @Override
  public void claim(BooleanSupplier cancelled) {
    oneThread.enter();
  }

  @Override
  public void release() {
    oneThread.leave();
  }

  @Override
  public void evaluate(List<Student> students, List<Gradient> out) {
    oneThread.enter();
    try {
      kernel.evaluation().evaluate(batch(), unit.inUnits(students), out);
      unit.scale(out);
      next++;
    } finally {
      oneThread.leave();
    }
  }

  @Override
  public void evaluateSignFlips(Student start, List<Gradient> out) {
    if (kernel.signFlips().isEmpty()) {
      OwnedObjective.super.evaluateSignFlips(start, out);
      return;
    }
    oneThread.enter();
    try {
      kernel.signFlips().get().evaluate(batch(), unit.inUnits(List.of(start)).getFirst(), out);
      unit.scale(out);
      next++;
    } finally {
      oneThread.leave();
    }
  }

  /** The batch to take now; a pass that is over is followed by another. */
  private PatchBatch batch() {
    if (next == batches.length) {
      random.ifPresent(this::shuffle);
      next = 0;
    }
    return batches[next];
  }

  private void shuffle(RandomGenerator generator) {
    for (int i = batches.length - 1; i > 0; i--) {
      int other = generator.nextInt(i + 1);
      PatchBatch batch = batches[i];
      batches[i] = batches[other];
      batches[other] = batch;
    }
  }
}

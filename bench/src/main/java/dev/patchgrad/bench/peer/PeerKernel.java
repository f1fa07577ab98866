package dev.patchgrad.bench.peer;

import dev.patchgrad.kernel.GradientKernel;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import org.jspecify.annotations.Nullable;

/** The gradient by other code than patchgrad's; weight-normalised students. */
abstract class PeerKernel implements GradientKernel {
  private final String name;
  private final Precision precision;
  private final Layout layout;
  private double[] filter = {};
  private double[] weights = {};

  /** What the arrays were made for. */
  private @Nullable PatchBatch bound;

  PeerKernel(String name, Precision precision, Layout layout) {
    this.name = name;
    this.precision = precision;
    this.layout = layout;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final Precision precision() {
    return precision;
  }

  @Override
  public final Layout layout() {
    return layout;
  }

  /** Takes another batch: makes what is reused. */
  abstract void bind(PatchBatch batch);

  /**
   * Computes the sums over all samples.
   *
   * @return the sum of the squared residuals
   */
  abstract double accumulate(PatchBatch batch);

  /** Element c of sum_i r_i sum_j a_j Z_ij over the patches whose gate is open. */
  abstract double filterSum(int c);

  /** Element j of sum_i r_i relu(w^T Z_ij). */
  abstract double weightSum(int j);

  /** Writes w, as it is, to the start of an array. */
  final void copyFilter(double[] to) {
    System.arraycopy(filter, 0, to, 0, filter.length);
  }

  /** Writes w, rounded, to the start of an array. */
  final void copyFilter(float[] to) {
    round(filter, to);
  }

  /** Writes a, as it is. */
  final void copyWeights(double[] to) {
    System.arraycopy(weights, 0, to, 0, weights.length);
  }

  /** Writes a, rounded. */
  final void copyWeights(float[] to) {
    round(weights, to);
  }

  private static void round(double[] from, float[] to) {
    for (int i = 0; i < from.length; i++) {
      to[i] = (float) from[i];
    }
  }

  @Override
  public final void evaluate(PatchBatch batch, Student student, Gradient out) {
    if (bound != batch) {
      bind(batch);
      filter = new double[batch.p()];
      bound = batch;
    }
    double norm = student.filter(filter);
    double n = batch.n();
    weights = student.a();
    out.loss(accumulate(batch) / (2 * n));
    double radial = 0;
    for (int c = 0; c < filter.length; c++) {
      radial += filter[c] * filterSum(c);
    }
    for (int c = 0; c < filter.length; c++) {
      out.dv()[c] = (filterSum(c) - radial * filter[c]) / (n * norm);
    }
    for (int j = 0; j < out.da().length; j++) {
      out.da()[j] = weightSum(j) / n;
    }
  }
}

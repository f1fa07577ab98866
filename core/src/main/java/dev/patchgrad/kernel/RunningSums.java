package dev.patchgrad.kernel;

import dev.patchgrad.internal.DotProduct;
import dev.patchgrad.internal.Reciprocal;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.Parametrisation;
import dev.patchgrad.network.Student;
import java.util.Arrays;

/**
 * The sums that a kernel adds up in place while it passes over samples, in double whatever its
 * precision. What they come to is a value, {@link GradientSums}.
 *
 * <p>Kernels in float add a block of samples at a time: what is rounded in float is a block's sum,
 * so the error does not grow with n.
 */
final class RunningSums {
  private double squares;
  private double[] filter = new double[0];
  private double[] weights = new double[0];

  /** Sets all sums to zero; allocates only if k or p differ from the last shape. */
  void reset(int k, int p) {
    squares = 0;
    if (filter.length != p) {
      // lint: once for a shape
      filter = new double[p];
    } else {
      Arrays.fill(filter, 0);
    }
    if (weights.length != k) {
      // lint: once for a shape
      weights = new double[k];
    } else {
      Arrays.fill(weights, 0);
    }
  }

  /** Adds to sum_i r_i^2. */
  void addSquares(double value) {
    squares += value;
  }

  /** Adds to sum_i r_i s_i; the array may be longer than p. */
  void addFilter(double[] values) {
    for (int c = 0; c < filter.length; c++) {
      filter[c] += values[c];
    }
  }

  /** Adds to sum_i r_i s_i; the array may be longer than p. */
  void addFilter(float[] values) {
    for (int c = 0; c < filter.length; c++) {
      filter[c] += values[c];
    }
  }

  /** Adds to sum_i r_i relu(w^T Z_ij); the array may be longer than k. */
  void addWeights(double[] values) {
    for (int j = 0; j < weights.length; j++) {
      weights[j] += values[j];
    }
  }

  /** Adds to sum_i r_i relu(w^T Z_ij); the array may be longer than k. */
  void addWeights(float[] values) {
    for (int j = 0; j < weights.length; j++) {
      weights[j] += values[j];
    }
  }

  /** Adds another's sums, of the same shape. */
  void add(RunningSums other) {
    squares += other.squares;
    addFilter(other.filter);
    addWeights(other.weights);
  }

  /** Divides by n, and takes the derivative from w to v. */
  void finish(int n, Student student, Parameters parameters, Gradient out) {
    finish(squares, filter, weights, n, student, parameters.w(), parameters.norm(), out);
  }

  /**
   * The step from sums to a gradient, of a kernel's own sums and of {@link GradientSums} alike.
   *
   * @param squares sum_i r_i^2
   * @param filter sum_i r_i s_i: [p]
   * @param weights sum_i r_i relu(w^T Z_ij): [k]
   * @param n the number of samples
   * @param student whose gradient it is
   * @param w its filter: [p]
   * @param norm |v|, or 1 for a plain student
   * @param out written
   */
  static void finish(
      double squares,
      double[] filter,
      double[] weights,
      double n,
      Student student,
      double[] w,
      double norm,
      Gradient out) {
    out.loss(squares / (2.0 * n));
    double[] da = out.da();
    for (int j = 0; j < da.length; j++) {
      da[j] = weights[j] / n;
    }
    double[] dv = out.dv();
    if (student.parametrisation() == Parametrisation.PLAIN) {
      for (int c = 0; c < dv.length; c++) {
        dv[c] = filter[c] / n;
      }
      return;
    }
    double radial = DotProduct.of(w, filter);
    double scale = n * norm;
    if (scale == Double.POSITIVE_INFINITY) {
      for (int c = 0; c < dv.length; c++) {
        dv[c] = (filter[c] - radial * w[c]) / n / norm;
      }
      return;
    }
    if (Reciprocal.isSound(scale)) {
      double inverse = 1 / scale;
      for (int c = 0; c < dv.length; c++) {
        dv[c] = (filter[c] - radial * w[c]) * inverse;
      }
    } else {
      for (int c = 0; c < dv.length; c++) {
        dv[c] = (filter[c] - radial * w[c]) / scale;
      }
    }
  }
}

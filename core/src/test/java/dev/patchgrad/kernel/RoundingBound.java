package dev.patchgrad.kernel;

import dev.patchgrad.network.Layout;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;

/**
 * How far rounding can carry a kernel from the exact gradient, whatever its order of summing.
 *
 * <p>A sum of m products has an error of at most m u / (1 - m u) times the sum of their magnitudes
 * (Higham, Accuracy and Stability of Numerical Algorithms, section 3.1), u the unit roundoff; the
 * errors of dot products, residuals and sums are carried through with the magnitudes of the data at
 * hand. A gate whose dot product is within its own error of zero may fall either way: its whole
 * contribution is allowed for.
 */
final class RoundingBound {
  private final double loss;
  private final double filter;
  private final double[] weights;

  private RoundingBound(double loss, double filter, double[] weights) {
    this.loss = loss;
    this.filter = filter;
    this.weights = weights;
  }

  /** Of the loss. */
  double loss() {
    return loss;
  }

  /** Of the length of dv. */
  double filter() {
    return filter;
  }

  /** Of each da_j. */
  double weight(int j) {
    return weights[j];
  }

  /**
   * The bound.
   *
   * @param batch row-major
   * @param student of its k and p
   * @param precision that a kernel computes in
   * @param dataRounded whether the batch's elements too are taken as rounded to that precision
   */
  static RoundingBound of(
      PatchBatch batch, Student student, Precision precision, boolean dataRounded) {
    if (!batch.layout().equals(Layout.ROW_MAJOR)) {
      throw new IllegalArgumentException(
          "batch: layout " + batch.layout() + "; expected row-major");
    }
    int n = batch.n();
    int k = batch.k();
    int p = batch.p();
    double u = precision == Precision.FLOAT ? 0x1p-24 : 0x1p-53;
    double[] w = new double[p];
    double norm = student.filter(w);
    double[] a = student.a();
    // p products, w rounded, and the data where they are.
    double dotGrowth = growth(p + 2 + (dataRounded ? 1 : 0), u);
    double outputGrowth = growth(k + 3, u);
    double sumGrowth = growth(n + 4, u);
    double lossError = 0;
    double[] weightError = new double[k];
    double[] filterError = new double[p];
    double[] relu = new double[k];
    double[] reluError = new double[k];
    double[] sample = new double[p];
    double[] sampleError = new double[p];
    double[] patch = new double[p];
    for (int i = 0; i < n; i++) {
      java.util.Arrays.fill(sample, 0);
      java.util.Arrays.fill(sampleError, 0);
      double output = 0;
      double outputError = 0;
      for (int j = 0; j < k; j++) {
        double dot = 0;
        double magnitude = 0;
        for (int c = 0; c < p; c++) {
          patch[c] = batch.patch(i, j, c);
          dot += w[c] * patch[c];
          magnitude += Math.abs(w[c] * patch[c]);
        }
        relu[j] = Math.max(dot, 0);
        reluError[j] = dotGrowth * magnitude;
        output += a[j] * relu[j];
        outputError += Math.abs(a[j]) * (reluError[j] + outputGrowth * (relu[j] + reluError[j]));
        double gateError = 0;
        if (Math.abs(dot) <= reluError[j]) {
          gateError = 1;
        } else if (dot > 0) {
          gateError = outputGrowth;
        }
        for (int c = 0; c < p; c++) {
          double part = Math.abs(a[j] * patch[c]);
          sample[c] += dot > 0 ? part : 0;
          sampleError[c] += part * gateError;
        }
      }
      double y = batch.label(i);
      double residual = Math.abs(output - y);
      double residualError = outputError + u * (2 * Math.abs(y) + residual);
      double largest = residual + residualError;
      lossError += residualError * (2 * residual + residualError) + sumGrowth * largest * largest;
      for (int j = 0; j < k; j++) {
        weightError[j] +=
            residualError * relu[j]
                + largest * (reluError[j] + sumGrowth * (relu[j] + reluError[j]));
      }
      for (int c = 0; c < p; c++) {
        filterError[c] +=
            residualError * sample[c]
                + largest * (sampleError[c] + sumGrowth * (sample[c] + sampleError[c]));
      }
    }
    double squares = 0;
    for (int c = 0; c < p; c++) {
      squares += filterError[c] * filterError[c];
    }
    for (int j = 0; j < k; j++) {
      weightError[j] /= n;
    }
    // Projecting and dividing by |v| happen in double; where the kernel is double too, they round
    // as much again as p + 4 products of the terms that sumGrowth already counts.
    double projection = 1 + (p + 4.0) / (n + 4.0);
    return new RoundingBound(
        lossError / (2 * n), projection * Math.sqrt(squares) / n / norm, weightError);
  }

  /** m u / (1 - m u): what m roundings can do to a product. */
  private static double growth(int m, double u) {
    return m * u / (1 - m * u);
  }
}

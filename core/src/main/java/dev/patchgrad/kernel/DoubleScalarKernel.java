package dev.patchgrad.kernel;

import dev.patchgrad.network.DoubleBatch;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;

/** The formula as plain loops: the baseline, and the truth that other kernels are compared with. */
final class DoubleScalarKernel extends RangeKernel {
  static final String NAME = "scalar";

  /**
   * Samples whose sums are kept in the lanes' precision before they are added to the double sums.
   */
  private static final int BLOCK = 64;

  private double[] w = new double[0];
  private double[] a = new double[0];
  private double[] hidden = new double[0];
  private double[] sample = new double[0];
  private double[] filterSum = new double[0];
  private double[] weightSum = new double[0];

  DoubleScalarKernel() {
    super(NAME, Precision.DOUBLE, Layout.ROW_MAJOR);
  }

  @Override
  public String resolved() {
    return "1 lane, no vector species";
  }

  @Override
  void accumulate(PatchBatch batch, int from, int to, Parameters parameters, GradientSums sums) {
    DoubleBatch doubles = (DoubleBatch) batch;
    reserve(batch.k(), batch.p());
    parameters.copyFilter(w);
    parameters.copyWeights(a);
    for (int first = from; first < to; first += BLOCK) {
      java.util.Arrays.fill(filterSum, 0);
      java.util.Arrays.fill(weightSum, 0);
      int end = Math.min(to, first + BLOCK);
      sums.addSquares(
          block(
              doubles.patches(),
              batch.offset(),
              doubles.labels(),
              first,
              end,
              w,
              a,
              hidden,
              sample,
              filterSum,
              weightSum));
      sums.addFilter(filterSum);
      sums.addWeights(weightSum);
    }
  }

  private void reserve(int k, int p) {
    if (a.length != k) {
      a = new double[k];
      hidden = new double[k];
      weightSum = new double[k];
    }
    if (w.length != p) {
      w = new double[p];
      sample = new double[p];
      filterSum = new double[p];
    }
  }

  private static double block(
      double[] patches,
      int offset,
      double[] labels,
      int from,
      int to,
      double[] w,
      double[] a,
      double[] hidden,
      double[] sample,
      double[] filterSum,
      double[] weightSum) {
    int p = w.length;
    int k = a.length;
    double squares = 0;
    for (int i = from; i < to; i++) {
      java.util.Arrays.fill(sample, 0);
      double output = 0;
      for (int j = 0; j < k; j++) {
        int base = offset + (i * k + j) * p;
        double dot = 0;
        for (int c = 0; c < p; c++) {
          dot += w[c] * patches[base + c];
        }
        hidden[j] = 0;
        if (dot > 0) {
          hidden[j] = dot;
          output += a[j] * dot;
          for (int c = 0; c < p; c++) {
            sample[c] += a[j] * patches[base + c];
          }
        }
      }
      double residual = output - labels[i];
      squares += residual * residual;
      for (int j = 0; j < k; j++) {
        weightSum[j] += residual * hidden[j];
      }
      for (int c = 0; c < p; c++) {
        filterSum[c] += residual * sample[c];
      }
    }
    return squares;
  }
}

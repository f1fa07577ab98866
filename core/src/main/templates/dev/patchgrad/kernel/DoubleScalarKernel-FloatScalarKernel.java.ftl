package dev.patchgrad.kernel;

import dev.patchgrad.network.${Type}Batch;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import java.util.Arrays;

/** The formula as plain loops: the baseline, and the truth that other kernels are compared with. */
final class ${Type}ScalarKernel extends RangeKernel {
  static final String NAME = "scalar";

  /** Samples whose sums are kept in ${type} before they are added to the double sums. */
  private static final int BLOCK = 64;

  private ${type}[] w = new ${type}[0];
  private ${type}[] a = new ${type}[0];
  private ${type}[] hidden = new ${type}[0];
  private ${type}[] sample = new ${type}[0];
  private ${type}[] filterSum = new ${type}[0];
  private ${type}[] weightSum = new ${type}[0];

  ${Type}ScalarKernel() {
    super(NAME, Precision.${TYPE}, Layout.ROW_MAJOR);
  }

  @Override
  public String resolved() {
    return "1 lane, no vector species";
  }

  @Override
  void accumulate(PatchBatch batch, int from, int to, Parameters parameters, RunningSums sums) {
    ${Type}Batch typed = (${Type}Batch) batch;
    reserve(batch.k(), batch.p());
    parameters.copyFilter(w);
    parameters.copyWeights(a);
    for (int first = from; first < to; first += BLOCK) {
      Arrays.fill(filterSum, 0);
      Arrays.fill(weightSum, 0);
      int end = Math.min(to, first + BLOCK);
      sums.addSquares(
          block(
              typed.patches(),
              batch.offset(),
              typed.labels(),
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
      a = new ${type}[k];
      hidden = new ${type}[k];
      weightSum = new ${type}[k];
    }
    if (w.length != p) {
      w = new ${type}[p];
      sample = new ${type}[p];
      filterSum = new ${type}[p];
    }
  }

  private static ${type} block(
      ${type}[] patches,
      int offset,
      ${type}[] labels,
      int from,
      int to,
      ${type}[] w,
      ${type}[] a,
      ${type}[] hidden,
      ${type}[] sample,
      ${type}[] filterSum,
      ${type}[] weightSum) {
    int p = w.length;
    int k = a.length;
    ${type} squares = 0;
    for (int i = from; i < to; i++) {
      Arrays.fill(sample, 0);
      ${type} output = 0;
      for (int j = 0; j < k; j++) {
        int base = offset + (i * k + j) * p;
        ${type} dot = 0;
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
      ${type} residual = output - labels[i];
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

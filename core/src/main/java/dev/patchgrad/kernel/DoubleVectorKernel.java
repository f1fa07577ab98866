package dev.patchgrad.kernel;

import dev.patchgrad.network.DoubleBatch;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import java.util.Arrays;

/**
 * Row-major patches, four at a time, which share each load of w and of the sample's sum.
 *
 * <p>The plain way to write the gradient with vectors: one shape for every p.
 */
final class DoubleVectorKernel extends RangeKernel {
  static final String NAME = "vector";

  /**
   * Samples whose sums are kept in the lanes' precision before they are added to the double sums.
   */
  private static final int BLOCK = 64;

  private final DoubleRows rows = new DoubleRows();

  DoubleVectorKernel() {
    super(NAME, Precision.DOUBLE, Layout.ROW_MAJOR);
  }

  @Override
  public String resolved() {
    return DoubleRows.LANES + " lanes of " + DoubleRows.SPECIES.elementSize() + " bits";
  }

  @Override
  void accumulate(PatchBatch batch, int from, int to, Parameters parameters, GradientSums sums) {
    DoubleBatch doubles = (DoubleBatch) batch;
    double[] patches = doubles.patches();
    double[] labels = doubles.labels();
    int k = batch.k();
    int p = batch.p();
    rows.set(k, p, parameters);
    for (int first = from; first < to; first += BLOCK) {
      int end = Math.min(to, first + BLOCK);
      rows.startBlock();
      for (int i = first; i < end; i++) {
        patches(patches, batch.offset() + i * k * p, k, p);
        rows.finishSample(labels[i]);
      }
      rows.addTo(sums);
    }
  }

  private void patches(double[] patches, int base, int k, int p) {
    if (p < DoubleRows.LANES) {
      DoubleRows.shortPatches(patches, base, k, p, rows.w, rows.a, rows.hidden, rows.sample);
    } else {
      tiles(patches, base, k, p);
    }
  }

  private void tiles(double[] patches, int base, int k, int p) {
    Arrays.fill(rows.sample, 0);
    int j = 0;
    for (; j + 4 <= k; j += 4) {
      DoubleRows.tile4(patches, base + j * p, p, rows.w, rows.a, j, rows.hidden, rows.sample);
    }
    for (; j < k; j++) {
      DoubleRows.tile1(patches, base + j * p, p, rows.w, rows.a, j, rows.hidden, rows.sample);
    }
  }
}

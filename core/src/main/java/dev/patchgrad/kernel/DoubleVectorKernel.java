package dev.patchgrad.kernel;

import dev.patchgrad.network.DoubleBatch;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;

/**
 * Row-major patches, four at a time, which share each load of w; those behind closed gates are not
 * touched again.
 *
 * <p>One shape for every p, and no other layout to convert to.
 */
final class DoubleVectorKernel extends RangeKernel {
  static final String NAME = "vector";

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
    int block = rows.blockSamples();
    for (int first = from; first < to; first += block) {
      int end = Math.min(to, first + block);
      rows.startBlock();
      if (p < DoubleRows.LANES) {
        shortPatches(patches, batch.offset(), labels, first, end, k, p);
      } else {
        rows.addSamples(patches, batch.offset(), labels, first, end, p);
      }
      rows.addTo(sums);
    }
  }

  private void shortPatches(
      double[] patches, int offset, double[] labels, int from, int to, int k, int p) {
    for (int i = from; i < to; i++) {
      int base = offset + i * k * p;
      DoubleRows.shortPatches(patches, base, k, p, rows.w, rows.a, rows.hidden, rows.sample);
      rows.finishSample(labels[i]);
    }
  }
}

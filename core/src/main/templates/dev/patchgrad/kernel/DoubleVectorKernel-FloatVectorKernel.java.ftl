package dev.patchgrad.kernel;

import dev.patchgrad.network.${Type}Batch;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;

/**
 * Row-major patches, four at a time, which share each load of w; those behind closed gates are not
 * touched again.
 *
 * <p>One shape for every p, and no other layout to convert to.
 */
final class ${Type}VectorKernel extends RangeKernel {
  static final String NAME = "vector";

  private final ${Type}Rows rows = new ${Type}Rows();

  ${Type}VectorKernel() {
    super(NAME, Precision.${TYPE}, Layout.ROW_MAJOR);
  }

  @Override
  public String resolved() {
    return ${Type}Rows.LANES + " lanes of " + ${Type}Rows.SPECIES.elementSize() + " bits";
  }

  @Override
  void accumulate(PatchBatch batch, int from, int to, Parameters parameters, RunningSums sums) {
    ${Type}Batch typed = (${Type}Batch) batch;
    ${type}[] patches = typed.patches();
    ${type}[] labels = typed.labels();
    int k = batch.k();
    int p = batch.p();
    rows.set(k, p, parameters);
    int block = rows.blockSamples();
    for (int first = from; first < to; first += block) {
      int end = Math.min(to, first + block);
      rows.startBlock();
      if (p < ${Type}Rows.LANES) {
        shortPatches(patches, batch.offset(), labels, first, end, k, p);
      } else {
        rows.addSamples(patches, batch.offset(), labels, first, end, p);
      }
      rows.addTo(sums);
    }
  }

  private void shortPatches(
      ${type}[] patches, int offset, ${type}[] labels, int from, int to, int k, int p) {
    for (int i = from; i < to; i++) {
      int base = offset + i * k * p;
      ${Type}Rows.shortPatches(patches, base, k, p, rows.w, rows.a, rows.hidden, rows.sample);
      rows.finishSample(labels[i]);
    }
  }
}

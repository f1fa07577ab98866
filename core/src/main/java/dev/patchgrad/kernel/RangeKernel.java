package dev.patchgrad.kernel;

import dev.patchgrad.network.Layout;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;

/** A kernel that can sum over a part of the samples, which is what threads divide. */
abstract class RangeKernel extends AbstractKernel {
  RangeKernel(String name, Precision precision, Layout layout) {
    super(name, precision, layout);
  }

  @Override
  final void accumulate(PatchBatch batch, Parameters parameters, RunningSums sums) {
    accumulate(batch, 0, batch.n(), parameters, sums);
  }

  /**
   * Adds the sums of samples {@code from} to {@code to - 1}.
   *
   * @param batch checked: this kernel's precision and layout, the parameters' k and p
   * @param from a multiple of the layout's lanes
   * @param to n, or a multiple of the layout's lanes
   * @param parameters checked and finite
   * @param sums added to
   */
  abstract void accumulate(
      PatchBatch batch, int from, int to, Parameters parameters, RunningSums sums);
}

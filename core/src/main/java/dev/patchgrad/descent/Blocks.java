package dev.patchgrad.descent;

import dev.patchgrad.network.DataSet;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.SampleBlock;

/** How a data set is divided into the blocks that are read and summed at a time. */
final class Blocks {
  /**
   * Of a block's patches, unless one group of samples has more: a kernel finds them in the L2 of
   * the thread that copied them there. Part of the order of sums: a change gives other last digits.
   */
  private static final long BYTES = 512 * 1024;

  private Blocks() {}

  /**
   * The samples of a block: whole groups of the layout's lanes, or all that there are.
   *
   * @param most samples that there are
   */
  static int samples(DataSet data, Layout layout, long most) {
    long sampleBytes = data.k() * layout.storedElements(data.p()) * data.precision().bytes();
    long groups = Math.max(1, BYTES / (sampleBytes * layout.lanes()));
    return (int) Math.min(most, groups * layout.lanes());
  }

  /** An empty block. */
  static SampleBlock empty(DataSet data, Layout layout, int capacity) {
    return SampleBlock.of(data.precision(), layout).k(data.k()).p(data.p()).capacity(capacity);
  }
}

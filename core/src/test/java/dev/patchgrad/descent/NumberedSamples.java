package dev.patchgrad.descent;

import dev.patchgrad.network.DataSet;
import dev.patchgrad.network.DoubleBlock;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.SampleBlock;

/**
 * Samples whose elements and label are their number, made as they are read; k = 1.
 *
 * @param looked runs when it is asked whether they changed
 */
record NumberedSamples(long n, int p, Runnable looked) implements DataSet {
  NumberedSamples(long n, int p) {
    this(n, p, () -> {});
  }

  @Override
  public int k() {
    return 1;
  }

  @Override
  public Precision precision() {
    return Precision.DOUBLE;
  }

  @Override
  public void read(long from, long to, SampleBlock block) {
    requireRange(from, to);
    DoubleBlock doubles = (DoubleBlock) block;
    int at = doubles.rowsEnd();
    for (int i = 0; i < to - from; i++) {
      java.util.Arrays.fill(doubles.rows(), at + i * p, at + (i + 1) * p, (double) (from + i));
      doubles.labels()[doubles.size() + i] = (double) (from + i);
    }
    doubles.added((int) (to - from), from);
  }

  @Override
  public void readLabels(long from, int count, double[] to) {
    for (int i = 0; i < count; i++) {
      to[i] = (double) (from + i);
    }
  }

  @Override
  public void requireUnchanged() {
    looked.run();
  }
}

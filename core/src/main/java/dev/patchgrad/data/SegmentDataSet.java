package dev.patchgrad.data;

import dev.patchgrad.network.DataSet;
import dev.patchgrad.network.DoubleBlock;
import dev.patchgrad.network.FloatBlock;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.SampleBlock;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Samples in memory that is no Java array: native memory, or a file that the caller has mapped, of
 * any length. Patches [n][k][p] and labels [n] lie there one after the other, in the byte order of
 * this machine.
 *
 * <p>The memory stays the caller's: it is neither copied as a whole nor freed. What reads it after
 * its arena was closed is refused. Nobody may write to it while a pass reads it.
 *
 * <p>Threads may share it.
 */
public final class SegmentDataSet implements DataSet {
  private final MemorySegment patches;
  private final MemorySegment labels;
  private final Precision precision;
  private final long n;
  private final int k;
  private final int p;

  private SegmentDataSet(
      MemorySegment patches, MemorySegment labels, Precision precision, int k, int p) {
    this.patches = shared("patches", patches);
    this.labels = shared("labels", labels);
    this.precision = precision;
    this.k = k;
    this.p = p;
    long sampleBytes = (long) Layout.ROW_MAJOR.arrayLength(1, k, p) * precision.bytes();
    if (patches.byteSize() == 0 || patches.byteSize() % sampleBytes != 0) {
      throw new IllegalArgumentException(
          "patches: %d bytes given; expected whole samples of %d bytes, k p elements of %s, at least one"
              .formatted(patches.byteSize(), sampleBytes, precision.label()));
    }
    this.n = patches.byteSize() / sampleBytes;
    if (labels.byteSize() != n * precision.bytes()) {
      throw new IllegalArgumentException(
          "labels: %d bytes given; expected %d, one %s for each of n = %d samples"
              .formatted(labels.byteSize(), n * precision.bytes(), precision.label(), n));
    }
  }

  /**
   * Takes memory as it is.
   *
   * @param patches [n][k][p], of the precision
   * @param labels [n], of the precision
   * @param precision of both
   * @return a data set whose k and p are still to be said
   */
  public static Sizes of(MemorySegment patches, MemorySegment labels, Precision precision) {
    return new Sizes(patches, labels, precision, 0);
  }

  /** A data set whose k and p are still to be said, p last. */
  public static final class Sizes {
    private final MemorySegment patches;
    private final MemorySegment labels;
    private final Precision precision;
    private final int k;

    private Sizes(MemorySegment patches, MemorySegment labels, Precision precision, int k) {
      this.patches = patches;
      this.labels = labels;
      this.precision = precision;
      this.k = k;
    }

    /**
     * Says how many patches a sample has.
     *
     * @param patchesOfSample k, at least 1
     * @return the same with this k
     */
    public Sizes k(int patchesOfSample) {
      return new Sizes(patches, labels, precision, patchesOfSample);
    }

    /**
     * Says how long a patch is, which completes the data set; n follows from the memory's length.
     *
     * @param dimension p, at least 1
     * @return the data set
     * @throws IllegalArgumentException if k or p is below 1, a sample is longer than a Java array,
     *     the memory is not whole samples with a label each, or only one thread may use it
     */
    public SegmentDataSet p(int dimension) {
      return new SegmentDataSet(patches, labels, precision, k, dimension);
    }

    @Override
    public String toString() {
      return "SegmentDataSet.Sizes[" + precision.label() + ", k=" + k + "]";
    }
  }

  private static MemorySegment shared(String name, MemorySegment memory) {
    if (!memory.isAccessibleBy(new Thread())) {
      throw new IllegalArgumentException(
          name
              + ": memory of one thread given; expected memory that threads share, such as of"
              + " Arena.ofShared() or Arena.ofAuto()");
    }
    return memory;
  }

  @Override
  public long n() {
    return n;
  }

  @Override
  public int k() {
    return k;
  }

  @Override
  public int p() {
    return p;
  }

  @Override
  public Precision precision() {
    return precision;
  }

  @Override
  public void read(long from, long to, SampleBlock block) throws IOException {
    requireFits(from, to, block);
    int count = (int) (to - from);
    switch (block) {
      case DoubleBlock doubles -> {
        copy(patches, from * k * p, count * k * p, doubles.rows(), doubles.rowsEnd());
        copy(labels, from, count, doubles.labels(), doubles.size());
        doubles.added(count, from);
      }
      case FloatBlock floats -> {
        copy(patches, from * k * p, count * k * p, floats.rows(), floats.rowsEnd());
        copy(labels, from, count, floats.labels(), floats.size());
        floats.added(count, from);
      }
    }
  }

  @Override
  public void readLabels(long from, int count, double[] to) throws IOException {
    requireRange(from, from + count);
    if (precision == Precision.DOUBLE) {
      copy(labels, from, count, to, 0);
    } else {
      float[] some = new float[count];
      copy(labels, from, count, some, 0);
      for (int i = 0; i < count; i++) {
        to[i] = some[i];
      }
    }
    for (int i = 0; i < count; i++) {
      if (!Double.isFinite(to[i])) {
        throw new IllegalArgumentException(
            "labels[" + (from + i) + "]: " + to[i] + " given; expected a finite number");
      }
    }
  }

  /** Copies some elements from one on to an array of the precision, from an index on. */
  private void copy(MemorySegment memory, long first, int count, Object array, int at)
      throws IOException {
    ValueLayout layout =
        precision == Precision.DOUBLE
            ? ValueLayout.JAVA_DOUBLE_UNALIGNED
            : ValueLayout.JAVA_FLOAT_UNALIGNED;
    try {
      MemorySegment.copy(memory, layout, first * precision.bytes(), array, at, count);
    } catch (IllegalStateException e) {
      throw closed(e);
    } catch (InternalError e) {
      // So HotSpot tells of a mapped file that was cut, or whose disk failed.
      throw new IOException(this + ": the file behind this memory cannot be read", e);
    }
  }

  /**
   * Refuses memory whose arena was closed; whether it was written to, nobody can tell.
   *
   * @throws IOException if so
   */
  @Override
  public void requireUnchanged() throws IOException {
    if (!patches.scope().isAlive() || !labels.scope().isAlive()) {
      throw closed(new IllegalStateException("closed"));
    }
  }

  private IOException closed(IllegalStateException e) {
    return new IOException(
        this + ": its arena is closed; expected one that stays open while it is read", e);
  }

  @Override
  public String toString() {
    return "SegmentDataSet[n=" + n + ", k=" + k + ", p=" + p + ", " + precision.label() + "]";
  }
}

package dev.patchgrad.network;

import java.util.Arrays;
import java.util.Objects;

/** A batch of patches whose elements are of type double. */
public final class DoubleBatch implements PatchBatch {
  private final int n;
  private final int k;
  private final int p;
  private final Layout layout;
  private final int offset;
  private final double[] patches;
  private final double[] labels;

  private DoubleBatch(
      int n, int k, int p, Layout layout, int offset, double[] patches, double[] labels) {
    this.n = n;
    this.k = k;
    this.p = p;
    this.layout = layout;
    this.offset = offset;
    this.patches = patches;
    this.labels = labels;
  }

  /**
   * A batch over arrays of the caller's, checked and not copied.
   *
   * @param patches [n][k][p], row-major; every element finite
   * @param labels [n], every element finite; its length gives n
   * @param k patches in a sample, at least 1
   * @param p dimension of a patch, at least 1
   * @return the batch
   * @throws IllegalArgumentException if n, k or p is below 1, n * k * p is longer than an array, a
   *     length does not match, or an element is not finite
   */
  public static DoubleBatch wrap(double[] patches, double[] labels, int k, int p) {
    int n = labels.length;
    int expected = Checks.requireArrayLength(n, k, p, Layout.ROW_MAJOR);
    Checks.requireLength("patches", patches.length, expected, "n * k * p");
    Checks.requireFinite("patches", patches);
    Checks.requireFinite("labels", labels);
    return new DoubleBatch(n, k, p, Layout.ROW_MAJOR, 0, patches, labels);
  }

  /** A row-major batch over arrays that this package filled itself. */
  static DoubleBatch trusted(int n, int k, int p, double[] patches, double[] labels) {
    return new DoubleBatch(n, k, p, Layout.ROW_MAJOR, 0, patches, labels);
  }

  @Override
  public int n() {
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
  public Layout layout() {
    return layout;
  }

  @Override
  public int offset() {
    return offset;
  }

  @Override
  public Precision precision() {
    return Precision.DOUBLE;
  }

  /**
   * The patches' elements, live; they start at {@link #offset()}.
   *
   * @return [n][k][p], or [n/L][k][p][L] where the layout is interleaved
   */
  public double[] patches() {
    return patches;
  }

  /**
   * The labels, live; padded with zeros to the layout's stored samples.
   *
   * @return [n], or longer by the padding
   */
  public double[] labels() {
    return labels;
  }

  @Override
  public double patch(int i, int j, int c) { // whatever the precision
    Objects.checkIndex(i, n);
    Objects.checkIndex(j, k);
    Objects.checkIndex(c, p);
    int lanes = layout.lanes();
    int stored = (int) layout.storedElements(p);
    return patches[offset + ((i / lanes * k + j) * stored + c) * lanes + i % lanes];
  }

  @Override
  public double label(int i) { // whatever the precision
    return labels[Objects.checkIndex(i, n)];
  }

  @Override
  public DoubleBatch slice(int from, int to) {
    Checks.requireSlice(from, to, n, layout);
    int first = offset + from * k * (int) layout.storedElements(p);
    double[] some = Arrays.copyOfRange(labels, from, (int) layout.storedSamples(to));
    return new DoubleBatch(to - from, k, p, layout, first, patches, some);
  }

  @Override
  public DoubleBatch toLayout(Layout wanted) {
    if (wanted.equals(layout)) {
      return this;
    }
    if (!layout.equals(Layout.ROW_MAJOR) && !wanted.equals(Layout.ROW_MAJOR)) {
      return toLayout(Layout.ROW_MAJOR).toLayout(wanted);
    }
    int length = Checks.requireArrayLength(n, k, p, wanted);
    if (wanted.equals(Layout.ROW_MAJOR)) {
      double[] rows = new double[length];
      DoubleRelayout.toRows(this, rows);
      return new DoubleBatch(n, k, p, wanted, 0, rows, Arrays.copyOf(labels, n));
    }
    double[] padded = Arrays.copyOf(labels, (int) wanted.storedSamples(n));
    double[] elements = new double[CacheLines.arrayLength(length, Precision.DOUBLE)];
    int lead = CacheLines.lead(Precision.DOUBLE);
    DoubleBatch converted = new DoubleBatch(n, k, p, wanted, lead, elements, padded);
    DoubleRelayout.fromRows(patches, offset, converted);
    return converted;
  }
}

package dev.patchgrad.network;

import dev.patchgrad.internal.Checks;
import java.util.Arrays;
import java.util.Objects;

/** A batch of patches whose elements are of type ${type}. */
public final class ${Type}Batch implements PatchBatch {
  private final int n;
  private final int k;
  private final int p;
  private final Layout layout;
  private final int offset;
  private final ${type}[] patches;
  private final ${type}[] labels;

  private ${Type}Batch(
      int n, int k, int p, Layout layout, int offset, ${type}[] patches, ${type}[] labels) {
    this.n = n;
    this.k = k;
    this.p = p;
    this.layout = layout;
    this.offset = offset;
    this.patches = patches;
    this.labels = labels;
  }

  /**
   * Arrays of the caller's that are to become a batch, as in {@code wrap(patches,
   * labels).k(64).p(8)}. They are not copied: whoever changes them afterwards changes the batch,
   * unchecked, and what was made from it may or may not show the change.
   *
   * @param patches [n][k][p], row-major; every element finite
   * @param labels [n], every element finite; its length gives n
   * @return the arrays, whose k and p are still to be said
   */
  public static Flat wrap(${type}[] patches, ${type}[] labels) {
    return new Flat(patches, labels, 0);
  }

  /**
   * The same with arrays of the batch's own, so that the caller's may change.
   *
   * @param patches [n][k][p], row-major, copied; every element finite
   * @param labels [n], copied; every element finite; its length gives n
   * @return the copies, whose k and p are still to be said
   */
  public static Flat copyOf(${type}[] patches, ${type}[] labels) {
    return wrap(patches.clone(), labels.clone());
  }

  /** The arrays of a batch whose k and p are still to be said, each by its name. */
  public static final class Flat {
    private final ${type}[] patches;
    private final ${type}[] labels;
    private final int k;

    private Flat(${type}[] patches, ${type}[] labels, int k) {
      this.patches = patches;
      this.labels = labels;
      this.k = k;
    }

    /**
     * Says how many patches a sample has.
     *
     * @param patchesOfSample k, at least 1
     * @return the same arrays, whose p is still to be said
     */
    public Flat k(int patchesOfSample) {
      return new Flat(patches, labels, patchesOfSample);
    }

    /**
     * Says how long a patch is, which completes the batch; k comes before it.
     *
     * @param dimension p, at least 1
     * @return the batch
     * @throws IllegalArgumentException if n, k or p is below 1, n * k * p is longer than an array,
     *     a length does not match, or an element is not finite
     */
    public ${Type}Batch p(int dimension) {
      int n = labels.length;
      int expected = Layout.ROW_MAJOR.arrayLength(n, k, dimension);
      Checks.requireLength("patches", patches.length, expected, "n * k * p");
      Checks.requireFinite("patches", patches);
      Checks.requireFinite("labels", labels);
      return new ${Type}Batch(n, k, dimension, Layout.ROW_MAJOR, 0, patches, labels);
    }

    @Override
    public String toString() {
      return "${Type}Batch.Flat[" + patches.length + " elements, n=" + labels.length + ", k=" + k + "]";
    }
  }

  /** A row-major batch over arrays that this package filled itself. */
  static ${Type}Batch trusted(int n, int k, int p, ${type}[] patches, ${type}[] labels) {
    return new ${Type}Batch(n, k, p, Layout.ROW_MAJOR, 0, patches, labels);
  }

  /** A batch over memory of this package's own, in any layout. */
  static ${Type}Batch over(
      int n, Layout layout, int offset, ${type}[] patches, ${type}[] labels, int k, int p) {
    return new ${Type}Batch(n, k, p, layout, offset, patches, labels);
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
    return Precision.${TYPE};
  }

  /**
   * The patches' elements, live; they start at {@link #offset()}.
   *
   * @return [n][k][p], or [n/L][k][p][L] where the layout is interleaved
   */
  public ${type}[] patches() {
    return patches;
  }

  /**
   * The labels, live; padded with zeros to the layout's stored samples.
   *
   * @return [n], or longer by the padding
   */
  public ${type}[] labels() {
    return labels;
  }

  @Override
  public String toString() {
    return "${Type}Batch[n=" + n + ", k=" + k + ", p=" + p + ", " + layout + "]";
  }

  @Override
  public double patch(int i, int j, int c) {
    Objects.checkIndex(i, n);
    Objects.checkIndex(j, k);
    Objects.checkIndex(c, p);
    int lanes = layout.lanes();
    int stored = (int) layout.storedElements(p);
    return patches[offset + ((i / lanes * k + j) * stored + c) * lanes + i % lanes];
  }

  @Override
  public double label(int i) {
    return labels[Objects.checkIndex(i, n)];
  }

  @Override
  public ${Type}Batch slice(int from, int to) {
    layout.requireSlice(from, to, n);
    int first = offset + from * k * (int) layout.storedElements(p);
    ${type}[] some = Arrays.copyOfRange(labels, from, (int) layout.storedSamples(to));
    return new ${Type}Batch(to - from, k, p, layout, first, patches, some);
  }

  @Override
  public ${Type}Batch withLabelsTimes(double factor) {
    ${type}[] products = labels.clone();
    for (int i = 0; i < products.length; i++) {
      products[i] = <#if type == "float">(float) (products[i] * factor)<#else>products[i] * factor</#if>;
    }
    Checks.requireFinite("labels * " + factor, products);
    return new ${Type}Batch(n, k, p, layout, offset, patches, products);
  }

  @Override
  public ${Type}Batch toLayout(Layout wanted) {
    if (wanted.equals(layout)) {
      return this;
    }
    if (!layout.equals(Layout.ROW_MAJOR) && !wanted.equals(Layout.ROW_MAJOR)) {
      return toLayout(Layout.ROW_MAJOR).toLayout(wanted);
    }
    int length = wanted.arrayLength(n, k, p);
    if (wanted.equals(Layout.ROW_MAJOR)) {
      ${type}[] rows = new ${type}[length];
      ${Type}Relayout.toRows(this, rows);
      return new ${Type}Batch(n, k, p, wanted, 0, rows, Arrays.copyOf(labels, n));
    }
    ${type}[] padded = Arrays.copyOf(labels, (int) wanted.storedSamples(n));
    ${type}[] elements = new ${type}[CacheLines.arrayLength(length, Precision.${TYPE})];
    int lead = CacheLines.lead(Precision.${TYPE});
    ${Type}Batch converted = new ${Type}Batch(n, k, p, wanted, lead, elements, padded);
    ${Type}Relayout.fromRows(patches, offset, converted);
    return converted;
  }
}

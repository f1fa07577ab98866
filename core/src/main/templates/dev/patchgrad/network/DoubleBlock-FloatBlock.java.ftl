package dev.patchgrad.network;

import dev.patchgrad.internal.Checks;
import dev.patchgrad.internal.VectorApi;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A block of samples whose elements are of type ${type}. */
public final class ${Type}Block implements SampleBlock {
  /** Whether there are vectors for a check; {@link ${Type}Finite} cannot be loaded without. */
  private static final boolean VECTORS = VectorApi.isPresent();

  /** All of the room as a batch. */
  private final ${Type}Batch full;

  /** The samples as rows: the batch's own elements where those are rows. */
  private final ${type}[] rows;

  private final int rowsOffset;
  private final boolean areRows;
  private final ${type}[] labels;
  private final int sample;
  private int size;

  /** Of the samples there are, once it was asked for. */
  private @Nullable ${Type}Batch batch;

  ${Type}Block(int capacity, int k, int p, Layout layout) {
    int length = layout.arrayLength(capacity, k, p);
    ${type}[] elements = new ${type}[CacheLines.arrayLength(length, Precision.${TYPE})];
    this.full =
        ${Type}Batch.over(
            capacity,
            layout,
            CacheLines.lead(Precision.${TYPE}),
            elements,
            new ${type}[(int) layout.storedSamples(capacity)],
            k,
            p);
    this.areRows = layout.lanes() == 1 && layout.storedElements(p) == p;
    this.rows = areRows ? elements : new ${type}[Layout.ROW_MAJOR.arrayLength(capacity, k, p)];
    this.rowsOffset = areRows ? full.offset() : 0;
    this.labels = full.labels();
    this.sample = k * p;
  }

  @Override
  public int capacity() {
    return full.n();
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int k() {
    return full.k();
  }

  @Override
  public int p() {
    return full.p();
  }

  @Override
  public Precision precision() {
    return Precision.${TYPE};
  }

  /**
   * Where samples are written as rows, live: the next one begins at {@link #rowsEnd}.
   *
   * @return [capacity][k][p] from some element on
   */
  public ${type}[] rows() {
    return rows;
  }

  /**
   * Where the next sample's row begins.
   *
   * @return index in {@link #rows}
   */
  public int rowsEnd() {
    return rowsOffset + size * sample;
  }

  /**
   * Where labels are written, live: the next one at {@link #size}.
   *
   * @return [capacity], or longer by padding
   */
  public ${type}[] labels() {
    return labels;
  }

  /**
   * Says that the next samples and their labels were written.
   *
   * @param count of them, at least 1
   * @param first number of the first of them in the data set, for a message
   * @throws IllegalArgumentException if an element or a label is not finite; the message gives its
   *     index in the data set's array. They are then not added
   * @throws IndexOutOfBoundsException if there is no room for them
   */
  public void added(int count, long first) {
    Objects.checkFromIndexSize(size, count, capacity());
    int from = rowsEnd();
    int to = from + count * sample;
    if (!(VECTORS ? ${Type}Finite.areFinite(rows, from, to) : areFinite(rows, from, to))) {
      requireFinite("patches", rows, from, to, first * sample);
    }
    requireFinite("labels", labels, size, size + count, first);
    size += count;
    batch = null;
  }

  private static boolean areFinite(${type}[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!${Type}.isFinite(values[i])) {
        return false;
      }
    }
    return true;
  }

  private static void requireFinite(
      String name, ${type}[] values, int from, int to, long first) {
    for (int i = from; i < to; i++) {
      if (!${Type}.isFinite(values[i])) {
        throw new IllegalArgumentException(
            name + "[" + (first + i - from) + "]: " + values[i] + " given; expected a finite number");
      }
    }
  }

  @Override
  public void clear() {
    size = 0;
    batch = null;
  }

  @Override
  public void add(SampleBlock other, int index) {
    if (!(other instanceof ${Type}Block block) || !block.full.layout().equals(Layout.ROW_MAJOR)) {
      throw new IllegalArgumentException(
          "other: " + other + " given; expected a row-major block of ${type}");
    }
    Checks.requireLength("other: k", block.k(), k(), "k of this block");
    Checks.requireLength("other: p", block.p(), p(), "p of this block");
    Objects.checkIndex(index, block.size);
    Objects.checkIndex(size, capacity());
    System.arraycopy(block.rows, block.rowsOffset + index * sample, rows, rowsEnd(), sample);
    labels[size] = block.labels[index];
    size++;
    batch = null;
  }

  @Override
  public ${Type}Batch batch() {
    ${Type}Batch now = batch;
    if (now == null) {
      now = made();
      batch = now;
    }
    return now;
  }

  private ${Type}Batch made() {
    if (size == 0) {
      throw new IllegalStateException("block: no sample in it; expected at least 1");
    }
    Layout layout = full.layout();
    ${Type}Batch made =
        size == capacity()
            ? full
            : ${Type}Batch.over(
                size,
                layout,
                full.offset(),
                full.patches(),
                // A kernel reads the labels of the last group's padding too, as zeros.
                Arrays.copyOf(Arrays.copyOf(labels, size), (int) layout.storedSamples(size)),
                k(),
                p());
    if (!areRows) {
      clearPadding();
      ${Type}Relayout.fromRows(rows, rowsOffset, made);
    }
    return made;
  }

  /** The places of the last group that no sample takes, and where another one may have been. */
  private void clearPadding() {
    int lanes = full.layout().lanes();
    if (size % lanes == 0) {
      return;
    }
    int group = k() * (int) full.layout().storedElements(p()) * lanes;
    int from = full.offset() + size / lanes * group;
    Arrays.fill(full.patches(), from, from + group, 0);
  }

  @Override
  public String toString() {
    return "${Type}Block[" + size + " of " + capacity() + " samples, k=" + k() + ", p=" + p() + ", "
        + full.layout() + "]";
  }
}

package dev.patchgrad.network;

/**
 * Room for some samples, which is filled over and over: rows come in, and go out as a batch in the
 * layout that a kernel reads.
 *
 * <p>A {@link DataSet} writes the samples as rows, [k][p] each, and says how many it wrote. Where
 * the layout is that of rows, they are written where the batch has them; else {@link #batch} moves
 * them there. It belongs to one thread at a time.
 */
public sealed interface SampleBlock permits DoubleBlock, FloatBlock {
  /**
   * An empty block.
   *
   * @param precision of the elements
   * @param layout of its batches
   * @return a block whose k, p and capacity are still to be said
   */
  static Sizes of(Precision precision, Layout layout) {
    return new Sizes(precision, layout, 0, 0);
  }

  /** A block whose k, p and capacity are still to be said, the capacity last. */
  final class Sizes {
    private final Precision precision;
    private final Layout layout;
    private final int k;
    private final int p;

    private Sizes(Precision precision, Layout layout, int k, int p) {
      this.precision = precision;
      this.layout = layout;
      this.k = k;
      this.p = p;
    }

    /**
     * Says how many patches a sample has.
     *
     * @param patchesOfSample k, at least 1
     * @return the same with this k
     */
    public Sizes k(int patchesOfSample) {
      return new Sizes(precision, layout, patchesOfSample, p);
    }

    /**
     * Says how long a patch is.
     *
     * @param dimension p, at least 1
     * @return the same with this p
     */
    public Sizes p(int dimension) {
      return new Sizes(precision, layout, k, dimension);
    }

    /**
     * Says how many samples there is room for, which completes the block.
     *
     * @param samples at least 1
     * @return the block
     * @throws IllegalArgumentException if a size is below 1, or so many are too long for an array
     */
    public SampleBlock capacity(int samples) {
      return switch (precision) {
        case DOUBLE -> new DoubleBlock(samples, k, p, layout);
        case FLOAT -> new FloatBlock(samples, k, p, layout);
      };
    }

    @Override
    public String toString() {
      return "SampleBlock.Sizes["
          + precision.label()
          + ", "
          + layout
          + ", k="
          + k
          + ", p="
          + p
          + "]";
    }
  }

  /**
   * The samples that there is room for.
   *
   * @return at least 1
   */
  int capacity();

  /**
   * The samples that it has.
   *
   * @return 0 to the capacity
   */
  int size();

  /**
   * The number of patches in a sample.
   *
   * @return k
   */
  int k();

  /**
   * The dimension of a patch.
   *
   * @return p
   */
  int p();

  /**
   * The format of the elements.
   *
   * @return the precision
   */
  Precision precision();

  /** Drops the samples. */
  void clear();

  /**
   * Adds a copy of one sample of another block.
   *
   * @param other of this precision, k and p, whose layout is row-major
   * @param index of the sample
   * @throws IllegalArgumentException if the other has another precision, sizes or layout
   * @throws IndexOutOfBoundsException if there is no such sample, or no room
   */
  void add(SampleBlock other, int index);

  /**
   * The samples as a batch, which uses the block's memory: valid until samples come or go.
   *
   * @return a batch of {@link #size} samples in the block's layout
   * @throws IllegalStateException if there are none
   */
  PatchBatch batch();
}

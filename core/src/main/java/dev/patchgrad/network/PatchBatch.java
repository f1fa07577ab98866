package dev.patchgrad.network;

/**
 * n samples of k patches in R^p with a label each, in float or double, in one flat array.
 *
 * <p>Immutable in shape. The arrays are the batch's own memory, or the caller's where the batch
 * wraps them; accessors give them live. Whoever changes them afterwards changes the batch,
 * unchecked, and a slice of it, but not what {@link #toLayout} converted.
 */
public sealed interface PatchBatch permits DoubleBatch, FloatBatch {
  /**
   * The number of samples, padding not counted.
   *
   * @return n
   */
  int n();

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
   * The order of the patches' elements in memory.
   *
   * @return the layout
   */
  Layout layout();

  /**
   * Where the first patch starts in the array: 0, what puts it on a cache line, or where a slice
   * starts.
   *
   * @return elements
   */
  int offset();

  /**
   * The format of the elements.
   *
   * @return the precision
   */
  Precision precision();

  /**
   * The same batch in another layout.
   *
   * @param layout the wanted order
   * @return this batch where it has that layout already, else a converted copy
   * @throws IllegalArgumentException if padding makes it too long for a Java array
   */
  PatchBatch toLayout(Layout layout);

  /**
   * Some of the samples as a batch, which shares this batch's patches and copies its labels: what
   * mini-batches are made of, once, before a descent.
   *
   * @param from the first sample, a multiple of the layout's lanes
   * @param to after the last sample; n, or a multiple of the layout's lanes
   * @return samples {@code from} to {@code to - 1}, in this layout
   * @throws IllegalArgumentException if there is no sample in the range, the range is not within 0
   *     to n, or a border lies between samples that lie side by side
   */
  PatchBatch slice(int from, int to);

  /**
   * The same patches, which are shared, with all labels multiplied by a number.
   *
   * @param factor such as one over the labels' scale
   * @return a batch in the same layout, with labels of its own
   * @throws IllegalArgumentException if a product is not finite in this precision
   */
  PatchBatch withLabelsTimes(double factor);

  /**
   * One element, whatever the layout; for tests and small uses.
   *
   * @param i sample, 0 to n - 1
   * @param j patch, 0 to k - 1
   * @param c coordinate, 0 to p - 1
   * @return Z_ij[c]
   */
  double patch(int i, int j, int c);

  /**
   * One label; for tests and small uses.
   *
   * @param i sample, 0 to n - 1
   * @return y_i
   */
  double label(int i);

  /**
   * The bytes of the patches, padding included.
   *
   * @return bytes
   */
  default long patchBytes() {
    return layout().storedSamples(n()) * k() * layout().storedElements(p()) * precision().bytes();
  }
}

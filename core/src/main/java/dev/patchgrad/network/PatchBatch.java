package dev.patchgrad.network;

/**
 * n samples of k patches in R^p with a label each, in float or double, in one flat array.
 *
 * <p>Immutable in shape; the arrays are the batch's own memory and are not copied. Whoever changes
 * them afterwards changes the batch, unchecked.
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
   * Where the first patch starts in the array: 0, or what puts it on a cache line.
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
    return layout().storedSamples(n()) * k() * p() * precision().bytes();
  }
}

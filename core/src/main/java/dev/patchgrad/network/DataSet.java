package dev.patchgrad.network;

import java.io.IOException;

/**
 * Samples of k patches in R^p with a label each, as many as there are, which are read a block at a
 * time: what is too large for an array, or for memory.
 *
 * <p>What it holds does not change, and every element and label is finite. Threads may share it, as
 * far as each has a {@link SampleBlock} of its own.
 */
public interface DataSet {
  /**
   * The number of samples.
   *
   * @return n, at least 1
   */
  long n();

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
   * The format that the elements have once they are read.
   *
   * @return the precision
   */
  Precision precision();

  /**
   * Adds samples {@code from} to {@code to - 1} to those that a block has.
   *
   * @param from the first sample, at least 0
   * @param to after the last sample, at most n
   * @param block of this k, p and precision, with room for so many; after a failure of no use until
   *     it is cleared
   * @throws IOException if they cannot be read, or are no longer what they were; the message names
   *     where they lie
   * @throws IllegalArgumentException if an element is not finite, the range is not within 0 to n,
   *     or the block does not fit
   */
  void read(long from, long to, SampleBlock block) throws IOException;

  /**
   * Reads some labels alone.
   *
   * @param from the first sample, at least 0
   * @param count labels; from + count is at most n
   * @param to written, [count] or longer
   * @throws IOException as for {@link #read}
   * @throws IllegalArgumentException if a label is not finite, or the range is not within 0 to n
   */
  void readLabels(long from, int count, double[] to) throws IOException;

  /**
   * Refuses data that are no longer what they were when this was made, as far as one can tell
   * without reading them. To be called before and after a pass over them.
   *
   * @throws IOException naming what changed
   */
  void requireUnchanged() throws IOException;

  /**
   * Refuses a range of samples that is empty or not within 0 to n.
   *
   * @param from the first sample
   * @param to after the last sample
   * @throws IllegalArgumentException naming the range and n
   */
  default void requireRange(long from, long to) {
    if (from < 0 || from >= to || to > n()) {
      throw new IllegalArgumentException(
          "from, to: " + from + ", " + to + " given; expected 0 <= from < to <= n = " + n());
    }
  }

  /**
   * Refuses to read a range of samples into a block that does not fit them.
   *
   * @param from the first sample
   * @param to after the last sample
   * @param block to be of this k, p and precision, with room for so many
   * @throws IllegalArgumentException naming the range or the block, and what was expected
   */
  default void requireFits(long from, long to, SampleBlock block) {
    requireRange(from, to);
    if (block.precision() != precision() || block.k() != k() || block.p() != p()) {
      throw new IllegalArgumentException(
          "block: "
              + block
              + " given; expected "
              + precision().label()
              + ", k = "
              + k()
              + " and p = "
              + p()
              + " of "
              + this);
    }
    if (to - from > block.capacity() - block.size()) {
      throw new IllegalArgumentException(
          "block: " + block + " given; expected room for " + (to - from) + " samples more");
    }
  }
}

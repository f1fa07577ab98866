package dev.patchgrad.network;

import dev.patchgrad.internal.Checks;

/**
 * The order of a batch's elements in memory: [n/L][k][P][L], with L samples side by side and each
 * patch of p elements in the place of P.
 *
 * <p>{@link #ROW_MAJOR}, [n][k][p], is what every user has. L = the lanes of a vector register lets
 * a kernel compute L samples at once without any sum across lanes. P = the next multiple of the
 * lanes puts each patch at the start of a vector. What is padded, whole samples at the end of n or
 * elements at the end of a patch, is zero and adds nothing to any sum.
 *
 * @param lanes L, the samples that lie side by side; at least 1
 * @param multiple P is the next multiple of it from p on; at least 1
 */
public record Layout(int lanes, int multiple) {
  /** [n][k][p]: one sample after the other, one patch after the other. */
  public static final Layout ROW_MAJOR = new Layout(1, 1);

  /** The longest array that every JVM gives, less what {@link CacheLines} leaves unused. */
  static final int MAX_ARRAY_LENGTH = Integer.MAX_VALUE - 64;

  /** Checks the sizes. */
  public Layout {
    if (lanes < 1) {
      throw new IllegalArgumentException("lanes: " + lanes + " given; expected at least 1");
    }
    if (multiple < 1) {
      throw new IllegalArgumentException("multiple: " + multiple + " given; expected at least 1");
    }
  }

  /**
   * [n/L][k][p][L]: L samples side by side.
   *
   * @param lanes L, at least 1
   * @return the layout
   */
  public static Layout interleaved(int lanes) {
    return new Layout(lanes, 1);
  }

  /**
   * [n][k][P]: row-major, each patch padded to a multiple of the lanes.
   *
   * @param multiple what P is a multiple of, at least 1
   * @return the layout
   */
  public static Layout padded(int multiple) {
    return new Layout(1, multiple);
  }

  /**
   * The samples that are stored for n samples, padding included.
   *
   * @param n samples
   * @return the next multiple of the lanes
   */
  public long storedSamples(long n) {
    return (n + lanes - 1) / lanes * lanes;
  }

  /**
   * The elements that are stored for a patch of p, padding included.
   *
   * @param p dimension of a patch
   * @return P
   */
  public long storedElements(long p) {
    return (p + multiple - 1) / multiple * multiple;
  }

  /**
   * The elements that n samples take, refused where no Java array holds them.
   *
   * @param n samples, at least 1
   * @param k patches a sample, at least 1
   * @param p elements a patch, at least 1
   * @return the array's length, padding included
   * @throws IllegalArgumentException if a size is below 1, or the product is too long for an array
   */
  public int arrayLength(int n, int k, int p) {
    Checks.requirePositive("n", n);
    Checks.requirePositive("k", k);
    Checks.requirePositive("p", p);
    long stored = storedSamples(n);
    // k * P < 2^62 fits a long; the product with n may not, so it is compared by division.
    long perSample = k * storedElements(p);
    if (stored > MAX_ARRAY_LENGTH / perSample) {
      throw new IllegalArgumentException(
          "n * k * p: "
              + n
              + " * "
              + k
              + " * "
              + p
              + " in layout "
              + this
              + " needs "
              + java.math.BigInteger.valueOf(stored)
                  .multiply(java.math.BigInteger.valueOf(perSample))
              + " elements; expected at most "
              + MAX_ARRAY_LENGTH
              + ", what a Java array holds");
    }
    return (int) (stored * perSample);
  }

  /** Refuses a range of samples that is empty, not within 0 to n, or cuts between lanes. */
  void requireSlice(int from, int to, int n) {
    if (from < 0 || to > n || from >= to) {
      throw new IllegalArgumentException(
          "from, to: " + from + ", " + to + " given; expected 0 <= from < to <= n = " + n);
    }
    if (from % lanes != 0 || (to != n && to % lanes != 0)) {
      throw new IllegalArgumentException(
          "from, to: "
              + from
              + ", "
              + to
              + " given; expected multiples of "
              + lanes
              + ", or n = "
              + n
              + " as to: in layout "
              + this
              + " so many samples lie side by side");
    }
  }

  @Override
  public String toString() {
    if (equals(ROW_MAJOR)) {
      return "row-major";
    }
    return (lanes > 1 ? "interleaved-" + lanes : "")
        + (lanes > 1 && multiple > 1 ? " " : "")
        + (multiple > 1 ? "padded-" + multiple : "");
  }
}

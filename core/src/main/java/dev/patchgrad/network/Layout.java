package dev.patchgrad.network;

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

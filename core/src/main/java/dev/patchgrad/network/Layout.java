package dev.patchgrad.network;

/**
 * The order of a batch's elements in memory: [n/L][k][p][L], with L samples side by side.
 *
 * <p>L = 1 is row-major [n][k][p], what every user has. L = the lanes of a vector register lets a
 * kernel compute L samples at once without any sum across lanes. Where n is no multiple of L, the
 * last group is padded with samples of zeros, which add nothing to any sum.
 *
 * @param lanes L, the samples that lie side by side; at least 1
 */
public record Layout(int lanes) {
  /** [n][k][p]: one sample after the other. */
  public static final Layout ROW_MAJOR = new Layout(1);

  /** Checks the lanes. */
  public Layout {
    if (lanes < 1) {
      throw new IllegalArgumentException("lanes: " + lanes + " given; expected at least 1");
    }
  }

  /**
   * [n/L][k][p][L]: L samples side by side.
   *
   * @param lanes L, at least 1
   * @return the layout
   */
  public static Layout interleaved(int lanes) {
    return new Layout(lanes);
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

  @Override
  public String toString() {
    return lanes == 1 ? "row-major" : "interleaved-" + lanes;
  }
}

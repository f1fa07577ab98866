package dev.patchgrad.kernel;

import jdk.incubator.vector.DoubleVector;

/** Sums across the lanes of double vectors, in one order on every call. */
final class DoubleLanes {
  private static final int LANES = DoubleVector.SPECIES_PREFERRED.length();

  private DoubleLanes() {}

  /**
   * Sums each of some vectors across its lanes; the sums lie at the array's start. The order of a
   * reduction of the Vector API is open, and the interpreter's is not C2's: this one is the same on
   * every call.
   */
  static void sum(double[] vectors, int count) {
    for (int c = 0; c < count; c++) {
      int at = c * LANES;
      double even = 0;
      double odd = 0;
      for (int lane = 0; lane + 1 < LANES; lane += 2) {
        even += vectors[at + lane];
        odd += vectors[at + lane + 1];
      }
      vectors[c] = LANES == 1 ? vectors[at] : even + odd;
    }
  }
}

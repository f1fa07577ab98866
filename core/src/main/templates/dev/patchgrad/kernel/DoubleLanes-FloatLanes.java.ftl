package dev.patchgrad.kernel;

import jdk.incubator.vector.${Type}Vector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Sums across the lanes of ${type} vectors, in one order on every call. */
final class ${Type}Lanes {
  private static final VectorSpecies<${Type}> SPECIES = ${Type}Vector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private static final VectorShuffle<${Type}> HALVES =
      VectorShuffle.iota(SPECIES, LANES / 2, 1, true);
  private static final VectorShuffle<${Type}> QUARTERS =
      VectorShuffle.iota(SPECIES, LANES / 4, 1, true);
  private static final VectorShuffle<${Type}> EIGHTHS =
      VectorShuffle.iota(SPECIES, LANES / 8, 1, true);
  private static final VectorShuffle<${Type}> SIXTEENTHS =
      VectorShuffle.iota(SPECIES, LANES / 16, 1, true);

  private ${Type}Lanes() {}

  /**
   * Sums each of some vectors across its lanes; the sums lie at the array's start. The order of a
   * reduction of the Vector API is open, and the interpreter's is not C2's: this one, by halves, is
   * the same on every call.
   */
  static void sum(${type}[] vectors, int count) {
    for (int c = 0; c < count; c++) {
      ${Type}Vector sum = ${Type}Vector.fromArray(SPECIES, vectors, c * LANES);
      if (LANES >= 2) {
        sum = sum.add(sum.rearrange(HALVES));
      }
      if (LANES >= 4) {
        sum = sum.add(sum.rearrange(QUARTERS));
      }
      if (LANES >= 8) {
        sum = sum.add(sum.rearrange(EIGHTHS));
      }
      if (LANES >= 16) {
        sum = sum.add(sum.rearrange(SIXTEENTHS));
      }
      vectors[c] = sum.lane(0);
    }
  }
}

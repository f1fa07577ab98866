<#assign parts = {"HALVES": 2, "QUARTERS": 4, "EIGHTHS": 8, "SIXTEENTHS": 16}>
package dev.patchgrad.kernel;

import jdk.incubator.vector.${Type}Vector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** The class of ${type} vectors, and sums across their lanes in one order on every call. */
final class ${Type}Lanes {
  private static final VectorSpecies<${Type}> SPECIES = ${Type}Vector.SPECIES_PREFERRED;

  /**
   * The class that vectors of the species have, to which each is cast before it is stored. {@code
   * intoArray} asks the vector for its species. Where C2 does not know the vector's class, it goes
   * by the classes that this JVM has stored before. Where those are two, as with vectors of half
   * the width, each vector becomes an object.
   */
  static final Class<? extends ${Type}Vector> VECTOR =
      SPECIES.vectorType().asSubclass(${Type}Vector.class);

  private static final int LANES = SPECIES.length();

<#list parts as name, count>
  private static final VectorShuffle<${Type}> ${name} =
      VectorShuffle.iota(SPECIES, LANES / ${count}, 1, true);
</#list>

  private ${Type}Lanes() {}

  /**
   * Sums each of some vectors across its lanes; the sums lie at the array's start. The order of a
   * reduction of the Vector API is open, and the interpreter's is not C2's: this one, by halves, is
   * the same on every call.
   */
  static void sum(${type}[] vectors, int count) {
    for (int c = 0; c < count; c++) {
      ${Type}Vector sum = ${Type}Vector.fromArray(SPECIES, vectors, c * LANES);
<#list parts as name, count>
      if (LANES >= ${count}) {
        sum = sum.add(sum.rearrange(${name}));
      }
</#list>
      vectors[c] = sum.lane(0);
    }
  }
}

<#include "/macros.ftl">
package dev.patchgrad.kernel;

import jdk.incubator.vector.${Type}Vector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Sums across the lanes of ${type} vectors, in one order on every call: by halves. */
final class ${Type}Lanes {
  private static final VectorSpecies<${Type}> SPECIES = ${Type}Vector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /** The length of a vector: 64, 128, 256 or 512. */
  static final int BITS = SPECIES.vectorBitSize();

<#list halves as half>
  /** Moves the upper half of a vector of ${2 * half} bits onto its lower one. */
  static final VectorShuffle<${Type}> UPPER_${half} =
      VectorShuffle.iota(
          ${Type}Vector.SPECIES_${2 * half}, ${half} / SPECIES.elementSize(), 1, true);

</#list>
  private ${Type}Lanes() {}

  /** Sums each of some vectors across its lanes; the sums lie at the array's start. */
  static void sum(${type}[] vectors, int count) {
    for (int c = 0; c < count; c++) {
      ${Type}Vector vector = ${Type}Vector.fromArray(SPECIES, vectors, c * LANES);
<@sumLanes vector="vector" sum="sum" indent="      "/>
      vectors[c] = sum;
    }
  }
}

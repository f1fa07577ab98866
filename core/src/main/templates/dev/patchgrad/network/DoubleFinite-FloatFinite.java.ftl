<#include "/macros.ftl">
package dev.patchgrad.network;

import jdk.incubator.vector.${Type}Vector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Whether numbers are finite, a vector at a time, so that it costs less than reading them did. It
 * is loaded where there is a Vector API alone.
 */
final class ${Type}Finite {
  private static final VectorSpecies<${Type}> SPECIES = ${Type}Vector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private ${Type}Finite() {}

  /**
   * By products with 0, which are 0 for a number that is finite, and NaN for any other. A NaN stays
   * in the sum.
   */
  static boolean areFinite(${type}[] values, int from, int to) {
    // Sums side by side, so that none waits for its last addition.
<#list 0..3 as sum>
    var s${sum} = ${Type}Vector.zero(SPECIES);
</#list>
    int i = from;
    for (; i <= to - 4 * LANES; i += 4 * LANES) {
<#list 0..3 as sum>
      s${sum} = s${sum}.add(${Type}Vector.fromArray(SPECIES, values, i${plus(sum, "LANES")}).mul(0));
</#list>
    }
    ${type} rest = s0.add(s1).add(s2.add(s3)).reduceLanes(jdk.incubator.vector.VectorOperators.ADD);
    for (; i < to; i++) {
      rest += values[i] * 0;
    }
    return rest == 0;
  }
}

<#assign sums = 12>
package dev.patchgrad.bench.roof;

import jdk.incubator.vector.${Type}Vector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops of fused multiply-adds in ${type} that have nothing to load and nothing to wait for: what
 * the multipliers can do at most.
 *
 * <p>${sums} sums at once, each with one operation under way: a processor that starts two a cycle and
 * takes four or five cycles for one needs 8 to 10, and 16 registers hold ${sums} and both factors. What
 * is multiplied stays, and the sum is what is added to, as in a gradient: the other way round the
 * compiler copies a register before each operation, and a Zen 3 lost 40 % of its peak (2026-11-24,
 * this suite). Each sum starts elsewhere, or the compiler would compute one for all. A method has
 * one species for good: a species that varies would be boxed.
 */
public final class ${Type}FmaLoops {
  /** Sums that a loop keeps. */
  static final int SUMS = ${sums};

  private static final VectorSpecies<${Type}> S128 = ${Type}Vector.SPECIES_128;
  private static final VectorSpecies<${Type}> S256 = ${Type}Vector.SPECIES_256;
  private static final VectorSpecies<${Type}> S512 = ${Type}Vector.SPECIES_512;

  private ${Type}FmaLoops() {}

  /**
   * One lane.
   *
   * @param rounds of ${sums} operations
   * @param start of the first sum
   * @param x first factor of each product
   * @param y second factor
   * @return all sums together
   */
  public static ${type} scalar(int rounds, ${type} start, ${type} x, ${type} y) {
  <#list 0..<sums as sum>
    ${type} s${sum} = start + ${sum};
  </#list>
    for (int i = 0; i < rounds; i++) {
  <#list 0..<sums as sum>
      s${sum} = Math.fma(x, y, s${sum});
  </#list>
    }
    return <#list 0..<sums as sum>s${sum}<#sep> + </#list>;
  }
<#list [128, 256, 512] as bits>

  /**
   * Vectors of ${bits} bits.
   *
   * @param rounds of ${sums} operations
   * @param start of the first sum
   * @param x first factor of each product
   * @param y second factor
   * @return all sums together
   */
  public static ${type} vectors${bits}(int rounds, ${type} start, ${type} x, ${type} y) {
    ${Type}Vector xs = ${Type}Vector.broadcast(S${bits}, x);
    ${Type}Vector ys = ${Type}Vector.broadcast(S${bits}, y);
  <#list 0..<sums as sum>
    ${Type}Vector s${sum} = ${Type}Vector.broadcast(S${bits}, start + ${sum});
  </#list>
    for (int i = 0; i < rounds; i++) {
  <#list 0..<sums as sum>
      s${sum} = xs.fma(ys, s${sum});
  </#list>
    }
    return s0
  <#list 1..<sums as sum>
        .add(s${sum})
  </#list>
        .reduceLanes(VectorOperators.ADD);
  }
</#list>
}

<#include "/macros.ftl">
package dev.patchgrad.bench.roof;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.CompilerControl;

/**
 * Loops that read an array and do no more than the compiler needs to keep each load: one addition,
 * which most processors of today start as often as a load. 16 sums at once, so that no addition
 * waits for another, and as many registers as the smallest vector instruction sets have; the loads
 * are operands of the additions and need none.
 *
 * <p>Additions were no slower than bitwise or, and 16 sums 7 % faster than 8 in L1, on a Zen 3
 * (2026-11-24, throw-away loops). Four streams were 30 % faster than one in DRAM, where each keeps
 * a prefetcher busy, and 30 % slower in L2: a roof is the faster of the two.
 *
 * <p>No loop is inlined into the loop over passes: it is compiled by itself, as it is tuned here.
 */
public final class ReadLoops {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /** Elements that a turn of the loop reads. */
  static final int BLOCK = 16 * LANES;

  private ReadLoops() {}
<#list ["oneStream", "fourStreams"] as method>
  <#assign one = method == "oneStream">

  /**
   * ${one?then("From the first to the last.", "A quarter each, side by side.")}
   *
   * @param elements to read
   * @param from index of the first
   * @param length how many; a multiple of {@link #BLOCK}
   * @return their sum
   */
  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  public static double ${method}(double[] elements, int from, int length) {
    DoubleVector zero = DoubleVector.zero(SPECIES);
  <#list 0..15 as sum>
    DoubleVector s${sum} = zero;
  </#list>
  <#if one>
    int end = from + length;
    for (int i = from; i < end; i += 16 * LANES) {
    <#list 0..15 as sum>
      s${sum} = s${sum}.add(DoubleVector.fromArray(SPECIES, elements, i${plus(sum, "LANES")}));
    </#list>
    }
  <#else>
    int part = length / 4;
    int end = from + part;
    for (int i = from; i < end; i += 4 * LANES) {
    <#list 0..3 as stream>
      <#list 0..3 as vector>
      s${4 * stream + vector} =
          s${4 * stream + vector}.add(
              DoubleVector.fromArray(SPECIES, elements, i${plus(stream, "part")}${plus(vector, "LANES")}));
      </#list>
    </#list>
    }
  </#if>
    return s0
  <#list 1..15 as sum>
        .add(s${sum})
  </#list>
        .reduceLanes(VectorOperators.ADD);
  }
</#list>
}

<#include "/macros.ftl">
package dev.patchgrad.kernel;

import dev.patchgrad.network.${Type}Batch;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import jdk.incubator.vector.${Type}Vector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Patches padded to whole vectors, each loaded once: z, w and the sample's sum s stay in registers.
 *
 * <p>Holds for patches of up to eight vectors, three times eight of the 32 registers of AVX-512.
 * Longer patches go as in the vector kernel. The padded layout has no tails, and puts every vector
 * of a large batch on a cache line.
 */
final class ${Type}SingleTouchKernel extends RangeKernel {
  static final String NAME = "single-touch";

  private static final VectorSpecies<${Type}> SPECIES = ${Type}Rows.SPECIES;
  private static final Class<? extends ${Type}Vector> VECTOR = ${Type}Lanes.VECTOR;
  private static final int LANES = ${Type}Rows.LANES;

  /** Vectors of the longest patch that is kept in registers. */
  private static final int MOST_VECTORS = 8;

  private final ${Type}Rows rows = new ${Type}Rows();

  ${Type}SingleTouchKernel() {
    super(NAME, Precision.${TYPE}, Layout.padded(${Type}Rows.LANES));
  }

  @Override
  public String resolved() {
    return ${Type}Rows.LANES + " lanes of " + ${Type}Rows.SPECIES.elementSize() + " bits";
  }

  @Override
  void accumulate(PatchBatch batch, int from, int to, Parameters parameters, RunningSums sums) {
    ${Type}Batch typed = (${Type}Batch) batch;
    ${type}[] patches = typed.patches();
    ${type}[] labels = typed.labels();
    int k = batch.k();
    int p = (int) layout().storedElements(batch.p());
    rows.set(k, p, parameters);
    int block = rows.blockSamples();
    boolean fits = p <= MOST_VECTORS * LANES;
    for (int first = from; first < to; first += block) {
      int end = Math.min(to, first + block);
      rows.startBlock();
      if (fits) {
        for (int i = first; i < end; i++) {
          inRegisters(patches, batch.offset() + i * k * p, k, p);
          rows.finishSample(labels[i]);
        }
      } else {
        rows.addSamples(patches, batch.offset(), labels, first, end, p);
      }
      rows.addTo(sums);
    }
  }

  private void inRegisters(${type}[] patches, int base, int k, int p) {
    ${type}[] w = rows.w;
    ${type}[] a = rows.a;
    ${type}[] dots = rows.hidden;
    ${type}[] sample = rows.sample;
    switch (p / LANES) {
<#list 1..7 as vectors>
      case ${vectors} -> sample${vectors}(patches, base, k, w, a, dots, sample);
</#list>
      default -> sample8(patches, base, k, w, a, dots, sample);
    }
  }
<#list 1..8 as vectors>

  /** Patches of ${vectors} vector${(vectors > 1)?then("s", "")}. */
  private static void sample${vectors}(
      ${type}[] patches, int base, int k, ${type}[] w, ${type}[] a, ${type}[] dots, ${type}[] sample) {
    ${Type}Vector zero = ${Type}Vector.zero(SPECIES);
  <#list 0..<vectors as c>
    ${Type}Vector w${c} = ${Type}Vector.fromArray(SPECIES, w, ${times(c, "LANES")});
    ${Type}Vector s${c} = zero;
  </#list>
    for (int j = 0; j < k; j++) {
      int patch = base + j * ${times(vectors, "LANES")};
  <#list 0..<vectors as c>
      ${Type}Vector z${c} = ${Type}Vector.fromArray(SPECIES, patches, patch${plus(c, "LANES")});
  </#list>
  <#list 0..<vectors as c>
    <#if c < 2>
      ${Type}Vector ${turn(c)} = w${c}.mul(z${c});
    <#else>
      ${turn(c)} = w${c}.fma(z${c}, ${turn(c)});
    </#if>
  </#list>
      ${type} dot = even${(vectors > 1)?then(".add(odd)", "")}.reduceLanes(VectorOperators.ADD);
      dots[j] = dot;
      ${Type}Vector weight =
          zero.blend(
              ${Type}Vector.broadcast(SPECIES, a[j]),
              ${Type}Vector.broadcast(SPECIES, dot).compare(VectorOperators.GT, zero));
  <#list 0..<vectors as c>
      s${c} = weight.fma(z${c}, s${c});
  </#list>
    }
  <#list 0..<vectors as c>
    VECTOR.cast(s${c}).intoArray(sample, ${times(c, "LANES")});
  </#list>
  }
</#list>
}

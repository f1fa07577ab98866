<#include "/macros.ftl">
package dev.patchgrad.kernel;

import dev.patchgrad.network.${Type}Batch;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import java.util.Arrays;
import jdk.incubator.vector.${Type}Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * As many samples at once as a vector has lanes, in layout [n/L][k][p][L]: no sum across lanes.
 *
 * <p>For p = 8 and 4 a patch, the filter and the group's sum s stay in registers, and each element
 * is loaded once; where registers are few, p = 8 takes two passes over a group, and for a batch
 * that comes from memory four groups side by side. For any other p, eight or four patches share
 * each load of w and of s, and are read twice: once for the dot products, once, gated, for s.
 */
final class ${Type}InterleavedKernel extends RangeKernel implements ResumableKernel {
  static final String NAME = "interleaved";

  private static final VectorSpecies<${Type}> SPECIES = ${Type}Vector.SPECIES_PREFERRED;
  private static final Class<? extends ${Type}Vector> VECTOR = ${Type}Lanes.VECTOR;
  private static final int LANES = SPECIES.length();

  /** Samples whose sums are kept in ${type} before they are added to the double sums. */
  private static final int BLOCK = 64 * LANES;

  /**
   * Elements of a tile of eight patches: a third of an L1 cache of 48 KiB, else four patches do.
   */
  private static final int TILE_ELEMENTS = 16 * 1024 / (SPECIES.elementSize() / Byte.SIZE);

  /**
   * Without AVX-512 there are 16 vector registers: w, z and s of p = 8 do not fit at once. Measured
   * on a Zen 3 (AVX2, 2026-11-24, paired rounds, Z in L2, p/k 8/16): two passes over a group reach
   * 1.3 times the throughput of two patches at a time that share the loads of w.
   */
  private static final boolean FEW_REGISTERS = SPECIES.vectorBitSize() <= 256;

  /**
   * Bytes of patches from which on they are taken to come from memory. Measured in paired rounds at
   * p/k 8/16: on a Zen 3 (AVX2, 2026-11-24) four groups side by side have 0.8 times the throughput
   * of two passes at 2 and 4 MiB, 1.1 at 8 MiB, 1.3 to 1.5 from 16 MiB on. On a Zen 4 (AVX-512, L3
   * of 32 MiB, 2026-11-25) they have 0.6 to 0.7 times that of one pass at 8 and 16 MiB, 1.0 at 32
   * MiB, 1.0 in double and 1.1 in float at 128 MiB, and 1.6 there at p/k 8/64.
   */
  private static final long FAR_BYTES = (FEW_REGISTERS ? 8L : 64L) << 20;

  /** How far apart four groups lie that are taken side by side: pages enough for a stream each. */
  private static final int STREAM_ELEMENTS = 64 * 1024 / (SPECIES.elementSize() / Byte.SIZE);

  private final long farBytes;
  private final boolean fewRegisters;
  private ${type}[] w = new ${type}[0];
  private ${type}[] a = new ${type}[0];
  private ${type}[] hidden = new ${type}[0];
  private ${type}[] sample = new ${type}[0];
  private ${type}[] filterSum = new ${type}[0];
  private ${type}[] weightSum = new ${type}[0];
  private final ${type}[] output = new ${type}[4 * LANES];
  private final ${type}[] residuals = new ${type}[4 * LANES];
  private final ${type}[] squares = new ${type}[LANES];

  /** Samples whose sums are in the lanes. */
  private int summed;

  ${Type}InterleavedKernel() {
    this(FAR_BYTES, FEW_REGISTERS);
  }

  /**
   * A kernel that takes a batch to come from memory sooner or later than is best, and the machine
   * to have few or many registers, whatever it has.
   *
   * @param farBytes from how many bytes of patches on
   * @param fewRegisters whether there are 16, else the 32 of AVX-512
   */
  ${Type}InterleavedKernel(long farBytes, boolean fewRegisters) {
    super(NAME, Precision.${TYPE}, Layout.interleaved(LANES));
    this.farBytes = farBytes;
    this.fewRegisters = fewRegisters;
  }

  @Override
  public String resolved() {
    return LANES + " lanes of " + SPECIES.elementSize() + " bits";
  }

  @Override
  void accumulate(PatchBatch batch, int from, int to, Parameters parameters, RunningSums sums) {
    long bytes = (long) (to - from) * batch.k() * batch.p() * batch.precision().bytes();
    start(parameters);
    add(batch, from, to, bytes >= farBytes, sums);
    end(sums);
  }

  @Override
  public void start(Parameters parameters) {
    reserve(parameters.a().length, parameters.w().length);
    parameters.copyFilter(w);
    parameters.copyWeights(a);
    clear();
  }

  @Override
  public void add(PatchBatch batch, int from, int to, RunningSums sums) {
    // Parts come back for other students, and are chosen to stay in a cache meanwhile.
    add(batch, from, to, false, sums);
  }

  private void add(PatchBatch batch, int from, int to, boolean far, RunningSums sums) {
    int first = from;
    while (first < to) {
      int end = Math.min(to, first + BLOCK - summed);
      groups((${Type}Batch) batch, first, end, far, a.length, w.length);
      summed += end - first;
      if (summed == BLOCK) {
        end(sums);
        clear();
      }
      first = end;
    }
  }

  @Override
  public void end(RunningSums sums) {
    if (summed == 0) {
      return;
    }
    for (${type} square : squares) {
      sums.addSquares(square);
    }
    ${Type}Lanes.sum(filterSum, w.length);
    sums.addFilter(filterSum);
    ${Type}Lanes.sum(weightSum, a.length);
    sums.addWeights(weightSum);
  }

  private void clear() {
    summed = 0;
    Arrays.fill(squares, 0);
    Arrays.fill(filterSum, 0);
    Arrays.fill(weightSum, 0);
  }

  private void reserve(int k, int p) {
    if (a.length != k) {
      a = new ${type}[k];
      hidden = new ${type}[4 * k * LANES];
      weightSum = new ${type}[k * LANES];
    }
    if (w.length != p) {
      w = new ${type}[p];
      sample = new ${type}[(p == 8 ? 4 : 1) * p * LANES];
      filterSum = new ${type}[p * LANES];
    }
  }

  private void groups(${Type}Batch batch, int from, int to, boolean far, int k, int p) {
    ${type}[] patches = batch.patches();
    ${type}[] labels = batch.labels();
    int first = batch.offset();
    if (p == 8) {
      int near = far ? streams8(patches, first, labels, from, to, k) : from;
      if (fewRegisters) {
        passes8(patches, first, labels, near, to, k, w, a, hidden, squares, filterSum, weightSum);
      } else {
        groups8(
            patches, first, labels, near, to, k, w, a, hidden, residuals, squares, filterSum,
            weightSum);
      }
    } else if (p == 4) {
      groups4(patches, first, labels, from, to, k, w, a, hidden, squares, filterSum, weightSum);
    } else {
      boolean eight = 8 * p * LANES <= TILE_ELEMENTS;
      for (int i = from; i < to; i += LANES) {
        group(patches, first + i * k * p, k, p, eight);
        finish(labels, i, 0, k, p, output, hidden, sample, squares, filterSum, weightSum);
      }
    }
  }

  /** One group of samples; the sums over its patches are left in hidden, sample and output. */
  private void group(${type}[] patches, int base, int k, int p, boolean eight) {
    Arrays.fill(sample, 0);
    Arrays.fill(output, 0);
    int patch = p * LANES;
    int j = 0;
    if (eight) {
      for (; j + 8 <= k; j += 8) {
        tile8(patches, base + j * patch, p, w, a, j, hidden, sample, output);
      }
    }
    for (; j + 4 <= k; j += 4) {
      tile4(patches, base + j * patch, p, w, a, j, hidden, sample, output);
    }
    for (; j < k; j++) {
      tile1(patches, base + j * patch, p, w, a, j, hidden, sample, output);
    }
  }

<#-- What the methods that take whole groups of samples are given. -->
<#macro groupParameters residuals=false>
      ${type}[] patches,
      int first,
      ${type}[] labels,
      int from,
      int to,
      int k,
      ${type}[] w,
      ${type}[] a,
      ${type}[] hidden,
  <#if residuals>
      ${type}[] residuals,
  </#if>
      ${type}[] squares,
      ${type}[] filterSum,
      ${type}[] weightSum) {
</#macro>
<#list [8, 4] as p>
  <#assign waits = p == 8>
  /** All of k patches with p = ${p}: z, w and the group's sum never leave the registers. */
  private static void groups${p}(
<@groupParameters residuals=waits/>
    ${Type}Vector zero = ${Type}Vector.zero(SPECIES);
  <#list 0..<p as c>
    ${Type}Vector w${c} = ${Type}Vector.broadcast(SPECIES, w[${c}]);
  </#list>
  <#if waits>
    int waiting = 0;
  </#if>
    for (int i = from; i < to; i += LANES) {
      int base = first + i * k * ${p};
  <#if waits>
      int relus = waiting * k * LANES;
  </#if>
  <#list 0..<p as c>
      ${Type}Vector s${c} = zero;
  </#list>
      ${Type}Vector output = zero;
      for (int j = 0; j < k; j++) {
        int patch = base + j * ${p} * LANES;
  <#list 0..<p as c>
        ${Type}Vector z${c} = ${Type}Vector.fromArray(SPECIES, patches, patch${plus(c, "LANES")});
  </#list>
        ${Type}Vector even = w0.mul(z0);
        ${Type}Vector odd = w1.mul(z1);
  <#list 2..<p as c>
        ${turn(c)} = w${c}.fma(z${c}, ${turn(c)});
  </#list>
        ${Type}Vector dot = even.add(odd);
        VectorMask<${Type}> open = dot.compare(VectorOperators.GT, zero);
        ${Type}Vector weight = zero.blend(${Type}Vector.broadcast(SPECIES, a[j]), open);
        ${Type}Vector relu = zero.blend(dot, open);
        VECTOR.cast(relu).intoArray(hidden, ${waits?then("relus + ", "")}j * LANES);
        output = weight.fma(relu, output);
  <#list 0..<p as c>
        s${c} = weight.fma(z${c}, s${c});
  </#list>
      }
      ${Type}Vector residual = output.sub(${Type}Vector.fromArray(SPECIES, labels, i));
      VECTOR
          .cast(residual.fma(residual, ${Type}Vector.fromArray(SPECIES, squares, 0)))
          .intoArray(squares, 0);
  <#list 0..<p as c>
      VECTOR
          .cast(
              residual.fma(
                  s${c},
                  ${Type}Vector.fromArray(SPECIES, filterSum, ${times(c, "LANES")})))
          .intoArray(filterSum, ${times(c, "LANES")});
  </#list>
  <#if waits>
      VECTOR.cast(residual).intoArray(residuals, waiting * LANES);
      waiting++;
      if (waiting == 4) {
        addWeights4(k, hidden, residuals, weightSum);
        waiting = 0;
      }
    }
    for (int group = 0; group < waiting; group++) {
      addWeights(k, hidden, group * k * LANES, residuals, group * LANES, weightSum);
    }
  <#else>
      for (int j = 0; j < k; j++) {
        VECTOR
            .cast(
                residual.fma(
                    ${Type}Vector.fromArray(SPECIES, hidden, j * LANES),
                    ${Type}Vector.fromArray(SPECIES, weightSum, j * LANES)))
            .intoArray(weightSum, j * LANES);
      }
    }
  </#if>
  }

</#list>
  /**
   * Four groups share each load and store of the weights' sums: a store of 64 bytes takes two
   * cycles.
   */
  private static void addWeights4(int k, ${type}[] hidden, ${type}[] residuals, ${type}[] weightSum) {
  <#list 0..3 as group>
    ${Type}Vector residual${group} = ${Type}Vector.fromArray(SPECIES, residuals, ${times(group, "LANES")});
  </#list>
    int group = k * LANES;
    for (int j = 0; j < group; j += LANES) {
      ${Type}Vector sum = ${Type}Vector.fromArray(SPECIES, weightSum, j);
  <#list 0..3 as group>
      sum = residual${group}.fma(${Type}Vector.fromArray(SPECIES, hidden, ${before(group, "group")}j), sum);
  </#list>
      VECTOR.cast(sum).intoArray(weightSum, j);
    }
  }

  /** One group's part of the weights' sums. */
  private static void addWeights(
      int k, ${type}[] hidden, int relus, ${type}[] residuals, int at, ${type}[] weightSum) {
    ${Type}Vector residual = ${Type}Vector.fromArray(SPECIES, residuals, at);
    for (int j = 0; j < k * LANES; j += LANES) {
      VECTOR
          .cast(
              residual.fma(
                  ${Type}Vector.fromArray(SPECIES, hidden, relus + j),
                  ${Type}Vector.fromArray(SPECIES, weightSum, j)))
          .intoArray(weightSum, j);
    }
  }

  /**
   * Patches with p = 8 where w, z and s do not fit in the registers at once: w does while the dot
   * products of a group are taken, and the filter's sum while its patches are added, from L1,
   * weighted by residuals that are known by then.
   */
  private static void passes8(
<@groupParameters/>
    ${Type}Vector zero = ${Type}Vector.zero(SPECIES);
    for (int i = from; i < to; i += LANES) {
      int base = first + i * k * 8;
  <#list 0..7 as c>
      ${Type}Vector w${c} = ${Type}Vector.broadcast(SPECIES, w[${c}]);
  </#list>
      ${Type}Vector output = zero;
      for (int j = 0; j < k; j++) {
        int patch = base + j * 8 * LANES;
        ${Type}Vector even = w0.mul(${Type}Vector.fromArray(SPECIES, patches, patch));
        ${Type}Vector odd = w1.mul(${Type}Vector.fromArray(SPECIES, patches, patch + LANES));
  <#list 2..7 as c>
        ${turn(c)} = w${c}.fma(${Type}Vector.fromArray(SPECIES, patches, patch + ${c} * LANES), ${turn(c)});
  </#list>
        ${Type}Vector dot = even.add(odd);
        ${Type}Vector relu = zero.blend(dot, dot.compare(VectorOperators.GT, zero));
        VECTOR.cast(relu).intoArray(hidden, j * LANES);
        output = relu.fma(${Type}Vector.broadcast(SPECIES, a[j]), output);
      }
      ${Type}Vector residual = output.sub(${Type}Vector.fromArray(SPECIES, labels, i));
      VECTOR
          .cast(residual.fma(residual, ${Type}Vector.fromArray(SPECIES, squares, 0)))
          .intoArray(squares, 0);
  <#list 0..7 as c>
      ${Type}Vector s${c} = ${Type}Vector.fromArray(SPECIES, filterSum, ${times(c, "LANES")});
  </#list>
      for (int j = 0; j < k; j++) {
        int patch = base + j * 8 * LANES;
        ${Type}Vector relu = ${Type}Vector.fromArray(SPECIES, hidden, j * LANES);
        VECTOR
            .cast(residual.fma(relu, ${Type}Vector.fromArray(SPECIES, weightSum, j * LANES)))
            .intoArray(weightSum, j * LANES);
        ${Type}Vector weight =
            zero.blend(
                residual.mul(${Type}Vector.broadcast(SPECIES, a[j])),
                relu.compare(VectorOperators.GT, zero));
  <#list 0..7 as c>
        s${c} = weight.fma(${Type}Vector.fromArray(SPECIES, patches, patch${plus(c, "LANES")}), s${c});
  </#list>
      }
  <#list 0..7 as c>
      VECTOR.cast(s${c}).intoArray(filterSum, ${times(c, "LANES")});
  </#list>
    }
  }

  /**
   * Samples with p = 8 that come from memory, four groups side by side; gives the first sample that
   * is left over.
   *
   * <p>Each group is a stream of its own for the hardware, which fetches ahead within a page. A
   * patch is added to its group's sum as soon as its dot product is there, so that what is fetched
   * is asked for evenly: dot products first and sums later leave the memory idle meanwhile.
   */
  private int streams8(${type}[] patches, int first, ${type}[] labels, int from, int to, int k) {
    int size = k * 8;
    int groups = (to - from) / LANES;
    int distance = FourStreams.distance(groups, size * LANES, STREAM_ELEMENTS) * LANES;
    int i = from;
    while (distance > 0 && i + 4 * distance <= to) {
      for (int end = i + distance; i < end; i += LANES) {
        Arrays.fill(sample, 0);
        Arrays.fill(output, 0);
        tiles8(patches, first + i * size, distance * size, k, w, a, hidden, sample, output);
        for (int group = 0; group < 4; group++) {
          int at = i + group * distance;
          finish(labels, at, group, k, 8, output, hidden, sample, squares, filterSum, weightSum);
        }
      }
      i += 3 * distance;
    }
    return i;
  }

  /** Four groups of samples with p = 8, a patch of each at a time; w stays in registers. */
  private static void tiles8(
      ${type}[] patches,
      int base,
      int distance,
      int k,
      ${type}[] w,
      ${type}[] a,
      ${type}[] hidden,
      ${type}[] sample,
      ${type}[] output) {
    ${Type}Vector zero = ${Type}Vector.zero(SPECIES);
  <#list 0..7 as c>
    ${Type}Vector w${c} = ${Type}Vector.broadcast(SPECIES, w[${c}]);
  </#list>
    for (int j = 0; j < k; j++) {
      for (int group = 0; group < 4; group++) {
        int patch = base + group * distance + j * 8 * LANES;
        ${Type}Vector dot = w0.mul(${Type}Vector.fromArray(SPECIES, patches, patch));
  <#list 1..7 as c>
        dot = w${c}.fma(${Type}Vector.fromArray(SPECIES, patches, patch${plus(c, "LANES")}), dot);
  </#list>
        VectorMask<${Type}> open = dot.compare(VectorOperators.GT, zero);
        ${Type}Vector weight = zero.blend(${Type}Vector.broadcast(SPECIES, a[j]), open);
        ${Type}Vector relu = zero.blend(dot, open);
        VECTOR.cast(relu).intoArray(hidden, (group * k + j) * LANES);
        VECTOR
            .cast(weight.fma(relu, ${Type}Vector.fromArray(SPECIES, output, group * LANES)))
            .intoArray(output, group * LANES);
        int sum = group * 8 * LANES;
        for (int c = 0; c < 8 * LANES; c += LANES) {
          VECTOR
              .cast(
                  weight.fma(
                      ${Type}Vector.fromArray(SPECIES, patches, patch + c),
                      ${Type}Vector.fromArray(SPECIES, sample, sum + c)))
              .intoArray(sample, sum + c);
        }
      }
    }
  }

<#list [8, 4, 1] as count>
  /** Adds ${(count == 1)?then("one patch", count + " patches")} of a group of samples to its sums. */
  private static void tile${count}(
      ${type}[] z,
      int base,
      int p,
      ${type}[] w,
      ${type}[] a,
      int j,
      ${type}[] hidden,
      ${type}[] sample,
      ${type}[] output) {
    ${Type}Vector zero = ${Type}Vector.zero(SPECIES);
  <#list 0..<count as q>
    <#if q gt 0>
    int base${q} = base + ${times(q, "p * LANES")};
    </#if>
    ${Type}Vector dot${q} = zero;
  </#list>
  <#if count == 8>
    // In one loop eight addresses do not fit the registers: C2 would load each before its patch.
  </#if>
  <#list (0..<count)?chunk(4) as four>
    for (int c = 0; c < p; c++) {
      ${Type}Vector filter = ${Type}Vector.broadcast(SPECIES, w[c]);
    <#list four as q>
      dot${q} = filter.fma(${Type}Vector.fromArray(SPECIES, z, base${numbered(q)} + c * LANES), dot${q});
    </#list>
    }
  </#list>
    ${Type}Vector sum = ${Type}Vector.fromArray(SPECIES, output, 0);
  <#list 0..<count as q>
    VectorMask<${Type}> open${q} = dot${q}.compare(VectorOperators.GT, zero);
    ${Type}Vector weight${q} = zero.blend(${Type}Vector.broadcast(SPECIES, a[j${more(q)}]), open${q});
    ${Type}Vector relu${q} = zero.blend(dot${q}, open${q});
    VECTOR.cast(relu${q}).intoArray(hidden, ${further("j", q)} * LANES);
    sum = weight${q}.fma(relu${q}, sum);
  </#list>
    VECTOR.cast(sum).intoArray(output, 0);
    for (int c = 0; c < p; c++) {
      ${Type}Vector total = ${Type}Vector.fromArray(SPECIES, sample, c * LANES);
  <#list 0..<count as q>
      total = weight${q}.fma(${Type}Vector.fromArray(SPECIES, z, base${numbered(q)} + c * LANES), total);
  </#list>
      VECTOR.cast(total).intoArray(sample, c * LANES);
    }
  }

</#list>
  /** Adds the sums of one of the groups at hand, weighted by its residuals. */
  private static void finish(
      ${type}[] labels,
      int i,
      int group,
      int k,
      int p,
      ${type}[] output,
      ${type}[] hidden,
      ${type}[] sample,
      ${type}[] squares,
      ${type}[] filterSum,
      ${type}[] weightSum) {
    ${Type}Vector residual =
        ${Type}Vector.fromArray(SPECIES, output, group * LANES)
            .sub(${Type}Vector.fromArray(SPECIES, labels, i));
    VECTOR
        .cast(residual.fma(residual, ${Type}Vector.fromArray(SPECIES, squares, 0)))
        .intoArray(squares, 0);
    for (int j = 0; j < k; j++) {
      VECTOR
          .cast(
              residual.fma(
                  ${Type}Vector.fromArray(SPECIES, hidden, (group * k + j) * LANES),
                  ${Type}Vector.fromArray(SPECIES, weightSum, j * LANES)))
          .intoArray(weightSum, j * LANES);
    }
    for (int c = 0; c < p; c++) {
      VECTOR
          .cast(
              residual.fma(
                  ${Type}Vector.fromArray(SPECIES, sample, (group * p + c) * LANES),
                  ${Type}Vector.fromArray(SPECIES, filterSum, c * LANES)))
          .intoArray(filterSum, c * LANES);
    }
  }
}

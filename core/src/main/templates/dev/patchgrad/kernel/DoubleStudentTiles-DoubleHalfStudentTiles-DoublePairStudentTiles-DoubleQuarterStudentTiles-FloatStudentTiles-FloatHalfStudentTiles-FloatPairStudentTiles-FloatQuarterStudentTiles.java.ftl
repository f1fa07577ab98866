<#include "/macros.ftl">
<#-- Tiles of two vectors of students; of one, or two half vectors, for half as many; of one half vector, for a quarter. -->
<#assign quarter = class?contains("Quarter")>
<#assign pair = class?contains("Pair")>
<#assign narrow = quarter || class?contains("Half")>
<#assign halves = narrow?then([0], [0, 1])>
package dev.patchgrad.kernel;

import jdk.incubator.vector.${Type}Vector;
import jdk.incubator.vector.VectorOperators;
<#if quarter || pair>
import jdk.incubator.vector.VectorShape;
</#if>
import jdk.incubator.vector.VectorSpecies;

<#if narrow>
/**
 * Register tiles of the kernel for many students: one <#if quarter>vector of half the width<#else>vector</#if> of students, where there are no more.
 *
 * <p>Eight patches are 8 sums, as many as two units of latency 4 need. With twelve, C2 had no
 * register left for their addresses, and the tile took longer. Sixteen coordinates of a row have one
 * address: where there are 32 registers, they are 16 sums.
 */
<#elseif pair>
/**
 * Register tiles of the kernel for many students: two vectors of half the width, in place of one.
 *
 * <p>A broadcast then serves two multiply-adds. A core that takes a vector of 64 bytes in two turns,
 * in its multiply-adds as in its loads, is bound by the broadcasts otherwise.
 */
<#else>
/**
 * Register tiles of the kernel for many students: two vectors of students side by side.
 *
 * <p>Six patches by two vectors are 12 sums; with the two vectors that they share and one broadcast
 * they fill 15 of the 16 registers of AVX2. A step is 12 multiply-adds on 8 loads, where a core does
 * two of each in a cycle: the multiply-adds bind, and 12 sums are more than the 8 that two units of
 * latency 4 need. Five coordinates by two vectors are 10 sums: with a sixth, C2 kept one of the 12
 * in memory, and the tile took twice as long.
 */
</#if>
final class ${class} {
<#if quarter || pair>
  static final VectorSpecies<${Type}> SPECIES =
      VectorSpecies.of(
          ${type}.class,
          VectorShape.forBitSize(Math.max(64, ${Type}Vector.SPECIES_PREFERRED.vectorBitSize() / 2)));
<#else>
  static final VectorSpecies<${Type}> SPECIES = ${Type}Vector.SPECIES_PREFERRED;
</#if>

  /** As {@link ${Type}Lanes#VECTOR}, of this width. */
  private static final Class<? extends ${Type}Vector> VECTOR =
      SPECIES.vectorType().asSubclass(${Type}Vector.class);

  static final int LANES = SPECIES.length();

  /** Students of a tile. */
  static final int WIDTH = <#if narrow>LANES<#else>2 * LANES</#if>;

  private ${class}() {}

<#list narrow?then([8, 4], [6, 4]) as count>
  /**
   * Tiles of ${inWords(count)} patches, one after the other: h [${count}][WIDTH] = their dot products with a tile's
   * filters.
   */
  static void dots${count}(
      ${type}[] z,
      int base,
      int stride,
      int length,
      int tiles,
      ${type}[] w,
      int filter,
      ${type}[] h,
      int hidden) {
    for (int tile = 0; tile < tiles; tile++) {
      int base0 = base + tile * ${count} * stride;
      int at = hidden + tile * ${count} * WIDTH;
  <#list 1..<count as q>
      int base${q} = base${q - 1} + stride;
  </#list>
  <#list 0..<count as q>
    <#list halves as half>
      ${Type}Vector h${q}${half} = ${Type}Vector.zero(SPECIES);
    </#list>
  </#list>
      for (int c = 0; c < length; c++) {
  <#list halves as half>
        ${Type}Vector w${half} = ${Type}Vector.fromArray(SPECIES, w, filter + c * WIDTH${plus(half, "LANES")});
  </#list>
  <#list 0..<count as q>
        ${Type}Vector z${q} = ${Type}Vector.broadcast(SPECIES, z[base${q} + c]);
    <#list halves as half>
        h${q}${half} = w${half}.fma(z${q}, h${q}${half});
    </#list>
  </#list>
      }
  <#list 0..<count as q>
    <#list halves as half>
      VECTOR.cast(h${q}${half}).intoArray(h, at${plus(q, "WIDTH")}${plus(half, "LANES")});
    </#list>
  </#list>
    }
  }

</#list>
  /** h [WIDTH] = the dot products of one patch with a tile's filters. */
  static void dots1(
      ${type}[] z, int base, int length, ${type}[] w, int filter, ${type}[] h, int hidden) {
    ${Type}Vector h00 = ${Type}Vector.zero(SPECIES);
  <#if !narrow>
    ${Type}Vector h01 = h00;
  </#if>
  <#list 1..3 as chain>
    <#list halves as half>
    ${Type}Vector h${chain}${half} = h00;
    </#list>
  </#list>
    int c = 0;
    for (; c + 3 < length; c += 4) {
      int at = filter + c * WIDTH;
  <#list 0..3 as chain>
      ${Type}Vector z${chain} = ${Type}Vector.broadcast(SPECIES, z[base + c${more(chain)}]);
    <#list halves as half>
      h${chain}${half} = z${chain}.fma(${Type}Vector.fromArray(SPECIES, w, at${plus(chain, "WIDTH")}${plus(half, "LANES")}), h${chain}${half});
    </#list>
  </#list>
    }
    for (; c < length; c++) {
      int at = filter + c * WIDTH;
      ${Type}Vector z0 = ${Type}Vector.broadcast(SPECIES, z[base + c]);
  <#list halves as half>
      h0${half} = z0.fma(${Type}Vector.fromArray(SPECIES, w, at${plus(half, "LANES")}), h0${half});
  </#list>
    }
  <#list halves as half>
    VECTOR
        .cast(h0${half}.add(h1${half}).add(h2${half}.add(h3${half})))
        .intoArray(h, hidden${plus(half, "LANES")});
  </#list>
  }

<#list narrow?then([16, 8, 4], [8, 5, 4]) as count>
  <#-- With 32 registers eight; a pass of its own for zeros would cost a call of few samples a hundredth. -->
  <#assign fresh = count gte 8>
  /**
   * Tiles of ${(count gt 8)?then("sixteen", inWords(count))} coordinates, one after the other${fresh?then(", for 32 registers", "")}: sum [${count}][WIDTH] += the
   * patches, each weighted by its g [patches][WIDTH].
  <#if fresh>
   *
   * @param zeros where sum holds as many zeros, to start from instead; or -1
  </#if>
   */
  static void sums${count}(
      ${type}[] z,
      int base,
      int stride,
      int patches,
      int tiles,
      ${type}[] g,
      int first,
      ${type}[] sum,
      int target${fresh?then(",", ") {")}
  <#if fresh>
      int zeros) {
  </#if>
    for (int tile = 0; tile < tiles; tile++) {
      int column = base + tile * ${count};
      int at = target + tile * ${count} * WIDTH;
  <#if fresh>
      int before = zeros < 0 ? at : zeros;
  </#if>
  <#assign from = fresh?then("before", "at")>
  <#list 0..<count as c>
    <#list halves as half>
      ${Type}Vector s${c}${half} = ${Type}Vector.fromArray(SPECIES, sum, ${from}${plus(c, "WIDTH")}${plus(half, "LANES")});
    </#list>
  </#list>
      for (int q = 0; q < patches; q++) {
        int row = column + q * stride;
  <#list halves as half>
        ${Type}Vector g${half} = ${Type}Vector.fromArray(SPECIES, g, first + q * WIDTH${plus(half, "LANES")});
  </#list>
  <#list 0..<count as c>
        ${Type}Vector z${c} = ${Type}Vector.broadcast(SPECIES, z[row${more(c)}]);
    <#list halves as half>
        s${c}${half} = g${half}.fma(z${c}, s${c}${half});
    </#list>
  </#list>
      }
  <#list 0..<count as c>
    <#list halves as half>
      VECTOR.cast(s${c}${half}).intoArray(sum, at${plus(c, "WIDTH")}${plus(half, "LANES")});
    </#list>
  </#list>
    }
  }

</#list>
  /** sum [WIDTH] += one coordinate of the patches, each weighted by its g [patches][WIDTH]. */
  static void sums1(
      ${type}[] z,
      int base,
      int stride,
      int patches,
      ${type}[] g,
      int first,
      ${type}[] sum,
      int target) {
  <#list halves as half>
    ${Type}Vector s0${half} = ${Type}Vector.fromArray(SPECIES, sum, target${plus(half, "LANES")});
  </#list>
    ${Type}Vector s10 = ${Type}Vector.zero(SPECIES);
  <#if !narrow>
    ${Type}Vector s11 = s10;
  </#if>
  <#list 2..3 as chain>
    <#list halves as half>
    ${Type}Vector s${chain}${half} = s10;
    </#list>
  </#list>
    int q = 0;
    for (; q + 3 < patches; q += 4) {
      int row = base + q * stride;
      int at = first + q * WIDTH;
  <#list 0..3 as chain>
      ${Type}Vector z${chain} = ${Type}Vector.broadcast(SPECIES, z[row${plus(chain, "stride")}]);
    <#list halves as half>
      s${chain}${half} = z${chain}.fma(${Type}Vector.fromArray(SPECIES, g, at${plus(chain, "WIDTH")}${plus(half, "LANES")}), s${chain}${half});
    </#list>
  </#list>
    }
    for (; q < patches; q++) {
      int at = first + q * WIDTH;
      ${Type}Vector z0 = ${Type}Vector.broadcast(SPECIES, z[base + q * stride]);
  <#list halves as half>
      s0${half} = z0.fma(${Type}Vector.fromArray(SPECIES, g, at${plus(half, "LANES")}), s0${half});
  </#list>
    }
  <#list halves as half>
    VECTOR
        .cast(s0${half}.add(s1${half}).add(s2${half}.add(s3${half})))
        .intoArray(sum, target${plus(half, "LANES")});
  </#list>
  }

  /**
   * What of a tile's sums lies along the students' filters: radial [WIDTH] = w^T sum, of w and sum
   * [length][WIDTH].
   */
  static void radial(${type}[] w, ${type}[] sum, int at, int length, ${type}[] radial) {
    ${Type}Vector even0 = ${Type}Vector.zero(SPECIES);
    ${Type}Vector odd0 = even0;
  <#if !narrow>
    ${Type}Vector even1 = even0;
    ${Type}Vector odd1 = even0;
  </#if>
    int c = 0;
    for (; c + 1 < length; c += 2) {
      int even = at + c * WIDTH;
      int odd = even + WIDTH;
  <#list ["even", "odd"] as row>
    <#list halves as half>
      ${row}${half} =
          ${Type}Vector.fromArray(SPECIES, w, ${row}${plus(half, "LANES")})
              .fma(${Type}Vector.fromArray(SPECIES, sum, ${row}${plus(half, "LANES")}), ${row}${half});
    </#list>
  </#list>
    }
    if (c < length) {
      int even = at + c * WIDTH;
  <#list halves as half>
      even${half} =
          ${Type}Vector.fromArray(SPECIES, w, even${plus(half, "LANES")})
              .fma(${Type}Vector.fromArray(SPECIES, sum, even${plus(half, "LANES")}), even${half});
  </#list>
    }
  <#list halves as half>
    VECTOR.cast(even${half}.add(odd${half})).intoArray(radial, ${times(half, "LANES")});
  </#list>
  }

  /** Copies columns [patches][columns] of patches to rows that lie side by side. */
  static void pack(${type}[] z, int base, int stride, int patches, int columns, ${type}[] to) {
    int last = columns - LANES;
    for (int q = 0; q < patches; q++) {
      int from = base + q * stride;
      int target = q * columns;
      for (int c = 0; c < last; c += LANES) {
        VECTOR.cast(${Type}Vector.fromArray(SPECIES, z, from + c)).intoArray(to, target + c);
      }
      // The last vector overlaps the one before it where the columns are no multiple of the lanes.
      VECTOR.cast(${Type}Vector.fromArray(SPECIES, z, from + last)).intoArray(to, target + last);
    }
  }

  /**
   * Of some samples: residual [samples][WIDTH] = sum_j a_j relu(h_j) - label; their squares are
   * added to squares [WIDTH].
   */
  static void residuals(
      ${type}[] h,
      int hidden,
      int k,
      int samples,
      ${type}[] a,
      int weights,
      ${type}[] labels,
      int first,
      ${type}[] residual,
      ${type}[] squares,
      int tile) {
    ${Type}Vector zero = ${Type}Vector.zero(SPECIES);
  <#list halves as half>
    ${Type}Vector squares${half} = ${Type}Vector.fromArray(SPECIES, squares, tile${plus(half, "LANES")});
  </#list>
    for (int i = 0; i < samples; i++) {
      ${Type}Vector y = ${Type}Vector.broadcast(SPECIES, labels[first + i]);
      ${Type}Vector even0 = zero.sub(y);
      ${Type}Vector odd0 = zero;
  <#if !narrow>
      ${Type}Vector even1 = even0;
      ${Type}Vector odd1 = zero;
  </#if>
      int row = hidden + i * k * WIDTH;
      for (int j = 0; j < k - 1; j += 2) {
        int at = j * WIDTH;
  <#list 0..1 as row>
    <#list halves as half>
        ${Type}Vector h${row}${half} = ${Type}Vector.fromArray(SPECIES, h, row + at${plus(row, "WIDTH")}${plus(half, "LANES")});
    </#list>
  </#list>
  <#list 0..1 as row>
    <#list halves as half>
        ${turn(row)}${half} =
            zero.blend(h${row}${half}, h${row}${half}.compare(VectorOperators.GT, zero))
                .fma(${Type}Vector.fromArray(SPECIES, a, weights + at${plus(row, "WIDTH")}${plus(half, "LANES")}), ${turn(row)}${half});
    </#list>
  </#list>
      }
      if (k % 2 == 1) {
        int at = (k - 1) * WIDTH;
  <#list halves as half>
        ${Type}Vector h0${half} = ${Type}Vector.fromArray(SPECIES, h, row + at${plus(half, "LANES")});
  </#list>
  <#list halves as half>
        even${half} =
            zero.blend(h0${half}, h0${half}.compare(VectorOperators.GT, zero))
                .fma(${Type}Vector.fromArray(SPECIES, a, weights + at${plus(half, "LANES")}), even${half});
  </#list>
      }
  <#list halves as half>
      even${half} = even${half}.add(odd${half});
  </#list>
  <#list halves as half>
      VECTOR.cast(even${half}).intoArray(residual, i * WIDTH${plus(half, "LANES")});
  </#list>
  <#list halves as half>
      squares${half} = even${half}.fma(even${half}, squares${half});
  </#list>
    }
  <#list halves as half>
    VECTOR.cast(squares${half}).intoArray(squares, tile${plus(half, "LANES")});
  </#list>
  }

  /**
   * Of some samples: sum [k][WIDTH] += r relu(h_j), then h_j becomes g_j = r a_j where its gate is
   * open, else 0. Two samples share each load and store of the sums; a loop over the samples of a
   * block, of which there may be three, costs more than it does.
   */
  static void gates(
      ${type}[] h,
      int hidden,
      int k,
      int samples,
      ${type}[] residual,
      ${type}[] a,
      ${type}[] sum,
      int weights) {
    int i = 0;
    for (; i + 2 <= samples; i += 2) {
      gates2(h, hidden + i * k * WIDTH, k, residual, i * WIDTH, a, sum, weights);
    }
    if (i < samples) {
      gates1(h, hidden + i * k * WIDTH, k, residual, i * WIDTH, a, sum, weights);
    }
  }

  private static void gates2(
      ${type}[] h,
      int hidden,
      int k,
      ${type}[] residual,
      int first,
      ${type}[] a,
      ${type}[] sum,
      int weights) {
    ${Type}Vector zero = ${Type}Vector.zero(SPECIES);
  <#list 0..1 as sample>
    <#list halves as half>
    ${Type}Vector r${sample}${half} = ${Type}Vector.fromArray(SPECIES, residual, first${plus(sample, "WIDTH")}${plus(half, "LANES")});
    </#list>
  </#list>
    int next = hidden + k * WIDTH;
    for (int j = 0; j < k; j++) {
      int at = j * WIDTH;
  <#list halves as half>
      ${Type}Vector a${half} = ${Type}Vector.fromArray(SPECIES, a, weights + at${plus(half, "LANES")});
  </#list>
  <#list ["hidden", "next"] as sample>
    <#list halves as half>
      ${Type}Vector h${sample?index}${half} = ${Type}Vector.fromArray(SPECIES, h, ${sample} + at${plus(half, "LANES")});
    </#list>
  </#list>
      // The gated residual serves both products.
  <#list 0..1 as sample>
    <#list halves as half>
      ${Type}Vector gated${sample}${half} = zero.blend(r${sample}${half}, h${sample}${half}.compare(VectorOperators.GT, zero));
    </#list>
  </#list>
  <#list halves as half>
      ${Type}Vector sum${half} = ${Type}Vector.fromArray(SPECIES, sum, weights + at${plus(half, "LANES")});
  </#list>
  <#list halves as half>
      VECTOR
          .cast(gated1${half}.fma(h1${half}, gated0${half}.fma(h0${half}, sum${half})))
          .intoArray(sum, weights + at${plus(half, "LANES")});
  </#list>
  <#list ["hidden", "next"] as sample>
    <#list halves as half>
      VECTOR
          .cast(gated${sample?index}${half}.mul(a${half}))
          .intoArray(h, ${sample} + at${plus(half, "LANES")});
    </#list>
  </#list>
    }
  }

  private static void gates1(
      ${type}[] h,
      int hidden,
      int k,
      ${type}[] residual,
      int first,
      ${type}[] a,
      ${type}[] sum,
      int weights) {
    ${Type}Vector zero = ${Type}Vector.zero(SPECIES);
  <#list halves as half>
    ${Type}Vector r${half} = ${Type}Vector.fromArray(SPECIES, residual, first${plus(half, "LANES")});
  </#list>
    for (int j = 0; j < k; j++) {
      int at = j * WIDTH;
  <#list halves as half>
      ${Type}Vector h${half} = ${Type}Vector.fromArray(SPECIES, h, hidden + at${plus(half, "LANES")});
  </#list>
  <#list halves as half>
      ${Type}Vector gated${half} = zero.blend(r${half}, h${half}.compare(VectorOperators.GT, zero));
  </#list>
  <#list halves as half>
      ${Type}Vector sum${half} = ${Type}Vector.fromArray(SPECIES, sum, weights + at${plus(half, "LANES")});
  </#list>
  <#list halves as half>
      VECTOR
          .cast(gated${half}.fma(h${half}, sum${half}))
          .intoArray(sum, weights + at${plus(half, "LANES")});
  </#list>
  <#list halves as half>
      VECTOR
          .cast(
              gated${half}.mul(
                  ${Type}Vector.fromArray(SPECIES, a, weights + at${plus(half, "LANES")})))
          .intoArray(h, hidden + at${plus(half, "LANES")});
  </#list>
    }
  }
}

package dev.patchgrad.bench.peer;

import java.util.Arrays;
import jdk.incubator.vector.${Type}Vector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The gradients of many students in ${type} by two products of matrices, H = Z W and dW = Z' G, and
 * vector loops between them; a block of samples at a time, so that H stays in a cache.
 */
abstract class ${Type}ProductStudents extends ${Type}StudentsPeer {
  private static final VectorSpecies<${Type}> SPECIES = ${Type}Vector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /** Elements of H at a time: 256 KiB in double. */
  private static final int BLOCK_ELEMENTS = 32 * 1024;

  private final boolean blocked;
  private int samples;

  /** Z W, then what each patch adds to the filters' gradients: [patches of a block][stride]. */
  ${type}[] hidden = {};

  /** Z' G [p][stride]. */
  ${type}[] filters = {};

  private ${type}[] weights = {};
  private ${type}[] squaresSums = {};

  /**
   * A peer.
   *
   * @param blocked whether its products take a part of the patches
   */
  ${Type}ProductStudents(String name, String resolved, boolean blocked) {
    super(name, resolved);
    this.blocked = blocked;
  }

  /** Called when the arrays are other ones; blocks have so many patches, the last maybe fewer. */
  abstract void bind(int patchesOfBlock);

  /** hidden = so many patches from one on, times w. */
  abstract void multiplyFilters(int first, int count);

  /** filters = or += so many patches from one on, transposed, times hidden. */
  abstract void sumFilters(int first, int count, boolean add);

  @Override
  final int stride(int students) {
    return (students + LANES - 1) / LANES * LANES;
  }

  @Override
  final void bind() {
    samples = blocked ? Math.clamp(BLOCK_ELEMENTS / (k * stride), 1, n) : n;
    hidden = new ${type}[samples * k * stride];
    filters = <#if type == "double">filterSum<#else>new float[p * stride]</#if>;
    weights = <#if type == "double">weightSum<#else>new float[k * stride]</#if>;
    squaresSums = <#if type == "double">squares<#else>new float[stride]</#if>;
    bind(samples * k);
  }

  @Override
  final void accumulate() {
    Arrays.fill(weights, 0);
    Arrays.fill(squaresSums, 0);
    for (int from = 0; from < n; from += samples) {
      int count = Math.min(samples, n - from);
      multiplyFilters(from * k, count * k);
      for (int r = 0; r < stride; r += LANES) {
        gates(hidden, k, stride, r, count, labels, from, a, weights, squaresSums);
      }
      sumFilters(from * k, count * k, from > 0);
    }
  <#if type == "float">
    toDouble(filters, filterSum);
    toDouble(weights, weightSum);
    toDouble(squaresSums, squares);
  }

  private static void toDouble(float[] from, double[] to) {
    for (int i = 0; i < from.length; i++) {
      to[i] = from[i];
    }
  </#if>
  }

  /** Of a vector of students: relu(h_j) gives output and weights' sums, then h_j becomes g_j. */
  private static void gates(
      ${type}[] hidden,
      int k,
      int stride,
      int r,
      int samples,
      ${type}[] labels,
      int first,
      ${type}[] a,
      ${type}[] weights,
      ${type}[] squares) {
    ${Type}Vector zero = ${Type}Vector.zero(SPECIES);
    ${Type}Vector square = ${Type}Vector.fromArray(SPECIES, squares, r);
    for (int i = 0; i < samples; i++) {
      int row = i * k * stride + r;
      ${Type}Vector even = zero.sub(labels[first + i]);
      ${Type}Vector odd = zero;
      int j = 0;
      for (; j + 1 < k; j += 2) {
        ${Type}Vector h0 = ${Type}Vector.fromArray(SPECIES, hidden, row + j * stride);
        ${Type}Vector h1 = ${Type}Vector.fromArray(SPECIES, hidden, row + (j + 1) * stride);
        even =
            zero.blend(h0, h0.compare(VectorOperators.GT, zero))
                .fma(${Type}Vector.fromArray(SPECIES, a, r + j * stride), even);
        odd =
            zero.blend(h1, h1.compare(VectorOperators.GT, zero))
                .fma(${Type}Vector.fromArray(SPECIES, a, r + (j + 1) * stride), odd);
      }
      if (j < k) {
        ${Type}Vector h0 = ${Type}Vector.fromArray(SPECIES, hidden, row + j * stride);
        even =
            zero.blend(h0, h0.compare(VectorOperators.GT, zero))
                .fma(${Type}Vector.fromArray(SPECIES, a, r + j * stride), even);
      }
      ${Type}Vector residual = even.add(odd);
      square = residual.fma(residual, square);
      for (j = 0; j < k; j++) {
        ${Type}Vector h = ${Type}Vector.fromArray(SPECIES, hidden, row + j * stride);
        ${Type}Vector gated = zero.blend(residual, h.compare(VectorOperators.GT, zero));
        gated
            .fma(h, ${Type}Vector.fromArray(SPECIES, weights, r + j * stride))
            .intoArray(weights, r + j * stride);
        gated
            .mul(${Type}Vector.fromArray(SPECIES, a, r + j * stride))
            .intoArray(hidden, row + j * stride);
      }
    }
    square.intoArray(squares, r);
  }
}

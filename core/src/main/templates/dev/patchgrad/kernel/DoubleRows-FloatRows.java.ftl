<#include "/macros.ftl">
package dev.patchgrad.kernel;

import java.util.Arrays;
import jdk.incubator.vector.${Type}Vector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * What the row-major vector kernels share: scratch space, and the sums of one sample after its
 * patches.
 *
 * <p>A patch is covered by full vectors from its start, and, where p is no multiple of the lanes,
 * by one more that ends at its end. That last one overlaps its neighbour; its w is zero in the
 * lanes they share, so no element counts twice and no mask is needed. A patch shorter than a vector
 * is loaded with what follows it.
 */
final class ${Type}Rows {
  static final VectorSpecies<${Type}> SPECIES = ${Type}Vector.SPECIES_PREFERRED;
  private static final Class<? extends ${Type}Vector> VECTOR = ${Type}Lanes.VECTOR;
  static final int LANES = SPECIES.length();

  /**
   * Patches whose sums are kept in ${type} before they are added to the double sums: what is rounded
   * in ${type} is a sum of so many terms at most, whatever k and n.
   */
  private static final int BLOCK_PATCHES = 1024;

  /**
   * How far apart in a batch four samples lie that are taken together, where the block is long
   * enough: four pages. Each is a stream of its own for the hardware, which fetches ahead within a
   * page: from DRAM four streams bring 27 to 29 GB/s where one brings 20 (Zen 3, read loop in C),
   * and gradients at p/k 64/16 come 1.7 times as fast as from patches that follow each other.
   */
  private static final int STREAM_ELEMENTS = 16 * 1024 / (SPECIES.elementSize() / Byte.SIZE);

  /** w, spread over whole vectors as {@link #spread} does. */
  ${type}[] w = new ${type}[0];

  /** The output weights [k]. */
  ${type}[] a = new ${type}[0];

  /** w^T z of each patch of the samples at hand, up to four, then its relu: [4 k]. */
  ${type}[] hidden = new ${type}[0];

  /** s = sum_j a_j 1[w^T z_j &gt; 0] z_j of the sample at hand, spread. */
  ${type}[] sample = new ${type}[0];

  private ${type}[] filterSum = new ${type}[0];
  private ${type}[] weightSum = new ${type}[0];
  private ${type}[] coordinates = new ${type}[0];
  private final ${type}[] residuals = new ${type}[4];
  private double squares;

  /** The open patches of a sample: [k]. */
  private int[] openPatches = new int[0];

  /** Where the open patches that wait begin, and what they are weighted by: [k + 4]. */
  private int[] openStarts = new int[0];

  private ${type}[] openWeights = new ${type}[0];
  private int open;

  /** Takes the parameters, and allocates only where k or p changed. */
  void set(int k, int p, Parameters parameters) {
    reserve(k, p);
    parameters.copyFilter(coordinates);
    spread(coordinates, w, p);
    parameters.copyWeights(a);
  }

  private void reserve(int k, int p) {
    if (a.length != k) {
      a = new ${type}[k];
      hidden = new ${type}[4 * k];
      weightSum = new ${type}[k];
      openPatches = new int[k];
      openStarts = new int[k + 4];
      openWeights = new ${type}[k + 4];
    }
    if (coordinates.length != p) {
      int spread = Math.ceilDiv(p, LANES) * LANES;
      coordinates = new ${type}[p];
      w = new ${type}[spread];
      sample = new ${type}[spread];
      filterSum = new ${type}[spread];
    }
  }

  /** Samples of a block. */
  int blockSamples() {
    return Math.max(1, BLOCK_PATCHES / a.length);
  }

  /** Starts a block of samples. */
  void startBlock() {
    squares = 0;
    Arrays.fill(filterSum, 0);
    Arrays.fill(weightSum, 0);
  }

  /** Adds the sums of a block of samples. */
  void addTo(RunningSums sums) {
    sums.addSquares(squares);
    gather(filterSum, coordinates, coordinates.length);
    sums.addFilter(coordinates);
    sums.addWeights(weightSum);
  }

  /**
   * A block of samples with patches of at least a vector: dot products first, then the patches of
   * open gates alone.
   *
   * <p>A closed gate adds nothing to the filter's gradient, so half of the patches, for a filter
   * without preference, are neither read nor multiplied again. Which ones are open is as good as
   * random, and a branch would be guessed wrong every other time: they are put in a queue without
   * one, and leave it four at a time. What is left waits for the next sample.
   *
   * <p>Four samples go side by side, from four places of the block: the loads of w are shared by
   * the same patch of each.
   */
  void addSamples(${type}[] z, int offset, ${type}[] labels, int from, int to, int p) {
    int size = a.length * p;
    int distance = FourStreams.distance(to - from, size, STREAM_ELEMENTS);
    int i = from;
    while (distance > 0 && i + 4 * distance <= to) {
      for (int end = i + distance; i < end; i++) {
        addFour(z, offset + i * size, distance * size, labels, i, distance, p);
      }
      i += 3 * distance;
    }
    for (; i < to; i++) {
      addOne(z, offset + i * size, labels[i], p);
    }
    finishPatches(z, p);
  }

  /** The samples i, i + distance, i + 2 distance and i + 3 distance. */
  private void addFour(
      ${type}[] z, int base, int elements, ${type}[] labels, int i, int distance, int p) {
    int k = a.length;
    for (int j = 0; j < k; j++) {
      forward4(z, base + j * p, elements, p, w, hidden, j, k);
    }
    for (int sample = 0; sample < 4; sample++) {
      ${type} residual = output(a, hidden, sample * k) - labels[i + sample * distance];
      squares += residual * residual;
      residuals[sample] = residual;
    }
    addScaled4(residuals, hidden, weightSum);
    for (int sample = 0; sample < 4; sample++) {
      addOpen(z, sample * k, residuals[sample], base + sample * elements, p);
    }
  }

  private void addOne(${type}[] z, int base, ${type} label, int p) {
    int k = a.length;
    int j = 0;
    for (; j + 4 <= k; j += 4) {
      forward4(z, base + j * p, p, p, w, hidden, j, 1);
    }
    for (; j < k; j++) {
      forward1(z, base + j * p, p, w, hidden, j);
    }
    ${type} residual = output(a, hidden, 0) - label;
    squares += residual * residual;
    addScaled(residual, hidden, weightSum);
    addOpen(z, 0, residual, base, p);
  }

  /** Puts a sample's open patches in the queue, and takes from it four at a time. */
  private void addOpen(${type}[] z, int at, ${type} residual, int base, int p) {
    int found = findOpen(hidden, at, a.length, openPatches);
    weigh(openPatches, found, a, residual, base, p, openStarts, openWeights, open);
    int waiting = open + found;
    int first = 0;
    for (; first + 4 <= waiting; first += 4) {
      backward4(z, openStarts, openWeights, first, p, filterSum);
    }
    open = waiting - first;
    for (int t = 0; t < open; t++) {
      openStarts[t] = openStarts[first + t];
      openWeights[t] = openWeights[first + t];
    }
  }

  /**
   * Empties the queue of open patches, by the method that the others took, with weights of zero:
   * one of its own would run so seldom that C2 may leave its vectors objects.
   */
  private void finishPatches(${type}[] z, int p) {
    if (open > 0) {
      for (int t = open; t < 4; t++) {
        openStarts[t] = openStarts[0];
        openWeights[t] = 0;
      }
      backward4(z, openStarts, openWeights, 0, p, filterSum);
    }
    open = 0;
  }

  /**
   * Lists a sample's open patches; gives how many there are.
   *
   * <p>Each patch is written; the end of the list moves on only behind an open one. The loop does
   * nothing else: where it also wrote starts and weights, C2 had no register left for the list's
   * end, and each patch waited for the one before to come back from memory.
   */
  private static int findOpen(${type}[] hidden, int at, int k, int[] patches) {
    int end = 0;
    for (int j = 0; j < k; j++) {
      patches[end] = j;
      end += Gate.isOpen(hidden[at + j]);
    }
    return end;
  }

  /** Puts listed patches of a sample into the queue, behind those that wait. */
  private static void weigh(
      int[] patches,
      int count,
      ${type}[] a,
      ${type} residual,
      int base,
      int p,
      int[] starts,
      ${type}[] weights,
      int waiting) {
    for (int t = 0; t < count; t++) {
      int j = patches[t];
      starts[waiting + t] = base + j * p;
      weights[waiting + t] = residual * a[j];
    }
  }

  /** After a sample's patches: from dot products and s to the sums over samples. */
  void finishSample(${type} label) {
    ${type} residual = output(a, hidden, 0) - label;
    squares += residual * residual;
    addScaled(residual, sample, filterSum);
    addScaled(residual, hidden, weightSum);
  }

  /** Replaces dot products from an index on by their relu; gives f = sum_j a_j relu_j. */
  private static ${type} output(${type}[] a, ${type}[] hidden, int at) {
    ${Type}Vector zero = ${Type}Vector.zero(SPECIES);
    ${Type}Vector sum = zero;
    int whole = SPECIES.loopBound(a.length);
    for (int j = 0; j < whole; j += LANES) {
      ${Type}Vector dot = ${Type}Vector.fromArray(SPECIES, hidden, at + j);
      ${Type}Vector relu = zero.blend(dot, dot.compare(VectorOperators.GT, zero));
      VECTOR.cast(relu).intoArray(hidden, at + j);
      sum = relu.fma(${Type}Vector.fromArray(SPECIES, a, j), sum);
    }
    ${type} output = sum.reduceLanes(VectorOperators.ADD);
    for (int j = whole; j < a.length; j++) {
      ${type} relu = hidden[at + j] > 0 ? hidden[at + j] : 0;
      hidden[at + j] = relu;
      output += a[j] * relu;
    }
    return output;
  }

  /**
   * to += scale * from, in vectors: C2's own take sixteen or more steps at a time, so that short
   * arrays are left to its loop for the rest.
   */
  private static void addScaled(${type} scale, ${type}[] from, ${type}[] to) {
    int whole = SPECIES.loopBound(to.length);
    ${Type}Vector factor = ${Type}Vector.broadcast(SPECIES, scale);
    for (int c = 0; c < whole; c += LANES) {
      VECTOR
          .cast(
              factor.fma(
                  ${Type}Vector.fromArray(SPECIES, from, c),
                  ${Type}Vector.fromArray(SPECIES, to, c)))
          .intoArray(to, c);
    }
    for (int c = whole; c < to.length; c++) {
      to[c] += scale * from[c];
    }
  }

  /**
   * to += scales[0] * from[0 ..] + scales[1] * from[k ..] + ..., in vectors: C2 by itself does not
   * know that the two arrays are not one.
   */
  private static void addScaled4(${type}[] scales, ${type}[] from, ${type}[] to) {
    int k = to.length;
    int whole = SPECIES.loopBound(k);
  <#list 0..3 as sample>
    ${Type}Vector factor${sample} = ${Type}Vector.broadcast(SPECIES, scales[${sample}]);
  </#list>
    for (int j = 0; j < whole; j += LANES) {
      ${Type}Vector total = ${Type}Vector.fromArray(SPECIES, to, j);
  <#list 0..3 as sample>
      total = factor${sample}.fma(${Type}Vector.fromArray(SPECIES, from, ${before(sample, "k")}j), total);
  </#list>
      VECTOR.cast(total).intoArray(to, j);
    }
    for (int j = whole; j < k; j++) {
      to[j] +=
          <#list 0..3 as sample>scales[${sample}] * from[${before(sample, "k")}j]<#sep>
              + </#list>;
    }
  }

  /**
   * From p coordinates to whole vectors, the last one holding what the others leave, at its end.
   * The lanes between are left as they are.
   */
  static void spread(${type}[] coordinates, ${type}[] vectors, int p) {
    int whole = p / LANES * LANES;
    int rest = p - whole;
    System.arraycopy(coordinates, 0, vectors, 0, whole);
    System.arraycopy(coordinates, whole, vectors, restStart(p), rest);
  }

  /** The inverse of {@link #spread}. */
  static void gather(${type}[] vectors, ${type}[] coordinates, int p) {
    int whole = p / LANES * LANES;
    int rest = p - whole;
    System.arraycopy(vectors, 0, coordinates, 0, whole);
    System.arraycopy(vectors, restStart(p), coordinates, whole, rest);
  }

  private static int restStart(int p) {
    // A patch shorter than a vector has no neighbour to overlap: it starts at lane 0.
    return p < LANES ? 0 : Math.ceilDiv(p, LANES) * LANES - p % LANES;
  }

  /**
   * All patches of a sample with p of less than a vector. A whole vector is loaded, with the start
   * of what follows in the array: w is zero in those lanes, and those of s are never read. Only the
   * last patches of an array go without vectors. Under a mask instead, the load's own check of the
   * array's end, a call in the loop, had C2 send s to memory and back for each patch in some JVMs;
   * and in a loop of their own, vectors of so few patches stay objects for thousands of calls.
   */
  static void shortPatches(
      ${type}[] z, int base, int k, int p, ${type}[] w, ${type}[] a, ${type}[] dots, ${type}[] sample) {
    int whole = Math.clamp(Math.floorDiv(z.length - LANES - base, p) + 1, 0, k);
    wholeVectors(z, base, whole, p, w, a, dots, sample);
    for (int j = whole; j < k; j++) {
      int patch = base + j * p;
      ${type} dot = 0;
      for (int c = 0; c < p; c++) {
        dot += w[c] * z[patch + c];
      }
      dots[j] = dot;
      ${type} weight = dot > 0 ? a[j] : 0;
      for (int c = 0; c < p; c++) {
        sample[c] += weight * z[patch + c];
      }
    }
  }

  private static void wholeVectors(
      ${type}[] z, int base, int k, int p, ${type}[] w, ${type}[] a, ${type}[] dots, ${type}[] sample) {
    ${Type}Vector zero = ${Type}Vector.zero(SPECIES);
    ${Type}Vector filter = ${Type}Vector.fromArray(SPECIES, w, 0);
    ${Type}Vector total = zero;
    for (int j = 0; j < k; j++) {
      ${Type}Vector patch = ${Type}Vector.fromArray(SPECIES, z, base + j * p);
      ${type} dot = patch.mul(filter).reduceLanes(VectorOperators.ADD);
      dots[j] = dot;
      ${Type}Vector weight =
          zero.blend(
              ${Type}Vector.broadcast(SPECIES, a[j]),
              ${Type}Vector.broadcast(SPECIES, dot).compare(VectorOperators.GT, zero));
      total = weight.fma(patch, total);
    }
    VECTOR.cast(total).intoArray(sample, 0);
  }

<#list [4, 1] as count>
  <#if count == 4>
  /**
   * The dot products of 4 patches of any p of at least a vector, which share each load of w.
   *
   * @param distance elements from one patch's start to the next one's
   * @param stride from one dot product's index to the next one's
   */
  private static void forward4(
      ${type}[] z, int base, int distance, int p, ${type}[] w, ${type}[] dots, int j, int stride) {
  <#else>
  /** The dot product of one patch of any p of at least a vector. */
  private static void forward1(${type}[] z, int base, int p, ${type}[] w, ${type}[] dots, int j) {
  </#if>
    int whole = p / LANES * LANES;
  <#if count == 4>
    int last = base + p - LANES;
  </#if>
  <#list 0..<count as q>
    <#if q gt 0>
    int base${q} = base + ${times(q, "distance")};
    </#if>
    ${Type}Vector dot${q} = ${Type}Vector.zero(SPECIES);
  </#list>
    for (int c = 0; c < whole; c += LANES) {
      ${Type}Vector filter = ${Type}Vector.fromArray(SPECIES, w, c);
  <#list 0..<count as q>
      dot${q} = filter.fma(${Type}Vector.fromArray(SPECIES, z, base${numbered(q)} + c), dot${q});
  </#list>
    }
    if (whole < p) {
      ${Type}Vector filter = ${Type}Vector.fromArray(SPECIES, w, whole);
  <#list 0..<count as q>
      dot${q} = filter.fma(${Type}Vector.fromArray(SPECIES, z, ${(count == 4)?then("last" + plus(q, "distance"), "base + p - LANES")}), dot${q});
  </#list>
    }
  <#list 0..<count as q>
    dots[j${plus(q, "stride")}] = dot${q}.reduceLanes(VectorOperators.ADD);
  </#list>
  }

</#list>
  /** Adds 4 weighted patches of any p of at least a vector, which share each load of the sum. */
  private static void backward4(
      ${type}[] z, int[] starts, ${type}[] weights, int first, int p, ${type}[] sum) {
    int whole = p / LANES * LANES;
  <#list 0..3 as q>
    int base${q} = starts[first${more(q)}];
    ${Type}Vector weight${q} = ${Type}Vector.broadcast(SPECIES, weights[first${more(q)}]);
  </#list>
    for (int c = 0; c < whole; c += LANES) {
      ${Type}Vector total = ${Type}Vector.fromArray(SPECIES, sum, c);
  <#list 0..3 as q>
      total = weight${q}.fma(${Type}Vector.fromArray(SPECIES, z, base${q} + c), total);
  </#list>
      VECTOR.cast(total).intoArray(sum, c);
    }
    if (whole < p) {
      int last = p - LANES;
      ${Type}Vector total = ${Type}Vector.fromArray(SPECIES, sum, whole);
  <#list 0..3 as q>
      total = weight${q}.fma(${Type}Vector.fromArray(SPECIES, z, base${q} + last), total);
  </#list>
      VECTOR.cast(total).intoArray(sum, whole);
    }
  }
}

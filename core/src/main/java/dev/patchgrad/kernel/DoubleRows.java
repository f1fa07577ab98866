package dev.patchgrad.kernel;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
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
final class DoubleRows {
  static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  static final int LANES = SPECIES.length();

  /**
   * Patches whose sums are kept in the lanes' precision before they are added to the double sums:
   * what is rounded in float is a sum of so many terms at most, whatever k and n.
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
  double[] w = new double[0];

  /** The output weights [k]. */
  double[] a = new double[0];

  /** w^T z of each patch of the samples at hand, up to four, then its relu: [4 k]. */
  double[] hidden = new double[0];

  /** s = sum_j a_j 1[w^T z_j &gt; 0] z_j of the sample at hand, spread. */
  double[] sample = new double[0];

  private double[] filterSum = new double[0];
  private double[] weightSum = new double[0];
  private double[] coordinates = new double[0];
  private final double[] residuals = new double[4];
  private double squares; // whatever the precision

  /** The open patches of a sample: [k]. */
  private int[] openPatches = new int[0];

  /** Where the open patches that wait begin, and what they are weighted by: [k + 4]. */
  private int[] openStarts = new int[0];

  private double[] openWeights = new double[0];
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
      a = new double[k];
      hidden = new double[4 * k];
      weightSum = new double[k];
      openPatches = new int[k];
      openStarts = new int[k + 4];
      openWeights = new double[k + 4];
    }
    if (coordinates.length != p) {
      int spread = (p + LANES - 1) / LANES * LANES;
      coordinates = new double[p];
      w = new double[spread];
      sample = new double[spread];
      filterSum = new double[spread];
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
  void addTo(GradientSums sums) {
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
  void addSamples(double[] z, int offset, double[] labels, int from, int to, int p) {
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
      double[] z, int base, int elements, double[] labels, int i, int distance, int p) {
    int k = a.length;
    for (int j = 0; j < k; j++) {
      forward4(z, base + j * p, elements, p, w, hidden, j, k);
    }
    for (int sample = 0; sample < 4; sample++) {
      double residual = output(a, hidden, sample * k) - labels[i + sample * distance];
      squares += residual * residual;
      residuals[sample] = residual;
    }
    addScaled4(residuals, hidden, weightSum);
    for (int sample = 0; sample < 4; sample++) {
      addOpen(z, sample * k, residuals[sample], base + sample * elements, p);
    }
  }

  private void addOne(double[] z, int base, double label, int p) {
    int k = a.length;
    int j = 0;
    for (; j + 4 <= k; j += 4) {
      forward4(z, base + j * p, p, p, w, hidden, j, 1);
    }
    for (; j < k; j++) {
      forward1(z, base + j * p, p, w, hidden, j);
    }
    double residual = output(a, hidden, 0) - label;
    squares += residual * residual;
    addScaled(residual, hidden, weightSum);
    addOpen(z, 0, residual, base, p);
  }

  /** Puts a sample's open patches in the queue, and takes from it four at a time. */
  private void addOpen(double[] z, int at, double residual, int base, int p) {
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
  private void finishPatches(double[] z, int p) {
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
  private static int findOpen(double[] hidden, int at, int k, int[] patches) {
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
      double[] a,
      double residual,
      int base,
      int p,
      int[] starts,
      double[] weights,
      int waiting) {
    for (int t = 0; t < count; t++) {
      int j = patches[t];
      starts[waiting + t] = base + j * p;
      weights[waiting + t] = residual * a[j];
    }
  }

  /** After a sample's patches: from dot products and s to the sums over samples. */
  void finishSample(double label) {
    double residual = output(a, hidden, 0) - label;
    squares += residual * residual;
    addScaled(residual, sample, filterSum);
    addScaled(residual, hidden, weightSum);
  }

  /** Replaces dot products from an index on by their relu; gives f = sum_j a_j relu_j. */
  private static double output(double[] a, double[] hidden, int at) {
    DoubleVector zero = DoubleVector.zero(SPECIES);
    DoubleVector sum = zero;
    int whole = SPECIES.loopBound(a.length);
    for (int j = 0; j < whole; j += LANES) {
      DoubleVector dot = DoubleVector.fromArray(SPECIES, hidden, at + j);
      DoubleVector relu = zero.blend(dot, dot.compare(VectorOperators.GT, zero));
      relu.intoArray(hidden, at + j);
      sum = relu.fma(DoubleVector.fromArray(SPECIES, a, j), sum);
    }
    double output = sum.reduceLanes(VectorOperators.ADD);
    for (int j = whole; j < a.length; j++) {
      double relu = hidden[at + j] > 0 ? hidden[at + j] : 0;
      hidden[at + j] = relu;
      output += a[j] * relu;
    }
    return output;
  }

  /**
   * to += scale * from, in vectors: C2's own take sixteen or more steps at a time, so that short
   * arrays are left to its loop for the rest.
   */
  private static void addScaled(double scale, double[] from, double[] to) {
    int whole = SPECIES.loopBound(to.length);
    DoubleVector factor = DoubleVector.broadcast(SPECIES, scale);
    for (int c = 0; c < whole; c += LANES) {
      factor
          .fma(DoubleVector.fromArray(SPECIES, from, c), DoubleVector.fromArray(SPECIES, to, c))
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
  private static void addScaled4(double[] scales, double[] from, double[] to) {
    int k = to.length;
    int whole = SPECIES.loopBound(k);
    DoubleVector factor0 = DoubleVector.broadcast(SPECIES, scales[0]);
    DoubleVector factor1 = DoubleVector.broadcast(SPECIES, scales[1]);
    DoubleVector factor2 = DoubleVector.broadcast(SPECIES, scales[2]);
    DoubleVector factor3 = DoubleVector.broadcast(SPECIES, scales[3]);
    for (int j = 0; j < whole; j += LANES) {
      DoubleVector total = DoubleVector.fromArray(SPECIES, to, j);
      total = factor0.fma(DoubleVector.fromArray(SPECIES, from, j), total);
      total = factor1.fma(DoubleVector.fromArray(SPECIES, from, k + j), total);
      total = factor2.fma(DoubleVector.fromArray(SPECIES, from, 2 * k + j), total);
      total = factor3.fma(DoubleVector.fromArray(SPECIES, from, 3 * k + j), total);
      total.intoArray(to, j);
    }
    for (int j = whole; j < k; j++) {
      to[j] +=
          scales[0] * from[j]
              + scales[1] * from[k + j]
              + scales[2] * from[2 * k + j]
              + scales[3] * from[3 * k + j];
    }
  }

  /**
   * From p coordinates to whole vectors, the last one holding what the others leave, at its end.
   */
  static void spread(double[] coordinates, double[] vectors, int p) {
    int whole = p / LANES * LANES;
    int rest = p - whole;
    Arrays.fill(vectors, 0);
    System.arraycopy(coordinates, 0, vectors, 0, whole);
    System.arraycopy(coordinates, whole, vectors, restStart(p), rest);
  }

  /** The inverse of {@link #spread}. */
  static void gather(double[] vectors, double[] coordinates, int p) {
    int whole = p / LANES * LANES;
    int rest = p - whole;
    System.arraycopy(vectors, 0, coordinates, 0, whole);
    System.arraycopy(vectors, restStart(p), coordinates, whole, rest);
  }

  private static int restStart(int p) {
    // A patch shorter than a vector has no neighbour to overlap: it starts at lane 0.
    return p < LANES ? 0 : (p + LANES - 1) / LANES * LANES - p % LANES;
  }

  /**
   * All patches of a sample with p of less than a vector. A whole vector is loaded, with the start
   * of what follows in the array: w is zero in those lanes, and those of s are never read. Only the
   * last patches of an array go without vectors. Under a mask instead, the load's own check of the
   * array's end, a call in the loop, had C2 send s to memory and back for each patch in some JVMs;
   * and in a loop of their own, vectors of so few patches stay objects for thousands of calls.
   */
  static void shortPatches(
      double[] z, int base, int k, int p, double[] w, double[] a, double[] dots, double[] sample) {
    int whole = Math.clamp(Math.floorDiv(z.length - LANES - base, p) + 1, 0, k);
    wholeVectors(z, base, whole, p, w, a, dots, sample);
    for (int j = whole; j < k; j++) {
      int patch = base + j * p;
      double dot = 0;
      for (int c = 0; c < p; c++) {
        dot += w[c] * z[patch + c];
      }
      dots[j] = dot;
      double weight = dot > 0 ? a[j] : 0;
      for (int c = 0; c < p; c++) {
        sample[c] += weight * z[patch + c];
      }
    }
  }

  private static void wholeVectors(
      double[] z, int base, int k, int p, double[] w, double[] a, double[] dots, double[] sample) {
    DoubleVector zero = DoubleVector.zero(SPECIES);
    DoubleVector filter = DoubleVector.fromArray(SPECIES, w, 0);
    DoubleVector total = zero;
    for (int j = 0; j < k; j++) {
      DoubleVector patch = DoubleVector.fromArray(SPECIES, z, base + j * p);
      double dot = patch.mul(filter).reduceLanes(VectorOperators.ADD);
      dots[j] = dot;
      DoubleVector weight =
          zero.blend(
              DoubleVector.broadcast(SPECIES, a[j]),
              DoubleVector.broadcast(SPECIES, dot).compare(VectorOperators.GT, zero));
      total = weight.fma(patch, total);
    }
    total.intoArray(sample, 0);
  }

  /**
   * The dot products of 4 patches of any p of at least a vector, which share each load of w.
   *
   * @param distance elements from one patch's start to the next one's
   * @param stride from one dot product's index to the next one's
   */
  private static void forward4(
      double[] z, int base, int distance, int p, double[] w, double[] dots, int j, int stride) {
    int whole = p / LANES * LANES;
    int last = base + p - LANES;
    DoubleVector dot0 = DoubleVector.zero(SPECIES);
    int base1 = base + distance;
    DoubleVector dot1 = DoubleVector.zero(SPECIES);
    int base2 = base + 2 * distance;
    DoubleVector dot2 = DoubleVector.zero(SPECIES);
    int base3 = base + 3 * distance;
    DoubleVector dot3 = DoubleVector.zero(SPECIES);
    for (int c = 0; c < whole; c += LANES) {
      DoubleVector filter = DoubleVector.fromArray(SPECIES, w, c);
      dot0 = filter.fma(DoubleVector.fromArray(SPECIES, z, base + c), dot0);
      dot1 = filter.fma(DoubleVector.fromArray(SPECIES, z, base1 + c), dot1);
      dot2 = filter.fma(DoubleVector.fromArray(SPECIES, z, base2 + c), dot2);
      dot3 = filter.fma(DoubleVector.fromArray(SPECIES, z, base3 + c), dot3);
    }
    if (whole < p) {
      DoubleVector filter = DoubleVector.fromArray(SPECIES, w, whole);
      dot0 = filter.fma(DoubleVector.fromArray(SPECIES, z, last), dot0);
      dot1 = filter.fma(DoubleVector.fromArray(SPECIES, z, last + distance), dot1);
      dot2 = filter.fma(DoubleVector.fromArray(SPECIES, z, last + 2 * distance), dot2);
      dot3 = filter.fma(DoubleVector.fromArray(SPECIES, z, last + 3 * distance), dot3);
    }
    dots[j] = dot0.reduceLanes(VectorOperators.ADD);
    dots[j + stride] = dot1.reduceLanes(VectorOperators.ADD);
    dots[j + 2 * stride] = dot2.reduceLanes(VectorOperators.ADD);
    dots[j + 3 * stride] = dot3.reduceLanes(VectorOperators.ADD);
  }

  /** The dot product of one patch of any p of at least a vector. */
  private static void forward1(double[] z, int base, int p, double[] w, double[] dots, int j) {
    int whole = p / LANES * LANES;
    DoubleVector dot = DoubleVector.zero(SPECIES);
    for (int c = 0; c < whole; c += LANES) {
      DoubleVector filter = DoubleVector.fromArray(SPECIES, w, c);
      dot = filter.fma(DoubleVector.fromArray(SPECIES, z, base + c), dot);
    }
    if (whole < p) {
      DoubleVector filter = DoubleVector.fromArray(SPECIES, w, whole);
      dot = filter.fma(DoubleVector.fromArray(SPECIES, z, base + p - LANES), dot);
    }
    dots[j] = dot.reduceLanes(VectorOperators.ADD);
  }

  /** Adds 4 weighted patches of any p of at least a vector, which share each load of the sum. */
  private static void backward4(
      double[] z, int[] starts, double[] weights, int first, int p, double[] sum) {
    int whole = p / LANES * LANES;
    int base0 = starts[first];
    DoubleVector weight0 = DoubleVector.broadcast(SPECIES, weights[first]);
    int base1 = starts[first + 1];
    DoubleVector weight1 = DoubleVector.broadcast(SPECIES, weights[first + 1]);
    int base2 = starts[first + 2];
    DoubleVector weight2 = DoubleVector.broadcast(SPECIES, weights[first + 2]);
    int base3 = starts[first + 3];
    DoubleVector weight3 = DoubleVector.broadcast(SPECIES, weights[first + 3]);
    for (int c = 0; c < whole; c += LANES) {
      DoubleVector total = DoubleVector.fromArray(SPECIES, sum, c);
      total = weight0.fma(DoubleVector.fromArray(SPECIES, z, base0 + c), total);
      total = weight1.fma(DoubleVector.fromArray(SPECIES, z, base1 + c), total);
      total = weight2.fma(DoubleVector.fromArray(SPECIES, z, base2 + c), total);
      total = weight3.fma(DoubleVector.fromArray(SPECIES, z, base3 + c), total);
      total.intoArray(sum, c);
    }
    if (whole < p) {
      int last = p - LANES;
      DoubleVector total = DoubleVector.fromArray(SPECIES, sum, whole);
      total = weight0.fma(DoubleVector.fromArray(SPECIES, z, base0 + last), total);
      total = weight1.fma(DoubleVector.fromArray(SPECIES, z, base1 + last), total);
      total = weight2.fma(DoubleVector.fromArray(SPECIES, z, base2 + last), total);
      total = weight3.fma(DoubleVector.fromArray(SPECIES, z, base3 + last), total);
      total.intoArray(sum, whole);
    }
  }
}

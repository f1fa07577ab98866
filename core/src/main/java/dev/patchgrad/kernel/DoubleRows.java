package dev.patchgrad.kernel;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * What the row-major vector kernels share: scratch space, and the sums of one sample after its
 * patches.
 *
 * <p>A patch is covered by full vectors from its start, and, where p is no multiple of the lanes,
 * by one more that ends at its end. That last one overlaps its neighbour; its w is zero in the
 * lanes they share, so no element counts twice and no mask is needed. A patch shorter than a vector
 * is loaded under a mask.
 */
final class DoubleRows {
  static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  static final int LANES = SPECIES.length();

  /**
   * Patches whose sums are kept in the lanes' precision before they are added to the double sums:
   * what is rounded in float is a sum of so many terms at most, whatever k and n.
   */
  private static final int BLOCK_PATCHES = 1024;

  /** w, spread over whole vectors as {@link #spread} does. */
  double[] w = new double[0];

  /** The output weights [k]. */
  double[] a = new double[0];

  /** w^T z of each patch of the sample at hand, then its relu: [k]. */
  double[] hidden = new double[0];

  /** s = sum_j a_j 1[w^T z_j &gt; 0] z_j of the sample at hand, spread. */
  double[] sample = new double[0];

  private double[] filterSum = new double[0];
  private double[] weightSum = new double[0];
  private double[] coordinates = new double[0];
  private double squares; // whatever the precision

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
      hidden = new double[k];
      weightSum = new double[k];
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
   * A sample with patches of at least a vector: dot products first, then the patches of open gates
   * alone.
   *
   * <p>A closed gate adds nothing to the filter's gradient, so half of the patches, for a filter
   * without preference, are neither read nor multiplied again. Which ones are open is as good as
   * random, and a branch would be guessed wrong every other time: they are put in a queue without
   * one, and leave it four at a time. What is left waits for the next sample.
   */
  void addSample(double[] z, int base, double label, int p) {
    int k = a.length;
    int j = 0;
    for (; j + 4 <= k; j += 4) {
      forward4(z, base + j * p, p, w, hidden, j);
    }
    for (; j < k; j++) {
      forward1(z, base + j * p, p, w, hidden, j);
    }
    double residual = output(a, hidden) - label;
    squares += residual * residual;
    addScaled(residual, hidden, weightSum);
    int waiting = enqueue(hidden, a, residual, base, p, openStarts, openWeights, open);
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

  /** Empties the queue of open patches. */
  void finishPatches(double[] z, int p) {
    for (int t = 0; t < open; t++) {
      backward1(z, openStarts[t], openWeights[t], p, filterSum);
    }
    open = 0;
  }

  /**
   * Puts the open patches of a sample behind those that wait; gives how many wait then.
   *
   * <p>Each patch is written; the end of the queue moves on only behind an open one.
   */
  private static int enqueue(
      double[] hidden,
      double[] a,
      double residual,
      int base,
      int p,
      int[] starts,
      double[] weights,
      int waiting) {
    int end = waiting;
    for (int j = 0; j < a.length; j++) {
      starts[end] = base + j * p;
      weights[end] = residual * a[j];
      end += Gate.isOpen(hidden[j]);
    }
    return end;
  }

  /** After a sample's patches: from dot products and s to the sums over samples. */
  void finishSample(double label) {
    double residual = output(a, hidden) - label;
    squares += residual * residual;
    addScaled(residual, sample, filterSum);
    addScaled(residual, hidden, weightSum);
  }

  /** Replaces dot products by their relu; gives f = sum_j a_j relu_j. */
  private static double output(double[] a, double[] hidden) {
    DoubleVector zero = DoubleVector.zero(SPECIES);
    DoubleVector sum = zero;
    int whole = SPECIES.loopBound(a.length);
    for (int j = 0; j < whole; j += LANES) {
      DoubleVector dot = DoubleVector.fromArray(SPECIES, hidden, j);
      DoubleVector relu = zero.blend(dot, dot.compare(VectorOperators.GT, zero));
      relu.intoArray(hidden, j);
      sum = relu.fma(DoubleVector.fromArray(SPECIES, a, j), sum);
    }
    double output = sum.reduceLanes(VectorOperators.ADD);
    for (int j = whole; j < a.length; j++) {
      double relu = hidden[j] > 0 ? hidden[j] : 0;
      hidden[j] = relu;
      output += a[j] * relu;
    }
    return output;
  }

  /** to += scale * from. C2 vectorises this loop by itself: it has no reduction. */
  static void addScaled(double scale, double[] from, double[] to) {
    for (int c = 0; c < to.length; c++) {
      to[c] += scale * from[c];
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
    // A patch shorter than a vector has no neighbour to overlap: it starts at lane 0, under a mask.
    return p < LANES ? 0 : (p + LANES - 1) / LANES * LANES - p % LANES;
  }

  /** All patches of a sample with p of less than a vector, under a mask. */
  static void shortPatches(
      double[] z, int base, int k, int p, double[] w, double[] a, double[] dots, double[] sample) {
    VectorMask<Double> present = SPECIES.indexInRange(0, p);
    DoubleVector zero = DoubleVector.zero(SPECIES);
    DoubleVector filter = DoubleVector.fromArray(SPECIES, w, 0);
    DoubleVector total = zero;
    for (int j = 0; j < k; j++) {
      DoubleVector patch = DoubleVector.fromArray(SPECIES, z, base + j * p, present);
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

  /** The dot products of 4 patches of any p of at least a vector, which share each load of w. */
  private static void forward4(double[] z, int base, int p, double[] w, double[] dots, int j) {
    int whole = p / LANES * LANES;
    int last = base + p - LANES;
    DoubleVector dot0 = DoubleVector.zero(SPECIES);
    int base1 = base + p;
    DoubleVector dot1 = DoubleVector.zero(SPECIES);
    int base2 = base + 2 * p;
    DoubleVector dot2 = DoubleVector.zero(SPECIES);
    int base3 = base + 3 * p;
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
      dot1 = filter.fma(DoubleVector.fromArray(SPECIES, z, last + p), dot1);
      dot2 = filter.fma(DoubleVector.fromArray(SPECIES, z, last + 2 * p), dot2);
      dot3 = filter.fma(DoubleVector.fromArray(SPECIES, z, last + 3 * p), dot3);
    }
    dots[j] = dot0.reduceLanes(VectorOperators.ADD);
    dots[j + 1] = dot1.reduceLanes(VectorOperators.ADD);
    dots[j + 2] = dot2.reduceLanes(VectorOperators.ADD);
    dots[j + 3] = dot3.reduceLanes(VectorOperators.ADD);
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

  /** Adds one weighted patch of any p of at least a vector. */
  private static void backward1(double[] z, int base, double weight, int p, double[] sum) {
    int whole = p / LANES * LANES;
    DoubleVector factor = DoubleVector.broadcast(SPECIES, weight);
    for (int c = 0; c < whole; c += LANES) {
      factor
          .fma(
              DoubleVector.fromArray(SPECIES, z, base + c), DoubleVector.fromArray(SPECIES, sum, c))
          .intoArray(sum, c);
    }
    if (whole < p) {
      factor
          .fma(
              DoubleVector.fromArray(SPECIES, z, base + p - LANES),
              DoubleVector.fromArray(SPECIES, sum, whole))
          .intoArray(sum, whole);
    }
  }
}

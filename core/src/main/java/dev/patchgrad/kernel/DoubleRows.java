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
    }
    if (coordinates.length != p) {
      int spread = (p + LANES - 1) / LANES * LANES;
      coordinates = new double[p];
      w = new double[spread];
      sample = new double[spread];
      filterSum = new double[spread];
    }
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

  /** Adds 4 patches of any p of at least a vector to hidden and to the sample's sum. */
  static void tile4(
      double[] z, int base, int p, double[] w, double[] a, int j, double[] dots, double[] sample) {
    int whole = p / LANES * LANES;
    int last = base + p - LANES;
    DoubleVector zero = DoubleVector.zero(SPECIES);
    DoubleVector dot0 = zero;
    int base1 = base + p;
    DoubleVector dot1 = zero;
    int base2 = base + 2 * p;
    DoubleVector dot2 = zero;
    int base3 = base + 3 * p;
    DoubleVector dot3 = zero;
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
    double sum0 = dot0.reduceLanes(VectorOperators.ADD);
    dots[j] = sum0;
    DoubleVector weight0 =
        zero.blend(
            DoubleVector.broadcast(SPECIES, a[j]),
            DoubleVector.broadcast(SPECIES, sum0).compare(VectorOperators.GT, zero));
    double sum1 = dot1.reduceLanes(VectorOperators.ADD);
    dots[j + 1] = sum1;
    DoubleVector weight1 =
        zero.blend(
            DoubleVector.broadcast(SPECIES, a[j + 1]),
            DoubleVector.broadcast(SPECIES, sum1).compare(VectorOperators.GT, zero));
    double sum2 = dot2.reduceLanes(VectorOperators.ADD);
    dots[j + 2] = sum2;
    DoubleVector weight2 =
        zero.blend(
            DoubleVector.broadcast(SPECIES, a[j + 2]),
            DoubleVector.broadcast(SPECIES, sum2).compare(VectorOperators.GT, zero));
    double sum3 = dot3.reduceLanes(VectorOperators.ADD);
    dots[j + 3] = sum3;
    DoubleVector weight3 =
        zero.blend(
            DoubleVector.broadcast(SPECIES, a[j + 3]),
            DoubleVector.broadcast(SPECIES, sum3).compare(VectorOperators.GT, zero));
    for (int c = 0; c < whole; c += LANES) {
      DoubleVector total = DoubleVector.fromArray(SPECIES, sample, c);
      total = weight0.fma(DoubleVector.fromArray(SPECIES, z, base + c), total);
      total = weight1.fma(DoubleVector.fromArray(SPECIES, z, base1 + c), total);
      total = weight2.fma(DoubleVector.fromArray(SPECIES, z, base2 + c), total);
      total = weight3.fma(DoubleVector.fromArray(SPECIES, z, base3 + c), total);
      total.intoArray(sample, c);
    }
    if (whole < p) {
      DoubleVector total = DoubleVector.fromArray(SPECIES, sample, whole);
      total = weight0.fma(DoubleVector.fromArray(SPECIES, z, last), total);
      total = weight1.fma(DoubleVector.fromArray(SPECIES, z, last + p), total);
      total = weight2.fma(DoubleVector.fromArray(SPECIES, z, last + 2 * p), total);
      total = weight3.fma(DoubleVector.fromArray(SPECIES, z, last + 3 * p), total);
      total.intoArray(sample, whole);
    }
  }

  /** Adds one patch of any p of at least a vector to hidden and to the sample's sum. */
  static void tile1(
      double[] z, int base, int p, double[] w, double[] a, int j, double[] dots, double[] sample) {
    int whole = p / LANES * LANES;
    int last = base + p - LANES;
    DoubleVector zero = DoubleVector.zero(SPECIES);
    DoubleVector dot0 = zero;
    for (int c = 0; c < whole; c += LANES) {
      DoubleVector filter = DoubleVector.fromArray(SPECIES, w, c);
      dot0 = filter.fma(DoubleVector.fromArray(SPECIES, z, base + c), dot0);
    }
    if (whole < p) {
      DoubleVector filter = DoubleVector.fromArray(SPECIES, w, whole);
      dot0 = filter.fma(DoubleVector.fromArray(SPECIES, z, last), dot0);
    }
    double sum0 = dot0.reduceLanes(VectorOperators.ADD);
    dots[j] = sum0;
    DoubleVector weight0 =
        zero.blend(
            DoubleVector.broadcast(SPECIES, a[j]),
            DoubleVector.broadcast(SPECIES, sum0).compare(VectorOperators.GT, zero));
    for (int c = 0; c < whole; c += LANES) {
      DoubleVector total = DoubleVector.fromArray(SPECIES, sample, c);
      total = weight0.fma(DoubleVector.fromArray(SPECIES, z, base + c), total);
      total.intoArray(sample, c);
    }
    if (whole < p) {
      DoubleVector total = DoubleVector.fromArray(SPECIES, sample, whole);
      total = weight0.fma(DoubleVector.fromArray(SPECIES, z, last), total);
      total.intoArray(sample, whole);
    }
  }
}

package dev.patchgrad.kernel;

import dev.patchgrad.network.DoubleBatch;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Row-major patches of any p: several patches at a time share each load of w and of the sample's
 * sum.
 *
 * <p>A patch is covered by full vectors from its start, and, where p is no multiple of the lanes,
 * by one more that ends at its end. That last one overlaps its neighbour; its w is zero in the
 * lanes they share, so no element counts twice and no mask is needed.
 */
final class DoubleVectorKernel extends RangeKernel {
  static final String NAME = "vector";

  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /**
   * Samples whose sums are kept in the lanes' precision before they are added to the double sums.
   */
  private static final int BLOCK = 64;

  private double[] w = new double[0];
  private double[] a = new double[0];
  private double[] hidden = new double[0];
  private double[] sample = new double[0];
  private double[] filterSum = new double[0];
  private double[] weightSum = new double[0];
  private double[] coordinates = new double[0];

  DoubleVectorKernel() {
    super(NAME, Precision.DOUBLE, Layout.ROW_MAJOR);
  }

  @Override
  public String resolved() {
    return LANES + " lanes of " + SPECIES.elementSize() + " bits";
  }

  @Override
  void accumulate(PatchBatch batch, int from, int to, Parameters parameters, GradientSums sums) {
    DoubleBatch doubles = (DoubleBatch) batch;
    double[] patches = doubles.patches();
    double[] labels = doubles.labels();
    int k = batch.k();
    int p = batch.p();
    reserve(k, p);
    parameters.copyFilter(coordinates);
    spread(coordinates, w, p);
    parameters.copyWeights(a);
    for (int first = from; first < to; first += BLOCK) {
      int end = Math.min(to, first + BLOCK);
      Arrays.fill(filterSum, 0);
      Arrays.fill(weightSum, 0);
      double squares = 0;
      for (int i = first; i < end; i++) {
        Arrays.fill(sample, 0);
        double output = sampleSums(patches, i * k * p, k, p);
        double residual = output - labels[i];
        squares += residual * residual;
        addScaled(residual, sample, filterSum, w.length);
        addScaled(residual, hidden, weightSum, k);
      }
      sums.addSquares(squares);
      gather(filterSum, coordinates, p);
      sums.addFilter(coordinates);
      sums.addWeights(weightSum);
    }
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

  /**
   * From p coordinates to whole vectors, the last one holding what the others leave, at its end.
   */
  private static void spread(double[] coordinates, double[] vectors, int p) {
    int whole = p / LANES * LANES;
    Arrays.fill(vectors, 0);
    System.arraycopy(coordinates, 0, vectors, 0, whole);
    int rest = p - whole;
    // A patch shorter than a vector has no neighbour to overlap: it starts at lane 0, under a mask.
    int to = p < LANES ? 0 : vectors.length - rest;
    System.arraycopy(coordinates, whole, vectors, to, rest);
  }

  /** The inverse of {@link #spread}. */
  private static void gather(double[] vectors, double[] coordinates, int p) {
    int whole = p / LANES * LANES;
    System.arraycopy(vectors, 0, coordinates, 0, whole);
    int rest = p - whole;
    int from = p < LANES ? 0 : vectors.length - rest;
    System.arraycopy(vectors, from, coordinates, whole, rest);
  }

  /** Fills hidden and adds to the sample's sum s; gives f. */
  private double sampleSums(double[] patches, int base, int k, int p) {
    double output = 0;
    int j = 0;
    if (p >= LANES) {
      for (; j + 4 <= k; j += 4) {
        output += fourPatches(patches, base + j * p, p, w, a, j, hidden, sample);
      }
    }
    for (; j < k; j++) {
      output +=
          p < LANES
              ? shortPatch(patches, base + j * p, p, w, a, j, hidden, sample)
              : onePatch(patches, base + j * p, p, w, a, j, hidden, sample);
    }
    return output;
  }

  private static double fourPatches(
      double[] z,
      int base,
      int p,
      double[] w,
      double[] a,
      int j,
      double[] hidden,
      double[] sample) {
    int whole = p / LANES * LANES;
    DoubleVector dot0 = DoubleVector.zero(SPECIES);
    DoubleVector dot1 = dot0;
    DoubleVector dot2 = dot0;
    DoubleVector dot3 = dot0;
    for (int c = 0; c < whole; c += LANES) {
      DoubleVector filter = DoubleVector.fromArray(SPECIES, w, c);
      dot0 = DoubleVector.fromArray(SPECIES, z, base + c).fma(filter, dot0);
      dot1 = DoubleVector.fromArray(SPECIES, z, base + p + c).fma(filter, dot1);
      dot2 = DoubleVector.fromArray(SPECIES, z, base + 2 * p + c).fma(filter, dot2);
      dot3 = DoubleVector.fromArray(SPECIES, z, base + 3 * p + c).fma(filter, dot3);
    }
    int last = base + p - LANES;
    if (whole < p) {
      DoubleVector filter = DoubleVector.fromArray(SPECIES, w, whole);
      dot0 = DoubleVector.fromArray(SPECIES, z, last).fma(filter, dot0);
      dot1 = DoubleVector.fromArray(SPECIES, z, last + p).fma(filter, dot1);
      dot2 = DoubleVector.fromArray(SPECIES, z, last + 2 * p).fma(filter, dot2);
      dot3 = DoubleVector.fromArray(SPECIES, z, last + 3 * p).fma(filter, dot3);
    }
    double relu0 = Math.max(dot0.reduceLanes(VectorOperators.ADD), 0);
    double relu1 = Math.max(dot1.reduceLanes(VectorOperators.ADD), 0);
    double relu2 = Math.max(dot2.reduceLanes(VectorOperators.ADD), 0);
    double relu3 = Math.max(dot3.reduceLanes(VectorOperators.ADD), 0);
    hidden[j] = relu0;
    hidden[j + 1] = relu1;
    hidden[j + 2] = relu2;
    hidden[j + 3] = relu3;
    // A closed gate multiplies by zero instead of branching: half of the branches would be missed.
    DoubleVector open0 = DoubleVector.broadcast(SPECIES, relu0 > 0 ? a[j] : 0);
    DoubleVector open1 = DoubleVector.broadcast(SPECIES, relu1 > 0 ? a[j + 1] : 0);
    DoubleVector open2 = DoubleVector.broadcast(SPECIES, relu2 > 0 ? a[j + 2] : 0);
    DoubleVector open3 = DoubleVector.broadcast(SPECIES, relu3 > 0 ? a[j + 3] : 0);
    for (int c = 0; c < whole; c += LANES) {
      DoubleVector sum = DoubleVector.fromArray(SPECIES, sample, c);
      sum = DoubleVector.fromArray(SPECIES, z, base + c).fma(open0, sum);
      sum = DoubleVector.fromArray(SPECIES, z, base + p + c).fma(open1, sum);
      sum = DoubleVector.fromArray(SPECIES, z, base + 2 * p + c).fma(open2, sum);
      DoubleVector.fromArray(SPECIES, z, base + 3 * p + c).fma(open3, sum).intoArray(sample, c);
    }
    if (whole < p) {
      DoubleVector sum = DoubleVector.fromArray(SPECIES, sample, whole);
      sum = DoubleVector.fromArray(SPECIES, z, last).fma(open0, sum);
      sum = DoubleVector.fromArray(SPECIES, z, last + p).fma(open1, sum);
      sum = DoubleVector.fromArray(SPECIES, z, last + 2 * p).fma(open2, sum);
      DoubleVector.fromArray(SPECIES, z, last + 3 * p).fma(open3, sum).intoArray(sample, whole);
    }
    return a[j] * relu0 + a[j + 1] * relu1 + (a[j + 2] * relu2 + a[j + 3] * relu3);
  }

  private static double onePatch(
      double[] z,
      int base,
      int p,
      double[] w,
      double[] a,
      int j,
      double[] hidden,
      double[] sample) {
    int whole = p / LANES * LANES;
    int last = base + p - LANES;
    DoubleVector dot = DoubleVector.zero(SPECIES);
    for (int c = 0; c < whole; c += LANES) {
      DoubleVector filter = DoubleVector.fromArray(SPECIES, w, c);
      dot = DoubleVector.fromArray(SPECIES, z, base + c).fma(filter, dot);
    }
    if (whole < p) {
      DoubleVector filter = DoubleVector.fromArray(SPECIES, w, whole);
      dot = DoubleVector.fromArray(SPECIES, z, last).fma(filter, dot);
    }
    double relu = Math.max(dot.reduceLanes(VectorOperators.ADD), 0);
    hidden[j] = relu;
    DoubleVector open = DoubleVector.broadcast(SPECIES, relu > 0 ? a[j] : 0);
    for (int c = 0; c < whole; c += LANES) {
      DoubleVector sum = DoubleVector.fromArray(SPECIES, sample, c);
      DoubleVector.fromArray(SPECIES, z, base + c).fma(open, sum).intoArray(sample, c);
    }
    if (whole < p) {
      DoubleVector sum = DoubleVector.fromArray(SPECIES, sample, whole);
      DoubleVector.fromArray(SPECIES, z, last).fma(open, sum).intoArray(sample, whole);
    }
    return a[j] * relu;
  }

  /** A patch of fewer elements than lanes: one masked vector. */
  private static double shortPatch(
      double[] z,
      int base,
      int p,
      double[] w,
      double[] a,
      int j,
      double[] hidden,
      double[] sample) {
    VectorMask<Double> present = SPECIES.indexInRange(0, p);
    DoubleVector patch = DoubleVector.fromArray(SPECIES, z, base, present);
    double dot = patch.mul(DoubleVector.fromArray(SPECIES, w, 0)).reduceLanes(VectorOperators.ADD);
    double relu = Math.max(dot, 0);
    hidden[j] = relu;
    DoubleVector open = DoubleVector.broadcast(SPECIES, relu > 0 ? a[j] : 0);
    patch.fma(open, DoubleVector.fromArray(SPECIES, sample, 0)).intoArray(sample, 0);
    return a[j] * relu;
  }

  /** to += scale * from, over the first {@code length} elements. */
  private static void addScaled(double scale, double[] from, double[] to, int length) {
    // C2 vectorises this loop by itself: it has no reduction.
    for (int c = 0; c < length; c++) {
      to[c] += scale * from[c];
    }
  }
}

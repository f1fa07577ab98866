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
 * Four sign flips from the same dot products h_j = w^T z_j, over row-major patches.
 *
 * <p>relu(-x) needs no product of its own, and f(-a) = -f(a). Two sums serve the four filters'
 * derivatives: s+ = sum_j a_j 1[h_j &gt; 0] z_j and s- = sum_j a_j 1[h_j &lt; 0] z_j; what differs
 * by the sign of a is a sample's residual alone. That is 6kp operations a sample instead of 16kp.
 */
final class DoubleSignFlipsKernel extends AbstractSignFlipsKernel {
  static final String NAME = "sign-flips";

  private static final VectorSpecies<Double> SPECIES = DoubleRows.SPECIES;
  private static final int LANES = DoubleRows.LANES;

  /**
   * Samples whose sums are kept in the lanes' precision before they are added to the double sums.
   */
  private static final int BLOCK = 64;

  private double[] coordinates = new double[0];
  private double[] w = new double[0];
  private double[] a = new double[0];
  private double[] hidden = new double[0];
  private double[] open = new double[0];
  private double[] closed = new double[0];
  private double[][] filterSum = new double[FLIPS][0];
  private double[][] weightSum = new double[FLIPS][0];
  private final double[] outputs = new double[2];
  private final double[] residuals = new double[FLIPS];
  private final double[] squares = new double[FLIPS];

  DoubleSignFlipsKernel() {
    super(NAME, Precision.DOUBLE, Layout.ROW_MAJOR);
  }

  @Override
  public String resolved() {
    return LANES + " lanes of " + SPECIES.elementSize() + " bits";
  }

  @Override
  void accumulate(PatchBatch batch, Parameters parameters, GradientSums[] sums) {
    DoubleBatch doubles = (DoubleBatch) batch;
    int n = batch.n();
    int k = batch.k();
    int p = batch.p();
    reserve(k, p);
    parameters.copyFilter(coordinates);
    DoubleRows.spread(coordinates, w, p);
    parameters.copyWeights(a);
    for (int from = 0; from < n; from += BLOCK) {
      for (int flip = 0; flip < FLIPS; flip++) {
        squares[flip] = 0;
        Arrays.fill(filterSum[flip], 0);
        Arrays.fill(weightSum[flip], 0);
      }
      for (int i = from; i < Math.min(n, from + BLOCK); i++) {
        patches(doubles.patches(), batch.offset() + i * k * p, k, p);
        finishSample(doubles.labels()[i]);
      }
      for (int flip = 0; flip < FLIPS; flip++) {
        sums[flip].addSquares(squares[flip]);
        DoubleRows.gather(filterSum[flip], coordinates, p);
        sums[flip].addFilter(coordinates);
        sums[flip].addWeights(weightSum[flip]);
      }
    }
  }

  private void reserve(int k, int p) {
    if (a.length != k) {
      a = new double[k];
      hidden = new double[k];
      weightSum = new double[FLIPS][k];
    }
    if (coordinates.length != p) {
      int spread = (p + LANES - 1) / LANES * LANES;
      coordinates = new double[p];
      w = new double[spread];
      open = new double[spread];
      closed = new double[spread];
      filterSum = new double[FLIPS][spread];
    }
  }

  private void patches(double[] z, int base, int k, int p) {
    if (p < LANES) {
      shortPatches(z, base, k, p, w, a, hidden, open, closed);
      return;
    }
    Arrays.fill(open, 0);
    Arrays.fill(closed, 0);
    int j = 0;
    for (; j + 4 <= k; j += 4) {
      tile4(z, base + j * p, p, w, a, j, hidden, open, closed);
    }
    for (; j < k; j++) {
      tile1(z, base + j * p, p, w, a, j, hidden, open, closed);
    }
  }

  private void finishSample(double label) {
    outputs(hidden, a, outputs);
    residuals[0] = outputs[0] - label;
    residuals[1] = -outputs[0] - label;
    residuals[2] = outputs[1] - label;
    residuals[3] = -outputs[1] - label;
    for (int flip = 0; flip < FLIPS; flip++) {
      squares[flip] += residuals[flip] * residuals[flip];
    }
    DoubleRows.addScaled(residuals[0], open, filterSum[0]);
    DoubleRows.addScaled(-residuals[1], open, filterSum[1]);
    DoubleRows.addScaled(residuals[2], closed, filterSum[2]);
    DoubleRows.addScaled(-residuals[3], closed, filterSum[3]);
    addHidden(residuals[0], residuals[1], 1, hidden, weightSum[0], weightSum[1]);
    addHidden(residuals[2], residuals[3], -1, hidden, weightSum[2], weightSum[3]);
  }

  /** The outputs at (v, a) and (-v, a): sum_j a_j relu(h_j) and sum_j a_j relu(-h_j). */
  private static void outputs(double[] hidden, double[] a, double[] outputs) {
    DoubleVector zero = DoubleVector.zero(SPECIES);
    DoubleVector plus = zero;
    DoubleVector minus = zero;
    int whole = SPECIES.loopBound(a.length);
    for (int j = 0; j < whole; j += LANES) {
      DoubleVector dot = DoubleVector.fromArray(SPECIES, hidden, j);
      DoubleVector weight = DoubleVector.fromArray(SPECIES, a, j);
      VectorMask<Double> gate = dot.compare(VectorOperators.GT, zero);
      plus = weight.fma(zero.blend(dot, gate), plus);
      minus = weight.fma(dot.blend(zero, gate).neg(), minus);
    }
    double plusSum = plus.reduceLanes(VectorOperators.ADD);
    double minusSum = minus.reduceLanes(VectorOperators.ADD);
    for (int j = whole; j < a.length; j++) {
      plusSum += a[j] * (hidden[j] > 0 ? hidden[j] : 0);
      minusSum -= a[j] * (hidden[j] > 0 ? 0 : hidden[j]);
    }
    outputs[0] = plusSum;
    outputs[1] = minusSum;
  }

  /** Adds one * relu(sign h_j) and other * relu(sign h_j) to two flips' sums. */
  private static void addHidden(
      double one, double other, double sign, double[] hidden, double[] sum, double[] otherSum) {
    DoubleVector zero = DoubleVector.zero(SPECIES);
    int whole = SPECIES.loopBound(hidden.length);
    for (int j = 0; j < whole; j += LANES) {
      DoubleVector dot = DoubleVector.fromArray(SPECIES, hidden, j).mul(sign);
      DoubleVector relu = zero.blend(dot, dot.compare(VectorOperators.GT, zero));
      relu.fma(DoubleVector.broadcast(SPECIES, one), DoubleVector.fromArray(SPECIES, sum, j))
          .intoArray(sum, j);
      relu.fma(DoubleVector.broadcast(SPECIES, other), DoubleVector.fromArray(SPECIES, otherSum, j))
          .intoArray(otherSum, j);
    }
    for (int j = whole; j < hidden.length; j++) {
      double dot = sign * hidden[j];
      double relu = dot > 0 ? dot : 0;
      sum[j] += one * relu;
      otherSum[j] += other * relu;
    }
  }

  /** All patches of a sample with p of less than a vector, under a mask. */
  private static void shortPatches(
      double[] z,
      int base,
      int k,
      int p,
      double[] w,
      double[] a,
      double[] dots,
      double[] open,
      double[] closed) {
    VectorMask<Double> present = SPECIES.indexInRange(0, p);
    DoubleVector zero = DoubleVector.zero(SPECIES);
    DoubleVector filter = DoubleVector.fromArray(SPECIES, w, 0);
    DoubleVector plus = zero;
    DoubleVector minus = zero;
    for (int j = 0; j < k; j++) {
      DoubleVector patch = DoubleVector.fromArray(SPECIES, z, base + j * p, present);
      dots[j] = patch.mul(filter).reduceLanes(VectorOperators.ADD);
      DoubleVector dot = DoubleVector.broadcast(SPECIES, dots[j]);
      DoubleVector weight = DoubleVector.broadcast(SPECIES, a[j]);
      plus = zero.blend(weight, dot.compare(VectorOperators.GT, zero)).fma(patch, plus);
      minus = zero.blend(weight, dot.compare(VectorOperators.LT, zero)).fma(patch, minus);
    }
    plus.intoArray(open, 0);
    minus.intoArray(closed, 0);
  }

  /** Adds 4 patches of any p of at least a vector to hidden and to both of the sample's sums. */
  private static void tile4(
      double[] z,
      int base,
      int p,
      double[] w,
      double[] a,
      int j,
      double[] dots,
      double[] open,
      double[] closed) {
    int whole = p / LANES * LANES;
    int last = base + p - LANES;
    DoubleVector zero = DoubleVector.zero(SPECIES);
    DoubleVector dot0 = zero;
    int base1 = base + p;
    DoubleVector dot1 = zero;
    int base2 = base1 + p;
    DoubleVector dot2 = zero;
    int base3 = base2 + p;
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
    dots[j] = dot0.reduceLanes(VectorOperators.ADD);
    dot0 = DoubleVector.broadcast(SPECIES, dots[j]);
    DoubleVector weight0 = DoubleVector.broadcast(SPECIES, a[j]);
    DoubleVector plus0 = zero.blend(weight0, dot0.compare(VectorOperators.GT, zero));
    DoubleVector minus0 = zero.blend(weight0, dot0.compare(VectorOperators.LT, zero));
    dots[j + 1] = dot1.reduceLanes(VectorOperators.ADD);
    dot1 = DoubleVector.broadcast(SPECIES, dots[j + 1]);
    DoubleVector weight1 = DoubleVector.broadcast(SPECIES, a[j + 1]);
    DoubleVector plus1 = zero.blend(weight1, dot1.compare(VectorOperators.GT, zero));
    DoubleVector minus1 = zero.blend(weight1, dot1.compare(VectorOperators.LT, zero));
    dots[j + 2] = dot2.reduceLanes(VectorOperators.ADD);
    dot2 = DoubleVector.broadcast(SPECIES, dots[j + 2]);
    DoubleVector weight2 = DoubleVector.broadcast(SPECIES, a[j + 2]);
    DoubleVector plus2 = zero.blend(weight2, dot2.compare(VectorOperators.GT, zero));
    DoubleVector minus2 = zero.blend(weight2, dot2.compare(VectorOperators.LT, zero));
    dots[j + 3] = dot3.reduceLanes(VectorOperators.ADD);
    dot3 = DoubleVector.broadcast(SPECIES, dots[j + 3]);
    DoubleVector weight3 = DoubleVector.broadcast(SPECIES, a[j + 3]);
    DoubleVector plus3 = zero.blend(weight3, dot3.compare(VectorOperators.GT, zero));
    DoubleVector minus3 = zero.blend(weight3, dot3.compare(VectorOperators.LT, zero));
    for (int c = 0; c < whole; c += LANES) {
      DoubleVector plus = DoubleVector.fromArray(SPECIES, open, c);
      DoubleVector minus = DoubleVector.fromArray(SPECIES, closed, c);
      DoubleVector z0 = DoubleVector.fromArray(SPECIES, z, base + c);
      plus = plus0.fma(z0, plus);
      minus = minus0.fma(z0, minus);
      DoubleVector z1 = DoubleVector.fromArray(SPECIES, z, base1 + c);
      plus = plus1.fma(z1, plus);
      minus = minus1.fma(z1, minus);
      DoubleVector z2 = DoubleVector.fromArray(SPECIES, z, base2 + c);
      plus = plus2.fma(z2, plus);
      minus = minus2.fma(z2, minus);
      DoubleVector z3 = DoubleVector.fromArray(SPECIES, z, base3 + c);
      plus = plus3.fma(z3, plus);
      minus = minus3.fma(z3, minus);
      plus.intoArray(open, c);
      minus.intoArray(closed, c);
    }
    if (whole < p) {
      DoubleVector plus = DoubleVector.fromArray(SPECIES, open, whole);
      DoubleVector minus = DoubleVector.fromArray(SPECIES, closed, whole);
      DoubleVector z0 = DoubleVector.fromArray(SPECIES, z, last);
      plus = plus0.fma(z0, plus);
      minus = minus0.fma(z0, minus);
      DoubleVector z1 = DoubleVector.fromArray(SPECIES, z, last + p);
      plus = plus1.fma(z1, plus);
      minus = minus1.fma(z1, minus);
      DoubleVector z2 = DoubleVector.fromArray(SPECIES, z, last + 2 * p);
      plus = plus2.fma(z2, plus);
      minus = minus2.fma(z2, minus);
      DoubleVector z3 = DoubleVector.fromArray(SPECIES, z, last + 3 * p);
      plus = plus3.fma(z3, plus);
      minus = minus3.fma(z3, minus);
      plus.intoArray(open, whole);
      minus.intoArray(closed, whole);
    }
  }

  /** Adds one patch of any p of at least a vector to hidden and to both of the sample's sums. */
  private static void tile1(
      double[] z,
      int base,
      int p,
      double[] w,
      double[] a,
      int j,
      double[] dots,
      double[] open,
      double[] closed) {
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
    dots[j] = dot0.reduceLanes(VectorOperators.ADD);
    dot0 = DoubleVector.broadcast(SPECIES, dots[j]);
    DoubleVector weight0 = DoubleVector.broadcast(SPECIES, a[j]);
    DoubleVector plus0 = zero.blend(weight0, dot0.compare(VectorOperators.GT, zero));
    DoubleVector minus0 = zero.blend(weight0, dot0.compare(VectorOperators.LT, zero));
    for (int c = 0; c < whole; c += LANES) {
      DoubleVector plus = DoubleVector.fromArray(SPECIES, open, c);
      DoubleVector minus = DoubleVector.fromArray(SPECIES, closed, c);
      DoubleVector z0 = DoubleVector.fromArray(SPECIES, z, base + c);
      plus = plus0.fma(z0, plus);
      minus = minus0.fma(z0, minus);
      plus.intoArray(open, c);
      minus.intoArray(closed, c);
    }
    if (whole < p) {
      DoubleVector plus = DoubleVector.fromArray(SPECIES, open, whole);
      DoubleVector minus = DoubleVector.fromArray(SPECIES, closed, whole);
      DoubleVector z0 = DoubleVector.fromArray(SPECIES, z, last);
      plus = plus0.fma(z0, plus);
      minus = minus0.fma(z0, minus);
      plus.intoArray(open, whole);
      minus.intoArray(closed, whole);
    }
  }
}

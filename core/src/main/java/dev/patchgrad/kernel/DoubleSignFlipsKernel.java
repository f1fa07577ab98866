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
 * Four sign flips from the same dot products h_j = w^T z_j, as many samples at once as a vector has
 * lanes, in layout [n/L][k][p][L].
 *
 * <p>relu(-x) needs no product of its own, and f(-a) = -f(a). Two sums serve the four filters'
 * derivatives: s+ = sum_j a_j 1[h_j &gt; 0] z_j and s- = sum_j a_j 1[h_j &lt; 0] z_j; what differs
 * by the sign of a is a sample's residual alone. That is 6kp operations a sample instead of 16kp.
 */
final class DoubleSignFlipsKernel extends AbstractSignFlipsKernel {
  static final String NAME = "sign-flips";

  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /**
   * Samples whose sums are kept in the lanes' precision before they are added to the double sums.
   */
  private static final int BLOCK = 64 * LANES;

  private double[] w = new double[0];
  private double[] a = new double[0];
  private double[] hidden = new double[0];
  private double[] open = new double[0];
  private double[] closed = new double[0];
  private double[][] filterSum = new double[FLIPS][0];
  private double[][] weightSum = new double[FLIPS][0];
  private final double[][] squares = new double[FLIPS][LANES];

  /** sum_j a_j h_j over the open gates, then over the closed ones. */
  private final double[] outputs = new double[2 * LANES];

  /** Of each flip: [flip][LANES]. */
  private final double[] residuals = new double[FLIPS * LANES];

  DoubleSignFlipsKernel() {
    super(NAME, Precision.DOUBLE, Layout.interleaved(LANES));
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
    parameters.copyFilter(w);
    parameters.copyWeights(a);
    for (int from = 0; from < n; from += BLOCK) {
      for (int flip = 0; flip < FLIPS; flip++) {
        Arrays.fill(squares[flip], 0);
        Arrays.fill(filterSum[flip], 0);
        Arrays.fill(weightSum[flip], 0);
      }
      for (int i = from; i < Math.min(n, from + BLOCK); i += LANES) {
        group(doubles.patches(), batch.offset() + i * k * p, k, p);
        finishGroup(doubles.labels(), i, k, p);
      }
      for (int flip = 0; flip < FLIPS; flip++) {
        for (double square : squares[flip]) {
          sums[flip].addSquares(square);
        }
        DoubleLanes.sum(filterSum[flip], p);
        sums[flip].addFilter(filterSum[flip]);
        DoubleLanes.sum(weightSum[flip], k);
        sums[flip].addWeights(weightSum[flip]);
      }
    }
  }

  private void reserve(int k, int p) {
    if (a.length != k) {
      a = new double[k];
      hidden = new double[k * LANES];
      weightSum = new double[FLIPS][k * LANES];
    }
    if (w.length != p) {
      w = new double[p];
      open = new double[p * LANES];
      closed = new double[p * LANES];
      filterSum = new double[FLIPS][p * LANES];
    }
  }

  /** One group of samples; its sums over patches are left in hidden, open, closed and outputs. */
  private void group(double[] patches, int base, int k, int p) {
    Arrays.fill(open, 0);
    Arrays.fill(closed, 0);
    Arrays.fill(outputs, 0);
    int patch = p * LANES;
    int j = 0;
    for (; j + 4 <= k; j += 4) {
      tile4(patches, base + j * patch, p, w, a, j, hidden, open, closed, outputs);
    }
    for (; j < k; j++) {
      tile1(patches, base + j * patch, p, w, a, j, hidden, open, closed, outputs);
    }
  }

  /** Adds a group's sums, weighted by its residuals, to those of each flip. */
  private void finishGroup(double[] labels, int i, int k, int p) {
    residuals(labels, i, outputs, residuals, squares[0], squares[1], squares[2], squares[3]);
    addFilters(p, residuals, 0, open, filterSum[0], filterSum[1]);
    addFilters(p, residuals, 2 * LANES, closed, filterSum[2], filterSum[3]);
    addWeights(k, residuals, hidden, weightSum[0], weightSum[1], weightSum[2], weightSum[3]);
  }

  /** Adds 4 patches of a group of samples to its dot products, outputs and sums. */
  private static void tile4(
      double[] z,
      int base,
      int p,
      double[] w,
      double[] a,
      int j,
      double[] hidden,
      double[] open,
      double[] closed,
      double[] outputs) {
    DoubleVector zero = DoubleVector.zero(SPECIES);
    DoubleVector dot0 = zero;
    int base1 = base + p * LANES;
    DoubleVector dot1 = zero;
    int base2 = base + 2 * p * LANES;
    DoubleVector dot2 = zero;
    int base3 = base + 3 * p * LANES;
    DoubleVector dot3 = zero;
    for (int c = 0; c < p; c++) {
      DoubleVector filter = DoubleVector.broadcast(SPECIES, w[c]);
      dot0 = filter.fma(DoubleVector.fromArray(SPECIES, z, base + c * LANES), dot0);
      dot1 = filter.fma(DoubleVector.fromArray(SPECIES, z, base1 + c * LANES), dot1);
      dot2 = filter.fma(DoubleVector.fromArray(SPECIES, z, base2 + c * LANES), dot2);
      dot3 = filter.fma(DoubleVector.fromArray(SPECIES, z, base3 + c * LANES), dot3);
    }
    DoubleVector plus = DoubleVector.fromArray(SPECIES, outputs, 0);
    DoubleVector minus = DoubleVector.fromArray(SPECIES, outputs, LANES);
    dot0.intoArray(hidden, j * LANES);
    DoubleVector weight0 = DoubleVector.broadcast(SPECIES, a[j]);
    DoubleVector open0 = zero.blend(weight0, dot0.compare(VectorOperators.GT, zero));
    DoubleVector closed0 = zero.blend(weight0, dot0.compare(VectorOperators.LT, zero));
    plus = open0.fma(dot0, plus);
    minus = closed0.fma(dot0, minus);
    dot1.intoArray(hidden, (j + 1) * LANES);
    DoubleVector weight1 = DoubleVector.broadcast(SPECIES, a[j + 1]);
    DoubleVector open1 = zero.blend(weight1, dot1.compare(VectorOperators.GT, zero));
    DoubleVector closed1 = zero.blend(weight1, dot1.compare(VectorOperators.LT, zero));
    plus = open1.fma(dot1, plus);
    minus = closed1.fma(dot1, minus);
    dot2.intoArray(hidden, (j + 2) * LANES);
    DoubleVector weight2 = DoubleVector.broadcast(SPECIES, a[j + 2]);
    DoubleVector open2 = zero.blend(weight2, dot2.compare(VectorOperators.GT, zero));
    DoubleVector closed2 = zero.blend(weight2, dot2.compare(VectorOperators.LT, zero));
    plus = open2.fma(dot2, plus);
    minus = closed2.fma(dot2, minus);
    dot3.intoArray(hidden, (j + 3) * LANES);
    DoubleVector weight3 = DoubleVector.broadcast(SPECIES, a[j + 3]);
    DoubleVector open3 = zero.blend(weight3, dot3.compare(VectorOperators.GT, zero));
    DoubleVector closed3 = zero.blend(weight3, dot3.compare(VectorOperators.LT, zero));
    plus = open3.fma(dot3, plus);
    minus = closed3.fma(dot3, minus);
    plus.intoArray(outputs, 0);
    minus.intoArray(outputs, LANES);
    for (int c = 0; c < p; c++) {
      plus = DoubleVector.fromArray(SPECIES, open, c * LANES);
      minus = DoubleVector.fromArray(SPECIES, closed, c * LANES);
      DoubleVector z0 = DoubleVector.fromArray(SPECIES, z, base + c * LANES);
      plus = open0.fma(z0, plus);
      minus = closed0.fma(z0, minus);
      DoubleVector z1 = DoubleVector.fromArray(SPECIES, z, base1 + c * LANES);
      plus = open1.fma(z1, plus);
      minus = closed1.fma(z1, minus);
      DoubleVector z2 = DoubleVector.fromArray(SPECIES, z, base2 + c * LANES);
      plus = open2.fma(z2, plus);
      minus = closed2.fma(z2, minus);
      DoubleVector z3 = DoubleVector.fromArray(SPECIES, z, base3 + c * LANES);
      plus = open3.fma(z3, plus);
      minus = closed3.fma(z3, minus);
      plus.intoArray(open, c * LANES);
      minus.intoArray(closed, c * LANES);
    }
  }

  /** Adds one patch of a group of samples to its dot products, outputs and sums. */
  private static void tile1(
      double[] z,
      int base,
      int p,
      double[] w,
      double[] a,
      int j,
      double[] hidden,
      double[] open,
      double[] closed,
      double[] outputs) {
    DoubleVector zero = DoubleVector.zero(SPECIES);
    DoubleVector dot0 = zero;
    for (int c = 0; c < p; c++) {
      DoubleVector filter = DoubleVector.broadcast(SPECIES, w[c]);
      dot0 = filter.fma(DoubleVector.fromArray(SPECIES, z, base + c * LANES), dot0);
    }
    DoubleVector plus = DoubleVector.fromArray(SPECIES, outputs, 0);
    DoubleVector minus = DoubleVector.fromArray(SPECIES, outputs, LANES);
    dot0.intoArray(hidden, j * LANES);
    DoubleVector weight0 = DoubleVector.broadcast(SPECIES, a[j]);
    DoubleVector open0 = zero.blend(weight0, dot0.compare(VectorOperators.GT, zero));
    DoubleVector closed0 = zero.blend(weight0, dot0.compare(VectorOperators.LT, zero));
    plus = open0.fma(dot0, plus);
    minus = closed0.fma(dot0, minus);
    plus.intoArray(outputs, 0);
    minus.intoArray(outputs, LANES);
    for (int c = 0; c < p; c++) {
      plus = DoubleVector.fromArray(SPECIES, open, c * LANES);
      minus = DoubleVector.fromArray(SPECIES, closed, c * LANES);
      DoubleVector z0 = DoubleVector.fromArray(SPECIES, z, base + c * LANES);
      plus = open0.fma(z0, plus);
      minus = closed0.fma(z0, minus);
      plus.intoArray(open, c * LANES);
      minus.intoArray(closed, c * LANES);
    }
  }

  /** The residual of each flip: f(-a) = -f(a), and minus holds sum_j a_j h_j of negative h_j. */
  private static void residuals(
      double[] labels,
      int i,
      double[] outputs,
      double[] residuals,
      double[] squares0,
      double[] squares1,
      double[] squares2,
      double[] squares3) {
    DoubleVector label = DoubleVector.fromArray(SPECIES, labels, i);
    DoubleVector plus = DoubleVector.fromArray(SPECIES, outputs, 0);
    DoubleVector minus = DoubleVector.fromArray(SPECIES, outputs, LANES).neg();
    DoubleVector r0 = plus.sub(label);
    r0.intoArray(residuals, 0);
    r0.fma(r0, DoubleVector.fromArray(SPECIES, squares0, 0)).intoArray(squares0, 0);
    DoubleVector r1 = plus.neg().sub(label);
    r1.intoArray(residuals, LANES);
    r1.fma(r1, DoubleVector.fromArray(SPECIES, squares1, 0)).intoArray(squares1, 0);
    DoubleVector r2 = minus.sub(label);
    r2.intoArray(residuals, 2 * LANES);
    r2.fma(r2, DoubleVector.fromArray(SPECIES, squares2, 0)).intoArray(squares2, 0);
    DoubleVector r3 = minus.neg().sub(label);
    r3.intoArray(residuals, 3 * LANES);
    r3.fma(r3, DoubleVector.fromArray(SPECIES, squares3, 0)).intoArray(squares3, 0);
  }

  /** Adds a group's s to the filters' sums at a and at -a. */
  private static void addFilters(
      int p, double[] residuals, int at, double[] sample, double[] sum, double[] negativeSum) {
    DoubleVector residual = DoubleVector.fromArray(SPECIES, residuals, at);
    DoubleVector negative = DoubleVector.fromArray(SPECIES, residuals, at + LANES).neg();
    for (int c = 0; c < p; c++) {
      DoubleVector s = DoubleVector.fromArray(SPECIES, sample, c * LANES);
      residual.fma(s, DoubleVector.fromArray(SPECIES, sum, c * LANES)).intoArray(sum, c * LANES);
      negative
          .fma(s, DoubleVector.fromArray(SPECIES, negativeSum, c * LANES))
          .intoArray(negativeSum, c * LANES);
    }
  }

  /** Adds relu(h_j) at v, and relu(-h_j) at -v, to the weights' sums. */
  private static void addWeights(
      int k,
      double[] residuals,
      double[] hidden,
      double[] sum0,
      double[] sum1,
      double[] sum2,
      double[] sum3) {
    DoubleVector zero = DoubleVector.zero(SPECIES);
    DoubleVector r0 = DoubleVector.fromArray(SPECIES, residuals, 0);
    DoubleVector r1 = DoubleVector.fromArray(SPECIES, residuals, LANES);
    DoubleVector r2 = DoubleVector.fromArray(SPECIES, residuals, 2 * LANES);
    DoubleVector r3 = DoubleVector.fromArray(SPECIES, residuals, 3 * LANES);
    for (int j = 0; j < k; j++) {
      int at = j * LANES;
      DoubleVector dot = DoubleVector.fromArray(SPECIES, hidden, at);
      VectorMask<Double> gate = dot.compare(VectorOperators.GT, zero);
      DoubleVector relu = zero.blend(dot, gate);
      DoubleVector other = dot.blend(zero, gate).neg();
      r0.fma(relu, DoubleVector.fromArray(SPECIES, sum0, at)).intoArray(sum0, at);
      r1.fma(relu, DoubleVector.fromArray(SPECIES, sum1, at)).intoArray(sum1, at);
      r2.fma(other, DoubleVector.fromArray(SPECIES, sum2, at)).intoArray(sum2, at);
      r3.fma(other, DoubleVector.fromArray(SPECIES, sum3, at)).intoArray(sum3, at);
    }
  }
}

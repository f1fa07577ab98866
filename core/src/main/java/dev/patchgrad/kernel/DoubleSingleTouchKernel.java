package dev.patchgrad.kernel;

import dev.patchgrad.network.DoubleBatch;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Patches padded to whole vectors, each loaded once: z, w and the sample's sum s stay in registers.
 *
 * <p>Holds for patches of up to eight vectors, three times eight of the 32 registers of AVX-512.
 * Longer patches go as in the vector kernel. The padded layout has no tails, and puts every vector
 * of a large batch on a cache line.
 */
final class DoubleSingleTouchKernel extends RangeKernel {
  static final String NAME = "single-touch";

  private static final VectorSpecies<Double> SPECIES = DoubleRows.SPECIES;
  private static final int LANES = DoubleRows.LANES;

  /** Vectors of the longest patch that is kept in registers. */
  private static final int MOST_VECTORS = 8;

  private final DoubleRows rows = new DoubleRows();

  DoubleSingleTouchKernel() {
    super(NAME, Precision.DOUBLE, Layout.padded(DoubleRows.LANES));
  }

  @Override
  public String resolved() {
    return DoubleRows.LANES + " lanes of " + DoubleRows.SPECIES.elementSize() + " bits";
  }

  @Override
  void accumulate(PatchBatch batch, int from, int to, Parameters parameters, GradientSums sums) {
    DoubleBatch doubles = (DoubleBatch) batch;
    double[] patches = doubles.patches();
    double[] labels = doubles.labels();
    int k = batch.k();
    int p = (int) layout().storedElements(batch.p());
    rows.set(k, p, parameters);
    int block = rows.blockSamples();
    boolean fits = p <= MOST_VECTORS * LANES;
    for (int first = from; first < to; first += block) {
      int end = Math.min(to, first + block);
      rows.startBlock();
      if (fits) {
        for (int i = first; i < end; i++) {
          inRegisters(patches, batch.offset() + i * k * p, k, p);
          rows.finishSample(labels[i]);
        }
      } else {
        rows.addSamples(patches, batch.offset(), labels, first, end, p);
      }
      rows.addTo(sums);
    }
  }

  private void inRegisters(double[] patches, int base, int k, int p) {
    double[] w = rows.w;
    double[] a = rows.a;
    double[] dots = rows.hidden;
    double[] sample = rows.sample;
    switch (p / LANES) {
      case 1 -> sample1(patches, base, k, w, a, dots, sample);
      case 2 -> sample2(patches, base, k, w, a, dots, sample);
      case 3 -> sample3(patches, base, k, w, a, dots, sample);
      case 4 -> sample4(patches, base, k, w, a, dots, sample);
      case 5 -> sample5(patches, base, k, w, a, dots, sample);
      case 6 -> sample6(patches, base, k, w, a, dots, sample);
      case 7 -> sample7(patches, base, k, w, a, dots, sample);
      default -> sample8(patches, base, k, w, a, dots, sample);
    }
  }

  /** Patches of 1 vector. */
  private static void sample1(
      double[] patches, int base, int k, double[] w, double[] a, double[] dots, double[] sample) {
    DoubleVector zero = DoubleVector.zero(SPECIES);
    DoubleVector w0 = DoubleVector.fromArray(SPECIES, w, 0);
    DoubleVector s0 = zero;
    for (int j = 0; j < k; j++) {
      int patch = base + j * LANES;
      DoubleVector z0 = DoubleVector.fromArray(SPECIES, patches, patch);
      DoubleVector even = w0.mul(z0);
      double dot = even.reduceLanes(VectorOperators.ADD);
      dots[j] = dot;
      DoubleVector weight =
          zero.blend(
              DoubleVector.broadcast(SPECIES, a[j]),
              DoubleVector.broadcast(SPECIES, dot).compare(VectorOperators.GT, zero));
      s0 = weight.fma(z0, s0);
    }
    s0.intoArray(sample, 0);
  }

  /** Patches of 2 vectors. */
  private static void sample2(
      double[] patches, int base, int k, double[] w, double[] a, double[] dots, double[] sample) {
    DoubleVector zero = DoubleVector.zero(SPECIES);
    DoubleVector w0 = DoubleVector.fromArray(SPECIES, w, 0);
    DoubleVector s0 = zero;
    DoubleVector w1 = DoubleVector.fromArray(SPECIES, w, LANES);
    DoubleVector s1 = zero;
    for (int j = 0; j < k; j++) {
      int patch = base + j * 2 * LANES;
      DoubleVector z0 = DoubleVector.fromArray(SPECIES, patches, patch);
      DoubleVector z1 = DoubleVector.fromArray(SPECIES, patches, patch + LANES);
      DoubleVector even = w0.mul(z0);
      DoubleVector odd = w1.mul(z1);
      double dot = even.add(odd).reduceLanes(VectorOperators.ADD);
      dots[j] = dot;
      DoubleVector weight =
          zero.blend(
              DoubleVector.broadcast(SPECIES, a[j]),
              DoubleVector.broadcast(SPECIES, dot).compare(VectorOperators.GT, zero));
      s0 = weight.fma(z0, s0);
      s1 = weight.fma(z1, s1);
    }
    s0.intoArray(sample, 0);
    s1.intoArray(sample, LANES);
  }

  /** Patches of 3 vectors. */
  private static void sample3(
      double[] patches, int base, int k, double[] w, double[] a, double[] dots, double[] sample) {
    DoubleVector zero = DoubleVector.zero(SPECIES);
    DoubleVector w0 = DoubleVector.fromArray(SPECIES, w, 0);
    DoubleVector s0 = zero;
    DoubleVector w1 = DoubleVector.fromArray(SPECIES, w, LANES);
    DoubleVector s1 = zero;
    DoubleVector w2 = DoubleVector.fromArray(SPECIES, w, 2 * LANES);
    DoubleVector s2 = zero;
    for (int j = 0; j < k; j++) {
      int patch = base + j * 3 * LANES;
      DoubleVector z0 = DoubleVector.fromArray(SPECIES, patches, patch);
      DoubleVector z1 = DoubleVector.fromArray(SPECIES, patches, patch + LANES);
      DoubleVector z2 = DoubleVector.fromArray(SPECIES, patches, patch + 2 * LANES);
      DoubleVector even = w0.mul(z0);
      DoubleVector odd = w1.mul(z1);
      even = w2.fma(z2, even);
      double dot = even.add(odd).reduceLanes(VectorOperators.ADD);
      dots[j] = dot;
      DoubleVector weight =
          zero.blend(
              DoubleVector.broadcast(SPECIES, a[j]),
              DoubleVector.broadcast(SPECIES, dot).compare(VectorOperators.GT, zero));
      s0 = weight.fma(z0, s0);
      s1 = weight.fma(z1, s1);
      s2 = weight.fma(z2, s2);
    }
    s0.intoArray(sample, 0);
    s1.intoArray(sample, LANES);
    s2.intoArray(sample, 2 * LANES);
  }

  /** Patches of 4 vectors. */
  private static void sample4(
      double[] patches, int base, int k, double[] w, double[] a, double[] dots, double[] sample) {
    DoubleVector zero = DoubleVector.zero(SPECIES);
    DoubleVector w0 = DoubleVector.fromArray(SPECIES, w, 0);
    DoubleVector s0 = zero;
    DoubleVector w1 = DoubleVector.fromArray(SPECIES, w, LANES);
    DoubleVector s1 = zero;
    DoubleVector w2 = DoubleVector.fromArray(SPECIES, w, 2 * LANES);
    DoubleVector s2 = zero;
    DoubleVector w3 = DoubleVector.fromArray(SPECIES, w, 3 * LANES);
    DoubleVector s3 = zero;
    for (int j = 0; j < k; j++) {
      int patch = base + j * 4 * LANES;
      DoubleVector z0 = DoubleVector.fromArray(SPECIES, patches, patch);
      DoubleVector z1 = DoubleVector.fromArray(SPECIES, patches, patch + LANES);
      DoubleVector z2 = DoubleVector.fromArray(SPECIES, patches, patch + 2 * LANES);
      DoubleVector z3 = DoubleVector.fromArray(SPECIES, patches, patch + 3 * LANES);
      DoubleVector even = w0.mul(z0);
      DoubleVector odd = w1.mul(z1);
      even = w2.fma(z2, even);
      odd = w3.fma(z3, odd);
      double dot = even.add(odd).reduceLanes(VectorOperators.ADD);
      dots[j] = dot;
      DoubleVector weight =
          zero.blend(
              DoubleVector.broadcast(SPECIES, a[j]),
              DoubleVector.broadcast(SPECIES, dot).compare(VectorOperators.GT, zero));
      s0 = weight.fma(z0, s0);
      s1 = weight.fma(z1, s1);
      s2 = weight.fma(z2, s2);
      s3 = weight.fma(z3, s3);
    }
    s0.intoArray(sample, 0);
    s1.intoArray(sample, LANES);
    s2.intoArray(sample, 2 * LANES);
    s3.intoArray(sample, 3 * LANES);
  }

  /** Patches of 5 vectors. */
  private static void sample5(
      double[] patches, int base, int k, double[] w, double[] a, double[] dots, double[] sample) {
    DoubleVector zero = DoubleVector.zero(SPECIES);
    DoubleVector w0 = DoubleVector.fromArray(SPECIES, w, 0);
    DoubleVector s0 = zero;
    DoubleVector w1 = DoubleVector.fromArray(SPECIES, w, LANES);
    DoubleVector s1 = zero;
    DoubleVector w2 = DoubleVector.fromArray(SPECIES, w, 2 * LANES);
    DoubleVector s2 = zero;
    DoubleVector w3 = DoubleVector.fromArray(SPECIES, w, 3 * LANES);
    DoubleVector s3 = zero;
    DoubleVector w4 = DoubleVector.fromArray(SPECIES, w, 4 * LANES);
    DoubleVector s4 = zero;
    for (int j = 0; j < k; j++) {
      int patch = base + j * 5 * LANES;
      DoubleVector z0 = DoubleVector.fromArray(SPECIES, patches, patch);
      DoubleVector z1 = DoubleVector.fromArray(SPECIES, patches, patch + LANES);
      DoubleVector z2 = DoubleVector.fromArray(SPECIES, patches, patch + 2 * LANES);
      DoubleVector z3 = DoubleVector.fromArray(SPECIES, patches, patch + 3 * LANES);
      DoubleVector z4 = DoubleVector.fromArray(SPECIES, patches, patch + 4 * LANES);
      DoubleVector even = w0.mul(z0);
      DoubleVector odd = w1.mul(z1);
      even = w2.fma(z2, even);
      odd = w3.fma(z3, odd);
      even = w4.fma(z4, even);
      double dot = even.add(odd).reduceLanes(VectorOperators.ADD);
      dots[j] = dot;
      DoubleVector weight =
          zero.blend(
              DoubleVector.broadcast(SPECIES, a[j]),
              DoubleVector.broadcast(SPECIES, dot).compare(VectorOperators.GT, zero));
      s0 = weight.fma(z0, s0);
      s1 = weight.fma(z1, s1);
      s2 = weight.fma(z2, s2);
      s3 = weight.fma(z3, s3);
      s4 = weight.fma(z4, s4);
    }
    s0.intoArray(sample, 0);
    s1.intoArray(sample, LANES);
    s2.intoArray(sample, 2 * LANES);
    s3.intoArray(sample, 3 * LANES);
    s4.intoArray(sample, 4 * LANES);
  }

  /** Patches of 6 vectors. */
  private static void sample6(
      double[] patches, int base, int k, double[] w, double[] a, double[] dots, double[] sample) {
    DoubleVector zero = DoubleVector.zero(SPECIES);
    DoubleVector w0 = DoubleVector.fromArray(SPECIES, w, 0);
    DoubleVector s0 = zero;
    DoubleVector w1 = DoubleVector.fromArray(SPECIES, w, LANES);
    DoubleVector s1 = zero;
    DoubleVector w2 = DoubleVector.fromArray(SPECIES, w, 2 * LANES);
    DoubleVector s2 = zero;
    DoubleVector w3 = DoubleVector.fromArray(SPECIES, w, 3 * LANES);
    DoubleVector s3 = zero;
    DoubleVector w4 = DoubleVector.fromArray(SPECIES, w, 4 * LANES);
    DoubleVector s4 = zero;
    DoubleVector w5 = DoubleVector.fromArray(SPECIES, w, 5 * LANES);
    DoubleVector s5 = zero;
    for (int j = 0; j < k; j++) {
      int patch = base + j * 6 * LANES;
      DoubleVector z0 = DoubleVector.fromArray(SPECIES, patches, patch);
      DoubleVector z1 = DoubleVector.fromArray(SPECIES, patches, patch + LANES);
      DoubleVector z2 = DoubleVector.fromArray(SPECIES, patches, patch + 2 * LANES);
      DoubleVector z3 = DoubleVector.fromArray(SPECIES, patches, patch + 3 * LANES);
      DoubleVector z4 = DoubleVector.fromArray(SPECIES, patches, patch + 4 * LANES);
      DoubleVector z5 = DoubleVector.fromArray(SPECIES, patches, patch + 5 * LANES);
      DoubleVector even = w0.mul(z0);
      DoubleVector odd = w1.mul(z1);
      even = w2.fma(z2, even);
      odd = w3.fma(z3, odd);
      even = w4.fma(z4, even);
      odd = w5.fma(z5, odd);
      double dot = even.add(odd).reduceLanes(VectorOperators.ADD);
      dots[j] = dot;
      DoubleVector weight =
          zero.blend(
              DoubleVector.broadcast(SPECIES, a[j]),
              DoubleVector.broadcast(SPECIES, dot).compare(VectorOperators.GT, zero));
      s0 = weight.fma(z0, s0);
      s1 = weight.fma(z1, s1);
      s2 = weight.fma(z2, s2);
      s3 = weight.fma(z3, s3);
      s4 = weight.fma(z4, s4);
      s5 = weight.fma(z5, s5);
    }
    s0.intoArray(sample, 0);
    s1.intoArray(sample, LANES);
    s2.intoArray(sample, 2 * LANES);
    s3.intoArray(sample, 3 * LANES);
    s4.intoArray(sample, 4 * LANES);
    s5.intoArray(sample, 5 * LANES);
  }

  /** Patches of 7 vectors. */
  private static void sample7(
      double[] patches, int base, int k, double[] w, double[] a, double[] dots, double[] sample) {
    DoubleVector zero = DoubleVector.zero(SPECIES);
    DoubleVector w0 = DoubleVector.fromArray(SPECIES, w, 0);
    DoubleVector s0 = zero;
    DoubleVector w1 = DoubleVector.fromArray(SPECIES, w, LANES);
    DoubleVector s1 = zero;
    DoubleVector w2 = DoubleVector.fromArray(SPECIES, w, 2 * LANES);
    DoubleVector s2 = zero;
    DoubleVector w3 = DoubleVector.fromArray(SPECIES, w, 3 * LANES);
    DoubleVector s3 = zero;
    DoubleVector w4 = DoubleVector.fromArray(SPECIES, w, 4 * LANES);
    DoubleVector s4 = zero;
    DoubleVector w5 = DoubleVector.fromArray(SPECIES, w, 5 * LANES);
    DoubleVector s5 = zero;
    DoubleVector w6 = DoubleVector.fromArray(SPECIES, w, 6 * LANES);
    DoubleVector s6 = zero;
    for (int j = 0; j < k; j++) {
      int patch = base + j * 7 * LANES;
      DoubleVector z0 = DoubleVector.fromArray(SPECIES, patches, patch);
      DoubleVector z1 = DoubleVector.fromArray(SPECIES, patches, patch + LANES);
      DoubleVector z2 = DoubleVector.fromArray(SPECIES, patches, patch + 2 * LANES);
      DoubleVector z3 = DoubleVector.fromArray(SPECIES, patches, patch + 3 * LANES);
      DoubleVector z4 = DoubleVector.fromArray(SPECIES, patches, patch + 4 * LANES);
      DoubleVector z5 = DoubleVector.fromArray(SPECIES, patches, patch + 5 * LANES);
      DoubleVector z6 = DoubleVector.fromArray(SPECIES, patches, patch + 6 * LANES);
      DoubleVector even = w0.mul(z0);
      DoubleVector odd = w1.mul(z1);
      even = w2.fma(z2, even);
      odd = w3.fma(z3, odd);
      even = w4.fma(z4, even);
      odd = w5.fma(z5, odd);
      even = w6.fma(z6, even);
      double dot = even.add(odd).reduceLanes(VectorOperators.ADD);
      dots[j] = dot;
      DoubleVector weight =
          zero.blend(
              DoubleVector.broadcast(SPECIES, a[j]),
              DoubleVector.broadcast(SPECIES, dot).compare(VectorOperators.GT, zero));
      s0 = weight.fma(z0, s0);
      s1 = weight.fma(z1, s1);
      s2 = weight.fma(z2, s2);
      s3 = weight.fma(z3, s3);
      s4 = weight.fma(z4, s4);
      s5 = weight.fma(z5, s5);
      s6 = weight.fma(z6, s6);
    }
    s0.intoArray(sample, 0);
    s1.intoArray(sample, LANES);
    s2.intoArray(sample, 2 * LANES);
    s3.intoArray(sample, 3 * LANES);
    s4.intoArray(sample, 4 * LANES);
    s5.intoArray(sample, 5 * LANES);
    s6.intoArray(sample, 6 * LANES);
  }

  /** Patches of 8 vectors. */
  private static void sample8(
      double[] patches, int base, int k, double[] w, double[] a, double[] dots, double[] sample) {
    DoubleVector zero = DoubleVector.zero(SPECIES);
    DoubleVector w0 = DoubleVector.fromArray(SPECIES, w, 0);
    DoubleVector s0 = zero;
    DoubleVector w1 = DoubleVector.fromArray(SPECIES, w, LANES);
    DoubleVector s1 = zero;
    DoubleVector w2 = DoubleVector.fromArray(SPECIES, w, 2 * LANES);
    DoubleVector s2 = zero;
    DoubleVector w3 = DoubleVector.fromArray(SPECIES, w, 3 * LANES);
    DoubleVector s3 = zero;
    DoubleVector w4 = DoubleVector.fromArray(SPECIES, w, 4 * LANES);
    DoubleVector s4 = zero;
    DoubleVector w5 = DoubleVector.fromArray(SPECIES, w, 5 * LANES);
    DoubleVector s5 = zero;
    DoubleVector w6 = DoubleVector.fromArray(SPECIES, w, 6 * LANES);
    DoubleVector s6 = zero;
    DoubleVector w7 = DoubleVector.fromArray(SPECIES, w, 7 * LANES);
    DoubleVector s7 = zero;
    for (int j = 0; j < k; j++) {
      int patch = base + j * 8 * LANES;
      DoubleVector z0 = DoubleVector.fromArray(SPECIES, patches, patch);
      DoubleVector z1 = DoubleVector.fromArray(SPECIES, patches, patch + LANES);
      DoubleVector z2 = DoubleVector.fromArray(SPECIES, patches, patch + 2 * LANES);
      DoubleVector z3 = DoubleVector.fromArray(SPECIES, patches, patch + 3 * LANES);
      DoubleVector z4 = DoubleVector.fromArray(SPECIES, patches, patch + 4 * LANES);
      DoubleVector z5 = DoubleVector.fromArray(SPECIES, patches, patch + 5 * LANES);
      DoubleVector z6 = DoubleVector.fromArray(SPECIES, patches, patch + 6 * LANES);
      DoubleVector z7 = DoubleVector.fromArray(SPECIES, patches, patch + 7 * LANES);
      DoubleVector even = w0.mul(z0);
      DoubleVector odd = w1.mul(z1);
      even = w2.fma(z2, even);
      odd = w3.fma(z3, odd);
      even = w4.fma(z4, even);
      odd = w5.fma(z5, odd);
      even = w6.fma(z6, even);
      odd = w7.fma(z7, odd);
      double dot = even.add(odd).reduceLanes(VectorOperators.ADD);
      dots[j] = dot;
      DoubleVector weight =
          zero.blend(
              DoubleVector.broadcast(SPECIES, a[j]),
              DoubleVector.broadcast(SPECIES, dot).compare(VectorOperators.GT, zero));
      s0 = weight.fma(z0, s0);
      s1 = weight.fma(z1, s1);
      s2 = weight.fma(z2, s2);
      s3 = weight.fma(z3, s3);
      s4 = weight.fma(z4, s4);
      s5 = weight.fma(z5, s5);
      s6 = weight.fma(z6, s6);
      s7 = weight.fma(z7, s7);
    }
    s0.intoArray(sample, 0);
    s1.intoArray(sample, LANES);
    s2.intoArray(sample, 2 * LANES);
    s3.intoArray(sample, 3 * LANES);
    s4.intoArray(sample, 4 * LANES);
    s5.intoArray(sample, 5 * LANES);
    s6.intoArray(sample, 6 * LANES);
    s7.intoArray(sample, 7 * LANES);
  }
}

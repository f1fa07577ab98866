package dev.patchgrad.kernel;

import dev.patchgrad.network.DoubleBatch;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Row-major patches whose elements are each loaded once: z, w and the sample's sum s stay in
 * registers.
 *
 * <p>Holds for patches of up to eight vectors, three times eight of the 32 registers of AVX-512.
 * Longer patches are tiled, eight at a time.
 */
final class DoubleSingleTouchKernel extends RangeKernel {
  static final String NAME = "single-touch";

  private static final VectorSpecies<Double> SPECIES = DoubleRows.SPECIES;
  private static final int LANES = DoubleRows.LANES;

  /**
   * Samples whose sums are kept in the lanes' precision before they are added to the double sums.
   */
  private static final int BLOCK = 64;

  private final DoubleRows rows = new DoubleRows();

  DoubleSingleTouchKernel() {
    super(NAME, Precision.DOUBLE, Layout.ROW_MAJOR);
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
    int p = batch.p();
    rows.set(k, p, parameters);
    for (int first = from; first < to; first += BLOCK) {
      int end = Math.min(to, first + BLOCK);
      rows.startBlock();
      for (int i = first; i < end; i++) {
        patches(patches, batch.offset() + i * k * p, k, p);
        rows.finishSample(labels[i]);
      }
      rows.addTo(sums);
    }
  }

  private void patches(double[] patches, int base, int k, int p) {
    if (p > 8 * LANES) {
      tiles(patches, base, k, p);
    } else if (p > 4 * LANES) {
      sample8(patches, base, k, p, rows.w, rows.a, rows.hidden, rows.sample);
    } else if (p > 2 * LANES) {
      sample4(patches, base, k, p, rows.w, rows.a, rows.hidden, rows.sample);
    } else if (p > LANES) {
      sample2(patches, base, k, p, rows.w, rows.a, rows.hidden, rows.sample);
    } else if (p == LANES) {
      sample1(patches, base, k, p, rows.w, rows.a, rows.hidden, rows.sample);
    } else {
      DoubleRows.shortPatches(patches, base, k, p, rows.w, rows.a, rows.hidden, rows.sample);
    }
  }

  private void tiles(double[] patches, int base, int k, int p) {
    Arrays.fill(rows.sample, 0);
    int j = 0;
    for (; j + 8 <= k; j += 8) {
      DoubleRows.tile8(patches, base + j * p, p, rows.w, rows.a, j, rows.hidden, rows.sample);
    }
    for (; j + 4 <= k; j += 4) {
      DoubleRows.tile4(patches, base + j * p, p, rows.w, rows.a, j, rows.hidden, rows.sample);
    }
    for (; j < k; j++) {
      DoubleRows.tile1(patches, base + j * p, p, rows.w, rows.a, j, rows.hidden, rows.sample);
    }
  }

  /** p of more than 4 and at most 8 vectors: z, w and the sample's sum stay in registers. */
  private static void sample8(
      double[] patches,
      int base,
      int k,
      int p,
      double[] w,
      double[] a,
      double[] dots,
      double[] sample) {
    DoubleVector zero = DoubleVector.zero(SPECIES);
    int last = p - LANES;
    int at1 = Math.min(LANES, last);
    int at2 = Math.min(2 * LANES, last);
    int at3 = Math.min(3 * LANES, last);
    int at4 = Math.min(4 * LANES, last);
    int at5 = Math.min(5 * LANES, last);
    int at6 = Math.min(6 * LANES, last);
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
      int patch = base + j * p;
      DoubleVector z0 = DoubleVector.fromArray(SPECIES, patches, patch);
      DoubleVector z1 = DoubleVector.fromArray(SPECIES, patches, patch + at1);
      DoubleVector z2 = DoubleVector.fromArray(SPECIES, patches, patch + at2);
      DoubleVector z3 = DoubleVector.fromArray(SPECIES, patches, patch + at3);
      DoubleVector z4 = DoubleVector.fromArray(SPECIES, patches, patch + at4);
      DoubleVector z5 = DoubleVector.fromArray(SPECIES, patches, patch + at5);
      DoubleVector z6 = DoubleVector.fromArray(SPECIES, patches, patch + at6);
      DoubleVector z7 = DoubleVector.fromArray(SPECIES, patches, patch + last);
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

  /** p of more than 2 and at most 4 vectors: z, w and the sample's sum stay in registers. */
  private static void sample4(
      double[] patches,
      int base,
      int k,
      int p,
      double[] w,
      double[] a,
      double[] dots,
      double[] sample) {
    DoubleVector zero = DoubleVector.zero(SPECIES);
    int last = p - LANES;
    int at1 = Math.min(LANES, last);
    int at2 = Math.min(2 * LANES, last);
    DoubleVector w0 = DoubleVector.fromArray(SPECIES, w, 0);
    DoubleVector s0 = zero;
    DoubleVector w1 = DoubleVector.fromArray(SPECIES, w, LANES);
    DoubleVector s1 = zero;
    DoubleVector w2 = DoubleVector.fromArray(SPECIES, w, 2 * LANES);
    DoubleVector s2 = zero;
    DoubleVector w3 = DoubleVector.fromArray(SPECIES, w, 3 * LANES);
    DoubleVector s3 = zero;
    for (int j = 0; j < k; j++) {
      int patch = base + j * p;
      DoubleVector z0 = DoubleVector.fromArray(SPECIES, patches, patch);
      DoubleVector z1 = DoubleVector.fromArray(SPECIES, patches, patch + at1);
      DoubleVector z2 = DoubleVector.fromArray(SPECIES, patches, patch + at2);
      DoubleVector z3 = DoubleVector.fromArray(SPECIES, patches, patch + last);
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

  /** p of more than 1 and at most 2 vectors: z, w and the sample's sum stay in registers. */
  private static void sample2(
      double[] patches,
      int base,
      int k,
      int p,
      double[] w,
      double[] a,
      double[] dots,
      double[] sample) {
    DoubleVector zero = DoubleVector.zero(SPECIES);
    int last = p - LANES;
    DoubleVector w0 = DoubleVector.fromArray(SPECIES, w, 0);
    DoubleVector s0 = zero;
    DoubleVector w1 = DoubleVector.fromArray(SPECIES, w, LANES);
    DoubleVector s1 = zero;
    for (int j = 0; j < k; j++) {
      int patch = base + j * p;
      DoubleVector z0 = DoubleVector.fromArray(SPECIES, patches, patch);
      DoubleVector z1 = DoubleVector.fromArray(SPECIES, patches, patch + last);
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

  /** p of more than 0 and at most 1 vectors: z, w and the sample's sum stay in registers. */
  private static void sample1(
      double[] patches,
      int base,
      int k,
      int p,
      double[] w,
      double[] a,
      double[] dots,
      double[] sample) {
    DoubleVector zero = DoubleVector.zero(SPECIES);
    DoubleVector w0 = DoubleVector.fromArray(SPECIES, w, 0);
    DoubleVector s0 = zero;
    for (int j = 0; j < k; j++) {
      int patch = base + j * p;
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
}

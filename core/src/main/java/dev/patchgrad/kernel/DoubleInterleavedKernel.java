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
 * As many samples at once as a vector has lanes, in layout [n/L][k][p][L]: no sum across lanes.
 *
 * <p>For p = 8 and 4 a patch, the filter and the group's sum s stay in registers, and each element
 * is loaded once; where registers are few, p = 8 takes two passes over a group, and for a batch
 * that comes from memory four groups side by side. For any other p, eight or four patches share
 * each load of w and of s, and are read twice: once for the dot products, once, gated, for s.
 */
final class DoubleInterleavedKernel extends RangeKernel implements ResumableKernel {
  static final String NAME = "interleaved";

  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /**
   * Samples whose sums are kept in the lanes' precision before they are added to the double sums.
   */
  private static final int BLOCK = 64 * LANES;

  /**
   * Elements of a tile of eight patches: a third of an L1 cache of 48 KiB, else four patches do.
   */
  private static final int TILE_ELEMENTS = 16 * 1024 / (SPECIES.elementSize() / Byte.SIZE);

  /**
   * Without AVX-512 there are 16 vector registers: w, z and s of p = 8 do not fit at once. Measured
   * on a Zen 3 (AVX2, 2026-11-24, paired rounds, Z in L2, p/k 8/16): two passes over a group reach
   * 1.3 times the throughput of two patches at a time that share the loads of w.
   */
  private static final boolean FEW_REGISTERS = SPECIES.vectorBitSize() <= 256;

  /**
   * Bytes of patches from which on they are taken to come from memory. Measured in paired rounds at
   * p/k 8/16: on a Zen 3 (AVX2, 2026-11-24) four groups side by side have 0.8 times the throughput
   * of two passes at 2 and 4 MiB, 1.1 at 8 MiB, 1.3 to 1.5 from 16 MiB on. On a Zen 4 (AVX-512, L3
   * of 32 MiB, 2026-11-25) they have 0.6 to 0.7 times that of one pass at 8 and 16 MiB, 1.0 at 32
   * MiB, 1.0 in double and 1.1 in float at 128 MiB, and 1.6 there at p/k 8/64.
   */
  private static final long FAR_BYTES = (FEW_REGISTERS ? 8L : 64L) << 20;

  /** How far apart four groups lie that are taken side by side: pages enough for a stream each. */
  private static final int STREAM_ELEMENTS = 64 * 1024 / (SPECIES.elementSize() / Byte.SIZE);

  private final long farBytes;
  private double[] w = new double[0];
  private double[] a = new double[0];
  private double[] hidden = new double[0];
  private double[] sample = new double[0];
  private double[] filterSum = new double[0];
  private double[] weightSum = new double[0];
  private final double[] output = new double[4 * LANES];
  private final double[] residuals = new double[4 * LANES];
  private final double[] squares = new double[LANES];

  /** Samples whose sums are in the lanes. */
  private int summed;

  DoubleInterleavedKernel() {
    this(FAR_BYTES);
  }

  /**
   * A kernel that takes a batch to come from memory sooner or later than is best.
   *
   * @param farBytes from how many bytes of patches on
   */
  DoubleInterleavedKernel(long farBytes) {
    super(NAME, Precision.DOUBLE, Layout.interleaved(LANES));
    this.farBytes = farBytes;
  }

  @Override
  public String resolved() {
    return LANES + " lanes of " + SPECIES.elementSize() + " bits";
  }

  @Override
  void accumulate(PatchBatch batch, int from, int to, Parameters parameters, GradientSums sums) {
    long bytes = (long) (to - from) * batch.k() * batch.p() * batch.precision().bytes();
    start(parameters);
    add(batch, from, to, bytes >= farBytes, sums);
    end(sums);
  }

  @Override
  public void start(Parameters parameters) {
    reserve(parameters.a().length, parameters.w().length);
    parameters.copyFilter(w);
    parameters.copyWeights(a);
    clear();
  }

  @Override
  public void add(PatchBatch batch, int from, int to, GradientSums sums) {
    // Parts come back for other students, and are chosen to stay in a cache meanwhile.
    add(batch, from, to, false, sums);
  }

  private void add(PatchBatch batch, int from, int to, boolean far, GradientSums sums) {
    int first = from;
    while (first < to) {
      int end = Math.min(to, first + BLOCK - summed);
      groups((DoubleBatch) batch, first, end, far, a.length, w.length);
      summed += end - first;
      if (summed == BLOCK) {
        end(sums);
        clear();
      }
      first = end;
    }
  }

  @Override
  public void end(GradientSums sums) {
    if (summed == 0) {
      return;
    }
    for (double square : squares) {
      sums.addSquares(square);
    }
    DoubleLanes.sum(filterSum, w.length);
    sums.addFilter(filterSum);
    DoubleLanes.sum(weightSum, a.length);
    sums.addWeights(weightSum);
  }

  private void clear() {
    summed = 0;
    Arrays.fill(squares, 0);
    Arrays.fill(filterSum, 0);
    Arrays.fill(weightSum, 0);
  }

  private void reserve(int k, int p) {
    if (a.length != k) {
      a = new double[k];
      hidden = new double[4 * k * LANES];
      weightSum = new double[k * LANES];
    }
    if (w.length != p) {
      w = new double[p];
      sample = new double[(p == 8 ? 4 : 1) * p * LANES];
      filterSum = new double[p * LANES];
    }
  }

  private void groups(DoubleBatch batch, int from, int to, boolean far, int k, int p) {
    double[] patches = batch.patches();
    double[] labels = batch.labels();
    int first = batch.offset();
    if (p == 8) {
      int near = far ? streams8(patches, first, labels, from, to, k) : from;
      if (FEW_REGISTERS) {
        passes8(patches, first, labels, near, to, k, w, a, hidden, squares, filterSum, weightSum);
      } else {
        groups8(
            patches, first, labels, near, to, k, w, a, hidden, residuals, squares, filterSum,
            weightSum);
      }
    } else if (p == 4) {
      groups4(patches, first, labels, from, to, k, w, a, hidden, squares, filterSum, weightSum);
    } else {
      boolean eight = 8 * p * LANES <= TILE_ELEMENTS;
      for (int i = from; i < to; i += LANES) {
        group(patches, first + i * k * p, k, p, eight);
        finish(labels, i, 0, k, p, output, hidden, sample, squares, filterSum, weightSum);
      }
    }
  }

  /** One group of samples; the sums over its patches are left in hidden, sample and output. */
  private void group(double[] patches, int base, int k, int p, boolean eight) {
    Arrays.fill(sample, 0);
    Arrays.fill(output, 0);
    int patch = p * LANES;
    int j = 0;
    if (eight) {
      for (; j + 8 <= k; j += 8) {
        tile8(patches, base + j * patch, p, w, a, j, hidden, sample, output);
      }
    }
    for (; j + 4 <= k; j += 4) {
      tile4(patches, base + j * patch, p, w, a, j, hidden, sample, output);
    }
    for (; j < k; j++) {
      tile1(patches, base + j * patch, p, w, a, j, hidden, sample, output);
    }
  }

  /** All of k patches with p = 8: z, w and the group's sum never leave the registers. */
  private static void groups8(
      double[] patches,
      int first,
      double[] labels,
      int from,
      int to,
      int k,
      double[] w,
      double[] a,
      double[] hidden,
      double[] residuals,
      double[] squares,
      double[] filterSum,
      double[] weightSum) {
    DoubleVector zero = DoubleVector.zero(SPECIES);
    DoubleVector w0 = DoubleVector.broadcast(SPECIES, w[0]);
    DoubleVector w1 = DoubleVector.broadcast(SPECIES, w[1]);
    DoubleVector w2 = DoubleVector.broadcast(SPECIES, w[2]);
    DoubleVector w3 = DoubleVector.broadcast(SPECIES, w[3]);
    DoubleVector w4 = DoubleVector.broadcast(SPECIES, w[4]);
    DoubleVector w5 = DoubleVector.broadcast(SPECIES, w[5]);
    DoubleVector w6 = DoubleVector.broadcast(SPECIES, w[6]);
    DoubleVector w7 = DoubleVector.broadcast(SPECIES, w[7]);
    int waiting = 0;
    for (int i = from; i < to; i += LANES) {
      int base = first + i * k * 8;
      int relus = waiting * k * LANES;
      DoubleVector s0 = zero;
      DoubleVector s1 = zero;
      DoubleVector s2 = zero;
      DoubleVector s3 = zero;
      DoubleVector s4 = zero;
      DoubleVector s5 = zero;
      DoubleVector s6 = zero;
      DoubleVector s7 = zero;
      DoubleVector output = zero;
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
        DoubleVector dot = even.add(odd);
        VectorMask<Double> open = dot.compare(VectorOperators.GT, zero);
        DoubleVector weight = zero.blend(DoubleVector.broadcast(SPECIES, a[j]), open);
        DoubleVector relu = zero.blend(dot, open);
        relu.intoArray(hidden, relus + j * LANES);
        output = weight.fma(relu, output);
        s0 = weight.fma(z0, s0);
        s1 = weight.fma(z1, s1);
        s2 = weight.fma(z2, s2);
        s3 = weight.fma(z3, s3);
        s4 = weight.fma(z4, s4);
        s5 = weight.fma(z5, s5);
        s6 = weight.fma(z6, s6);
        s7 = weight.fma(z7, s7);
      }
      DoubleVector residual = output.sub(DoubleVector.fromArray(SPECIES, labels, i));
      residual.fma(residual, DoubleVector.fromArray(SPECIES, squares, 0)).intoArray(squares, 0);
      residual.fma(s0, DoubleVector.fromArray(SPECIES, filterSum, 0)).intoArray(filterSum, 0);
      residual
          .fma(s1, DoubleVector.fromArray(SPECIES, filterSum, LANES))
          .intoArray(filterSum, LANES);
      residual
          .fma(s2, DoubleVector.fromArray(SPECIES, filterSum, 2 * LANES))
          .intoArray(filterSum, 2 * LANES);
      residual
          .fma(s3, DoubleVector.fromArray(SPECIES, filterSum, 3 * LANES))
          .intoArray(filterSum, 3 * LANES);
      residual
          .fma(s4, DoubleVector.fromArray(SPECIES, filterSum, 4 * LANES))
          .intoArray(filterSum, 4 * LANES);
      residual
          .fma(s5, DoubleVector.fromArray(SPECIES, filterSum, 5 * LANES))
          .intoArray(filterSum, 5 * LANES);
      residual
          .fma(s6, DoubleVector.fromArray(SPECIES, filterSum, 6 * LANES))
          .intoArray(filterSum, 6 * LANES);
      residual
          .fma(s7, DoubleVector.fromArray(SPECIES, filterSum, 7 * LANES))
          .intoArray(filterSum, 7 * LANES);
      residual.intoArray(residuals, waiting * LANES);
      waiting++;
      if (waiting == 4) {
        addWeights4(k, hidden, residuals, weightSum);
        waiting = 0;
      }
    }
    for (int group = 0; group < waiting; group++) {
      addWeights(k, hidden, group * k * LANES, residuals, group * LANES, weightSum);
    }
  }

  /**
   * Four groups share each load and store of the weights' sums: a store of 64 bytes takes two
   * cycles.
   */
  private static void addWeights4(int k, double[] hidden, double[] residuals, double[] weightSum) {
    DoubleVector residual0 = DoubleVector.fromArray(SPECIES, residuals, 0);
    DoubleVector residual1 = DoubleVector.fromArray(SPECIES, residuals, LANES);
    DoubleVector residual2 = DoubleVector.fromArray(SPECIES, residuals, 2 * LANES);
    DoubleVector residual3 = DoubleVector.fromArray(SPECIES, residuals, 3 * LANES);
    int group = k * LANES;
    for (int j = 0; j < group; j += LANES) {
      DoubleVector sum = DoubleVector.fromArray(SPECIES, weightSum, j);
      sum = residual0.fma(DoubleVector.fromArray(SPECIES, hidden, j), sum);
      sum = residual1.fma(DoubleVector.fromArray(SPECIES, hidden, group + j), sum);
      sum = residual2.fma(DoubleVector.fromArray(SPECIES, hidden, 2 * group + j), sum);
      sum = residual3.fma(DoubleVector.fromArray(SPECIES, hidden, 3 * group + j), sum);
      sum.intoArray(weightSum, j);
    }
  }

  /** One group's part of the weights' sums. */
  private static void addWeights(
      int k, double[] hidden, int relus, double[] residuals, int at, double[] weightSum) {
    DoubleVector residual = DoubleVector.fromArray(SPECIES, residuals, at);
    for (int j = 0; j < k * LANES; j += LANES) {
      residual
          .fma(
              DoubleVector.fromArray(SPECIES, hidden, relus + j),
              DoubleVector.fromArray(SPECIES, weightSum, j))
          .intoArray(weightSum, j);
    }
  }

  /**
   * Patches with p = 8 where w, z and s do not fit in the registers at once: w does while the dot
   * products of a group are taken, and the filter's sum while its patches are added, from L1,
   * weighted by residuals that are known by then.
   */
  private static void passes8(
      double[] patches,
      int first,
      double[] labels,
      int from,
      int to,
      int k,
      double[] w,
      double[] a,
      double[] hidden,
      double[] squares,
      double[] filterSum,
      double[] weightSum) {
    DoubleVector zero = DoubleVector.zero(SPECIES);
    for (int i = from; i < to; i += LANES) {
      int base = first + i * k * 8;
      DoubleVector w0 = DoubleVector.broadcast(SPECIES, w[0]);
      DoubleVector w1 = DoubleVector.broadcast(SPECIES, w[1]);
      DoubleVector w2 = DoubleVector.broadcast(SPECIES, w[2]);
      DoubleVector w3 = DoubleVector.broadcast(SPECIES, w[3]);
      DoubleVector w4 = DoubleVector.broadcast(SPECIES, w[4]);
      DoubleVector w5 = DoubleVector.broadcast(SPECIES, w[5]);
      DoubleVector w6 = DoubleVector.broadcast(SPECIES, w[6]);
      DoubleVector w7 = DoubleVector.broadcast(SPECIES, w[7]);
      DoubleVector output = zero;
      for (int j = 0; j < k; j++) {
        int patch = base + j * 8 * LANES;
        DoubleVector even = w0.mul(DoubleVector.fromArray(SPECIES, patches, patch));
        DoubleVector odd = w1.mul(DoubleVector.fromArray(SPECIES, patches, patch + LANES));
        even = w2.fma(DoubleVector.fromArray(SPECIES, patches, patch + 2 * LANES), even);
        odd = w3.fma(DoubleVector.fromArray(SPECIES, patches, patch + 3 * LANES), odd);
        even = w4.fma(DoubleVector.fromArray(SPECIES, patches, patch + 4 * LANES), even);
        odd = w5.fma(DoubleVector.fromArray(SPECIES, patches, patch + 5 * LANES), odd);
        even = w6.fma(DoubleVector.fromArray(SPECIES, patches, patch + 6 * LANES), even);
        odd = w7.fma(DoubleVector.fromArray(SPECIES, patches, patch + 7 * LANES), odd);
        DoubleVector dot = even.add(odd);
        DoubleVector relu = zero.blend(dot, dot.compare(VectorOperators.GT, zero));
        relu.intoArray(hidden, j * LANES);
        output = relu.fma(DoubleVector.broadcast(SPECIES, a[j]), output);
      }
      DoubleVector residual = output.sub(DoubleVector.fromArray(SPECIES, labels, i));
      residual.fma(residual, DoubleVector.fromArray(SPECIES, squares, 0)).intoArray(squares, 0);
      DoubleVector s0 = DoubleVector.fromArray(SPECIES, filterSum, 0);
      DoubleVector s1 = DoubleVector.fromArray(SPECIES, filterSum, LANES);
      DoubleVector s2 = DoubleVector.fromArray(SPECIES, filterSum, 2 * LANES);
      DoubleVector s3 = DoubleVector.fromArray(SPECIES, filterSum, 3 * LANES);
      DoubleVector s4 = DoubleVector.fromArray(SPECIES, filterSum, 4 * LANES);
      DoubleVector s5 = DoubleVector.fromArray(SPECIES, filterSum, 5 * LANES);
      DoubleVector s6 = DoubleVector.fromArray(SPECIES, filterSum, 6 * LANES);
      DoubleVector s7 = DoubleVector.fromArray(SPECIES, filterSum, 7 * LANES);
      for (int j = 0; j < k; j++) {
        int patch = base + j * 8 * LANES;
        DoubleVector relu = DoubleVector.fromArray(SPECIES, hidden, j * LANES);
        residual
            .fma(relu, DoubleVector.fromArray(SPECIES, weightSum, j * LANES))
            .intoArray(weightSum, j * LANES);
        DoubleVector weight =
            zero.blend(
                residual.mul(DoubleVector.broadcast(SPECIES, a[j])),
                relu.compare(VectorOperators.GT, zero));
        s0 = weight.fma(DoubleVector.fromArray(SPECIES, patches, patch), s0);
        s1 = weight.fma(DoubleVector.fromArray(SPECIES, patches, patch + LANES), s1);
        s2 = weight.fma(DoubleVector.fromArray(SPECIES, patches, patch + 2 * LANES), s2);
        s3 = weight.fma(DoubleVector.fromArray(SPECIES, patches, patch + 3 * LANES), s3);
        s4 = weight.fma(DoubleVector.fromArray(SPECIES, patches, patch + 4 * LANES), s4);
        s5 = weight.fma(DoubleVector.fromArray(SPECIES, patches, patch + 5 * LANES), s5);
        s6 = weight.fma(DoubleVector.fromArray(SPECIES, patches, patch + 6 * LANES), s6);
        s7 = weight.fma(DoubleVector.fromArray(SPECIES, patches, patch + 7 * LANES), s7);
      }
      s0.intoArray(filterSum, 0);
      s1.intoArray(filterSum, LANES);
      s2.intoArray(filterSum, 2 * LANES);
      s3.intoArray(filterSum, 3 * LANES);
      s4.intoArray(filterSum, 4 * LANES);
      s5.intoArray(filterSum, 5 * LANES);
      s6.intoArray(filterSum, 6 * LANES);
      s7.intoArray(filterSum, 7 * LANES);
    }
  }

  /**
   * Samples with p = 8 that come from memory, four groups side by side; gives the first sample that
   * is left over.
   *
   * <p>Each group is a stream of its own for the hardware, which fetches ahead within a page. A
   * patch is added to its group's sum as soon as its dot product is there, so that what is fetched
   * is asked for evenly: dot products first and sums later leave the memory idle meanwhile.
   */
  private int streams8(double[] patches, int first, double[] labels, int from, int to, int k) {
    int size = k * 8;
    int groups = (to - from) / LANES;
    int distance = FourStreams.distance(groups, size * LANES, STREAM_ELEMENTS) * LANES;
    int i = from;
    while (distance > 0 && i + 4 * distance <= to) {
      for (int end = i + distance; i < end; i += LANES) {
        Arrays.fill(sample, 0);
        Arrays.fill(output, 0);
        tiles8(patches, first + i * size, distance * size, k, w, a, hidden, sample, output);
        for (int group = 0; group < 4; group++) {
          int at = i + group * distance;
          finish(labels, at, group, k, 8, output, hidden, sample, squares, filterSum, weightSum);
        }
      }
      i += 3 * distance;
    }
    return i;
  }

  /** Four groups of samples with p = 8, a patch of each at a time; w stays in registers. */
  private static void tiles8(
      double[] patches,
      int base,
      int distance,
      int k,
      double[] w,
      double[] a,
      double[] hidden,
      double[] sample,
      double[] output) {
    DoubleVector zero = DoubleVector.zero(SPECIES);
    DoubleVector w0 = DoubleVector.broadcast(SPECIES, w[0]);
    DoubleVector w1 = DoubleVector.broadcast(SPECIES, w[1]);
    DoubleVector w2 = DoubleVector.broadcast(SPECIES, w[2]);
    DoubleVector w3 = DoubleVector.broadcast(SPECIES, w[3]);
    DoubleVector w4 = DoubleVector.broadcast(SPECIES, w[4]);
    DoubleVector w5 = DoubleVector.broadcast(SPECIES, w[5]);
    DoubleVector w6 = DoubleVector.broadcast(SPECIES, w[6]);
    DoubleVector w7 = DoubleVector.broadcast(SPECIES, w[7]);
    for (int j = 0; j < k; j++) {
      for (int group = 0; group < 4; group++) {
        int patch = base + group * distance + j * 8 * LANES;
        DoubleVector dot = w0.mul(DoubleVector.fromArray(SPECIES, patches, patch));
        dot = w1.fma(DoubleVector.fromArray(SPECIES, patches, patch + LANES), dot);
        dot = w2.fma(DoubleVector.fromArray(SPECIES, patches, patch + 2 * LANES), dot);
        dot = w3.fma(DoubleVector.fromArray(SPECIES, patches, patch + 3 * LANES), dot);
        dot = w4.fma(DoubleVector.fromArray(SPECIES, patches, patch + 4 * LANES), dot);
        dot = w5.fma(DoubleVector.fromArray(SPECIES, patches, patch + 5 * LANES), dot);
        dot = w6.fma(DoubleVector.fromArray(SPECIES, patches, patch + 6 * LANES), dot);
        dot = w7.fma(DoubleVector.fromArray(SPECIES, patches, patch + 7 * LANES), dot);
        VectorMask<Double> open = dot.compare(VectorOperators.GT, zero);
        DoubleVector weight = zero.blend(DoubleVector.broadcast(SPECIES, a[j]), open);
        DoubleVector relu = zero.blend(dot, open);
        relu.intoArray(hidden, (group * k + j) * LANES);
        weight
            .fma(relu, DoubleVector.fromArray(SPECIES, output, group * LANES))
            .intoArray(output, group * LANES);
        int sum = group * 8 * LANES;
        for (int c = 0; c < 8 * LANES; c += LANES) {
          weight
              .fma(
                  DoubleVector.fromArray(SPECIES, patches, patch + c),
                  DoubleVector.fromArray(SPECIES, sample, sum + c))
              .intoArray(sample, sum + c);
        }
      }
    }
  }

  /** All of k patches with p = 4: z, w and the group's sum never leave the registers. */
  private static void groups4(
      double[] patches,
      int first,
      double[] labels,
      int from,
      int to,
      int k,
      double[] w,
      double[] a,
      double[] hidden,
      double[] squares,
      double[] filterSum,
      double[] weightSum) {
    DoubleVector zero = DoubleVector.zero(SPECIES);
    DoubleVector w0 = DoubleVector.broadcast(SPECIES, w[0]);
    DoubleVector w1 = DoubleVector.broadcast(SPECIES, w[1]);
    DoubleVector w2 = DoubleVector.broadcast(SPECIES, w[2]);
    DoubleVector w3 = DoubleVector.broadcast(SPECIES, w[3]);
    for (int i = from; i < to; i += LANES) {
      int base = first + i * k * 4;
      DoubleVector s0 = zero;
      DoubleVector s1 = zero;
      DoubleVector s2 = zero;
      DoubleVector s3 = zero;
      DoubleVector output = zero;
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
        DoubleVector dot = even.add(odd);
        VectorMask<Double> open = dot.compare(VectorOperators.GT, zero);
        DoubleVector weight = zero.blend(DoubleVector.broadcast(SPECIES, a[j]), open);
        DoubleVector relu = zero.blend(dot, open);
        relu.intoArray(hidden, j * LANES);
        output = weight.fma(relu, output);
        s0 = weight.fma(z0, s0);
        s1 = weight.fma(z1, s1);
        s2 = weight.fma(z2, s2);
        s3 = weight.fma(z3, s3);
      }
      DoubleVector residual = output.sub(DoubleVector.fromArray(SPECIES, labels, i));
      residual.fma(residual, DoubleVector.fromArray(SPECIES, squares, 0)).intoArray(squares, 0);
      residual.fma(s0, DoubleVector.fromArray(SPECIES, filterSum, 0)).intoArray(filterSum, 0);
      residual
          .fma(s1, DoubleVector.fromArray(SPECIES, filterSum, LANES))
          .intoArray(filterSum, LANES);
      residual
          .fma(s2, DoubleVector.fromArray(SPECIES, filterSum, 2 * LANES))
          .intoArray(filterSum, 2 * LANES);
      residual
          .fma(s3, DoubleVector.fromArray(SPECIES, filterSum, 3 * LANES))
          .intoArray(filterSum, 3 * LANES);
      for (int j = 0; j < k; j++) {
        residual
            .fma(
                DoubleVector.fromArray(SPECIES, hidden, j * LANES),
                DoubleVector.fromArray(SPECIES, weightSum, j * LANES))
            .intoArray(weightSum, j * LANES);
      }
    }
  }

  /** Adds 8 patches of a group of samples to its sums. */
  private static void tile8(
      double[] z,
      int base,
      int p,
      double[] w,
      double[] a,
      int j,
      double[] hidden,
      double[] sample,
      double[] output) {
    DoubleVector zero = DoubleVector.zero(SPECIES);
    DoubleVector dot0 = zero;
    int base1 = base + p * LANES;
    DoubleVector dot1 = zero;
    int base2 = base + 2 * p * LANES;
    DoubleVector dot2 = zero;
    int base3 = base + 3 * p * LANES;
    DoubleVector dot3 = zero;
    int base4 = base + 4 * p * LANES;
    DoubleVector dot4 = zero;
    int base5 = base + 5 * p * LANES;
    DoubleVector dot5 = zero;
    int base6 = base + 6 * p * LANES;
    DoubleVector dot6 = zero;
    int base7 = base + 7 * p * LANES;
    DoubleVector dot7 = zero;
    // In one loop eight addresses do not fit the registers: C2 would load each before its patch.
    for (int c = 0; c < p; c++) {
      DoubleVector filter = DoubleVector.broadcast(SPECIES, w[c]);
      dot0 = filter.fma(DoubleVector.fromArray(SPECIES, z, base + c * LANES), dot0);
      dot1 = filter.fma(DoubleVector.fromArray(SPECIES, z, base1 + c * LANES), dot1);
      dot2 = filter.fma(DoubleVector.fromArray(SPECIES, z, base2 + c * LANES), dot2);
      dot3 = filter.fma(DoubleVector.fromArray(SPECIES, z, base3 + c * LANES), dot3);
    }
    for (int c = 0; c < p; c++) {
      DoubleVector filter = DoubleVector.broadcast(SPECIES, w[c]);
      dot4 = filter.fma(DoubleVector.fromArray(SPECIES, z, base4 + c * LANES), dot4);
      dot5 = filter.fma(DoubleVector.fromArray(SPECIES, z, base5 + c * LANES), dot5);
      dot6 = filter.fma(DoubleVector.fromArray(SPECIES, z, base6 + c * LANES), dot6);
      dot7 = filter.fma(DoubleVector.fromArray(SPECIES, z, base7 + c * LANES), dot7);
    }
    DoubleVector sum = DoubleVector.fromArray(SPECIES, output, 0);
    VectorMask<Double> open0 = dot0.compare(VectorOperators.GT, zero);
    DoubleVector weight0 = zero.blend(DoubleVector.broadcast(SPECIES, a[j]), open0);
    DoubleVector relu0 = zero.blend(dot0, open0);
    relu0.intoArray(hidden, j * LANES);
    sum = weight0.fma(relu0, sum);
    VectorMask<Double> open1 = dot1.compare(VectorOperators.GT, zero);
    DoubleVector weight1 = zero.blend(DoubleVector.broadcast(SPECIES, a[j + 1]), open1);
    DoubleVector relu1 = zero.blend(dot1, open1);
    relu1.intoArray(hidden, (j + 1) * LANES);
    sum = weight1.fma(relu1, sum);
    VectorMask<Double> open2 = dot2.compare(VectorOperators.GT, zero);
    DoubleVector weight2 = zero.blend(DoubleVector.broadcast(SPECIES, a[j + 2]), open2);
    DoubleVector relu2 = zero.blend(dot2, open2);
    relu2.intoArray(hidden, (j + 2) * LANES);
    sum = weight2.fma(relu2, sum);
    VectorMask<Double> open3 = dot3.compare(VectorOperators.GT, zero);
    DoubleVector weight3 = zero.blend(DoubleVector.broadcast(SPECIES, a[j + 3]), open3);
    DoubleVector relu3 = zero.blend(dot3, open3);
    relu3.intoArray(hidden, (j + 3) * LANES);
    sum = weight3.fma(relu3, sum);
    VectorMask<Double> open4 = dot4.compare(VectorOperators.GT, zero);
    DoubleVector weight4 = zero.blend(DoubleVector.broadcast(SPECIES, a[j + 4]), open4);
    DoubleVector relu4 = zero.blend(dot4, open4);
    relu4.intoArray(hidden, (j + 4) * LANES);
    sum = weight4.fma(relu4, sum);
    VectorMask<Double> open5 = dot5.compare(VectorOperators.GT, zero);
    DoubleVector weight5 = zero.blend(DoubleVector.broadcast(SPECIES, a[j + 5]), open5);
    DoubleVector relu5 = zero.blend(dot5, open5);
    relu5.intoArray(hidden, (j + 5) * LANES);
    sum = weight5.fma(relu5, sum);
    VectorMask<Double> open6 = dot6.compare(VectorOperators.GT, zero);
    DoubleVector weight6 = zero.blend(DoubleVector.broadcast(SPECIES, a[j + 6]), open6);
    DoubleVector relu6 = zero.blend(dot6, open6);
    relu6.intoArray(hidden, (j + 6) * LANES);
    sum = weight6.fma(relu6, sum);
    VectorMask<Double> open7 = dot7.compare(VectorOperators.GT, zero);
    DoubleVector weight7 = zero.blend(DoubleVector.broadcast(SPECIES, a[j + 7]), open7);
    DoubleVector relu7 = zero.blend(dot7, open7);
    relu7.intoArray(hidden, (j + 7) * LANES);
    sum = weight7.fma(relu7, sum);
    sum.intoArray(output, 0);
    for (int c = 0; c < p; c++) {
      DoubleVector total = DoubleVector.fromArray(SPECIES, sample, c * LANES);
      total = weight0.fma(DoubleVector.fromArray(SPECIES, z, base + c * LANES), total);
      total = weight1.fma(DoubleVector.fromArray(SPECIES, z, base1 + c * LANES), total);
      total = weight2.fma(DoubleVector.fromArray(SPECIES, z, base2 + c * LANES), total);
      total = weight3.fma(DoubleVector.fromArray(SPECIES, z, base3 + c * LANES), total);
      total = weight4.fma(DoubleVector.fromArray(SPECIES, z, base4 + c * LANES), total);
      total = weight5.fma(DoubleVector.fromArray(SPECIES, z, base5 + c * LANES), total);
      total = weight6.fma(DoubleVector.fromArray(SPECIES, z, base6 + c * LANES), total);
      total = weight7.fma(DoubleVector.fromArray(SPECIES, z, base7 + c * LANES), total);
      total.intoArray(sample, c * LANES);
    }
  }

  /** Adds 4 patches of a group of samples to its sums. */
  private static void tile4(
      double[] z,
      int base,
      int p,
      double[] w,
      double[] a,
      int j,
      double[] hidden,
      double[] sample,
      double[] output) {
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
    DoubleVector sum = DoubleVector.fromArray(SPECIES, output, 0);
    VectorMask<Double> open0 = dot0.compare(VectorOperators.GT, zero);
    DoubleVector weight0 = zero.blend(DoubleVector.broadcast(SPECIES, a[j]), open0);
    DoubleVector relu0 = zero.blend(dot0, open0);
    relu0.intoArray(hidden, j * LANES);
    sum = weight0.fma(relu0, sum);
    VectorMask<Double> open1 = dot1.compare(VectorOperators.GT, zero);
    DoubleVector weight1 = zero.blend(DoubleVector.broadcast(SPECIES, a[j + 1]), open1);
    DoubleVector relu1 = zero.blend(dot1, open1);
    relu1.intoArray(hidden, (j + 1) * LANES);
    sum = weight1.fma(relu1, sum);
    VectorMask<Double> open2 = dot2.compare(VectorOperators.GT, zero);
    DoubleVector weight2 = zero.blend(DoubleVector.broadcast(SPECIES, a[j + 2]), open2);
    DoubleVector relu2 = zero.blend(dot2, open2);
    relu2.intoArray(hidden, (j + 2) * LANES);
    sum = weight2.fma(relu2, sum);
    VectorMask<Double> open3 = dot3.compare(VectorOperators.GT, zero);
    DoubleVector weight3 = zero.blend(DoubleVector.broadcast(SPECIES, a[j + 3]), open3);
    DoubleVector relu3 = zero.blend(dot3, open3);
    relu3.intoArray(hidden, (j + 3) * LANES);
    sum = weight3.fma(relu3, sum);
    sum.intoArray(output, 0);
    for (int c = 0; c < p; c++) {
      DoubleVector total = DoubleVector.fromArray(SPECIES, sample, c * LANES);
      total = weight0.fma(DoubleVector.fromArray(SPECIES, z, base + c * LANES), total);
      total = weight1.fma(DoubleVector.fromArray(SPECIES, z, base1 + c * LANES), total);
      total = weight2.fma(DoubleVector.fromArray(SPECIES, z, base2 + c * LANES), total);
      total = weight3.fma(DoubleVector.fromArray(SPECIES, z, base3 + c * LANES), total);
      total.intoArray(sample, c * LANES);
    }
  }

  /** Adds one patch of a group of samples to its sums. */
  private static void tile1(
      double[] z,
      int base,
      int p,
      double[] w,
      double[] a,
      int j,
      double[] hidden,
      double[] sample,
      double[] output) {
    DoubleVector zero = DoubleVector.zero(SPECIES);
    DoubleVector dot0 = zero;
    for (int c = 0; c < p; c++) {
      DoubleVector filter = DoubleVector.broadcast(SPECIES, w[c]);
      dot0 = filter.fma(DoubleVector.fromArray(SPECIES, z, base + c * LANES), dot0);
    }
    DoubleVector sum = DoubleVector.fromArray(SPECIES, output, 0);
    VectorMask<Double> open0 = dot0.compare(VectorOperators.GT, zero);
    DoubleVector weight0 = zero.blend(DoubleVector.broadcast(SPECIES, a[j]), open0);
    DoubleVector relu0 = zero.blend(dot0, open0);
    relu0.intoArray(hidden, j * LANES);
    sum = weight0.fma(relu0, sum);
    sum.intoArray(output, 0);
    for (int c = 0; c < p; c++) {
      DoubleVector total = DoubleVector.fromArray(SPECIES, sample, c * LANES);
      total = weight0.fma(DoubleVector.fromArray(SPECIES, z, base + c * LANES), total);
      total.intoArray(sample, c * LANES);
    }
  }

  /** Adds the sums of one of the groups at hand, weighted by its residuals. */
  private static void finish(
      double[] labels,
      int i,
      int group,
      int k,
      int p,
      double[] output,
      double[] hidden,
      double[] sample,
      double[] squares,
      double[] filterSum,
      double[] weightSum) {
    DoubleVector residual =
        DoubleVector.fromArray(SPECIES, output, group * LANES)
            .sub(DoubleVector.fromArray(SPECIES, labels, i));
    residual.fma(residual, DoubleVector.fromArray(SPECIES, squares, 0)).intoArray(squares, 0);
    for (int j = 0; j < k; j++) {
      residual
          .fma(
              DoubleVector.fromArray(SPECIES, hidden, (group * k + j) * LANES),
              DoubleVector.fromArray(SPECIES, weightSum, j * LANES))
          .intoArray(weightSum, j * LANES);
    }
    for (int c = 0; c < p; c++) {
      residual
          .fma(
              DoubleVector.fromArray(SPECIES, sample, (group * p + c) * LANES),
              DoubleVector.fromArray(SPECIES, filterSum, c * LANES))
          .intoArray(filterSum, c * LANES);
    }
  }
}

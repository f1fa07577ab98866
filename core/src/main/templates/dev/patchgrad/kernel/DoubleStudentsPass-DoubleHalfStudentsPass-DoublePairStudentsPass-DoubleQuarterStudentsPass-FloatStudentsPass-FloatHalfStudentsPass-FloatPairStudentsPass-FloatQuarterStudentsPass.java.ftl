<#assign tiles = class?replace("sPass", "Tiles")>
<#assign narrow = class?contains("Half") || class?contains("Quarter")>
package dev.patchgrad.kernel;

import dev.patchgrad.network.${Type}Batch;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.Parametrisation;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.internal.Reciprocal;
import dev.patchgrad.network.Student;
import java.util.Arrays;
import java.util.List;

/**
 * Many students in one pass over row-major patches, in tiles of ${narrow?then("one vector", "two vectors")}: two matrix products, for the
 * limit of the multiply-add units.
 *
 * <p>A block of some samples goes through all its work before the next comes: the dot products H =
 * Z W, the residuals, and the sums S = G^T Z. So patches come from memory once, and H is that of a
 * block. Scratch space: W, A and their sums, O((k + p) R); H, max(k, 192) R.
 */
final class ${class} {
  private static final int LANES = ${tiles}.LANES;
  private static final int WIDTH = ${tiles}.WIDTH;

  /** Patches of a block, unless a sample has more: spreads what a block costs whatever its size. */
  private static final int BLOCK_PATCHES = 192;

  /** Elements of patches of a block, where that is no less than the sums go through at a time. */
  private static final int BLOCK_ELEMENTS =
      128 * 1024 / (${tiles}.SPECIES.elementSize() / Byte.SIZE);

  /**
   * Where registers are few: elements of patches that the sums over patches go through for all
   * columns: most of an L1.
   */
  private static final int SUMS_ELEMENTS =
      24 * 1024 / (${tiles}.SPECIES.elementSize() / Byte.SIZE);

  /**
   * Where registers are few: from this p on, rows lie so far apart that they share a few sets of
   * L1, and the sums over patches read a copy of some columns of some patches.
   */
  private static final int LONG_DIMENSION =
      1024 / (${tiles}.SPECIES.elementSize() / Byte.SIZE);

  /** Columns of that copy: a multiple of five and of four. */
  private static final int PACKED_COLUMNS = 40;

  /** Patches of that copy. */
  private static final int PACKED_PATCHES = 64;

  /** Patches at least that sums of a whole line of each go through: they are loaded and stored. */
  private static final int WIDE_PATCHES = 128;

  /** Samples whose sums are kept in ${type} before they are added to the double sums. */
  private static final int SUMMED = 64;

  /** Coordinates that are written to or read from the lanes of a tile at a time. */
  private static final int COORDINATES = 64;

  /** Elements of the largest tile of sums: as many zeros lie behind the sums, to start from. */
  private static final int ZEROS = ${narrow?then(16, 8)} * WIDTH;

  private final boolean manyRegisters;

  /** Of the students of a tile, what of the sum lies along the filter: [WIDTH]. */
  private final ${type}[] radial = new ${type}[WIDTH];

  /** Of the students of a tile, what is added to the sum for each unit of v: [WIDTH]. */
  private final double[] slopes = new double[WIDTH];

  /** Filters [tile][p][WIDTH], and the sums of their derivatives. */
  private ${type}[] w = new ${type}[0];

  private ${type}[] filterSum = new ${type}[0];
  private double[] filterTotal = new double[0];

  /** Output weights [tile][k][WIDTH], and the sums of their derivatives. */
  private ${type}[] a = new ${type}[0];

  private ${type}[] weightSum = new ${type}[0];
  private double[] weightTotal = new double[0];

  /** Sums of squared residuals [tile][WIDTH]. */
  private ${type}[] squares = new ${type}[0];

  private double[] squaresTotal = new double[0];

  /** Dot products, then weights of the patches: [tile][patch of the block][WIDTH]. */
  private ${type}[] hidden = new ${type}[0];

  /** Some columns of some patches, side by side. */
  private final ${type}[] packed = new ${type}[PACKED_PATCHES * PACKED_COLUMNS];

  /** [sample of the block][WIDTH]. */
  private ${type}[] residual = new ${type}[0];

  /**
   * A pass.
   *
   * @param manyRegisters whether there are the 32 of AVX-512, else 16
   */
  ${class}(boolean manyRegisters) {
    this.manyRegisters = manyRegisters;
  }

  /** The gradients of so many students from one on; see {@link AbstractStudentsKernel}. */
  void evaluate(
      PatchBatch batch,
      List<Student> students,
      double[] norms,
      List<Gradient> out,
      int from,
      int size) {
    ${Type}Batch typed = (${Type}Batch) batch;
    int n = batch.n();
    int k = batch.k();
    int p = batch.p();
    int tiles = Math.ceilDiv(size, WIDTH);
    reserve(tiles, k, p);
    place(students, norms, out, from, size, k, p);
    boolean once = n <= SUMMED;
    if (!once) {
      Arrays.fill(filterTotal, 0, tiles * p * WIDTH, 0);
      Arrays.fill(weightTotal, 0, tiles * k * WIDTH, 0);
      Arrays.fill(squaresTotal, 0, tiles * WIDTH, 0);
    }
    for (int sample = 0; sample < n; sample += SUMMED) {
      accumulate(typed, sample, Math.min(n, sample + SUMMED), tiles, k, p);
      if (!once) {
        addTo(filterTotal, filterSum, tiles * p * WIDTH);
        addTo(weightTotal, weightSum, tiles * k * WIDTH);
        addTo(squaresTotal, squares, tiles * WIDTH);
      }
    }
    for (int first = 0; first < size; first += WIDTH) {
      int count = Math.min(WIDTH, size - first);
      finish(n, students, norms, from, first, count, once, k, p, out);
    }
  }

  /**
   * Writes the students' parameters side by side. Lanes without a student keep what is there: no
   * lane reads another's, and theirs are not read.
   */
  private void place(
      List<Student> students,
      double[] norms,
      List<Gradient> out,
      int from,
      int size,
      int k,
      int p) {
    for (int first = 0; first < size; first += WIDTH) {
      int end = Math.min(first + WIDTH, size);
      for (int r = first; r < end; r++) {
        if (!Reciprocal.isSound(norms[from + r])) {
          students.get(from + r).filter(out.get(from + r).dv(), norms[from + r]);
        }
        StudentLanes.place(students.get(from + r).a(), 1, a, lane(r, k), WIDTH, 0, k);
      }
      // Some coordinates of all students of a tile, then the next ones: lines that all of them
      // write to stay in L1.
      for (int c = 0; c < p; c += COORDINATES) {
        int until = Math.min(p, c + COORDINATES);
        for (int r = first; r < end; r++) {
          double[] v = filterTimes(norms[from + r], students.get(from + r), out.get(from + r));
          StudentLanes.place(v, factor(norms[from + r]), w, lane(r, p), WIDTH, c, until);
        }
      }
    }
  }

  /**
   * An array that is the student's filter once it is multiplied by {@link #factor}: the student's
   * own v, as an array of filters would push patches out of L2; where 1 / |v| is not sound, the
   * filter itself, written where its derivative will be.
   */
  private static double[] filterTimes(double norm, Student student, Gradient out) {
    return Reciprocal.isSound(norm) ? student.v() : out.dv();
  }

  private static double factor(double norm) {
    return Reciprocal.isSound(norm) ? 1 / norm : 1;
  }

  /** The gradients of a tile's students, from the sums of the one part of the batch or of all. */
  private void finish(
      int n,
      List<Student> students,
      double[] norms,
      int from,
      int first,
      int count,
      boolean once,
      int k,
      int p,
      List<Gradient> out) {
    slopes(students, norms, from, first, count, once, p, out);
    for (int c = 0; c < p; c += COORDINATES) {
      int end = Math.min(p, c + COORDINATES);
      for (int r = first; r < first + count; r++) {
        double divisor = n * norms[from + r];
        double slope = slopes[r - first];
        double[] v = filterTimes(norms[from + r], students.get(from + r), out.get(from + r));
        double[] dv = out.get(from + r).dv();
        if (once) {
          StudentLanes.finish(filterSum, lane(r, p), WIDTH, c, end, slope, v, divisor, dv);
        } else {
          StudentLanes.finish(filterTotal, lane(r, p), WIDTH, c, end, slope, v, divisor, dv);
        }
      }
    }
    for (int r = first; r < first + count; r++) {
      double[] own = students.get(from + r).a();
      double[] da = out.get(from + r).da();
      if (once) {
        StudentLanes.finish(weightSum, lane(r, k), WIDTH, 0, k, 0, own, n, da);
      } else {
        StudentLanes.finish(weightTotal, lane(r, k), WIDTH, 0, k, 0, own, n, da);
      }
      out.get(from + r).loss((once ? squares[r] : squaresTotal[r]) / (2.0 * n));
    }
  }

  /**
   * The derivative in v is the sum less what of it lies along the filter, over n |v|: so much of
   * each student's v goes to its sum.
   */
  private void slopes(
      List<Student> students,
      double[] norms,
      int from,
      int first,
      int count,
      boolean once,
      int p,
      List<Gradient> out) {
    if (once) {
      ${tiles}.radial(w, filterSum, lane(first, p), p, radial);
    }
    for (int lane = 0; lane < count; lane++) {
      int r = first + lane;
      double factor = factor(norms[from + r]);
      if (students.get(from + r).parametrisation() == Parametrisation.PLAIN) {
        // Not zero times the sum, which may be infinite.
        slopes[lane] = 0;
      } else if (once) {
        slopes[lane] = -radial[lane] * factor;
      } else {
        double[] v = filterTimes(norms[from + r], students.get(from + r), out.get(from + r));
        slopes[lane] = -factor * StudentLanes.dot(v, factor, filterTotal, lane(r, p), WIDTH);
      }
    }
  }

  private void reserve(int tiles, int k, int p) {
    if (w.length < tiles * p * WIDTH) {
      w = new ${type}[tiles * p * WIDTH];
      filterSum = new ${type}[tiles * p * WIDTH + ZEROS];
      filterTotal = new double[tiles * p * WIDTH];
    }
    if (a.length < tiles * k * WIDTH) {
      a = new ${type}[tiles * k * WIDTH];
      weightSum = new ${type}[tiles * k * WIDTH];
      weightTotal = new double[tiles * k * WIDTH];
    }
    if (squares.length < tiles * WIDTH) {
      squares = new ${type}[tiles * WIDTH];
      squaresTotal = new double[tiles * WIDTH];
    }
    int samples = samplesOfBlock(k, p);
    if (hidden.length < tiles * samples * k * WIDTH) {
      hidden = new ${type}[tiles * samples * k * WIDTH];
    }
    if (residual.length < samples * WIDTH) {
      residual = new ${type}[samples * WIDTH];
    }
  }

  /** A block's patches are read twice, so they are to stay in L2, beside what students need. */
  private int samplesOfBlock(int k, int p) {
    int least = manyRegisters ? WIDE_PATCHES : PACKED_PATCHES;
    return Math.max(1, Math.clamp(BLOCK_ELEMENTS / p, least, BLOCK_PATCHES) / k);
  }

  /** Where a student's values start in [tile][length][WIDTH]. */
  private static int lane(int r, int length) {
    return r / WIDTH * length * WIDTH + r % WIDTH;
  }

  private void accumulate(${Type}Batch batch, int from, int to, int tiles, int k, int p) {
    if (!manyRegisters) {
      Arrays.fill(filterSum, 0, tiles * p * WIDTH, 0);
    }
    Arrays.fill(weightSum, 0, tiles * k * WIDTH, 0);
    Arrays.fill(squares, 0, tiles * WIDTH, 0);
    int samples = samplesOfBlock(k, p);
    for (int first = from; first < to; first += samples) {
      int count = Math.min(samples, to - first);
      block(
          batch.patches(),
          batch.offset() + first * k * p,
          batch.labels(),
          first,
          count,
          tiles,
          k,
          p,
          first == from);
    }
  }

  private void block(
      ${type}[] z,
      int base,
      ${type}[] labels,
      int first,
      int samples,
      int tiles,
      int k,
      int p,
      boolean fresh) {
    int patches = samples * k;
    for (int tile = 0; tile < tiles; tile++) {
      int at = tile * patches * WIDTH;
      int weights = tile * k * WIDTH;
      dots(z, base, patches, tile * p * WIDTH, p, at);
      ${tiles}.residuals(
          hidden, at, k, samples, a, weights, labels, first, residual, squares, tile * WIDTH);
      ${tiles}.gates(hidden, at, k, samples, residual, a, weightSum, weights);
    }
    int most = patchesOfSums(p);
    int parts = Math.ceilDiv(patches, most);
    for (int part = 0; part < parts; part++) {
      int q = (int) ((long) patches * part / parts);
      int end = (int) ((long) patches * (part + 1) / parts);
      if (manyRegisters) {
        wideSums(z, base + q * p, q, end, patches, tiles, p, fresh && part == 0);
      } else if (p >= LONG_DIMENSION) {
        packedSums(z, base, q, end, patches, tiles, p);
      } else {
        sums(z, base + q * p, p, q, end, patches, tiles, p, 0, p);
      }
    }
  }

  /** Patches that the sums go through at a time. */
  private int patchesOfSums(int p) {
    if (manyRegisters) {
      return BLOCK_PATCHES;
    }
    return p < LONG_DIMENSION ? Math.clamp(SUMS_ELEMENTS / p, 32, BLOCK_PATCHES) : PACKED_PATCHES;
  }

  private static void addTo(double[] total, ${type}[] sum, int length) {
    for (int i = 0; i < length; i++) {
      total[i] += sum[i];
    }
  }

  /**
   * hidden = the dot products of a block's patches with a tile's filters. No tile is called for
   * nothing: C2 would compile it without its loop, and leave its vectors objects once it has one.
   */
  private void dots(${type}[] z, int base, int patches, int filter, int p, int at) {
<#if narrow>
    int eights = patches / 8;
    int q = 8 * eights;
    if (eights > 0) {
      ${tiles}.dots8(z, base, p, p, eights, w, filter, hidden, at);
    }
<#else>
    // Six at a time, as long as fours take the rest, where they can.
    int sixes = patches >= 8 && patches % 6 == 2 ? patches / 6 - 1 : patches / 6;
    int q = 6 * sixes;
    if (sixes > 0) {
      ${tiles}.dots6(z, base, p, p, sixes, w, filter, hidden, at);
    }
</#if>
    int fours = (patches - q) / 4;
    if (fours > 0) {
      ${tiles}.dots4(z, base + q * p, p, p, fours, w, filter, hidden, at + q * WIDTH);
    }
    for (q += 4 * fours; q < patches; q++) {
      ${tiles}.dots1(z, base + q * p, p, w, filter, hidden, at + q * WIDTH);
    }
  }

  /**
   * The sums of patches {@code from} to {@code to - 1} over eight columns at a time: a line of each
   * row, which is thus read once, or twice where rows do not lie on lines.
   *
   * @param fresh whether they replace what is there, as the first of a part of the batch do: no
   *     pass of its own then writes zeros, which would cost a call of few samples a hundredth
   */
  private void wideSums(
      ${type}[] z, int rows, int from, int to, int patches, int tiles, int p, boolean fresh) {
    int count = to - from;
    int whole = p / 8 * 8;
    int zeros = fresh ? filterSum.length - ZEROS : -1;
    for (int tile = 0; tile < tiles; tile++) {
      int g = (tile * patches + from) * WIDTH;
      int target = tile * p * WIDTH;
<#if narrow>
      int sixteens = p / 16;
      int c = 16 * sixteens;
      if (sixteens > 0) {
        ${tiles}.sums16(z, rows, p, count, sixteens, hidden, g, filterSum, target, zeros);
      }
      if (c < whole) {
        ${tiles}.sums8(
            z, rows + c, p, count, (whole - c) / 8, hidden, g, filterSum, target + c * WIDTH, zeros);
      }
<#else>
      if (whole > 0) {
        ${tiles}.sums8(z, rows, p, count, whole / 8, hidden, g, filterSum, target, zeros);
      }
</#if>
      if (fresh) {
        Arrays.fill(filterSum, target + whole * WIDTH, target + p * WIDTH, 0);
      }
    }
    if (whole < p) {
      sums(z, rows + whole, p, from, to, patches, tiles, p, whole, p - whole);
    }
  }

  /**
   * The sums of patches {@code from} to {@code to - 1} over some columns at a time, copied side by
   * side: rows of a long patch are a page or more apart, and rows whose distance is a power of two
   * share a few sets of L1.
   */
  private void packedSums(${type}[] z, int base, int from, int to, int patches, int tiles, int p) {
    int count = to - from;
    for (int c = 0; c < p; c += PACKED_COLUMNS) {
      int columns = Math.min(PACKED_COLUMNS, p - c);
      int rows = base + from * p + c;
      if (columns < LANES) {
        sums(z, rows, p, from, to, patches, tiles, p, c, columns);
      } else {
        ${tiles}.pack(z, rows, p, count, columns, packed);
        sums(packed, 0, columns, from, to, patches, tiles, p, c, columns);
      }
    }
  }

  /** filterSum += some columns of patches {@code from} to {@code to - 1}, for each tile. */
  private void sums(
      ${type}[] z,
      int base,
      int stride,
      int from,
      int to,
      int patches,
      int tiles,
      int p,
      int column,
      int columns) {
    int count = to - from;
<#assign most = narrow?then("eights", "fives"), count = narrow?then(8, 5)>
    int ${most} = ${narrow?then("columns / 8 * 8", "inFives(columns)")};
    for (int tile = 0; tile < tiles; tile++) {
      int g = (tile * patches + from) * WIDTH;
      int target = (tile * p + column) * WIDTH;
      if (${most} > 0) {
<#if narrow>
        ${tiles}.sums8(z, base, stride, count, eights / 8, hidden, g, filterSum, target, -1);
<#else>
        ${tiles}.sums5(z, base, stride, count, fives / 5, hidden, g, filterSum, target);
</#if>
      }
      int fours = (columns - ${most}) / 4;
      if (fours > 0) {
        ${tiles}.sums4(
            z, base + ${most}, stride, count, fours, hidden, g, filterSum, target + ${most} * WIDTH);
      }
      int c = ${most} + 4 * fours;
      for (; c < columns; c++) {
        ${tiles}.sums1(
            z, base + c, stride, count, hidden, g, filterSum, target + c * WIDTH);
      }
    }
  }
<#if !narrow>

  /** How many columns to take five at a time, so that fours take the rest where they can. */
  private static int inFives(int columns) {
    int fours = (5 - columns % 5) % 5;
    return columns >= 4 * fours ? columns - 4 * fours : columns - columns % 5;
  }
</#if>
}

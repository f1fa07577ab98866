package dev.patchgrad.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Register tiles of the kernel for many students: two vectors of students side by side.
 *
 * <p>Six patches by two vectors are 12 sums; with the two vectors that they share and one broadcast
 * they fill 15 of the 16 registers of AVX2. A step is 12 multiply-adds on 8 loads, where a core
 * does two of each in a cycle: the multiply-adds bind, and 12 sums are more than the 8 that two
 * units of latency 4 need. Five coordinates by two vectors are 10 sums: with a sixth, C2 kept one
 * of the 12 in memory, and the tile took twice as long.
 */
final class DoubleStudentTiles {
  static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  static final int LANES = SPECIES.length();

  /** Students of a tile. */
  static final int WIDTH = 2 * LANES;

  private DoubleStudentTiles() {}

  /**
   * Tiles of six patches, one after the other: h [6][WIDTH] = their dot products with a tile's
   * filters.
   */
  static void dots6(
      double[] z,
      int base,
      int stride,
      int length,
      int tiles,
      double[] w,
      int filter,
      double[] h,
      int hidden) {
    for (int tile = 0; tile < tiles; tile++) {
      int base0 = base + tile * 6 * stride;
      int at = hidden + tile * 6 * WIDTH;
      int base1 = base0 + stride;
      int base2 = base1 + stride;
      int base3 = base2 + stride;
      int base4 = base3 + stride;
      int base5 = base4 + stride;
      DoubleVector h00 = DoubleVector.zero(SPECIES);
      DoubleVector h01 = DoubleVector.zero(SPECIES);
      DoubleVector h10 = DoubleVector.zero(SPECIES);
      DoubleVector h11 = DoubleVector.zero(SPECIES);
      DoubleVector h20 = DoubleVector.zero(SPECIES);
      DoubleVector h21 = DoubleVector.zero(SPECIES);
      DoubleVector h30 = DoubleVector.zero(SPECIES);
      DoubleVector h31 = DoubleVector.zero(SPECIES);
      DoubleVector h40 = DoubleVector.zero(SPECIES);
      DoubleVector h41 = DoubleVector.zero(SPECIES);
      DoubleVector h50 = DoubleVector.zero(SPECIES);
      DoubleVector h51 = DoubleVector.zero(SPECIES);
      for (int c = 0; c < length; c++) {
        DoubleVector w0 = DoubleVector.fromArray(SPECIES, w, filter + c * WIDTH);
        DoubleVector w1 = DoubleVector.fromArray(SPECIES, w, filter + c * WIDTH + LANES);
        DoubleVector z0 = DoubleVector.broadcast(SPECIES, z[base0 + c]);
        h00 = w0.fma(z0, h00);
        h01 = w1.fma(z0, h01);
        DoubleVector z1 = DoubleVector.broadcast(SPECIES, z[base1 + c]);
        h10 = w0.fma(z1, h10);
        h11 = w1.fma(z1, h11);
        DoubleVector z2 = DoubleVector.broadcast(SPECIES, z[base2 + c]);
        h20 = w0.fma(z2, h20);
        h21 = w1.fma(z2, h21);
        DoubleVector z3 = DoubleVector.broadcast(SPECIES, z[base3 + c]);
        h30 = w0.fma(z3, h30);
        h31 = w1.fma(z3, h31);
        DoubleVector z4 = DoubleVector.broadcast(SPECIES, z[base4 + c]);
        h40 = w0.fma(z4, h40);
        h41 = w1.fma(z4, h41);
        DoubleVector z5 = DoubleVector.broadcast(SPECIES, z[base5 + c]);
        h50 = w0.fma(z5, h50);
        h51 = w1.fma(z5, h51);
      }
      h00.intoArray(h, at);
      h01.intoArray(h, at + LANES);
      h10.intoArray(h, at + WIDTH);
      h11.intoArray(h, at + WIDTH + LANES);
      h20.intoArray(h, at + 2 * WIDTH);
      h21.intoArray(h, at + 2 * WIDTH + LANES);
      h30.intoArray(h, at + 3 * WIDTH);
      h31.intoArray(h, at + 3 * WIDTH + LANES);
      h40.intoArray(h, at + 4 * WIDTH);
      h41.intoArray(h, at + 4 * WIDTH + LANES);
      h50.intoArray(h, at + 5 * WIDTH);
      h51.intoArray(h, at + 5 * WIDTH + LANES);
    }
  }

  /**
   * Tiles of four patches, one after the other: h [4][WIDTH] = their dot products with a tile's
   * filters.
   */
  static void dots4(
      double[] z,
      int base,
      int stride,
      int length,
      int tiles,
      double[] w,
      int filter,
      double[] h,
      int hidden) {
    for (int tile = 0; tile < tiles; tile++) {
      int base0 = base + tile * 4 * stride;
      int at = hidden + tile * 4 * WIDTH;
      int base1 = base0 + stride;
      int base2 = base1 + stride;
      int base3 = base2 + stride;
      DoubleVector h00 = DoubleVector.zero(SPECIES);
      DoubleVector h01 = DoubleVector.zero(SPECIES);
      DoubleVector h10 = DoubleVector.zero(SPECIES);
      DoubleVector h11 = DoubleVector.zero(SPECIES);
      DoubleVector h20 = DoubleVector.zero(SPECIES);
      DoubleVector h21 = DoubleVector.zero(SPECIES);
      DoubleVector h30 = DoubleVector.zero(SPECIES);
      DoubleVector h31 = DoubleVector.zero(SPECIES);
      for (int c = 0; c < length; c++) {
        DoubleVector w0 = DoubleVector.fromArray(SPECIES, w, filter + c * WIDTH);
        DoubleVector w1 = DoubleVector.fromArray(SPECIES, w, filter + c * WIDTH + LANES);
        DoubleVector z0 = DoubleVector.broadcast(SPECIES, z[base0 + c]);
        h00 = w0.fma(z0, h00);
        h01 = w1.fma(z0, h01);
        DoubleVector z1 = DoubleVector.broadcast(SPECIES, z[base1 + c]);
        h10 = w0.fma(z1, h10);
        h11 = w1.fma(z1, h11);
        DoubleVector z2 = DoubleVector.broadcast(SPECIES, z[base2 + c]);
        h20 = w0.fma(z2, h20);
        h21 = w1.fma(z2, h21);
        DoubleVector z3 = DoubleVector.broadcast(SPECIES, z[base3 + c]);
        h30 = w0.fma(z3, h30);
        h31 = w1.fma(z3, h31);
      }
      h00.intoArray(h, at);
      h01.intoArray(h, at + LANES);
      h10.intoArray(h, at + WIDTH);
      h11.intoArray(h, at + WIDTH + LANES);
      h20.intoArray(h, at + 2 * WIDTH);
      h21.intoArray(h, at + 2 * WIDTH + LANES);
      h30.intoArray(h, at + 3 * WIDTH);
      h31.intoArray(h, at + 3 * WIDTH + LANES);
    }
  }

  /** h [WIDTH] = the dot products of one patch with a tile's filters. */
  static void dots1(
      double[] z, int base, int length, double[] w, int filter, double[] h, int hidden) {
    DoubleVector h00 = DoubleVector.zero(SPECIES);
    DoubleVector h01 = h00;
    DoubleVector h10 = h00;
    DoubleVector h11 = h00;
    DoubleVector h20 = h00;
    DoubleVector h21 = h00;
    DoubleVector h30 = h00;
    DoubleVector h31 = h00;
    int c = 0;
    for (; c + 3 < length; c += 4) {
      int at = filter + c * WIDTH;
      DoubleVector z0 = DoubleVector.broadcast(SPECIES, z[base + c]);
      h00 = z0.fma(DoubleVector.fromArray(SPECIES, w, at), h00);
      h01 = z0.fma(DoubleVector.fromArray(SPECIES, w, at + LANES), h01);
      DoubleVector z1 = DoubleVector.broadcast(SPECIES, z[base + c + 1]);
      h10 = z1.fma(DoubleVector.fromArray(SPECIES, w, at + WIDTH), h10);
      h11 = z1.fma(DoubleVector.fromArray(SPECIES, w, at + WIDTH + LANES), h11);
      DoubleVector z2 = DoubleVector.broadcast(SPECIES, z[base + c + 2]);
      h20 = z2.fma(DoubleVector.fromArray(SPECIES, w, at + 2 * WIDTH), h20);
      h21 = z2.fma(DoubleVector.fromArray(SPECIES, w, at + 2 * WIDTH + LANES), h21);
      DoubleVector z3 = DoubleVector.broadcast(SPECIES, z[base + c + 3]);
      h30 = z3.fma(DoubleVector.fromArray(SPECIES, w, at + 3 * WIDTH), h30);
      h31 = z3.fma(DoubleVector.fromArray(SPECIES, w, at + 3 * WIDTH + LANES), h31);
    }
    for (; c < length; c++) {
      int at = filter + c * WIDTH;
      DoubleVector z0 = DoubleVector.broadcast(SPECIES, z[base + c]);
      h00 = z0.fma(DoubleVector.fromArray(SPECIES, w, at), h00);
      h01 = z0.fma(DoubleVector.fromArray(SPECIES, w, at + LANES), h01);
    }
    h00.add(h10).add(h20.add(h30)).intoArray(h, hidden);
    h01.add(h11).add(h21.add(h31)).intoArray(h, hidden + LANES);
  }

  /**
   * Tiles of eight coordinates, one after the other, for 32 registers: sum [8][WIDTH] += the
   * patches, each weighted by its g [patches][WIDTH].
   *
   * @param zeros where sum holds as many zeros, to start from instead; or -1
   */
  static void sums8(
      double[] z,
      int base,
      int stride,
      int patches,
      int tiles,
      double[] g,
      int first,
      double[] sum,
      int target,
      int zeros) {
    for (int tile = 0; tile < tiles; tile++) {
      int column = base + tile * 8;
      int at = target + tile * 8 * WIDTH;
      int before = zeros < 0 ? at : zeros;
      DoubleVector s00 = DoubleVector.fromArray(SPECIES, sum, before);
      DoubleVector s01 = DoubleVector.fromArray(SPECIES, sum, before + LANES);
      DoubleVector s10 = DoubleVector.fromArray(SPECIES, sum, before + WIDTH);
      DoubleVector s11 = DoubleVector.fromArray(SPECIES, sum, before + WIDTH + LANES);
      DoubleVector s20 = DoubleVector.fromArray(SPECIES, sum, before + 2 * WIDTH);
      DoubleVector s21 = DoubleVector.fromArray(SPECIES, sum, before + 2 * WIDTH + LANES);
      DoubleVector s30 = DoubleVector.fromArray(SPECIES, sum, before + 3 * WIDTH);
      DoubleVector s31 = DoubleVector.fromArray(SPECIES, sum, before + 3 * WIDTH + LANES);
      DoubleVector s40 = DoubleVector.fromArray(SPECIES, sum, before + 4 * WIDTH);
      DoubleVector s41 = DoubleVector.fromArray(SPECIES, sum, before + 4 * WIDTH + LANES);
      DoubleVector s50 = DoubleVector.fromArray(SPECIES, sum, before + 5 * WIDTH);
      DoubleVector s51 = DoubleVector.fromArray(SPECIES, sum, before + 5 * WIDTH + LANES);
      DoubleVector s60 = DoubleVector.fromArray(SPECIES, sum, before + 6 * WIDTH);
      DoubleVector s61 = DoubleVector.fromArray(SPECIES, sum, before + 6 * WIDTH + LANES);
      DoubleVector s70 = DoubleVector.fromArray(SPECIES, sum, before + 7 * WIDTH);
      DoubleVector s71 = DoubleVector.fromArray(SPECIES, sum, before + 7 * WIDTH + LANES);
      for (int q = 0; q < patches; q++) {
        int row = column + q * stride;
        DoubleVector g0 = DoubleVector.fromArray(SPECIES, g, first + q * WIDTH);
        DoubleVector g1 = DoubleVector.fromArray(SPECIES, g, first + q * WIDTH + LANES);
        DoubleVector z0 = DoubleVector.broadcast(SPECIES, z[row]);
        s00 = g0.fma(z0, s00);
        s01 = g1.fma(z0, s01);
        DoubleVector z1 = DoubleVector.broadcast(SPECIES, z[row + 1]);
        s10 = g0.fma(z1, s10);
        s11 = g1.fma(z1, s11);
        DoubleVector z2 = DoubleVector.broadcast(SPECIES, z[row + 2]);
        s20 = g0.fma(z2, s20);
        s21 = g1.fma(z2, s21);
        DoubleVector z3 = DoubleVector.broadcast(SPECIES, z[row + 3]);
        s30 = g0.fma(z3, s30);
        s31 = g1.fma(z3, s31);
        DoubleVector z4 = DoubleVector.broadcast(SPECIES, z[row + 4]);
        s40 = g0.fma(z4, s40);
        s41 = g1.fma(z4, s41);
        DoubleVector z5 = DoubleVector.broadcast(SPECIES, z[row + 5]);
        s50 = g0.fma(z5, s50);
        s51 = g1.fma(z5, s51);
        DoubleVector z6 = DoubleVector.broadcast(SPECIES, z[row + 6]);
        s60 = g0.fma(z6, s60);
        s61 = g1.fma(z6, s61);
        DoubleVector z7 = DoubleVector.broadcast(SPECIES, z[row + 7]);
        s70 = g0.fma(z7, s70);
        s71 = g1.fma(z7, s71);
      }
      s00.intoArray(sum, at);
      s01.intoArray(sum, at + LANES);
      s10.intoArray(sum, at + WIDTH);
      s11.intoArray(sum, at + WIDTH + LANES);
      s20.intoArray(sum, at + 2 * WIDTH);
      s21.intoArray(sum, at + 2 * WIDTH + LANES);
      s30.intoArray(sum, at + 3 * WIDTH);
      s31.intoArray(sum, at + 3 * WIDTH + LANES);
      s40.intoArray(sum, at + 4 * WIDTH);
      s41.intoArray(sum, at + 4 * WIDTH + LANES);
      s50.intoArray(sum, at + 5 * WIDTH);
      s51.intoArray(sum, at + 5 * WIDTH + LANES);
      s60.intoArray(sum, at + 6 * WIDTH);
      s61.intoArray(sum, at + 6 * WIDTH + LANES);
      s70.intoArray(sum, at + 7 * WIDTH);
      s71.intoArray(sum, at + 7 * WIDTH + LANES);
    }
  }

  /**
   * Tiles of five coordinates, one after the other: sum [5][WIDTH] += the patches, each weighted by
   * its g [patches][WIDTH].
   */
  static void sums5(
      double[] z,
      int base,
      int stride,
      int patches,
      int tiles,
      double[] g,
      int first,
      double[] sum,
      int target) {
    for (int tile = 0; tile < tiles; tile++) {
      int column = base + tile * 5;
      int at = target + tile * 5 * WIDTH;
      DoubleVector s00 = DoubleVector.fromArray(SPECIES, sum, at);
      DoubleVector s01 = DoubleVector.fromArray(SPECIES, sum, at + LANES);
      DoubleVector s10 = DoubleVector.fromArray(SPECIES, sum, at + WIDTH);
      DoubleVector s11 = DoubleVector.fromArray(SPECIES, sum, at + WIDTH + LANES);
      DoubleVector s20 = DoubleVector.fromArray(SPECIES, sum, at + 2 * WIDTH);
      DoubleVector s21 = DoubleVector.fromArray(SPECIES, sum, at + 2 * WIDTH + LANES);
      DoubleVector s30 = DoubleVector.fromArray(SPECIES, sum, at + 3 * WIDTH);
      DoubleVector s31 = DoubleVector.fromArray(SPECIES, sum, at + 3 * WIDTH + LANES);
      DoubleVector s40 = DoubleVector.fromArray(SPECIES, sum, at + 4 * WIDTH);
      DoubleVector s41 = DoubleVector.fromArray(SPECIES, sum, at + 4 * WIDTH + LANES);
      for (int q = 0; q < patches; q++) {
        int row = column + q * stride;
        DoubleVector g0 = DoubleVector.fromArray(SPECIES, g, first + q * WIDTH);
        DoubleVector g1 = DoubleVector.fromArray(SPECIES, g, first + q * WIDTH + LANES);
        DoubleVector z0 = DoubleVector.broadcast(SPECIES, z[row]);
        s00 = g0.fma(z0, s00);
        s01 = g1.fma(z0, s01);
        DoubleVector z1 = DoubleVector.broadcast(SPECIES, z[row + 1]);
        s10 = g0.fma(z1, s10);
        s11 = g1.fma(z1, s11);
        DoubleVector z2 = DoubleVector.broadcast(SPECIES, z[row + 2]);
        s20 = g0.fma(z2, s20);
        s21 = g1.fma(z2, s21);
        DoubleVector z3 = DoubleVector.broadcast(SPECIES, z[row + 3]);
        s30 = g0.fma(z3, s30);
        s31 = g1.fma(z3, s31);
        DoubleVector z4 = DoubleVector.broadcast(SPECIES, z[row + 4]);
        s40 = g0.fma(z4, s40);
        s41 = g1.fma(z4, s41);
      }
      s00.intoArray(sum, at);
      s01.intoArray(sum, at + LANES);
      s10.intoArray(sum, at + WIDTH);
      s11.intoArray(sum, at + WIDTH + LANES);
      s20.intoArray(sum, at + 2 * WIDTH);
      s21.intoArray(sum, at + 2 * WIDTH + LANES);
      s30.intoArray(sum, at + 3 * WIDTH);
      s31.intoArray(sum, at + 3 * WIDTH + LANES);
      s40.intoArray(sum, at + 4 * WIDTH);
      s41.intoArray(sum, at + 4 * WIDTH + LANES);
    }
  }

  /**
   * Tiles of four coordinates, one after the other: sum [4][WIDTH] += the patches, each weighted by
   * its g [patches][WIDTH].
   */
  static void sums4(
      double[] z,
      int base,
      int stride,
      int patches,
      int tiles,
      double[] g,
      int first,
      double[] sum,
      int target) {
    for (int tile = 0; tile < tiles; tile++) {
      int column = base + tile * 4;
      int at = target + tile * 4 * WIDTH;
      DoubleVector s00 = DoubleVector.fromArray(SPECIES, sum, at);
      DoubleVector s01 = DoubleVector.fromArray(SPECIES, sum, at + LANES);
      DoubleVector s10 = DoubleVector.fromArray(SPECIES, sum, at + WIDTH);
      DoubleVector s11 = DoubleVector.fromArray(SPECIES, sum, at + WIDTH + LANES);
      DoubleVector s20 = DoubleVector.fromArray(SPECIES, sum, at + 2 * WIDTH);
      DoubleVector s21 = DoubleVector.fromArray(SPECIES, sum, at + 2 * WIDTH + LANES);
      DoubleVector s30 = DoubleVector.fromArray(SPECIES, sum, at + 3 * WIDTH);
      DoubleVector s31 = DoubleVector.fromArray(SPECIES, sum, at + 3 * WIDTH + LANES);
      for (int q = 0; q < patches; q++) {
        int row = column + q * stride;
        DoubleVector g0 = DoubleVector.fromArray(SPECIES, g, first + q * WIDTH);
        DoubleVector g1 = DoubleVector.fromArray(SPECIES, g, first + q * WIDTH + LANES);
        DoubleVector z0 = DoubleVector.broadcast(SPECIES, z[row]);
        s00 = g0.fma(z0, s00);
        s01 = g1.fma(z0, s01);
        DoubleVector z1 = DoubleVector.broadcast(SPECIES, z[row + 1]);
        s10 = g0.fma(z1, s10);
        s11 = g1.fma(z1, s11);
        DoubleVector z2 = DoubleVector.broadcast(SPECIES, z[row + 2]);
        s20 = g0.fma(z2, s20);
        s21 = g1.fma(z2, s21);
        DoubleVector z3 = DoubleVector.broadcast(SPECIES, z[row + 3]);
        s30 = g0.fma(z3, s30);
        s31 = g1.fma(z3, s31);
      }
      s00.intoArray(sum, at);
      s01.intoArray(sum, at + LANES);
      s10.intoArray(sum, at + WIDTH);
      s11.intoArray(sum, at + WIDTH + LANES);
      s20.intoArray(sum, at + 2 * WIDTH);
      s21.intoArray(sum, at + 2 * WIDTH + LANES);
      s30.intoArray(sum, at + 3 * WIDTH);
      s31.intoArray(sum, at + 3 * WIDTH + LANES);
    }
  }

  /** sum [WIDTH] += one coordinate of the patches, each weighted by its g [patches][WIDTH]. */
  static void sums1(
      double[] z,
      int base,
      int stride,
      int patches,
      double[] g,
      int first,
      double[] sum,
      int target) {
    DoubleVector s00 = DoubleVector.fromArray(SPECIES, sum, target);
    DoubleVector s01 = DoubleVector.fromArray(SPECIES, sum, target + LANES);
    DoubleVector s10 = DoubleVector.zero(SPECIES);
    DoubleVector s11 = s10;
    DoubleVector s20 = s10;
    DoubleVector s21 = s10;
    DoubleVector s30 = s10;
    DoubleVector s31 = s10;
    int q = 0;
    for (; q + 3 < patches; q += 4) {
      int row = base + q * stride;
      int at = first + q * WIDTH;
      DoubleVector z0 = DoubleVector.broadcast(SPECIES, z[row]);
      s00 = z0.fma(DoubleVector.fromArray(SPECIES, g, at), s00);
      s01 = z0.fma(DoubleVector.fromArray(SPECIES, g, at + LANES), s01);
      DoubleVector z1 = DoubleVector.broadcast(SPECIES, z[row + stride]);
      s10 = z1.fma(DoubleVector.fromArray(SPECIES, g, at + WIDTH), s10);
      s11 = z1.fma(DoubleVector.fromArray(SPECIES, g, at + WIDTH + LANES), s11);
      DoubleVector z2 = DoubleVector.broadcast(SPECIES, z[row + 2 * stride]);
      s20 = z2.fma(DoubleVector.fromArray(SPECIES, g, at + 2 * WIDTH), s20);
      s21 = z2.fma(DoubleVector.fromArray(SPECIES, g, at + 2 * WIDTH + LANES), s21);
      DoubleVector z3 = DoubleVector.broadcast(SPECIES, z[row + 3 * stride]);
      s30 = z3.fma(DoubleVector.fromArray(SPECIES, g, at + 3 * WIDTH), s30);
      s31 = z3.fma(DoubleVector.fromArray(SPECIES, g, at + 3 * WIDTH + LANES), s31);
    }
    for (; q < patches; q++) {
      int at = first + q * WIDTH;
      DoubleVector z0 = DoubleVector.broadcast(SPECIES, z[base + q * stride]);
      s00 = z0.fma(DoubleVector.fromArray(SPECIES, g, at), s00);
      s01 = z0.fma(DoubleVector.fromArray(SPECIES, g, at + LANES), s01);
    }
    s00.add(s10).add(s20.add(s30)).intoArray(sum, target);
    s01.add(s11).add(s21.add(s31)).intoArray(sum, target + LANES);
  }

  /**
   * What of a tile's sums lies along the students' filters: radial [WIDTH] = w^T sum, of w and sum
   * [length][WIDTH].
   */
  static void radial(double[] w, double[] sum, int at, int length, double[] radial) {
    DoubleVector even0 = DoubleVector.zero(SPECIES);
    DoubleVector even1 = even0;
    DoubleVector odd0 = even0;
    DoubleVector odd1 = even0;
    int c = 0;
    for (; c + 1 < length; c += 2) {
      int even = at + c * WIDTH;
      int odd = even + WIDTH;
      even0 =
          DoubleVector.fromArray(SPECIES, w, even)
              .fma(DoubleVector.fromArray(SPECIES, sum, even), even0);
      even1 =
          DoubleVector.fromArray(SPECIES, w, even + LANES)
              .fma(DoubleVector.fromArray(SPECIES, sum, even + LANES), even1);
      odd0 =
          DoubleVector.fromArray(SPECIES, w, odd)
              .fma(DoubleVector.fromArray(SPECIES, sum, odd), odd0);
      odd1 =
          DoubleVector.fromArray(SPECIES, w, odd + LANES)
              .fma(DoubleVector.fromArray(SPECIES, sum, odd + LANES), odd1);
    }
    if (c < length) {
      int even = at + c * WIDTH;
      even0 =
          DoubleVector.fromArray(SPECIES, w, even)
              .fma(DoubleVector.fromArray(SPECIES, sum, even), even0);
      even1 =
          DoubleVector.fromArray(SPECIES, w, even + LANES)
              .fma(DoubleVector.fromArray(SPECIES, sum, even + LANES), even1);
    }
    even0.add(odd0).intoArray(radial, 0);
    even1.add(odd1).intoArray(radial, LANES);
  }

  /** Copies columns [patches][columns] of patches to rows that lie side by side. */
  static void pack(double[] z, int base, int stride, int patches, int columns, double[] to) {
    int last = columns - LANES;
    for (int q = 0; q < patches; q++) {
      int from = base + q * stride;
      int target = q * columns;
      for (int c = 0; c < last; c += LANES) {
        DoubleVector.fromArray(SPECIES, z, from + c).intoArray(to, target + c);
      }
      // The last vector overlaps the one before it where the columns are no multiple of the lanes.
      DoubleVector.fromArray(SPECIES, z, from + last).intoArray(to, target + last);
    }
  }

  /**
   * Of some samples: residual [samples][WIDTH] = sum_j a_j relu(h_j) - label; their squares are
   * added to squares [WIDTH].
   */
  static void residuals(
      double[] h,
      int hidden,
      int k,
      int samples,
      double[] a,
      int weights,
      double[] labels,
      int first,
      double[] residual,
      double[] squares,
      int tile) {
    DoubleVector zero = DoubleVector.zero(SPECIES);
    DoubleVector squares0 = DoubleVector.fromArray(SPECIES, squares, tile);
    DoubleVector squares1 = DoubleVector.fromArray(SPECIES, squares, tile + LANES);
    for (int i = 0; i < samples; i++) {
      DoubleVector y = DoubleVector.broadcast(SPECIES, labels[first + i]);
      DoubleVector even0 = zero.sub(y);
      DoubleVector even1 = even0;
      DoubleVector odd0 = zero;
      DoubleVector odd1 = zero;
      int row = hidden + i * k * WIDTH;
      for (int j = 0; j < k - 1; j += 2) {
        int at = j * WIDTH;
        DoubleVector h00 = DoubleVector.fromArray(SPECIES, h, row + at);
        DoubleVector h01 = DoubleVector.fromArray(SPECIES, h, row + at + LANES);
        DoubleVector h10 = DoubleVector.fromArray(SPECIES, h, row + at + WIDTH);
        DoubleVector h11 = DoubleVector.fromArray(SPECIES, h, row + at + WIDTH + LANES);
        even0 =
            zero.blend(h00, h00.compare(VectorOperators.GT, zero))
                .fma(DoubleVector.fromArray(SPECIES, a, weights + at), even0);
        even1 =
            zero.blend(h01, h01.compare(VectorOperators.GT, zero))
                .fma(DoubleVector.fromArray(SPECIES, a, weights + at + LANES), even1);
        odd0 =
            zero.blend(h10, h10.compare(VectorOperators.GT, zero))
                .fma(DoubleVector.fromArray(SPECIES, a, weights + at + WIDTH), odd0);
        odd1 =
            zero.blend(h11, h11.compare(VectorOperators.GT, zero))
                .fma(DoubleVector.fromArray(SPECIES, a, weights + at + WIDTH + LANES), odd1);
      }
      if (k % 2 == 1) {
        int at = (k - 1) * WIDTH;
        DoubleVector h00 = DoubleVector.fromArray(SPECIES, h, row + at);
        DoubleVector h01 = DoubleVector.fromArray(SPECIES, h, row + at + LANES);
        even0 =
            zero.blend(h00, h00.compare(VectorOperators.GT, zero))
                .fma(DoubleVector.fromArray(SPECIES, a, weights + at), even0);
        even1 =
            zero.blend(h01, h01.compare(VectorOperators.GT, zero))
                .fma(DoubleVector.fromArray(SPECIES, a, weights + at + LANES), even1);
      }
      even0 = even0.add(odd0);
      even1 = even1.add(odd1);
      even0.intoArray(residual, i * WIDTH);
      even1.intoArray(residual, i * WIDTH + LANES);
      squares0 = even0.fma(even0, squares0);
      squares1 = even1.fma(even1, squares1);
    }
    squares0.intoArray(squares, tile);
    squares1.intoArray(squares, tile + LANES);
  }

  /**
   * Of some samples: sum [k][WIDTH] += r relu(h_j), then h_j becomes g_j = r a_j where its gate is
   * open, else 0. Two samples share each load and store of the sums; a loop over the samples of a
   * block, of which there may be three, costs more than it does.
   */
  static void gates(
      double[] h,
      int hidden,
      int k,
      int samples,
      double[] residual,
      double[] a,
      double[] sum,
      int weights) {
    int i = 0;
    for (; i + 2 <= samples; i += 2) {
      gates2(h, hidden + i * k * WIDTH, k, residual, i * WIDTH, a, sum, weights);
    }
    if (i < samples) {
      gates1(h, hidden + i * k * WIDTH, k, residual, i * WIDTH, a, sum, weights);
    }
  }

  private static void gates2(
      double[] h,
      int hidden,
      int k,
      double[] residual,
      int first,
      double[] a,
      double[] sum,
      int weights) {
    DoubleVector zero = DoubleVector.zero(SPECIES);
    DoubleVector r00 = DoubleVector.fromArray(SPECIES, residual, first);
    DoubleVector r01 = DoubleVector.fromArray(SPECIES, residual, first + LANES);
    DoubleVector r10 = DoubleVector.fromArray(SPECIES, residual, first + WIDTH);
    DoubleVector r11 = DoubleVector.fromArray(SPECIES, residual, first + WIDTH + LANES);
    int next = hidden + k * WIDTH;
    for (int j = 0; j < k; j++) {
      int at = j * WIDTH;
      DoubleVector a0 = DoubleVector.fromArray(SPECIES, a, weights + at);
      DoubleVector a1 = DoubleVector.fromArray(SPECIES, a, weights + at + LANES);
      DoubleVector h00 = DoubleVector.fromArray(SPECIES, h, hidden + at);
      DoubleVector h01 = DoubleVector.fromArray(SPECIES, h, hidden + at + LANES);
      DoubleVector h10 = DoubleVector.fromArray(SPECIES, h, next + at);
      DoubleVector h11 = DoubleVector.fromArray(SPECIES, h, next + at + LANES);
      // The gated residual serves both products.
      DoubleVector gated00 = zero.blend(r00, h00.compare(VectorOperators.GT, zero));
      DoubleVector gated01 = zero.blend(r01, h01.compare(VectorOperators.GT, zero));
      DoubleVector gated10 = zero.blend(r10, h10.compare(VectorOperators.GT, zero));
      DoubleVector gated11 = zero.blend(r11, h11.compare(VectorOperators.GT, zero));
      DoubleVector sum0 = DoubleVector.fromArray(SPECIES, sum, weights + at);
      DoubleVector sum1 = DoubleVector.fromArray(SPECIES, sum, weights + at + LANES);
      gated10.fma(h10, gated00.fma(h00, sum0)).intoArray(sum, weights + at);
      gated11.fma(h11, gated01.fma(h01, sum1)).intoArray(sum, weights + at + LANES);
      gated00.mul(a0).intoArray(h, hidden + at);
      gated01.mul(a1).intoArray(h, hidden + at + LANES);
      gated10.mul(a0).intoArray(h, next + at);
      gated11.mul(a1).intoArray(h, next + at + LANES);
    }
  }

  private static void gates1(
      double[] h,
      int hidden,
      int k,
      double[] residual,
      int first,
      double[] a,
      double[] sum,
      int weights) {
    DoubleVector zero = DoubleVector.zero(SPECIES);
    DoubleVector r0 = DoubleVector.fromArray(SPECIES, residual, first);
    DoubleVector r1 = DoubleVector.fromArray(SPECIES, residual, first + LANES);
    for (int j = 0; j < k; j++) {
      int at = j * WIDTH;
      DoubleVector h0 = DoubleVector.fromArray(SPECIES, h, hidden + at);
      DoubleVector h1 = DoubleVector.fromArray(SPECIES, h, hidden + at + LANES);
      DoubleVector gated0 = zero.blend(r0, h0.compare(VectorOperators.GT, zero));
      DoubleVector gated1 = zero.blend(r1, h1.compare(VectorOperators.GT, zero));
      DoubleVector sum0 = DoubleVector.fromArray(SPECIES, sum, weights + at);
      DoubleVector sum1 = DoubleVector.fromArray(SPECIES, sum, weights + at + LANES);
      gated0.fma(h0, sum0).intoArray(sum, weights + at);
      gated1.fma(h1, sum1).intoArray(sum, weights + at + LANES);
      gated0.mul(DoubleVector.fromArray(SPECIES, a, weights + at)).intoArray(h, hidden + at);
      gated1
          .mul(DoubleVector.fromArray(SPECIES, a, weights + at + LANES))
          .intoArray(h, hidden + at + LANES);
    }
  }
}

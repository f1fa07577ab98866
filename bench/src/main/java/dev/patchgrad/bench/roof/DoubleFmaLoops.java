package dev.patchgrad.bench.roof;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops of fused multiply-adds in double that have nothing to load and nothing to wait for: what
 * the multipliers can do at most.
 *
 * <p>12 sums at once, each with one operation under way: a processor that starts two a cycle and
 * takes four or five cycles for one needs 8 to 10, and 16 registers hold 12 and both factors. What
 * is multiplied stays, and the sum is what is added to, as in a gradient: the other way round the
 * compiler copies a register before each operation, and a Zen 3 lost 40 % of its peak (2026-11-24,
 * this suite). Each sum starts elsewhere, or the compiler would compute one for all. A method has
 * one species for good: a species that varies would be boxed.
 */
public final class DoubleFmaLoops {
  /** Sums that a loop keeps. */
  static final int SUMS = 12;

  private static final VectorSpecies<Double> S128 = DoubleVector.SPECIES_128;
  private static final VectorSpecies<Double> S256 = DoubleVector.SPECIES_256;
  private static final VectorSpecies<Double> S512 = DoubleVector.SPECIES_512;

  private DoubleFmaLoops() {}

  /**
   * One lane.
   *
   * @param rounds of 12 operations
   * @param start of the first sum
   * @param x first factor of each product
   * @param y second factor
   * @return all sums together
   */
  public static double scalar(int rounds, double start, double x, double y) {
    double s0 = start + 0;
    double s1 = start + 1;
    double s2 = start + 2;
    double s3 = start + 3;
    double s4 = start + 4;
    double s5 = start + 5;
    double s6 = start + 6;
    double s7 = start + 7;
    double s8 = start + 8;
    double s9 = start + 9;
    double s10 = start + 10;
    double s11 = start + 11;
    for (int i = 0; i < rounds; i++) {
      s0 = Math.fma(x, y, s0);
      s1 = Math.fma(x, y, s1);
      s2 = Math.fma(x, y, s2);
      s3 = Math.fma(x, y, s3);
      s4 = Math.fma(x, y, s4);
      s5 = Math.fma(x, y, s5);
      s6 = Math.fma(x, y, s6);
      s7 = Math.fma(x, y, s7);
      s8 = Math.fma(x, y, s8);
      s9 = Math.fma(x, y, s9);
      s10 = Math.fma(x, y, s10);
      s11 = Math.fma(x, y, s11);
    }
    return s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7 + s8 + s9 + s10 + s11;
  }

  /**
   * Vectors of 128 bits.
   *
   * @param rounds of 12 operations
   * @param start of the first sum
   * @param x first factor of each product
   * @param y second factor
   * @return all sums together
   */
  public static double vectors128(int rounds, double start, double x, double y) {
    DoubleVector xs = DoubleVector.broadcast(S128, x);
    DoubleVector ys = DoubleVector.broadcast(S128, y);
    DoubleVector s0 = DoubleVector.broadcast(S128, start + 0);
    DoubleVector s1 = DoubleVector.broadcast(S128, start + 1);
    DoubleVector s2 = DoubleVector.broadcast(S128, start + 2);
    DoubleVector s3 = DoubleVector.broadcast(S128, start + 3);
    DoubleVector s4 = DoubleVector.broadcast(S128, start + 4);
    DoubleVector s5 = DoubleVector.broadcast(S128, start + 5);
    DoubleVector s6 = DoubleVector.broadcast(S128, start + 6);
    DoubleVector s7 = DoubleVector.broadcast(S128, start + 7);
    DoubleVector s8 = DoubleVector.broadcast(S128, start + 8);
    DoubleVector s9 = DoubleVector.broadcast(S128, start + 9);
    DoubleVector s10 = DoubleVector.broadcast(S128, start + 10);
    DoubleVector s11 = DoubleVector.broadcast(S128, start + 11);
    for (int i = 0; i < rounds; i++) {
      s0 = xs.fma(ys, s0);
      s1 = xs.fma(ys, s1);
      s2 = xs.fma(ys, s2);
      s3 = xs.fma(ys, s3);
      s4 = xs.fma(ys, s4);
      s5 = xs.fma(ys, s5);
      s6 = xs.fma(ys, s6);
      s7 = xs.fma(ys, s7);
      s8 = xs.fma(ys, s8);
      s9 = xs.fma(ys, s9);
      s10 = xs.fma(ys, s10);
      s11 = xs.fma(ys, s11);
    }
    return s0.add(s1)
        .add(s2)
        .add(s3)
        .add(s4)
        .add(s5)
        .add(s6)
        .add(s7)
        .add(s8)
        .add(s9)
        .add(s10)
        .add(s11)
        .reduceLanes(VectorOperators.ADD);
  }

  /**
   * Vectors of 256 bits.
   *
   * @param rounds of 12 operations
   * @param start of the first sum
   * @param x first factor of each product
   * @param y second factor
   * @return all sums together
   */
  public static double vectors256(int rounds, double start, double x, double y) {
    DoubleVector xs = DoubleVector.broadcast(S256, x);
    DoubleVector ys = DoubleVector.broadcast(S256, y);
    DoubleVector s0 = DoubleVector.broadcast(S256, start + 0);
    DoubleVector s1 = DoubleVector.broadcast(S256, start + 1);
    DoubleVector s2 = DoubleVector.broadcast(S256, start + 2);
    DoubleVector s3 = DoubleVector.broadcast(S256, start + 3);
    DoubleVector s4 = DoubleVector.broadcast(S256, start + 4);
    DoubleVector s5 = DoubleVector.broadcast(S256, start + 5);
    DoubleVector s6 = DoubleVector.broadcast(S256, start + 6);
    DoubleVector s7 = DoubleVector.broadcast(S256, start + 7);
    DoubleVector s8 = DoubleVector.broadcast(S256, start + 8);
    DoubleVector s9 = DoubleVector.broadcast(S256, start + 9);
    DoubleVector s10 = DoubleVector.broadcast(S256, start + 10);
    DoubleVector s11 = DoubleVector.broadcast(S256, start + 11);
    for (int i = 0; i < rounds; i++) {
      s0 = xs.fma(ys, s0);
      s1 = xs.fma(ys, s1);
      s2 = xs.fma(ys, s2);
      s3 = xs.fma(ys, s3);
      s4 = xs.fma(ys, s4);
      s5 = xs.fma(ys, s5);
      s6 = xs.fma(ys, s6);
      s7 = xs.fma(ys, s7);
      s8 = xs.fma(ys, s8);
      s9 = xs.fma(ys, s9);
      s10 = xs.fma(ys, s10);
      s11 = xs.fma(ys, s11);
    }
    return s0.add(s1)
        .add(s2)
        .add(s3)
        .add(s4)
        .add(s5)
        .add(s6)
        .add(s7)
        .add(s8)
        .add(s9)
        .add(s10)
        .add(s11)
        .reduceLanes(VectorOperators.ADD);
  }

  /**
   * Vectors of 512 bits.
   *
   * @param rounds of 12 operations
   * @param start of the first sum
   * @param x first factor of each product
   * @param y second factor
   * @return all sums together
   */
  public static double vectors512(int rounds, double start, double x, double y) {
    DoubleVector xs = DoubleVector.broadcast(S512, x);
    DoubleVector ys = DoubleVector.broadcast(S512, y);
    DoubleVector s0 = DoubleVector.broadcast(S512, start + 0);
    DoubleVector s1 = DoubleVector.broadcast(S512, start + 1);
    DoubleVector s2 = DoubleVector.broadcast(S512, start + 2);
    DoubleVector s3 = DoubleVector.broadcast(S512, start + 3);
    DoubleVector s4 = DoubleVector.broadcast(S512, start + 4);
    DoubleVector s5 = DoubleVector.broadcast(S512, start + 5);
    DoubleVector s6 = DoubleVector.broadcast(S512, start + 6);
    DoubleVector s7 = DoubleVector.broadcast(S512, start + 7);
    DoubleVector s8 = DoubleVector.broadcast(S512, start + 8);
    DoubleVector s9 = DoubleVector.broadcast(S512, start + 9);
    DoubleVector s10 = DoubleVector.broadcast(S512, start + 10);
    DoubleVector s11 = DoubleVector.broadcast(S512, start + 11);
    for (int i = 0; i < rounds; i++) {
      s0 = xs.fma(ys, s0);
      s1 = xs.fma(ys, s1);
      s2 = xs.fma(ys, s2);
      s3 = xs.fma(ys, s3);
      s4 = xs.fma(ys, s4);
      s5 = xs.fma(ys, s5);
      s6 = xs.fma(ys, s6);
      s7 = xs.fma(ys, s7);
      s8 = xs.fma(ys, s8);
      s9 = xs.fma(ys, s9);
      s10 = xs.fma(ys, s10);
      s11 = xs.fma(ys, s11);
    }
    return s0.add(s1)
        .add(s2)
        .add(s3)
        .add(s4)
        .add(s5)
        .add(s6)
        .add(s7)
        .add(s8)
        .add(s9)
        .add(s10)
        .add(s11)
        .reduceLanes(VectorOperators.ADD);
  }
}

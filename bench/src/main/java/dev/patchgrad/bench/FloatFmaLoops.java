package dev.patchgrad.bench;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops of fused multiply-adds in float that have nothing to load and nothing to wait for: what the
 * multipliers can do at most.
 *
 * <p>12 sums at once, each with one operation under way: a processor that starts two a cycle and
 * takes four or five cycles for one needs 8 to 10, and 16 registers hold 12 and both factors. What
 * is multiplied stays, and the sum is what is added to, as in a gradient: the other way round the
 * compiler copies a register before each operation, and a Zen 3 lost 40 % of its peak (2026-11-24,
 * this suite). Each sum starts elsewhere, or the compiler would compute one for all. A method has
 * one species for good: a species that varies would be boxed.
 */
final class FloatFmaLoops {
  /** Sums that a loop keeps. */
  static final int SUMS = 12;

  private static final VectorSpecies<Float> S128 = FloatVector.SPECIES_128;
  private static final VectorSpecies<Float> S256 = FloatVector.SPECIES_256;
  private static final VectorSpecies<Float> S512 = FloatVector.SPECIES_512;

  private FloatFmaLoops() {}

  /**
   * One lane.
   *
   * @param rounds of 12 operations
   * @param start of the first sum
   * @param x first factor of each product
   * @param y second factor
   * @return all sums together
   */
  static float scalar(int rounds, float start, float x, float y) {
    float s0 = start + 0;
    float s1 = start + 1;
    float s2 = start + 2;
    float s3 = start + 3;
    float s4 = start + 4;
    float s5 = start + 5;
    float s6 = start + 6;
    float s7 = start + 7;
    float s8 = start + 8;
    float s9 = start + 9;
    float s10 = start + 10;
    float s11 = start + 11;
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
  static float vectors128(int rounds, float start, float x, float y) {
    FloatVector xs = FloatVector.broadcast(S128, x);
    FloatVector ys = FloatVector.broadcast(S128, y);
    FloatVector s0 = FloatVector.broadcast(S128, start + 0);
    FloatVector s1 = FloatVector.broadcast(S128, start + 1);
    FloatVector s2 = FloatVector.broadcast(S128, start + 2);
    FloatVector s3 = FloatVector.broadcast(S128, start + 3);
    FloatVector s4 = FloatVector.broadcast(S128, start + 4);
    FloatVector s5 = FloatVector.broadcast(S128, start + 5);
    FloatVector s6 = FloatVector.broadcast(S128, start + 6);
    FloatVector s7 = FloatVector.broadcast(S128, start + 7);
    FloatVector s8 = FloatVector.broadcast(S128, start + 8);
    FloatVector s9 = FloatVector.broadcast(S128, start + 9);
    FloatVector s10 = FloatVector.broadcast(S128, start + 10);
    FloatVector s11 = FloatVector.broadcast(S128, start + 11);
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
  static float vectors256(int rounds, float start, float x, float y) {
    FloatVector xs = FloatVector.broadcast(S256, x);
    FloatVector ys = FloatVector.broadcast(S256, y);
    FloatVector s0 = FloatVector.broadcast(S256, start + 0);
    FloatVector s1 = FloatVector.broadcast(S256, start + 1);
    FloatVector s2 = FloatVector.broadcast(S256, start + 2);
    FloatVector s3 = FloatVector.broadcast(S256, start + 3);
    FloatVector s4 = FloatVector.broadcast(S256, start + 4);
    FloatVector s5 = FloatVector.broadcast(S256, start + 5);
    FloatVector s6 = FloatVector.broadcast(S256, start + 6);
    FloatVector s7 = FloatVector.broadcast(S256, start + 7);
    FloatVector s8 = FloatVector.broadcast(S256, start + 8);
    FloatVector s9 = FloatVector.broadcast(S256, start + 9);
    FloatVector s10 = FloatVector.broadcast(S256, start + 10);
    FloatVector s11 = FloatVector.broadcast(S256, start + 11);
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
  static float vectors512(int rounds, float start, float x, float y) {
    FloatVector xs = FloatVector.broadcast(S512, x);
    FloatVector ys = FloatVector.broadcast(S512, y);
    FloatVector s0 = FloatVector.broadcast(S512, start + 0);
    FloatVector s1 = FloatVector.broadcast(S512, start + 1);
    FloatVector s2 = FloatVector.broadcast(S512, start + 2);
    FloatVector s3 = FloatVector.broadcast(S512, start + 3);
    FloatVector s4 = FloatVector.broadcast(S512, start + 4);
    FloatVector s5 = FloatVector.broadcast(S512, start + 5);
    FloatVector s6 = FloatVector.broadcast(S512, start + 6);
    FloatVector s7 = FloatVector.broadcast(S512, start + 7);
    FloatVector s8 = FloatVector.broadcast(S512, start + 8);
    FloatVector s9 = FloatVector.broadcast(S512, start + 9);
    FloatVector s10 = FloatVector.broadcast(S512, start + 10);
    FloatVector s11 = FloatVector.broadcast(S512, start + 11);
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

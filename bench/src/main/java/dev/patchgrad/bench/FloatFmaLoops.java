package dev.patchgrad.bench;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops of fused multiply-adds in float that have nothing to load and nothing to wait for: what the
 * multipliers can do at most.
 *
 * <p>12 sums at once, each with one operation under way: a processor that starts two a cycle and
 * takes four or five cycles for one needs 8 to 10, and 16 registers hold 12, the factor and the
 * summand. Each sum starts elsewhere, or the compiler would compute one for all, and tends to
 * summand / (1 - factor), so that none overflows or becomes subnormal. A method has one species for
 * good: a species that varies would be boxed.
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
   * @param factor below 1
   * @param summand of each operation
   * @return all sums together
   */
  static float scalar(int rounds, float start, float factor, float summand) {
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
      s0 = Math.fma(s0, factor, summand);
      s1 = Math.fma(s1, factor, summand);
      s2 = Math.fma(s2, factor, summand);
      s3 = Math.fma(s3, factor, summand);
      s4 = Math.fma(s4, factor, summand);
      s5 = Math.fma(s5, factor, summand);
      s6 = Math.fma(s6, factor, summand);
      s7 = Math.fma(s7, factor, summand);
      s8 = Math.fma(s8, factor, summand);
      s9 = Math.fma(s9, factor, summand);
      s10 = Math.fma(s10, factor, summand);
      s11 = Math.fma(s11, factor, summand);
    }
    return s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7 + s8 + s9 + s10 + s11;
  }

  /**
   * Vectors of 128 bits.
   *
   * @param rounds of 12 operations
   * @param start of the first sum
   * @param factor below 1
   * @param summand of each operation
   * @return all sums together
   */
  static float vectors128(int rounds, float start, float factor, float summand) {
    FloatVector factors = FloatVector.broadcast(S128, factor);
    FloatVector summands = FloatVector.broadcast(S128, summand);
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
      s0 = s0.fma(factors, summands);
      s1 = s1.fma(factors, summands);
      s2 = s2.fma(factors, summands);
      s3 = s3.fma(factors, summands);
      s4 = s4.fma(factors, summands);
      s5 = s5.fma(factors, summands);
      s6 = s6.fma(factors, summands);
      s7 = s7.fma(factors, summands);
      s8 = s8.fma(factors, summands);
      s9 = s9.fma(factors, summands);
      s10 = s10.fma(factors, summands);
      s11 = s11.fma(factors, summands);
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
   * @param factor below 1
   * @param summand of each operation
   * @return all sums together
   */
  static float vectors256(int rounds, float start, float factor, float summand) {
    FloatVector factors = FloatVector.broadcast(S256, factor);
    FloatVector summands = FloatVector.broadcast(S256, summand);
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
      s0 = s0.fma(factors, summands);
      s1 = s1.fma(factors, summands);
      s2 = s2.fma(factors, summands);
      s3 = s3.fma(factors, summands);
      s4 = s4.fma(factors, summands);
      s5 = s5.fma(factors, summands);
      s6 = s6.fma(factors, summands);
      s7 = s7.fma(factors, summands);
      s8 = s8.fma(factors, summands);
      s9 = s9.fma(factors, summands);
      s10 = s10.fma(factors, summands);
      s11 = s11.fma(factors, summands);
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
   * @param factor below 1
   * @param summand of each operation
   * @return all sums together
   */
  static float vectors512(int rounds, float start, float factor, float summand) {
    FloatVector factors = FloatVector.broadcast(S512, factor);
    FloatVector summands = FloatVector.broadcast(S512, summand);
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
      s0 = s0.fma(factors, summands);
      s1 = s1.fma(factors, summands);
      s2 = s2.fma(factors, summands);
      s3 = s3.fma(factors, summands);
      s4 = s4.fma(factors, summands);
      s5 = s5.fma(factors, summands);
      s6 = s6.fma(factors, summands);
      s7 = s7.fma(factors, summands);
      s8 = s8.fma(factors, summands);
      s9 = s9.fma(factors, summands);
      s10 = s10.fma(factors, summands);
      s11 = s11.fma(factors, summands);
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

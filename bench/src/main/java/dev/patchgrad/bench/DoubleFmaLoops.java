package dev.patchgrad.bench;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops of fused multiply-adds in double that have nothing to load and nothing to wait for: what
 * the multipliers can do at most.
 *
 * <p>12 sums at once, each with one operation under way: a processor that starts two a cycle and
 * takes four or five cycles for one needs 8 to 10, and 16 registers hold 12, the factor and the
 * summand. Each sum starts elsewhere, or the compiler would compute one for all, and tends to
 * summand / (1 - factor), so that none overflows or becomes subnormal. A method has one species for
 * good: a species that varies would be boxed.
 */
final class DoubleFmaLoops {
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
   * @param factor below 1
   * @param summand of each operation
   * @return all sums together
   */
  static double scalar(int rounds, double start, double factor, double summand) {
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
  static double vectors128(int rounds, double start, double factor, double summand) {
    DoubleVector factors = DoubleVector.broadcast(S128, factor);
    DoubleVector summands = DoubleVector.broadcast(S128, summand);
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
  static double vectors256(int rounds, double start, double factor, double summand) {
    DoubleVector factors = DoubleVector.broadcast(S256, factor);
    DoubleVector summands = DoubleVector.broadcast(S256, summand);
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
  static double vectors512(int rounds, double start, double factor, double summand) {
    DoubleVector factors = DoubleVector.broadcast(S512, factor);
    DoubleVector summands = DoubleVector.broadcast(S512, summand);
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

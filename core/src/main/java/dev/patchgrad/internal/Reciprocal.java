package dev.patchgrad.internal;

/**
 * When many numbers may be multiplied by one over a divisor instead of being divided by it: one
 * rounding more, and a third of the time, which short batches feel.
 */
public final class Reciprocal {
  /**
   * Between this and its inverse a number has an inverse that neither overflows nor loses digits.
   */
  private static final double SMALLEST = 0x1p-1021;

  private Reciprocal() {}

  /**
   * Whether 1 / divisor has all its digits.
   *
   * @param divisor a positive number
   * @return whether to multiply
   */
  public static boolean isSound(double divisor) {
    return divisor >= SMALLEST && divisor <= 1 / SMALLEST;
  }
}

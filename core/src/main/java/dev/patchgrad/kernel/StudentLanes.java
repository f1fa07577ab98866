package dev.patchgrad.kernel;

import dev.patchgrad.network.Reciprocal;

/**
 * What moves between a student's own arrays, in double, and the lane that a tile of students keeps
 * for it: element i of the lane is at {@code at + i * stride}.
 */
final class StudentLanes {
  private StudentLanes() {}

  /** Writes some values, times a factor, into a lane. */
  static void place(
      double[] values, double factor, double[] lanes, int at, int stride, int from, int end) {
    for (int i = from; i < end; i++) {
      lanes[at + i * stride] = values[i] * factor;
    }
  }

  /** Writes some values, times a factor, into a lane. */
  static void place(
      double[] values, double factor, float[] lanes, int at, int stride, int from, int end) {
    for (int i = from; i < end; i++) {
      lanes[at + i * stride] = (float) (values[i] * factor);
    }
  }

  /** The dot product of values, times a factor, with a lane, in four sums side by side. */
  static double dot(double[] values, double factor, double[] lanes, int at, int stride) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i + 4 <= values.length; i += 4) {
      int lane = at + i * stride;
      s0 += values[i] * factor * lanes[lane];
      s1 += values[i + 1] * factor * lanes[lane + stride];
      s2 += values[i + 2] * factor * lanes[lane + 2 * stride];
      s3 += values[i + 3] * factor * lanes[lane + 3 * stride];
    }
    for (; i < values.length; i++) {
      s0 += values[i] * factor * lanes[at + i * stride];
    }
    return (s0 + s1) + (s2 + s3);
  }

  /** Some values become (lane + slope along) / divisor; along may be the values' own array. */
  static void finish(
      double[] lanes,
      int at,
      int stride,
      int from,
      int end,
      double slope,
      double[] along,
      double divisor,
      double[] values) {
    boolean sound = Reciprocal.isSound(divisor);
    double factor = sound ? 1 / divisor : 1;
    for (int i = from; i < end; i++) {
      values[i] = (lanes[at + i * stride] + slope * along[i]) * factor;
    }
    if (!sound) {
      divide(values, from, end, divisor);
    }
  }

  /** Some values become (lane + slope along) / divisor; along may be the values' own array. */
  static void finish(
      float[] lanes,
      int at,
      int stride,
      int from,
      int end,
      double slope,
      double[] along,
      double divisor,
      double[] values) {
    boolean sound = Reciprocal.isSound(divisor);
    double factor = sound ? 1 / divisor : 1;
    for (int i = from; i < end; i++) {
      values[i] = (lanes[at + i * stride] + slope * along[i]) * factor;
    }
    if (!sound) {
      divide(values, from, end, divisor);
    }
  }

  private static void divide(double[] values, int from, int end, double divisor) {
    for (int i = from; i < end; i++) {
      values[i] /= divisor;
    }
  }
}

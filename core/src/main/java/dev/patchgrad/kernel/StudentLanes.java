package dev.patchgrad.kernel;

import dev.patchgrad.network.Reciprocal;

/**
 * What moves between a student's own arrays, in double, and the lane that a tile of students keeps
 * for it: element i of the lane is at {@code at + i * stride}.
 */
final class StudentLanes {
  private StudentLanes() {}

  /** Writes some values into a lane. */
  static void place(double[] values, double[] lanes, int at, int stride, int from, int end) {
    for (int i = from; i < end; i++) {
      lanes[at + i * stride] = values[i];
    }
  }

  /** Writes some values into a lane. */
  static void place(double[] values, float[] lanes, int at, int stride, int from, int end) {
    for (int i = from; i < end; i++) {
      lanes[at + i * stride] = (float) values[i];
    }
  }

  /** values = lane * factor. */
  static void take(double[] lanes, int at, int stride, double factor, double[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = lanes[at + i * stride] * factor;
    }
  }

  /** values = lane * factor. */
  static void take(float[] lanes, int at, int stride, double factor, double[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = lanes[at + i * stride] * factor;
    }
  }

  /** The dot product of some values with those of a lane, in four sums side by side. */
  static double dot(double[] values, double[] lanes, int at, int stride, int from, int end) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = from;
    for (; i + 4 <= end; i += 4) {
      int lane = at + i * stride;
      s0 += values[i] * lanes[lane];
      s1 += values[i + 1] * lanes[lane + stride];
      s2 += values[i + 2] * lanes[lane + 2 * stride];
      s3 += values[i + 3] * lanes[lane + 3 * stride];
    }
    for (; i < end; i++) {
      s0 += values[i] * lanes[at + i * stride];
    }
    return (s0 + s1) + (s2 + s3);
  }

  /** The dot product of some values with those of a lane, in four sums side by side. */
  static double dot(double[] values, float[] lanes, int at, int stride, int from, int end) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = from;
    for (; i + 4 <= end; i += 4) {
      int lane = at + i * stride;
      s0 += values[i] * lanes[lane];
      s1 += values[i + 1] * lanes[lane + stride];
      s2 += values[i + 2] * lanes[lane + 2 * stride];
      s3 += values[i + 3] * lanes[lane + 3 * stride];
    }
    for (; i < end; i++) {
      s0 += values[i] * lanes[at + i * stride];
    }
    return (s0 + s1) + (s2 + s3);
  }

  /** Some values become (lane - radial value) / divisor. */
  static void project(
      double[] values,
      double[] lanes,
      int at,
      int stride,
      int from,
      int end,
      double radial,
      double divisor) {
    boolean sound = Reciprocal.isSound(divisor);
    double factor = sound ? 1 / divisor : 1;
    for (int i = from; i < end; i++) {
      values[i] = (lanes[at + i * stride] - radial * values[i]) * factor;
    }
    if (!sound) {
      divide(values, from, end, divisor);
    }
  }

  /** Some values become (lane - radial value) / divisor. */
  static void project(
      double[] values,
      float[] lanes,
      int at,
      int stride,
      int from,
      int end,
      double radial,
      double divisor) {
    boolean sound = Reciprocal.isSound(divisor);
    double factor = sound ? 1 / divisor : 1;
    for (int i = from; i < end; i++) {
      values[i] = (lanes[at + i * stride] - radial * values[i]) * factor;
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

package dev.patchgrad.descent;

import dev.patchgrad.network.Teacher;
import java.util.Arrays;

/** Teachers of a stated k, rho and |a*|, for the tests of this room. */
final class Teachers {
  private Teachers() {}

  /**
   * w* of length 1 along the first axis, and weights with (1^T a*)^2 = rho |a*|^2: a part along 1
   * and one orthogonal to it.
   */
  static Teacher of(int p, int k, double rho, double squares) {
    double[] w = new double[p];
    w[0] = 1;
    double[] a = new double[k];
    Arrays.fill(a, Math.sqrt(squares * rho) / k);
    double rest = Math.sqrt(squares * (1 - rho / k) / 2);
    a[0] += rest;
    a[1] -= rest;
    return Teacher.of(w, a);
  }

  /** v at an angle from w* = e_1. */
  static double[] filterAt(double phi, int p) {
    double[] v = new double[p];
    v[0] = Math.cos(phi);
    v[1] = Math.sin(phi);
    return v;
  }
}

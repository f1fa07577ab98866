package dev.patchgrad.internal;

/** A dot product in double, fast enough to be no part of what a kernel takes. */
public final class DotProduct {
  private DotProduct() {}

  /**
   * In eight sums side by side: one alone would wait for each addition, four cycles an element,
   * which is longer than a kernel takes for a patch.
   *
   * @param x [p]
   * @param y [p], or longer
   * @return sum_c x_c y_c
   */
  public static double of(double[] x, double[] y) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    double s4 = 0;
    double s5 = 0;
    double s6 = 0;
    double s7 = 0;
    int c = 0;
    for (; c + 8 <= x.length; c += 8) {
      s0 += x[c] * y[c];
      s1 += x[c + 1] * y[c + 1];
      s2 += x[c + 2] * y[c + 2];
      s3 += x[c + 3] * y[c + 3];
      s4 += x[c + 4] * y[c + 4];
      s5 += x[c + 5] * y[c + 5];
      s6 += x[c + 6] * y[c + 6];
      s7 += x[c + 7] * y[c + 7];
    }
    for (; c < x.length; c++) {
      s0 += x[c] * y[c];
    }
    return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
  }
}

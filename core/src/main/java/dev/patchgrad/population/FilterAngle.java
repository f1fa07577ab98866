package dev.patchgrad.population;

import dev.patchgrad.internal.Checks;

/**
 * The angle phi between a student's and a teacher's filter, with what the closed form needs of it.
 *
 * <p>g(phi) = (pi - phi) cos phi + sin phi is 2 pi times the correlation of the two units' outputs.
 * Near phi = 0 the loss depends on pi - g, near phi = pi on g; each is given to full relative
 * precision, which the other's subtraction from pi would lose.
 *
 * @param phi the angle in radians, 0 to pi
 * @param supplement pi - phi
 * @param cos its cosine
 * @param sin its sine
 * @param g (pi - phi) cos phi + sin phi
 * @param gap pi - g
 */
public record FilterAngle(
    double phi, double supplement, double cos, double sin, double g, double gap) {
  /** Below this sin d - d cos d cancels, and three terms of the series are exact to rounding. */
  private static final double SERIES = 1e-2;

  /**
   * The angle between two vectors.
   *
   * @param v [p], not 0
   * @param w [p], not 0
   * @return the angle; exactly 0 where v = w and pi where v = -w, within a few units of 1e-16
   *     elsewhere (the arc cosine of the inner product would lose all digits below 1e-8)
   * @throws IllegalArgumentException if the lengths differ, an element is not finite, a vector is
   *     0, or its length is beyond the range of normal doubles
   */
  public static FilterAngle between(double[] v, double[] w) {
    Checks.requireLength("w", w.length, v.length, "p of v");
    Checks.requireFinite("v", v);
    Checks.requireFinite("w", w);
    double normV = Checks.norm(v);
    double normW = Checks.norm(w);
    if (normV == 0 || normW == 0) {
      throw new IllegalArgumentException(
          (normV == 0 ? "v" : "w") + ": all elements are 0; expected a norm above 0");
    }
    Checks.requireNormal("v", normV);
    Checks.requireNormal("w", normW);
    double difference = 0;
    double sum = 0;
    for (int c = 0; c < v.length; c++) {
      double u = v[c] / normV;
      double t = w[c] / normW;
      difference += (u - t) * (u - t);
      sum += (u + t) * (u + t);
    }
    return ofChords(Math.sqrt(difference), Math.sqrt(sum));
  }

  /**
   * The angle of a given size.
   *
   * @param phi radians, 0 to pi
   * @return the angle
   * @throws IllegalArgumentException if phi is NaN or outside of 0 to pi
   */
  public static FilterAngle ofRadians(double phi) {
    if (!(phi >= 0 && phi <= Math.PI)) {
      throw new IllegalArgumentException("phi: " + phi + " given; expected 0 to pi");
    }
    return new FilterAngle(phi, Math.PI - phi);
  }

  /**
   * The angle that is this much less than pi.
   *
   * @param supplement pi - phi in radians, 0 to pi
   * @return the angle
   * @throws IllegalArgumentException if the supplement is NaN or outside of 0 to pi
   */
  public static FilterAngle ofSupplement(double supplement) {
    if (!(supplement >= 0 && supplement <= Math.PI)) {
      throw new IllegalArgumentException("supplement: " + supplement + " given; expected 0 to pi");
    }
    return new FilterAngle(Math.PI - supplement, supplement);
  }

  /** The angle of unit vectors u, t from |u - t| and |u + t|. */
  static FilterAngle ofChords(double difference, double sum) {
    return new FilterAngle(2 * Math.atan2(difference, sum), 2 * Math.atan2(sum, difference));
  }

  private FilterAngle(double phi, double supplement) {
    this(
        phi,
        supplement,
        phi <= supplement ? Math.cos(phi) : -Math.cos(supplement),
        Math.sin(Math.min(phi, supplement)),
        phi <= supplement ? Math.PI - gap(phi) : arcMinusChord(supplement),
        phi <= supplement ? gap(phi) : Math.PI - arcMinusChord(supplement));
  }

  /** pi - g = pi (1 - cos phi) - (sin phi - phi cos phi), both terms free of cancellation. */
  private static double gap(double phi) {
    double half = Math.sin(phi / 2);
    return 2 * Math.PI * half * half - arcMinusChord(phi);
  }

  /** sin d - d cos d, which is g where d = pi - phi. */
  private static double arcMinusChord(double d) {
    if (d < SERIES) {
      double squared = d * d;
      return d * squared * (1.0 / 3 - squared * (1.0 / 30 - squared * (1.0 / 840)));
    }
    return Math.sin(d) - d * Math.cos(d);
  }
}

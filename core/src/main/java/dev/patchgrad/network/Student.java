package dev.patchgrad.network;

import dev.patchgrad.internal.ArrayText;
import dev.patchgrad.internal.Checks;
import dev.patchgrad.internal.Reciprocal;

/**
 * The network that learns: filter parameters v [p], output weights a [k].
 *
 * <p>A student is mutable: {@link #v()} and {@link #a()} are the live arrays, which a descent steps
 * in place. Kernels therefore check the values at each call, not here.
 */
public final class Student {
  private final Parametrisation parametrisation;
  private final double[] v;
  private final double[] a;

  private Student(Parametrisation parametrisation, double[] v, double[] a) {
    Checks.requirePositive("p", v.length);
    Checks.requirePositive("k", a.length);
    this.parametrisation = parametrisation;
    this.v = v.clone();
    this.a = a.clone();
  }

  /**
   * A student with w = v / |v|.
   *
   * @param v [p], copied
   * @param a [k], copied
   * @return the student
   * @throws IllegalArgumentException if an array is empty
   */
  public static Student weightNormalised(double[] v, double[] a) {
    return new Student(Parametrisation.WEIGHT_NORMALISED, v, a);
  }

  /**
   * A student whose filter is w itself.
   *
   * @param w [p], copied
   * @param a [k], copied
   * @return the student
   * @throws IllegalArgumentException if an array is empty
   */
  public static Student plain(double[] w, double[] a) {
    return new Student(Parametrisation.PLAIN, w, a);
  }

  /**
   * A student of its own with the same values.
   *
   * @return the copy
   */
  public Student copy() {
    return new Student(parametrisation, v, a);
  }

  /**
   * How the filter follows from v.
   *
   * @return the parametrisation
   */
  public Parametrisation parametrisation() {
    return parametrisation;
  }

  /**
   * The filter's parameters, live: v, or w itself if the parametrisation is plain.
   *
   * @return [p]
   */
  public double[] v() {
    return v;
  }

  /**
   * The filter of a plain student, live: the array that {@link #v()} gives, by its own name.
   *
   * @return [p]
   * @throws IllegalStateException under weight normalisation, where w is no parameter: {@link
   *     #filter} calculates it
   */
  public double[] w() {
    if (parametrisation != Parametrisation.PLAIN) {
      throw new IllegalStateException(
          "w: asked of a student under weight normalisation; expected a plain one, or a call of"
              + " filter, which calculates w = v / |v|");
    }
    return v;
  }

  /**
   * The output weights, live.
   *
   * @return [k]
   */
  public double[] a() {
    return a;
  }

  /**
   * The dimension of a patch.
   *
   * @return p
   */
  public int p() {
    return v.length;
  }

  /**
   * The number of patches.
   *
   * @return k
   */
  public int k() {
    return a.length;
  }

  @Override
  public String toString() {
    return "Student["
        + (parametrisation == Parametrisation.PLAIN ? "plain, w=" : "v=")
        + ArrayText.of(v)
        + ", a="
        + ArrayText.of(a)
        + "]";
  }

  /**
   * Refuses parameters that no gradient is defined at.
   *
   * @throws IllegalArgumentException if a value is not finite, |v| is beyond a double's range, or v
   *     = 0 under weight normalisation
   */
  public void check() {
    checkedNorm();
  }

  /**
   * Refuses what {@link #check} refuses; the length of v comes from the same pass over it.
   *
   * @return |v|, or 1 if the parametrisation is plain: what a gradient in w is divided by
   * @throws IllegalArgumentException if a value is not finite, |v| is above the largest double, or
   *     under weight normalisation v = 0 or |v| is below the smallest normal double
   */
  public double checkedNorm() {
    double norm = Checks.norm(v);
    if (!(norm < Double.POSITIVE_INFINITY)) {
      Checks.requireFinite("v", v);
      Checks.requireNormal("v", norm);
    }
    Checks.requireFinite("a", a);
    if (parametrisation == Parametrisation.PLAIN) {
      return 1;
    }
    if (norm == 0) {
      throw new IllegalArgumentException(
          "v: all " + v.length + " elements are 0; expected |v| > 0, since w = v / |v|");
    }
    if (norm < Double.MIN_NORMAL) {
      Checks.requireNormal("v", norm);
    }
    return norm;
  }

  /**
   * Writes the filter w.
   *
   * @param w [p], overwritten with v / |v|, or with w itself if the parametrisation is plain
   * @return |v|, or 1 if the parametrisation is plain
   */
  public double filter(double[] w) {
    double norm = parametrisation == Parametrisation.PLAIN ? 1 : Checks.norm(v);
    filter(w, norm);
    return norm;
  }

  /**
   * Writes the filter w, for a caller that has the length of v.
   *
   * @param w [p], overwritten as by {@link #filter(double[])}
   * @param norm of {@link #checkedNorm}
   */
  public void filter(double[] w, double norm) {
    Checks.requireLength("w", w.length, v.length, "p");
    if (Reciprocal.isSound(norm)) {
      double inverse = 1 / norm;
      for (int c = 0; c < v.length; c++) {
        w[c] = v[c] * inverse;
      }
    } else {
      for (int c = 0; c < v.length; c++) {
        w[c] = v[c] / norm;
      }
    }
  }
}

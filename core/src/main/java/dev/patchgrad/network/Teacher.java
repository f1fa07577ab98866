package dev.patchgrad.network;

import dev.patchgrad.internal.ArrayText;
import dev.patchgrad.internal.Checks;

/**
 * The network that gives the labels, y = sum_j a*_j relu(w*^T Z_j); w* is not normalised.
 *
 * <p>Immutable: the accessors give copies.
 */
public final class Teacher {
  private final double[] w;
  private final double[] a;

  /**
   * A teacher.
   *
   * @param w w* [p], copied
   * @param a a* [k], copied
   * @return the teacher
   * @throws IllegalArgumentException if an array is empty, a value is not finite, w* = 0, or |w*|
   *     is beyond the range of normal doubles
   */
  public static Teacher of(double[] w, double[] a) {
    return new Teacher(w, a);
  }

  private Teacher(double[] w, double[] a) {
    Checks.requirePositive("p", w.length);
    Checks.requirePositive("k", a.length);
    Checks.requireFinite("w*", w);
    Checks.requireFinite("a*", a);
    double norm = Checks.norm(w);
    if (norm == 0) {
      throw new IllegalArgumentException(
          "w*: all " + w.length + " elements are 0; expected |w*| > 0");
    }
    Checks.requireNormal("w*", norm);
    this.w = w.clone();
    this.a = a.clone();
  }

  /**
   * The filter.
   *
   * @return w* [p], a copy
   */
  public double[] w() {
    return w.clone();
  }

  /**
   * The output weights.
   *
   * @return a* [k], a copy
   */
  public double[] a() {
    return a.clone();
  }

  /**
   * The dimension of a patch.
   *
   * @return p
   */
  public int p() {
    return w.length;
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
    return "Teacher[w=" + ArrayText.of(w) + ", a=" + ArrayText.of(a) + "]";
  }
}

package dev.patchgrad.population;

import dev.patchgrad.internal.Checks;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import java.util.ArrayList;
import java.util.List;

/**
 * All critical points of the population loss under weight normalisation, for a teacher with a* != 0
 * (Du et al. 2018, section 3: the spurious local minimum).
 *
 * <p>What there is depends on k and on rho = (1^T a*)^2 / |a*|^2 alone. The spurious point is a
 * local minimum if and only if rho &lt; (k + pi - 1)/pi; under the same condition, and for p of at
 * least 2, there is a strict saddle, which borders its basin.
 */
public final class CriticalPoints {
  /** Sums of fewer than 1e8 such numbers stay finite. */
  private static final double LARGEST = 1e300;

  private final Teacher teacher;
  private final double[] target;
  private final double scale;
  private final double sum;
  private final double squares;

  /**
   * The critical points for a teacher.
   *
   * @param teacher with a* != 0
   * @return the points
   * @throws IllegalArgumentException if a* = 0, as every v is then critical, or a square of |a*| or
   *     |w*| |a*| is beyond a double's range
   */
  public static CriticalPoints of(Teacher teacher) {
    return new CriticalPoints(teacher);
  }

  private CriticalPoints(Teacher teacher) {
    double[] a = teacher.a();
    requireWeights(a);
    this.teacher = teacher;
    this.target = teacher.w();
    this.scale = Checks.norm(target);
    double total = 0;
    double totalSquares = 0;
    for (double weight : a) {
      total += weight;
      totalSquares += weight * weight;
    }
    this.sum = total;
    this.squares = totalSquares;
    double largest = scale * scale * squares;
    if (!(squares >= Double.MIN_NORMAL
        && squares <= LARGEST
        && largest >= Double.MIN_NORMAL
        && largest <= LARGEST)) {
      throw new IllegalArgumentException(
          "teacher: |a*|^2 = "
              + squares
              + " and |w*|^2 |a*|^2 = "
              + largest
              + " given; expected "
              + Double.MIN_NORMAL
              + " to "
              + LARGEST
              + ", so that losses stay within a double's range");
    }
  }

  private static void requireWeights(double[] a) {
    if (Checks.norm(a) == 0) {
      throw new IllegalArgumentException(
          "a*: all " + a.length + " elements are 0; expected a* != 0, or nothing can be learned");
    }
  }

  /**
   * (1^T a*)^2 / |a*|^2, between 0 and k: how far the teacher's weights agree in sign.
   *
   * @return rho
   */
  public double rho() {
    return sum * sum / squares;
  }

  /**
   * (k + pi - 1)/pi: from this rho on, the spurious point is no minimum.
   *
   * @return the threshold
   */
  public double threshold() {
    return (teacher.k() + Math.PI - 1) / Math.PI;
  }

  /**
   * Whether gradient descent can be caught: rho is below the threshold.
   *
   * @return true if the spurious point is a local minimum
   */
  public boolean spuriousIsMinimum() {
    return rho() < threshold();
  }

  /**
   * The angle of the saddle, beyond which, with a^T a* &lt; 0, gradient descent goes to the
   * spurious point.
   *
   * @return phi_s; pi where the spurious point is no minimum, so that no angle is beyond
   */
  public FilterAngle saddleAngle() {
    return saddleAngle(teacher.k(), rho());
  }

  /**
   * The saddle's angle phi_s, from g(phi_s) = (k + pi - 1 - pi rho) / (k + pi - 1 - rho).
   *
   * @param k patches, at least 1
   * @param rho 0 to k
   * @return phi_s; pi where rho is at or above the threshold
   * @throws IllegalArgumentException if k is below 1, or rho is not within 0 to k
   */
  public static FilterAngle saddleAngle(int k, double rho) {
    Checks.requirePositive("k", k);
    // |1^T a| <= sqrt(k) |a|, up to the rounding of the two sums.
    if (!(rho >= 0 && rho <= k * (1 + 1e-12 * k))) {
      throw new IllegalArgumentException("rho: " + rho + " given; expected 0 to k = " + k);
    }
    double largest = k + Math.PI - 1;
    double g = (largest - Math.PI * rho) / (largest - rho);
    if (g <= 0) {
      return FilterAngle.ofSupplement(0);
    }
    // g rises with d = pi - phi from 0 to pi; halving to neighbouring doubles takes some 60 steps
    // here, and more only where g, and so d, is tiny.
    double low = 0;
    double high = Math.PI;
    while (true) {
      double middle = low + (high - low) / 2;
      if (middle <= low || middle >= high) {
        return FilterAngle.ofSupplement(high);
      }
      if (FilterAngle.ofSupplement(middle).g() < g) {
        low = middle;
      } else {
        high = middle;
      }
    }
  }

  /**
   * All of them.
   *
   * @return the global minimum, the spurious point, and the saddle where there is one
   */
  public List<CriticalPoint> all() {
    List<CriticalPoint> points = new ArrayList<>(List.of(global(), spurious()));
    if (spuriousIsMinimum() && teacher.p() > 1) {
      points.add(saddle());
    }
    return List.copyOf(points);
  }

  /**
   * The global minimum: phi = 0, a = |w*| a*.
   *
   * @return the point, of loss 0
   */
  public CriticalPoint global() {
    double[] a = teacher.a();
    for (int j = 0; j < a.length; j++) {
      a[j] *= scale;
    }
    return new CriticalPoint(
        CriticalPoint.Kind.GLOBAL,
        FilterAngle.ofRadians(0),
        Student.weightNormalised(direction(1), a),
        0,
        true);
  }

  /**
   * The spurious point: phi = pi, a = |w*| / (pi - 1) times (pi S / (k + pi - 1) 1 - a*), S = 1^T
   * a*.
   *
   * @return the point
   */
  public CriticalPoint spurious() {
    double weight = Math.PI * sum / (teacher.k() + Math.PI - 1);
    double loss = scale * scale / (4 * (Math.PI - 1)) * ((Math.PI - 2) * squares + weight * sum);
    return new CriticalPoint(
        CriticalPoint.Kind.SPURIOUS,
        FilterAngle.ofSupplement(0),
        Student.weightNormalised(direction(-1), optimalWeights(0)),
        loss,
        spuriousIsMinimum());
  }

  private CriticalPoint saddle() {
    FilterAngle angle = saddleAngle();
    double[] u = direction(angle.cos());
    double[] across = acrossTarget();
    for (int c = 0; c < u.length; c++) {
      u[c] += angle.sin() * across[c];
    }
    double loss = scale * scale * squares * angle.gap() / (4 * Math.PI);
    return new CriticalPoint(
        CriticalPoint.Kind.SADDLE,
        angle,
        Student.weightNormalised(u, optimalWeights(angle.g())),
        loss,
        false);
  }

  /** a = R (1 1^T + (pi - 1) I)^-1 (1 1^T + (g - 1) I) a*, the best weights at this angle. */
  private double[] optimalWeights(double g) {
    double[] a = teacher.a();
    double shared = sum * (Math.PI - g) / (teacher.k() + Math.PI - 1);
    for (int j = 0; j < a.length; j++) {
      a[j] = scale / (Math.PI - 1) * ((g - 1) * a[j] + shared);
    }
    return a;
  }

  private double[] direction(double length) {
    double[] direction = target.clone();
    for (int c = 0; c < direction.length; c++) {
      direction[c] *= length / scale;
    }
    return direction;
  }

  /** A unit vector orthogonal to w*. */
  private double[] acrossTarget() {
    int smallest = 0;
    for (int c = 1; c < target.length; c++) {
      if (Math.abs(target[c]) < Math.abs(target[smallest])) {
        smallest = c;
      }
    }
    double[] across = direction(-target[smallest] / scale);
    across[smallest] += 1;
    double norm = Checks.norm(across);
    for (int c = 0; c < across.length; c++) {
      across[c] /= norm;
    }
    return across;
  }
}

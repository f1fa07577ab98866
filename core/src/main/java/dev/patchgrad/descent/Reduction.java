package dev.patchgrad.descent;

import dev.patchgrad.internal.Checks;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import dev.patchgrad.population.FilterAngle;

/**
 * Population gradient descent under weight normalisation, reduced exactly to four numbers (phi, r,
 * x, sigma): the loss and its gradient depend on v through |v| and its angle to w* alone, and on a
 * through a^T a* and 1^T a alone, as far as these four are concerned.
 *
 * <p>With d = pi - phi, s = sin phi, g = d cos phi + s, R = |w*|, S = 1^T a*, N = |a*|^2, K = k +
 * pi - 1 and tan delta = eta R x d s / (2 pi r^2), one step is
 *
 * <pre>
 * phi'   = |phi - delta|, folded at pi        r' = r / cos delta
 * x'     = x     - eta/(2 pi) { (pi - 1) x + sigma S - R [(g - 1) N + S^2] }
 * sigma' = sigma - eta/(2 pi) { K sigma - R (k + g - 1) S }
 * </pre>
 *
 * <h2>Where a descent goes</h2>
 *
 * <p>{@link #basin} needs no convergence, which is sublinear at the spurious point. It knows two
 * sets of states that no step leaves. Let sigma deviate from its equilibrium at the present angle
 * by sigma - R S (k + g - 1)/K, and
 *
 * <pre>
 * z = S (sigma - R S (k + g - 1)/K)                 m(g) = R N [(g - 1) + rho (pi - g)/K]
 * x' = (1 - beta) x + eta/(2 pi) (m - z)            beta  = eta (pi - 1)/(2 pi)
 * z' = (1 - alpha) z - R N rho/K (g' - g)           alpha = eta K/(2 pi)
 * </pre>
 *
 * <p>m rises with g, that is, falls with phi, and is 0 at the saddle's angle phi_s. Let beta be
 * below 1 and alpha below 2, so that z fades, and let c = max(0, alpha - 1), the share of z that a
 * step may overshoot by. Let kappa be 1 or K/rho - c, whichever is less, and mu(g) = R N [(g - 1) +
 * kappa rho (pi - g)/K], which is at most m.
 *
 * <ul>
 *   <li><b>x &gt; 0, mu(g) &gt;= z and mu(g) &gt;= -c z: global.</b> x &gt; 0 lowers phi, so that g
 *       rises, by D/(R N rho/K), say. Then mu rises by at least c D, by the choice of kappa; z' is
 *       at most max(z, 0) or -c z, so at most mu; and -c z' is at most c^2 z + c D, so at most mu +
 *       c D, which is at most mu'. And m &gt;= mu &gt;= z leaves x' &gt; 0. So the state stays in
 *       the set, phi falls, and can settle only where x d s = 0, at phi = 0: if x went to 0
 *       instead, m would too, and phi to phi_s from above, which it is not.
 *   <li><b>x &lt; 0, -m(g) &gt;= -z and -m(g) &gt;= c z: spurious.</b> That needs phi &gt; phi_s,
 *       so rho is below K/pi. phi rises, g falls by D/(R N rho/K), and -m rises by at least c D, as
 *       rho/K &lt; 1/2 and c &lt; 1. The rest is as above with all signs turned.
 * </ul>
 *
 * <p>Both take for granted that a step does not fold the angle to a worse one: delta is at most 2
 * phi (or 2 d), which holds if eta R |x| is at most 4 r^2. r never falls. Within the sets |z| grows
 * by at most R N rho/K pi in all, and |m| is at most R N (pi - 1), so |x| stays below the larger of
 * itself and 3 R N + |z|/2: the condition is checked with that. In between, x and phi &lt;&gt;
 * phi_s disagree or sigma has not settled; more steps decide, except on a set of starts of measure
 * zero that ends at the saddle.
 *
 * <h2>The four sign flips of a start</h2>
 *
 * <p>One of them has x &gt; 0 and phi &lt; pi/2, so g &gt; 1. The paper's starts have |1^T a| at
 * most R |S|, so m - z = R N (g - 1) - S (sigma - R S) is above 0 there: for eta up to 2 pi/K,
 * where c = 0, the global minimum is certain. The condition on folds holds at such a start for eta
 * up to 4 r^2/(R^2 (3 N + S^2)), as |x| is at most R N, and |z| at most 2 R S^2. Where S = 0 the
 * start has a = 0; one step gives x the sign of g - 1, and z stays 0: of v and -v, the one with phi
 * &lt; pi/2 is certain.
 *
 * @param k patches, at least 1
 * @param scale R = |w*|, above 0
 * @param sum S = 1^T a*, with S^2 at most k N
 * @param squares N = |a*|^2, above 0
 * @param stepSize eta, above 0
 */
public record Reduction(int k, double scale, double sum, double squares, double stepSize) {
  /**
   * Refuses what no teacher has.
   *
   * @throws IllegalArgumentException naming the argument and what was expected
   */
  public Reduction {
    Checks.requirePositive("k", k);
    requirePositive("scale |w*|", scale);
    requirePositive("squares |a*|^2", squares);
    requirePositive("stepSize", stepSize);
    // |1^T a| <= sqrt(k) |a|, up to the rounding of the two sums.
    if (!(sum * sum <= k * squares * (1 + 1e-12 * k))) {
      throw new IllegalArgumentException(
          "sum 1^T a*: " + sum + " given; expected a square of at most k |a*|^2 = " + k * squares);
    }
  }

  private static void requirePositive(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + ": " + value + " given; expected above 0, finite");
    }
  }

  /**
   * The reduction for a teacher.
   *
   * @param teacher with a* != 0
   * @param stepSize eta, above 0
   * @return the reduction
   * @throws IllegalArgumentException if a* = 0 or the step size is not above 0
   */
  public static Reduction of(Teacher teacher, double stepSize) {
    double sum = 0;
    double squares = 0;
    for (double weight : teacher.a()) {
      sum += weight;
      squares += weight * weight;
    }
    return new Reduction(teacher.k(), Checks.norm(teacher.w()), sum, squares, stepSize);
  }

  /**
   * The four numbers of a student.
   *
   * @param student under weight normalisation, of the teacher's k and p
   * @param teacher whom it learns from
   * @return its state
   * @throws IllegalArgumentException if sizes do not match, a parameter is not finite, or v = 0
   */
  public static ReducedState state(Student student, Teacher teacher) {
    double[] a = student.a();
    double[] target = teacher.a();
    Checks.requireLength("student.a", a.length, target.length, "k of the teacher");
    student.check();
    double overlap = 0;
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      overlap += a[j] * target[j];
      sum += a[j];
    }
    return new ReducedState(
        FilterAngle.between(student.v(), teacher.w()), Checks.norm(student.v()), overlap, sum);
  }

  /**
   * rho = S^2/N, 0 to k: with k, what decides where the critical points are.
   *
   * @return rho
   */
  public double rho() {
    return sum * sum / squares;
  }

  /**
   * The step size from which on descent cannot converge to the global minimum: the smaller of 4
   * pi/(k + pi - 1), for a, and 4 r^2/(N R^2), for v.
   *
   * @param norm r = |v| there
   * @return the bound
   */
  public double stableBound(double norm) {
    double part = norm / (scale * Math.sqrt(squares));
    return Math.min(4 * Math.PI / (k + Math.PI - 1), 4 * part * part);
  }

  /**
   * The step size up to which, almost surely, one of the four sign flips of a start whose a is
   * drawn as {@link Initialisation#of} says reaches the global minimum: the smaller of 2 pi/(k + pi
   * - 1) and 4 r^2/(R^2 (3 N + S^2)). The class comment proves it; longer steps may succeed too.
   *
   * @param norm r = |v| of the start
   * @return the bound
   */
  public double signFlipsBound(double norm) {
    double part = norm / (scale * Math.sqrt(3 * squares + sum * sum));
    return Math.min(2 * Math.PI / largest(), 4 * part * part);
  }

  /**
   * The loss's contraction in one step near the global minimum, its second phase: the slower of the
   * two, (1 - eta (pi - 1)/(2 pi))^2 for a and (1 - eta N R^2/(2 r^2))^2 for v.
   *
   * @param norm r = |v| there
   * @return the factor, below 1 where the step is stable
   */
  public double contraction(double norm) {
    double weights = 1 - stepSize * (Math.PI - 1) / (2 * Math.PI);
    double filter = 1 - stepSize * squares * scale * scale / (2 * norm * norm);
    return Math.max(weights * weights, filter * filter);
  }

  /**
   * One step of gradient descent.
   *
   * @param state before
   * @return after
   */
  public ReducedState step(ReducedState state) {
    FilterAngle angle = state.angle();
    double r = state.norm();
    double across =
        stepSize * scale * state.overlap() * angle.supplement() * angle.sin() / (2 * Math.PI * r);
    double delta = Math.atan2(across, r);
    double rate = stepSize / (2 * Math.PI);
    double shared = state.sum() * sum - scale * sum * sum;
    return new ReducedState(
        turned(angle, delta),
        Math.hypot(r, across),
        state.overlap()
            - rate * ((Math.PI - 1) * state.overlap() + shared - scale * squares * (angle.g() - 1)),
        state.sum() - rate * ((k + Math.PI - 1) * state.sum() - scale * (k + angle.g() - 1) * sum));
  }

  /**
   * By delta towards 0, reflected at both ends; from whichever end is near, to keep its digits. As
   * an arc tangent over r &gt; 0 delta is at most pi/2, and what it is added to is so too.
   */
  private static FilterAngle turned(FilterAngle angle, double delta) {
    if (Double.isNaN(delta)) {
      return angle; // the overlap shows that the run diverged
    }
    if (angle.phi() <= angle.supplement()) {
      return FilterAngle.ofRadians(Math.abs(angle.phi() - delta));
    }
    return FilterAngle.ofSupplement(Math.abs(angle.supplement() + delta));
  }

  /**
   * Where descent goes from here, as far as the class comment proves it.
   *
   * @param state any
   * @return the basin; undecided where neither set holds the state, or the step is too long
   */
  public Basin basin(ReducedState state) {
    double x = state.overlap();
    if (!(Double.isFinite(x) && Double.isFinite(state.sum()) && Double.isFinite(state.norm()))) {
      return Basin.DIVERGED;
    }
    FilterAngle angle = state.angle();
    if (angle.sin() == 0) {
      // v never turns: p = 1, or a start on the line through w*.
      return angle.phi() == 0 ? Basin.GLOBAL : Basin.SPURIOUS;
    }
    double unsettled = sum * (state.sum() - scale * sum * (k + angle.g() - 1) / largest());
    double furthest = Math.max(Math.abs(x), 3 * scale * squares + Math.abs(unsettled) / 2);
    if (!isDecisive() || !(stepSize * scale * furthest <= 4 * state.norm() * state.norm())) {
      return Basin.UNDECIDED;
    }
    double inner = scale * squares * (angle.g() - 1);
    double outer = scale * sum * sum * angle.gap() / largest();
    double above = Math.max(unsettled, -overshoot() * unsettled);
    double below = Math.max(-unsettled, overshoot() * unsettled);
    if (x > 0 && inner + kappa() * outer >= above) {
      return Basin.GLOBAL;
    }
    return x < 0 && -(inner + outer) >= below ? Basin.SPURIOUS : Basin.UNDECIDED;
  }

  /** K = k + pi - 1, 2 pi times the largest eigenvalue of the Hessian in a. */
  double largest() {
    return k + Math.PI - 1;
  }

  /** c: how much of sigma's distance from its equilibrium a step may turn around. */
  double overshoot() {
    return Math.max(0, stepSize * largest() / (2 * Math.PI) - 1);
  }

  /** The share of rho (pi - g)/K in mu; see the class comment. */
  double kappa() {
    return rho() == 0 ? 1 : Math.min(1, largest() / rho() - overshoot());
  }

  /**
   * Whether the step is short enough for the class comment's proof: alpha below 2, beta below 1.
   */
  boolean isDecisive() {
    return stepSize * largest() < 4 * Math.PI && stepSize * (Math.PI - 1) < 2 * Math.PI;
  }
}

package dev.patchgrad.descent;

import dev.patchgrad.internal.Checks;
import dev.patchgrad.network.Parametrisation;
import dev.patchgrad.network.Student;

/**
 * The step size eta of gradient descent: given, or derived from the bound up to which the global
 * minimum attracts.
 *
 * <p>At the global minimum the largest eigenvalue of the population Hessian is the larger of (k +
 * pi - 1)/(2 pi), for a, and N R^2 / (2 r^2), for v, with N = |a*|^2, R = |w*|, r = |v|. Gradient
 * descent contracts towards it for
 *
 * <pre>
 * eta &lt; min( 4 pi / (k + pi - 1), 4 r^2 / (N R^2) )
 * </pre>
 *
 * <p>and r never falls, so the bound at the start holds all along. For starts whose r is in
 * proportion to |w*| |a*|, as {@link Initialisation#of} draws them, it does not depend on the scale
 * of the labels. Where the teacher is not known, N R^2 is replaced by what it is at most: the
 * labels' 1/2 E[y^2] = R^2 ((pi - 1) N + (1^T a*)^2) / (4 pi) is at least (pi - 1) N R^2 / (4 pi).
 *
 * <p>Without normalisation the step couples |w| and a, and the eigenvalue is at most (k + pi - 1)
 * (|w|^2 + |a|^2) / (2 pi). Gradient flow keeps D = |w|^2 - |a|^2, so that at the minimum |w|^2 +
 * |a|^2 = sqrt(D^2 + 4 N R^2), and the bound is 4 pi / ((k + pi - 1) sqrt(D^2 + 4 N R^2)).
 *
 * <p>The paper's own condition for its theorem on convergence is, as RECALLED from Du et al. 2018,
 * section 4, up to a constant that it does not state,
 *
 * <pre>
 * eta = O( min{ x_0 cos phi_0, (g(phi_0) - 1) N cos phi_0, cos phi_0 } / ((N + (1^T a*)^2) R^2), 1/k )
 * </pre>
 *
 * <p>for a start with x_0 = a_0^T a* &gt; 0 and phi_0 &lt; pi/2: smaller than the bound above by
 * factors that the start's luck sets. It guarantees a rate; the bound above only says where the
 * last phase is stable. In between, descent has been seen to converge all the same.
 */
public sealed interface StepSize {
  /** What {@link #derived()} takes of the bound: a quarter, where no direction overshoots. */
  double DERIVED_SHARE = .25;

  /**
   * A step size of one's own.
   *
   * @param eta above 0, finite
   */
  record Given(double eta) implements StepSize {
    /** Checks the value. */
    public Given {
      requirePositive("eta", eta);
    }
  }

  /**
   * A share of the stable bound at the start.
   *
   * @param share above 0, finite; from 1 on, descent does not converge
   */
  record ShareOfBound(double share) implements StepSize {
    /** Checks the value. */
    public ShareOfBound {
      requirePositive("share", share);
    }
  }

  /**
   * A step size of one's own.
   *
   * @param eta above 0, finite
   * @return the step size
   * @throws IllegalArgumentException if eta is not above 0, NaN or infinite
   */
  static StepSize of(double eta) {
    return new Given(eta);
  }

  /**
   * A quarter of the stable bound.
   *
   * @return the step size
   */
  static StepSize derived() {
    return new ShareOfBound(DERIVED_SHARE);
  }

  /**
   * A share of the stable bound.
   *
   * @param share above 0, finite; from 1 on, descent does not converge
   * @return the step size
   * @throws IllegalArgumentException if the share is not above 0, NaN or infinite
   */
  static StepSize shareOfBound(double share) {
    return new ShareOfBound(share);
  }

  /**
   * The number, for a run.
   *
   * @param objective that is descended
   * @param start where the run starts
   * @return eta
   * @throws IllegalArgumentException if a share is asked for, and there is no bound, or the share
   *     of it is beyond a double's range
   */
  default double resolve(Objective objective, Student start) {
    return switch (this) {
      case Given given -> given.eta();
      case ShareOfBound part -> {
        double eta = part.share() * stableBound(objective, start);
        requirePositive("eta", eta);
        yield eta;
      }
    };
  }

  /**
   * The step size from which on descent cannot converge to the global minimum, for a run's start.
   *
   * @param objective that is descended
   * @param start where the run starts
   * @return the bound of the population loss, for both parametrisations; above 0
   * @throws IllegalArgumentException if the objective's labels are all 0, so that nothing can be
   *     learned, or the start is so far from their scale that no step size is stable
   */
  static double stableBound(Objective objective, Student start) {
    double target = LabelScale.of(objective);
    double weights = 4 * Math.PI / (objective.k() + Math.PI - 1);
    double v = Checks.norm(start.v());
    double bound;
    if (start.parametrisation() == Parametrisation.PLAIN) {
      double a = Checks.norm(start.a());
      bound = weights / Math.hypot((v - a) * (v + a), 2 * target);
    } else {
      bound = Math.min(weights, 4 * (v / target) * (v / target));
    }
    if (!(bound > 0 && bound < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "start.v: |v| = "
              + v
              + " given; expected a length nearer to |w*| |a*| = "
              + target
              + ", for which there is a stable step size");
    }
    return bound;
  }

  private static void requirePositive(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          name + ": " + value + " given; expected a finite number above 0");
    }
  }
}

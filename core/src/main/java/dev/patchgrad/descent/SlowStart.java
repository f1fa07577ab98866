package dev.patchgrad.descent;

import dev.patchgrad.internal.Checks;
import dev.patchgrad.network.Parametrisation;
import dev.patchgrad.network.Student;
import java.util.Locale;

/**
 * Refuses a start from which descent cannot come near the teacher in the iterations that it has,
 * since its |v| is far from the labels' scale.
 *
 * <p>At the global minimum the slower direction contracts by the factor 1 - eta m a step, m the
 * smaller of (pi - 1)/(2 pi), for a, and |w*|^2 |a*|^2 / (2 r^2), for v ({@link Reduction}). A
 * stable eta goes with r^2 where r is short, and r never falls: both make 1/(eta m) large where r
 * is far from |w*| |a*|. Without normalisation m is (pi - 1)/(2 pi) times the smaller of |w|^2 and
 * |a|^2 at the minimum that gradient flow leads to, where |w|^2 - |a|^2 is as at the start.
 */
final class SlowStart {
  /** Of the smallest eigenvalue in a. */
  private static final double WEIGHTS = (Math.PI - 1) / (2 * Math.PI);

  /** A rule that holds further away than this share of everything asks for no convergence. */
  private static final double NEAR = .1;

  private SlowStart() {}

  /**
   * Refuses such a start. What ends after a number of steps, or when the basin is certain, may
   * start anywhere; and where the iterations would not do for any start, the scale is not at fault.
   *
   * @throws IllegalArgumentException naming |v|, how many iterations it needs, and what suits
   */
  static void refuse(GradientDescent descent, Student start) {
    Objective objective = descent.objective();
    double target = LabelScale.of(objective);
    if (!asksToComeNear(descent.until(), objective, target)) {
      return;
    }
    Student suitable = suitable(start, target);
    double needed = 1 / rate(descent, start, target);
    if (needed <= descent.mostIterations()
        || 1 / rate(descent, suitable, target) > descent.mostIterations()) {
      return;
    }
    throw new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "start.v: |v| = %.3g given; from there an error falls by the factor e in %.2g"
                + " iterations, and at most %d are allowed; expected |v| near %.3g, as"
                + " Initialisation.of(teacher) draws it, for labels with |w*| |a*| = %.3g",
            Checks.norm(start.v()),
            needed,
            descent.mostIterations(),
            Checks.norm(suitable.v()),
            target));
  }

  /** The same start in proportion to the labels. */
  private static Student suitable(Student start, double target) {
    Student copy = start.copy();
    if (start.parametrisation() == Parametrisation.PLAIN) {
      stretch(copy.v(), Math.sqrt(target));
      stretch(copy.a(), Math.sqrt(target));
    } else {
      stretch(copy.v(), target);
    }
    return copy;
  }

  private static void stretch(double[] values, double wanted) {
    double norm = Checks.norm(values);
    for (int i = 0; i < values.length; i++) {
      values[i] = norm == 0 ? 0 : values[i] / norm * wanted;
    }
  }

  /** eta m. */
  private static double rate(GradientDescent descent, Student start, double target) {
    double eta = descent.stepSize().resolve(descent.objective(), start);
    double v = Checks.norm(start.v());
    if (start.parametrisation() == Parametrisation.PLAIN) {
      double a = Checks.norm(start.a());
      double difference = Math.abs((v - a) * (v + a));
      double larger = (Math.hypot(difference, 2 * target) + difference) / 2;
      return eta * WEIGHTS * (target / larger) * target;
    }
    return eta * Math.min(WEIGHTS, target / v * (target / v) / 2);
  }

  private static boolean asksToComeNear(StopRule rule, Objective objective, double target) {
    return switch (rule) {
      case StopRule.LossAtMost loss -> loss.bound() < NEAR * objective.lossAtZero();
      case StopRule.LossShareAtMost share -> share.share() < NEAR;
      case StopRule.GradientAtMost gradient -> true;
      case StopRule.FilterWithin filter -> filter.distance() < NEAR;
      case StopRule.WeightsWithin weights -> weights.distance() < NEAR * target;
      case StopRule.WeightsShareWithin weights -> weights.share() < NEAR;
      case StopRule.InBasin basin -> false;
      case StopRule.After after -> false;
      case StopRule.AnyOf any ->
          any.rules().stream().allMatch(part -> asksToComeNear(part, objective, target));
      case StopRule.AllOf all ->
          all.rules().stream().anyMatch(part -> asksToComeNear(part, objective, target));
    };
  }
}

package dev.patchgrad.descent;

import dev.patchgrad.internal.Checks;
import dev.patchgrad.network.Teacher;

/**
 * How large the labels are, as |w*| |a*|: what lengths, losses and gradients are in proportion to.
 */
final class LabelScale {
  /**
   * Losses go with the square of the labels. Within these bounds neither a loss that is a million
   * times as large, nor one 1e-10 times as small, leaves a double's range.
   */
  private static final double LEAST_LOSS = 1e-290;

  private static final double LARGEST_LOSS = 1e290;

  private LabelScale() {}

  /** |w*| |a*| of a teacher. */
  static double of(Teacher teacher) {
    return Checks.norm(teacher.w()) * Checks.norm(teacher.a());
  }

  /**
   * |w*| |a*| of what labelled an objective; where it is not known, the most that it can be: the
   * labels' 1/2 E[y^2] is at least (pi - 1) |w*|^2 |a*|^2 / (4 pi).
   *
   * @throws IllegalArgumentException if all labels are 0
   */
  static double of(Objective objective) {
    double scale =
        objective
            .teacher()
            .map(LabelScale::of)
            .orElseGet(() -> Math.sqrt(4 * Math.PI * objective.lossAtZero() / (Math.PI - 1)));
    if (!(scale > 0)) {
      throw new IllegalArgumentException(
          "objective: all labels are 0; expected labels that something can be learned from");
    }
    return scale;
  }

  /**
   * The loss of a student with a = 0, 1/2 E[y^2]. Labels whose squares all vanish are not 0: they
   * are too small.
   *
   * @param squares of all labels, summed
   * @param n the number of labels
   * @param areAllZero whether each of them is 0
   */
  static double lossAtZero(double squares, long n, boolean areAllZero) {
    return areAllZero ? 0 : Math.max(squares / (2.0 * n), Double.MIN_VALUE);
  }

  /**
   * Refuses labels whose losses leave a double's range.
   *
   * @param lossAtZero 1/2 E[y^2]; 0 is let through
   * @throws IllegalArgumentException naming the bounds
   */
  static double requireRepresentable(double lossAtZero) {
    if (lossAtZero != 0 && !(lossAtZero >= LEAST_LOSS && lossAtZero <= LARGEST_LOSS)) {
      throw new IllegalArgumentException(
          "labels: 1/2 E[y^2] = "
              + lossAtZero
              + " given; expected "
              + LEAST_LOSS
              + " to "
              + LARGEST_LOSS
              + ", so that losses stay within a double's range: multiply the labels, or a*, by a"
              + " number");
    }
    return lossAtZero;
  }
}

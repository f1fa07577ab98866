package dev.patchgrad.descent;

import java.util.List;

/**
 * When a run has come far enough, or far too long; combined by {@link #or} and {@link #and}.
 *
 * <p>Under mini-batches, loss and gradient are those of the last mini-batch.
 */
public sealed interface StopRule {
  /**
   * The loss is at most a bound. It goes with the square of the labels; {@link LossShareAtMost} is
   * free of their scale.
   *
   * @param bound at least 0
   */
  record LossAtMost(double bound) implements StopRule {
    /** Checks the value. */
    public LossAtMost {
      requireBound("bound", bound);
    }
  }

  /**
   * The loss is at most a share of that at a = 0, which is 1/2 E[y^2]: the same rule at every scale
   * of the labels.
   *
   * @param share at least 0
   */
  record LossShareAtMost(double share) implements StopRule {
    /** Checks the value. */
    public LossShareAtMost {
      requireBound("share", share);
    }
  }

  /**
   * The gradient's Euclidean norm, over v and a, is at most a bound. It goes with the labels, where
   * |v| does; their scale is the square root of {@link Objective#lossAtZero}.
   *
   * @param bound at least 0
   */
  record GradientAtMost(double bound) implements StopRule {
    /** Checks the value. */
    public GradientAtMost {
      requireBound("bound", bound);
    }
  }

  /**
   * The student's and the teacher's filters, as unit vectors, are at most a distance apart.
   *
   * @param distance at least 0
   */
  record FilterWithin(double distance) implements StopRule {
    /** Checks the value. */
    public FilterWithin {
      requireBound("distance", distance);
    }
  }

  /**
   * The student's weights |a - |w*| a*| are at most a distance from the teacher's. It goes with the
   * labels; {@link WeightsShareWithin} is free of their scale.
   *
   * @param distance at least 0
   */
  record WeightsWithin(double distance) implements StopRule {
    /** Checks the value. */
    public WeightsWithin {
      requireBound("distance", distance);
    }
  }

  /**
   * The student's weights |a - |w*| a*| are at most a share of |w*| |a*| from the teacher's: the
   * same rule at every scale of the labels.
   *
   * @param share at least 0
   */
  record WeightsShareWithin(double share) implements StopRule {
    /** Checks the value. */
    public WeightsShareWithin {
      requireBound("share", share);
    }
  }

  /**
   * It is certain where descent goes, see {@link Basin}.
   *
   * @param basin where
   */
  record InBasin(Basin basin) implements StopRule {}

  /**
   * A number of iterations was done.
   *
   * @param iterations at least 0
   */
  record After(int iterations) implements StopRule {
    /** Checks the value. */
    public After {
      if (iterations < 0) {
        throw new IllegalArgumentException(
            "iterations: " + iterations + " given; expected at least 0");
      }
    }
  }

  /**
   * One of some rules holds.
   *
   * @param rules at least one
   */
  record AnyOf(List<StopRule> rules) implements StopRule {
    /** Copies and checks the list. */
    public AnyOf {
      rules = copy(rules);
    }
  }

  /**
   * All of some rules hold, at the same iteration.
   *
   * @param rules at least one
   */
  record AllOf(List<StopRule> rules) implements StopRule {
    /** Copies and checks the list. */
    public AllOf {
      rules = copy(rules);
    }
  }

  /**
   * Ends a run whose loss is at most a bound.
   *
   * @param bound at least 0
   * @return the rule
   * @throws IllegalArgumentException if the bound is below 0 or NaN
   */
  static StopRule lossAtMost(double bound) {
    return new LossAtMost(bound);
  }

  /**
   * Ends a run whose loss is at most a share of that at a = 0, whatever the labels' scale.
   *
   * @param share at least 0
   * @return the rule
   * @throws IllegalArgumentException if the share is below 0 or NaN
   */
  static StopRule lossShareAtMost(double share) {
    return new LossShareAtMost(share);
  }

  /**
   * Ends a run whose gradient's Euclidean norm, over v and a, is at most a bound.
   *
   * @param bound at least 0
   * @return the rule
   * @throws IllegalArgumentException if the bound is below 0 or NaN
   */
  static StopRule gradientAtMost(double bound) {
    return new GradientAtMost(bound);
  }

  /**
   * Ends a run whose filter, as a unit vector, is at most a distance from the teacher's.
   *
   * @param distance at least 0
   * @return the rule
   * @throws IllegalArgumentException if the distance is below 0 or NaN
   */
  static StopRule filterWithin(double distance) {
    return new FilterWithin(distance);
  }

  /**
   * Ends a run whose weights are at most a distance from the teacher's, |a - |w*| a*|.
   *
   * @param distance at least 0
   * @return the rule
   * @throws IllegalArgumentException if the distance is below 0 or NaN
   */
  static StopRule weightsWithin(double distance) {
    return new WeightsWithin(distance);
  }

  /**
   * Ends a run whose weights are at most a share of |w*| |a*| from the teacher's, |a - |w*| a*|,
   * whatever the labels' scale.
   *
   * @param share at least 0
   * @return the rule
   * @throws IllegalArgumentException if the share is below 0 or NaN
   */
  static StopRule weightsShareWithin(double share) {
    return new WeightsShareWithin(share);
  }

  /**
   * Ends a run of which it is certain where it goes.
   *
   * @param basin where
   * @return the rule
   */
  static StopRule inBasin(Basin basin) {
    return new InBasin(basin);
  }

  /**
   * Ends a run after a number of iterations.
   *
   * @param iterations at least 0
   * @return the rule
   * @throws IllegalArgumentException if the number is below 0
   */
  static StopRule after(int iterations) {
    return new After(iterations);
  }

  /**
   * This rule, or another.
   *
   * @param other the other
   * @return a rule that holds where one of them does
   */
  default StopRule or(StopRule other) {
    return new AnyOf(List.of(this, other));
  }

  /**
   * This rule, and another.
   *
   * @param other the other
   * @return a rule that holds where both do
   */
  default StopRule and(StopRule other) {
    return new AllOf(List.of(this, other));
  }

  /**
   * Whether the rule can only be decided with the teacher at hand.
   *
   * @return true if it asks for a distance or a basin
   */
  default boolean needsTeacher() {
    return switch (this) {
      case FilterWithin rule -> true;
      case WeightsWithin rule -> true;
      case WeightsShareWithin rule -> true;
      case InBasin rule -> true;
      case AnyOf any -> any.rules().stream().anyMatch(StopRule::needsTeacher);
      case AllOf all -> all.rules().stream().anyMatch(StopRule::needsTeacher);
      case LossAtMost rule -> false;
      case LossShareAtMost rule -> false;
      case GradientAtMost rule -> false;
      case After rule -> false;
    };
  }

  private static List<StopRule> copy(List<StopRule> rules) {
    if (rules.isEmpty()) {
      throw new IllegalArgumentException("rules: none given; expected at least one");
    }
    return List.copyOf(rules);
  }

  private static void requireBound(String name, double value) {
    if (!(value >= 0)) {
      throw new IllegalArgumentException(name + ": " + value + " given; expected at least 0");
    }
  }
}

package dev.patchgrad.bench.experiments;

import java.util.List;

/** Refuses settings before any work starts. */
final class Require {
  private Require() {}

  /** Refuses a number below 1. */
  static void positive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + ": " + value + " given; expected at least 1");
    }
  }

  /** Refuses NaN, infinity, 0 and below. */
  static void positive(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + ": " + value + " given; expected above 0, finite");
    }
  }

  /** Refuses a list without elements. */
  static void notEmpty(String name, List<?> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException(name + ": no value given; expected at least one");
    }
  }

  /** Refuses what is not within a range. */
  static void within(String name, double value, double low, double high, String meaning) {
    if (!(value >= low && value <= high)) {
      throw new IllegalArgumentException(
          name + ": " + value + " given; expected " + low + " to " + high + ", " + meaning);
    }
  }

  /** Refuses a step that is not above 0 or not below the bound at which descent is unstable. */
  static void stableStep(double stepSize, double bound) {
    positive("step size", stepSize);
    if (!(stepSize < bound)) {
      throw new IllegalArgumentException(
          "step size: "
              + stepSize
              + " given; expected below "
              + bound
              + ", from where on descent is unstable at the global minimum");
    }
  }
}

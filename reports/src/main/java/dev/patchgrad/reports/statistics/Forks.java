package dev.patchgrad.reports.statistics;

import java.util.Collections;
import java.util.List;
import org.apache.commons.statistics.descriptive.Median;

/**
 * A value that was measured in several forks.
 *
 * @param values one per fork, the median of its iterations; positive
 */
public record Forks(List<Double> values) {
  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if there is no value, or one is not positive and finite
   */
  public Forks {
    values = List.copyOf(values);
    if (values.isEmpty()) {
      throw new IllegalArgumentException("forks: none given; expected at least 1");
    }
    for (double value : values) {
      if (!(value > 0) || Double.isInfinite(value)) {
        throw new IllegalArgumentException(
            "forks: " + value + " given; expected a finite number above 0");
      }
    }
  }

  /**
   * Each fork as the median of its iterations.
   *
   * @param iterations by fork, at least one each
   * @return the forks
   */
  public static Forks ofIterations(List<List<Double>> iterations) {
    return new Forks(iterations.stream().map(Forks::median).toList());
  }

  /**
   * The same values in another unit.
   *
   * @param factor positive
   * @return the values, multiplied
   */
  public Forks times(double factor) {
    return new Forks(values.stream().map(value -> value * factor).toList());
  }

  /**
   * The value that represents all forks.
   *
   * @return the median over forks
   */
  public double median() {
    return median(values);
  }

  /**
   * How far the forks differ.
   *
   * @return the largest over the smallest, minus 1; 0 for one fork
   */
  public double spread() {
    return Collections.max(values) / Collections.min(values) - 1;
  }

  /**
   * How many forks there are.
   *
   * @return at least 1
   */
  public int count() {
    return values.size();
  }

  /** Logarithms of the values. */
  double[] logarithms() {
    return values.stream().mapToDouble(Math::log).toArray();
  }

  private static double median(List<Double> values) {
    return Median.withDefaults().evaluate(values.stream().mapToDouble(value -> value).toArray());
  }
}

package dev.patchgrad.reports.statistics;

import java.util.List;
import java.util.Optional;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The place in a fork where the values are likeliest to have stepped to another level.
 *
 * <p>Student's t of the logarithms before and after, at each place that leaves two iterations on
 * either side. The largest counts, and its probability is multiplied by the number of places, which
 * bounds that of the largest (Bonferroni). The noise is that of this fork alone, so that a noisy
 * fork is not judged by quiet ones. With four or five iterations only a step of many times the
 * noise is found: that is what so few can show.
 *
 * @param after how many iterations it comes
 * @param change 0.05 for a step to five percent more
 * @param probability of a t as far from 0 at some place, if nothing steps; at most this
 */
public record Step(int after, double change, double probability) {
  /** So many iterations on either side: one alone is no level. */
  private static final int LEVEL = 2;

  /**
   * Tests one fork.
   *
   * @param values above 0, by iteration
   * @return the likeliest step; empty where there are fewer than four iterations
   */
  public static Optional<Step> of(List<Double> values) {
    int places = values.size() - 2 * LEVEL + 1;
    if (places < 1) {
      return Optional.empty();
    }
    int best = LEVEL;
    double largest = -1;
    for (int after = LEVEL; after <= values.size() - LEVEL; after++) {
      double t = Math.abs(t(values, after));
      if (t > largest) {
        largest = t;
        best = after;
      }
    }
    double change = Trend.change(values, best, values.size() - best);
    double tail = TDistribution.of(values.size() - 2).survivalProbability(largest) * 2 * places;
    return Optional.of(new Step(best, Math.expm1(change), Math.min(1, tail)));
  }

  /** Student's t of the means before and after, with their common variance. */
  private static double t(List<Double> values, int after) {
    int rest = values.size() - after;
    double change = Trend.change(values, after, rest);
    if (change == 0) {
      return 0;
    }
    double squares =
        squares(values.subList(0, after)) + squares(values.subList(after, values.size()));
    double variance = squares / (values.size() - 2) * (1.0 / after + 1.0 / rest);
    return change / Math.sqrt(variance);
  }

  /** The squares of the logarithms' distances from their mean. */
  private static double squares(List<Double> values) {
    double mean = values.stream().mapToDouble(Math::log).average().orElse(0);
    return values.stream()
        .mapToDouble(value -> (Math.log(value) - mean) * (Math.log(value) - mean))
        .sum();
  }
}

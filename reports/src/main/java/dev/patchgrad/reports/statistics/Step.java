package dev.patchgrad.reports.statistics;

import java.util.Arrays;
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

  /** Far above the error of a logarithm's sums, and far below what any clock tells. */
  private static final double ROUNDING = 1e-12;

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
    double[] logarithms = values.stream().mapToDouble(Math::log).toArray();
    // Around their middle, as the difference of large squares would lose digits.
    double middle = Arrays.stream(logarithms).average().orElse(0);
    double[] sums = new double[logarithms.length + 1];
    double[] squares = new double[logarithms.length + 1];
    for (int i = 0; i < logarithms.length; i++) {
      double each = logarithms[i] - middle;
      sums[i + 1] = sums[i] + each;
      squares[i + 1] = squares[i] + each * each;
    }
    int best = LEVEL;
    double largest = -1;
    for (int after = LEVEL; after <= values.size() - LEVEL; after++) {
      double t = t(sums, squares, after);
      if (t > largest) {
        largest = t;
        best = after;
      }
    }
    double change = Trend.change(logarithms, best, values.size() - best);
    double tail = TDistribution.of(values.size() - 2).survivalProbability(largest) * 2 * places;
    return Optional.of(new Step(best, Math.expm1(change), Math.min(1, tail)));
  }

  /** Student's t, without its sign, of the means before and after, with their common variance. */
  private static double t(double[] sums, double[] squares, int after) {
    int all = sums.length - 1;
    int rest = all - after;
    double before = sums[after] / after;
    double behind = (sums[all] - sums[after]) / rest;
    double change = Math.abs(behind - before);
    // Less than the rounding of so many sums is no change.
    if (change < ROUNDING) {
      return 0;
    }
    double within = squares[all] - after * before * before - rest * behind * behind;
    double variance = Math.max(0, within) / (all - 2) * (1.0 / after + 1.0 / rest);
    return change / Math.sqrt(variance);
  }
}

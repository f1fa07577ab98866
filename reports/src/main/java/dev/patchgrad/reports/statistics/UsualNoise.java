package dev.patchgrad.reports.statistics;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.numbers.gamma.Digamma;
import org.apache.commons.numbers.gamma.Trigamma;
import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.descriptive.Median;
import org.apache.commons.statistics.descriptive.Variance;

/**
 * How much the forks of a run's cells vary as a rule. Three forks say little about their own noise,
 * and ninety cells of three forks say much about the noise of such a cell.
 *
 * <p>The variances of the cells are taken to come from one distribution: s_0^2 times an inverse
 * chi-squared with d_0 degrees of freedom. A cell of n forks then has the variance
 *
 * <pre>(d_0 s_0^2 + (n - 1) s^2)/(d_0 + n - 1)</pre>
 *
 * <p>with d_0 + n - 1 degrees of freedom. d_0 follows from how far the cells' own variances lie
 * apart: where they differ by more than chance explains, it is small, and each cell is judged by
 * its own forks. Both come from mean and variance of log s^2 (Smyth, Linear models and empirical
 * Bayes methods, Statistical Applications in Genetics and Molecular Biology 3(1), 2004, section
 * 6.2).
 *
 * @param variance s_0^2, of logarithms
 * @param degrees d_0; 0 where nothing is known
 */
public record UsualNoise(double variance, double degrees) {
  /** Of forks that are judged by themselves. */
  public static final UsualNoise UNKNOWN = new UsualNoise(0, 0);

  /** Fewer cells say little about a distribution. */
  private static final int FEWEST_CELLS = 10;

  /** A variance far below the usual one is that of forks which agree by chance. */
  private static final double LEAST_OF_MEDIAN = 1e-5;

  /**
   * What each side of a comparison takes of it.
   *
   * <p>A cell is as noisy in the one run as in the other. What the others tell of it is one piece
   * of knowledge, therefore, and not two: each side takes half of the degrees of freedom. Of two
   * sides with as many forks the difference then has d_0 + 2 (n - 1).
   *
   * @return the same variance, with half of the degrees of freedom
   */
  public UsualNoise ofOneSide() {
    return new UsualNoise(variance, degrees / 2);
  }

  /**
   * What the forks of many cells have in common.
   *
   * @param cells measured on one machine, one after the other; those of one fork do not count
   * @return their usual noise; {@link #UNKNOWN} of fewer than ten
   */
  public static UsualNoise of(List<Forks> cells) {
    List<Forks> repeated = cells.stream().filter(forks -> forks.count() >= 2).toList();
    double[] variances = repeated.stream().mapToDouble(Forks::ownVariance).toArray();
    double least = LEAST_OF_MEDIAN * Median.withDefaults().withCopy(true).evaluate(variances);
    if (repeated.size() < FEWEST_CELLS || !(least > 0)) {
      return UNKNOWN;
    }
    List<Double> logarithms = new ArrayList<>();
    double byChance = 0;
    double all = 0;
    for (int i = 0; i < variances.length; i++) {
      double half = (repeated.get(i).count() - 1) / 2.0;
      logarithms.add(
          Math.log(Math.max(variances[i], least)) - Digamma.value(half) + Math.log(half));
      byChance += Trigamma.value(half) / variances.length;
      all += 2 * half;
    }
    double[] values = logarithms.stream().mapToDouble(value -> value).toArray();
    double mean = Mean.of(values).getAsDouble();
    double excess = Variance.of(values).getAsDouble() - byChance;
    // All cells together have no more degrees of freedom than their forks.
    double half = Math.min(excess > 0 ? inverseTrigamma(excess) : all, all / 2);
    return new UsualNoise(Math.exp(mean + Digamma.value(half) - Math.log(half)), 2 * half);
  }

  /** The x above 0 at which the trigamma function, which falls, has a value above 0. */
  private static double inverseTrigamma(double value) {
    // 1/x^2 < trigamma(x) < 1/x^2 + 1/x.
    double low = 1 / Math.sqrt(value);
    double high = low + low * low;
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      if (Trigamma.value(middle) > value) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }
}

package dev.patchgrad.reports.statistics;

import java.util.List;
import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The difference of the mean logarithms of two things that were measured independently, or the mean
 * of several such differences, with its standard error.
 *
 * <p>Welch's: a fork's logarithm has variance s_x^2 on the one side and s_y^2 on the other, so the
 * difference has V = s_x^2/n_x + s_y^2/n_y. The estimate of V is, by matching its mean and
 * variance, distributed as chi-squared with V^2 / sum(V_i^2 / d_i) degrees of freedom, where V_i
 * are the terms of V, and d_i is n_i - 1, or more where {@link UsualNoise} says so (Satterthwaite,
 * Biometrics Bulletin 2(6), 1946; Welch, Biometrika 34, 1947). The mean of m differences has the
 * terms of all of them, each divided by m^2.
 *
 * @param centre the difference, or mean difference
 * @param variance V, the square of its standard error
 * @param fourth sum(V_i^2 / d_i)
 */
record LogDifference(double centre, double variance, double fourth) {
  /** The difference of two values, both with at least 2 forks. */
  static LogDifference of(Forks numerator, Forks denominator) {
    double[] top = numerator.logarithms();
    double[] bottom = denominator.logarithms();
    double ofTop = numerator.variance() / top.length;
    double ofBottom = denominator.variance() / bottom.length;
    return new LogDifference(
        Mean.of(top).getAsDouble() - Mean.of(bottom).getAsDouble(),
        ofTop + ofBottom,
        ofTop * ofTop / numerator.degrees() + ofBottom * ofBottom / denominator.degrees());
  }

  /** The mean of differences that were measured independently; at least 1. */
  static LogDifference mean(List<LogDifference> differences) {
    double m = differences.size();
    return new LogDifference(
        differences.stream().mapToDouble(LogDifference::centre).sum() / m,
        differences.stream().mapToDouble(LogDifference::variance).sum() / (m * m),
        differences.stream().mapToDouble(LogDifference::fourth).sum() / (m * m * m * m));
  }

  /**
   * The interval of the true ratio.
   *
   * @param alpha the probability that it leaves out, both ends together
   */
  Interval interval(double alpha) {
    double half =
        variance > 0
            ? distribution().inverseSurvivalProbability(alpha / 2) * Math.sqrt(variance)
            : 0;
    return new Interval(Math.exp(centre - half), Math.exp(centre + half));
  }

  /** How likely forks like these, or lower ones, are if the true ratio is the given one. */
  double probabilityBelow(double ratio) {
    double distance = centre - Math.log(ratio);
    if (!(variance > 0)) {
      return distance < 0 ? 0 : 1;
    }
    return distribution().cumulativeProbability(distance / Math.sqrt(variance));
  }

  private TDistribution distribution() {
    return TDistribution.of(variance * variance / fourth);
  }
}

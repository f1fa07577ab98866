package dev.patchgrad.reports.statistics;

import java.util.Optional;
import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.descriptive.Variance;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * How many times faster one thing is than another.
 *
 * @param value the ratio of the medians over forks
 * @param interval 95 % confidence; empty unless both have at least 2 forks
 */
public record Ratio(double value, Optional<Interval> interval) {
  /** Probability that the interval leaves out, both ends together. */
  private static final double ALPHA = 0.05;

  /**
   * The ratio of two values that were measured independently.
   *
   * <p>The interval is Welch's, on logarithms, with the degrees of freedom of Welch and
   * Satterthwaite; it is widened to include the ratio of medians where a skewed fork drew the means
   * away from it. With 3 forks each it is wide; that is what 3 forks allow to say.
   *
   * @param numerator forks of the one, larger is faster
   * @param denominator forks of the other
   * @return the ratio
   */
  public static Ratio of(Forks numerator, Forks denominator) {
    double value = numerator.median() / denominator.median();
    if (numerator.count() < 2 || denominator.count() < 2) {
      return new Ratio(value, Optional.empty());
    }
    double[] top = numerator.logarithms();
    double[] bottom = denominator.logarithms();
    double centre = Mean.of(top).getAsDouble() - Mean.of(bottom).getAsDouble();
    double topError = Variance.of(top).getAsDouble() / top.length;
    double bottomError = Variance.of(bottom).getAsDouble() / bottom.length;
    double error = topError + bottomError;
    double half = 0;
    if (error > 0) {
      double degrees =
          error
              * error
              / (topError * topError / (top.length - 1)
                  + bottomError * bottomError / (bottom.length - 1));
      half = TDistribution.of(degrees).inverseSurvivalProbability(ALPHA / 2) * Math.sqrt(error);
    }
    return new Ratio(
        value,
        Optional.of(
            new Interval(
                Math.min(Math.exp(centre - half), value),
                Math.max(Math.exp(centre + half), value))));
  }

  /**
   * What can be said.
   *
   * @param threshold of practical equality: 0.02 calls everything within 2 % the same
   * @return {@link Verdict#UNDECIDED} where there is no interval
   * @throws IllegalArgumentException if the threshold is negative or not finite
   */
  public Verdict verdict(double threshold) {
    if (!(threshold >= 0) || Double.isInfinite(threshold)) {
      throw new IllegalArgumentException(
          "threshold: " + threshold + " given; expected a finite number, at least 0");
    }
    if (interval.isEmpty()) {
      return Verdict.UNDECIDED;
    }
    double low = interval.get().low();
    double high = interval.get().high();
    if (low >= 1 / (1 + threshold) && high <= 1 + threshold) {
      return Verdict.SAME;
    }
    if (low > 1) {
      return Verdict.FASTER;
    }
    return high < 1 ? Verdict.SLOWER : Verdict.UNDECIDED;
  }
}

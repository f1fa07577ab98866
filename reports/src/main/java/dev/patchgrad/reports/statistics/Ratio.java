package dev.patchgrad.reports.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How many times faster one thing is than another.
 *
 * @param value the ratio of the medians over forks
 * @param interval 95 % confidence; empty unless both have at least 2 forks
 * @param equality each of its ends with 95 % confidence, so that it is the narrower one: what is
 *     the same must lie within; empty where {@code interval} is
 * @see Forks#looks on measurements that end when they are sure
 */
public record Ratio(double value, Optional<Interval> interval, Optional<Interval> equality) {
  /** Probability that the interval leaves out, both ends together. */
  static final double ALPHA = 0.05;

  /**
   * What the first of several looks leaves out. It has the fewest forks, and at it most rows of a
   * run are decided.
   */
  private static final double ALPHA_OF_THE_FIRST_LOOK = 0.04;

  /**
   * A ratio that is the same only if all of its interval says so.
   *
   * @param value the ratio of the medians over forks
   * @param interval 95 % confidence; empty unless both have at least 2 forks
   */
  public Ratio(double value, Optional<Interval> interval) {
    this(value, interval, interval);
  }

  /**
   * The ratio of two values that were measured independently.
   *
   * <p>The interval is Welch's, on logarithms, with the degrees of freedom of Welch and
   * Satterthwaite. It is widened to include the ratio of medians where a skewed fork drew the means
   * away from it. With 3 forks each it is wide, since 3 forks say no more.
   *
   * <p>Of a measurement that might have ended at each of several looks, each look's interval leaves
   * out a share of the 5 %: four fifths at the first look, and the rest in equal parts at the
   * others. So all of them together, and the last one, whichever it is, hold the true ratio with 95
   * % (Bonferroni's bound, as a repeated confidence interval: Jennison and Turnbull, Group
   * Sequential Methods, 2000, chapter 9; any shares do that are fixed beforehand: Lan and DeMets,
   * Biometrika 70, 1983).
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
    return widened(
        value, LogDifference.of(numerator, denominator), alphaOfALook(numerator, denominator));
  }

  private static double alphaOfALook(Forks numerator, Forks denominator) {
    int looks = Math.max(numerator.looks(), denominator.looks());
    if (looks == 1) {
      return ALPHA;
    }
    return Math.max(numerator.count(), denominator.count()) <= Forks.FIRST_LOOK
        ? ALPHA_OF_THE_FIRST_LOOK
        : (ALPHA - ALPHA_OF_THE_FIRST_LOOK) / (looks - 1);
  }

  /**
   * The geometric mean of the ratios of pairs that were measured independently.
   *
   * <p>Its interval is for the mean over these pairs alone. It is narrower than theirs, as their
   * noise averages out, and says nothing about other pairs.
   *
   * @param numerators forks of the one, by pair; at least one pair
   * @param denominators forks of the other, by pair
   * @return the mean; its interval is empty unless every pair has at least 2 forks on both sides
   * @throws IllegalArgumentException if there is no pair, or the lists differ in length
   */
  public static Ratio geometricMean(List<Forks> numerators, List<Forks> denominators) {
    if (numerators.isEmpty() || numerators.size() != denominators.size()) {
      throw new IllegalArgumentException(
          "denominators: "
              + denominators.size()
              + " given for "
              + numerators.size()
              + " numerators; expected as many, at least 1");
    }
    double logarithms = 0;
    List<LogDifference> differences = new ArrayList<>();
    for (int i = 0; i < numerators.size(); i++) {
      Forks numerator = numerators.get(i);
      Forks denominator = denominators.get(i);
      logarithms += Math.log(numerator.median() / denominator.median());
      if (numerator.count() >= 2 && denominator.count() >= 2) {
        differences.add(LogDifference.of(numerator, denominator));
      }
    }
    double value = Math.exp(logarithms / numerators.size());
    return differences.size() < numerators.size()
        ? new Ratio(value, Optional.empty())
        : widened(value, LogDifference.mean(differences), ALPHA);
  }

  private static Ratio widened(double value, LogDifference difference, double alpha) {
    return new Ratio(
        value,
        Optional.of(widened(value, difference.interval(alpha))),
        Optional.of(widened(value, difference.interval(2 * alpha))));
  }

  private static Interval widened(double value, Interval interval) {
    return new Interval(Math.min(interval.low(), value), Math.max(interval.high(), value));
  }

  /**
   * How likely forks like these, or ones that look slower still, are if the one takes exactly
   * {@code threshold} longer than the other.
   *
   * @param numerators forks of the one, by pair; the geometric mean of the pairs is tested
   * @param denominators forks of the other, by pair
   * @param threshold 0.05 for five percent longer
   * @return a one-sided probability; 1 where a pair has fewer than 2 forks on a side
   */
  public static double probabilityOfNotSlower(
      List<Forks> numerators, List<Forks> denominators, double threshold) {
    List<LogDifference> differences = new ArrayList<>();
    for (int i = 0; i < numerators.size(); i++) {
      if (numerators.get(i).count() < 2 || denominators.get(i).count() < 2) {
        return 1;
      }
      differences.add(LogDifference.of(numerators.get(i), denominators.get(i)));
    }
    return LogDifference.mean(differences).probabilityBelow(1 / (1 + threshold));
  }

  /**
   * What the intervals allow to conclude.
   *
   * <p>Two things are the same where two one-sided tests say so: that the ratio is not as low as
   * the threshold, and not as high. A ratio cannot be both, so each test may use all of the 5 %
   * (Schuirmann, Journal of Pharmacokinetics and Biopharmaceutics 15(6), 1987).
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
    if (interval.isEmpty() || equality.isEmpty()) {
      return Verdict.UNDECIDED;
    }
    if (equality.get().low() >= 1 / (1 + threshold) && equality.get().high() <= 1 + threshold) {
      return Verdict.SAME;
    }
    if (interval.get().low() > 1) {
      return Verdict.FASTER;
    }
    return interval.get().high() < 1 ? Verdict.SLOWER : Verdict.UNDECIDED;
  }
}

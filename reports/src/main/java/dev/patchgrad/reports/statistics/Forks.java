package dev.patchgrad.reports.statistics;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.descriptive.Median;
import org.apache.commons.statistics.descriptive.Variance;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A value that was measured in several forks.
 *
 * @param values one per fork, what its iterations tell; positive
 * @param looks after how many of its rounds the measurement might have ended because the forks so
 *     far had decided; 1 where their number was fixed beforehand
 * @param noise of the cells that were measured beside them
 */
public record Forks(List<Double> values, int looks, UsualNoise noise) {
  /** At the first of several looks no side has more forks than this. */
  public static final int FIRST_LOOK = 3;

  /** Forks that {@linkplain #usualSpread usually} differ by more than this are noisy. */
  public static final double NOISY_SPREAD = 0.15;

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if there is no value, or one is not positive and finite, or
   *     nobody looked
   */
  public Forks {
    if (looks < 1) {
      throw new IllegalArgumentException("looks: " + looks + " given; expected at least 1");
    }
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
   * Forks whose number was fixed before the first was measured.
   *
   * @param values one per fork, what its iterations tell; positive
   * @throws IllegalArgumentException if there is no value, or one is not positive and finite
   */
  public Forks(List<Double> values) {
    this(values, 1, UsualNoise.UNKNOWN);
  }

  /**
   * Each fork as the median of its iterations, or of what else each of them stands for.
   *
   * @param iterations by fork, at least one each
   * @return the forks
   */
  public static Forks ofIterations(List<List<Double>> iterations) {
    return new Forks(iterations.stream().map(Forks::median).toList());
  }

  /**
   * The same forks, of a measurement that might have ended after several of its rounds.
   *
   * @param count how many times somebody looked, or would have
   * @return the values, whose intervals hold for all looks together
   */
  public Forks after(int count) {
    return new Forks(values, count, noise);
  }

  /**
   * The same forks, judged by the noise of other cells as well as by their own.
   *
   * @param usual noise of the cells that were measured beside them
   * @return the values, whose intervals rest on more forks than their own
   */
  public Forks beside(UsualNoise usual) {
    return new Forks(values, looks, usual);
  }

  /**
   * The same values in another unit.
   *
   * @param factor positive
   * @return the values, multiplied
   */
  public Forks times(double factor) {
    return new Forks(values.stream().map(value -> value * factor).toList(), looks, noise);
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
   * How far most forks differ: of five and more, one in five is left out, the furthest from the
   * median. A neighbour on the host slows single forks down, for seconds, and the median and the
   * interval allow for that.
   *
   * @return the largest over the smallest of the others, minus 1; 0 for one fork
   */
  public double usualSpread() {
    double middle = Math.log(median());
    List<Double> usual =
        values.stream()
            .sorted(Comparator.comparingDouble(value -> Math.abs(Math.log(value) - middle)))
            .limit(values.size() - values.size() / 5)
            .toList();
    return Collections.max(usual) / Collections.min(usual) - 1;
  }

  /**
   * Whether the forks differ by so much that their median is doubtful.
   *
   * @return true above {@link #NOISY_SPREAD}
   */
  public boolean isNoisy() {
    return usualSpread() > NOISY_SPREAD;
  }

  /**
   * How many forks there are.
   *
   * @return at least 1
   */
  public int count() {
    return values.size();
  }

  /**
   * Where the value of a fork lies in the middle: Student's interval of the mean logarithm, widened
   * to include the median.
   *
   * @return 95 % confidence; empty for one fork
   */
  public Optional<Interval> interval() {
    if (values.size() < 2) {
      return Optional.empty();
    }
    double[] logarithms = logarithms();
    double mean = Mean.of(logarithms).getAsDouble();
    double error = Math.sqrt(variance() / logarithms.length);
    double half = error * TDistribution.of(degrees()).inverseSurvivalProbability(Ratio.ALPHA / 2);
    double median = median();
    return Optional.of(
        new Interval(
            Math.min(Math.exp(mean - half), median), Math.max(Math.exp(mean + half), median)));
  }

  /** The variance of the logarithms, by these forks alone; at least 2 of them. */
  double ownVariance() {
    return Variance.of(logarithms()).getAsDouble();
  }

  /** The variance of the logarithms, by these forks and by those beside them; at least 2 forks. */
  double variance() {
    return (noise.degrees() * noise.variance() + (count() - 1) * ownVariance()) / degrees();
  }

  /** Degrees of freedom of {@link #variance}. */
  double degrees() {
    return noise.degrees() + count() - 1;
  }

  /** Logarithms of the values. */
  double[] logarithms() {
    return values.stream().mapToDouble(Math::log).toArray();
  }

  private static double median(List<Double> values) {
    return Median.withDefaults().evaluate(values.stream().mapToDouble(value -> value).toArray());
  }
}

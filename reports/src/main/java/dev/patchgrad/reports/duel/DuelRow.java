package dev.patchgrad.reports.duel;

import dev.patchgrad.reports.statistics.ConfidenceSequence;
import dev.patchgrad.reports.statistics.Forks;
import dev.patchgrad.reports.statistics.Interval;
import dev.patchgrad.reports.statistics.SpeedUp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One benchmark of a duel, in one mode: what the pairs of forks say so far.
 *
 * <p>A pair of forks counts as one value, the median over the iterations of the logarithm of B's
 * speed over A's. The speed is the throughput, or one over the time of an operation.
 *
 * @param cell what is measured, without the parameters in which the sides differ
 * @param mode of JMH
 * @param unit of the scores
 * @param floor whether both sides are A, which shows what the machine alone makes of a duel
 * @param logRatios of the pairs
 * @param a the median of each fork of A, in {@code unit}
 * @param b the median of each fork of B, in {@code unit}
 * @param speedUps of each fork, how many times faster it ended than it began; none where calls are
 *     to be measured cold
 */
public record DuelRow(
    BenchmarkCell cell,
    String mode,
    String unit,
    boolean floor,
    List<Double> logRatios,
    List<Double> a,
    List<Double> b,
    List<Double> speedUps) {
  /** Forks of one side differ by where data lie in memory, which makes less than this. */
  private static final double FAR_APART = 2;

  /** Copies the lists. */
  public DuelRow {
    logRatios = List.copyOf(logRatios);
    a = List.copyOf(a);
    b = List.copyOf(b);
    speedUps = List.copyOf(speedUps);
  }

  /** The row with one more pair. */
  DuelRow with(MeasuredFork ofA, MeasuredFork ofB) {
    return new DuelRow(
        cell,
        mode,
        unit,
        floor,
        longer(logRatios, logRatio(ofA, ofB)),
        longer(a, median(ofA.iterations())),
        longer(b, median(ofB.iterations())),
        mode.equals(MeasuredFork.SINGLE_SHOT)
            ? List.of()
            : longer(longer(speedUps, SpeedUp.of(ofA.speeds())), SpeedUp.of(ofB.speeds())));
  }

  private static List<Double> longer(List<Double> list, double value) {
    List<Double> longer = new ArrayList<>(list);
    longer.add(value);
    return longer;
  }

  private static double median(List<Double> values) {
    return Forks.ofIterations(List.of(values)).median();
  }

  /**
   * The logarithm of B's speed over A's: the median over iterations that were each other's turn.
   */
  static double logRatio(MeasuredFork a, MeasuredFork b) {
    int pairs = Math.min(a.iterations().size(), b.iterations().size());
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < pairs; i++) {
      double ratio = b.iterations().get(i) / a.iterations().get(i);
      ratios.add(a.largerIsFaster() ? ratio : 1 / ratio);
    }
    return Math.log(median(ratios));
  }

  /**
   * How many pairs of forks were measured.
   *
   * @return at least 1
   */
  public int forks() {
    return logRatios.size();
  }

  /**
   * How many times faster B is.
   *
   * @return B's speed over A's, the geometric mean over pairs
   */
  public double ratio() {
    return Math.exp(ConfidenceSequence.of(logRatios).mean());
  }

  /**
   * Where the true ratio lies.
   *
   * @param alpha the probability that an interval misses it, at however many looks
   * @return an interval; empty while the pairs are too few to bound it
   */
  public Optional<Interval> interval(double alpha) {
    ConfidenceSequence sequence = ConfidenceSequence.of(logRatios);
    return sequence
        .halfWidth(alpha)
        .map(
            half ->
                new Interval(Math.exp(sequence.mean() - half), Math.exp(sequence.mean() + half)));
  }

  /**
   * The smallest difference that so many pairs, scattered as these are, would have shown.
   *
   * @param alpha the probability of an error
   * @return a ratio minus 1; empty while nothing is bounded
   */
  public Optional<Double> smallestSeen(double alpha) {
    return ConfidenceSequence.of(logRatios).halfWidth(alpha).map(Math::expm1);
  }

  /**
   * Why some of the forks were most likely not warm, or disturbed. Such a fork makes the interval
   * wide, and no number of further forks mends that soon.
   *
   * @return a sentence; empty where the forks show nothing of the kind
   */
  public Optional<String> doubt() {
    OptionalDouble speedUp = SpeedUp.ofColdForks(speedUps);
    if (speedUp.isPresent()) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "forks were not warm: they still speed up, %.1fx from the first half of the"
                  + " iterations to the last; give them more warm-up (-wi, -w)",
              speedUp.getAsDouble()));
    }
    double apart = Math.max(apart(a), apart(b));
    if (speedUps.isEmpty() || apart <= FAR_APART) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "forks of one side differ by up to %.1fx: one was not warm, or was disturbed; give them"
                + " more warm-up (-wi, -w)",
            apart));
  }

  private static double apart(List<Double> forks) {
    return forks.isEmpty() ? 1 : Collections.max(forks) / Collections.min(forks);
  }

  /**
   * How likely such pairs are if neither side is faster.
   *
   * @return a probability that holds at every look
   */
  public double probability() {
    return ConfidenceSequence.of(logRatios).probability(0);
  }
}

package dev.patchgrad.reports.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RatioTest {
  @Test
  void aForkIsTheMedianOfItsIterations() {
    Forks forks = Forks.ofIterations(List.of(List.of(1.0, 9.0, 2.0), List.of(4.0, 6.0)));
    assertThat(forks.values()).containsExactly(2.0, 5.0);
    assertThat(forks.median()).isEqualTo(3.5);
    assertThat(forks.spread()).isEqualTo(1.5);
  }

  @Test
  void anotherUnitMultipliesEachFork() {
    assertThat(new Forks(List.of(2.0, 5.0)).times(1000)).isEqualTo(new Forks(List.of(2e3, 5e3)));
  }

  @Test
  void theIntervalIsWelchs() {
    // R 4.2: x <- log(c(10,11,12,10.5)); y <- log(c(5,5.2,4.7)); exp(t.test(x, y)$conf.int)
    // By hand from the same definition: means 2.38366.., 1.60281..
    Forks x = new Forks(List.of(10.0, 11.0, 12.0, 10.5));
    Forks y = new Forks(List.of(5.0, 5.2, 4.7));
    double[] expected = welch(x.logarithms(), y.logarithms());
    Ratio ratio = Ratio.of(x, y);
    assertThat(ratio.value()).isCloseTo(10.75 / 5, within(1e-15));
    Interval interval = ratio.interval().orElseThrow();
    assertThat(interval.low()).isCloseTo(expected[0], within(1e-6));
    assertThat(interval.high()).isCloseTo(expected[1], within(1e-6));
  }

  /** Three looks: 4 % at the first, while no side has more than three forks, then 0.5 % each. */
  @ParameterizedTest(name = "{0} and {1} forks: {2}")
  @CsvSource({"3, 3, 0.96", "2, 3, 0.96", "4, 3, 0.995", "3, 6, 0.995", "12, 12, 0.995"})
  void aLookLeavesOutItsShare(int n, int m, double confidence) {
    SplittableRandom random = new SplittableRandom(13);
    Forks x = forks(random, 3.0, 0.02, n);
    Forks y = forks(random, 2.0, 0.02, m);
    double[] expected = welch(x.logarithms(), y.logarithms(), confidence);
    Interval interval = Ratio.of(x.after(3), y).interval().orElseThrow();
    assertThat(interval.low()).isCloseTo(expected[0], within(1e-5));
    assertThat(interval.high()).isCloseTo(expected[1], within(1e-5));
    assertThat(Ratio.of(x, y.after(3)).interval()).isEqualTo(Ratio.of(x.after(3), y).interval());
  }

  /** A second way to the same numbers: Student's t by integrating its density. */
  private static double[] welch(double[] x, double[] y) {
    return welch(x, y, 0.95);
  }

  private static double[] welch(double[] x, double[] y, double confidence) {
    double vx = variance(x) / x.length;
    double vy = variance(y) / y.length;
    double degrees = (vx + vy) * (vx + vy) / (vx * vx / (x.length - 1) + vy * vy / (y.length - 1));
    double low = 0;
    double high = 100;
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      if (centralProbability(middle, degrees) < confidence) {
        low = middle;
      } else {
        high = middle;
      }
    }
    double half = low * Math.sqrt(vx + vy);
    double centre = mean(x) - mean(y);
    return new double[] {Math.exp(centre - half), Math.exp(centre + half)};
  }

  /** P(|T| < t), with t = sqrt(nu) tan(theta): density proportional to cos(theta)^(nu-1). */
  private static double centralProbability(double t, double degrees) {
    return integral(Math.atan(t / Math.sqrt(degrees)), degrees) / integral(Math.PI / 2, degrees);
  }

  private static double integral(double upTo, double degrees) {
    int steps = 2000;
    double sum = 0;
    for (int i = 0; i < steps; i++) {
      sum += Math.pow(Math.cos((i + 0.5) * upTo / steps), degrees - 1);
    }
    return sum * upTo / steps;
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double variance(double[] values) {
    double mean = mean(values);
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return sum / (values.length - 1);
  }

  @Test
  void eachEndOfTheEqualityHasTheWholeConfidence() {
    Forks x = new Forks(List.of(10.0, 11.0, 12.0, 10.5));
    Forks y = new Forks(List.of(9.0, 10.2, 9.7));
    double[] expected = welch(x.logarithms(), y.logarithms(), 0.90);
    Interval equality = Ratio.of(x, y).equality().orElseThrow();
    assertThat(equality.low()).isCloseTo(expected[0], within(1e-6));
    assertThat(equality.high()).isCloseTo(expected[1], within(1e-6));
    assertThat(Ratio.of(x.after(3), y).equality().orElseThrow().low())
        .isCloseTo(welch(x.logarithms(), y.logarithms(), 0.99)[0], within(1e-6));
  }

  @Test
  void whatIsSlowerByTheThresholdIsSeldomCalledTheSame() {
    SplittableRandom random = new SplittableRandom(17);
    int same = 0;
    int trials = 4000;
    for (int trial = 0; trial < trials; trial++) {
      Forks first = forks(random, 1.05, 0.01, 3);
      Forks second = forks(random, 1.0, 0.01, 3);
      same += Ratio.of(first, second).verdict(0.05) == Verdict.SAME ? 1 : 0;
    }
    // At most 5 %, and Welch's intervals of 3 and 3 forks leave out less than they say; 5 standard
    // errors are 1.7 %. By the interval alone it would be 2.5 %, less the same.
    assertThat((double) same / trials).isBetween(0.025, 0.067);
  }

  @Test
  void theSameIsDecidedByTheNarrowerInterval() {
    Ratio ratio =
        new Ratio(1, Optional.of(new Interval(0.94, 1.03)), Optional.of(new Interval(0.96, 1.02)));
    assertThat(ratio.verdict(0.05)).isEqualTo(Verdict.SAME);
    assertThat(ratio.verdict(0.03)).isEqualTo(Verdict.UNDECIDED);
  }

  @Test
  void theIntervalCoversTheTruthAsOftenAsItSays() {
    SplittableRandom random = new SplittableRandom(5);
    int covered = 0;
    int trials = 4000;
    for (int trial = 0; trial < trials; trial++) {
      Forks fast = forks(random, 3.0, 0.05, 3);
      Forks slow = forks(random, 2.0, 0.05, 3);
      covered += Ratio.of(fast, slow).interval().orElseThrow().contains(1.5) ? 1 : 0;
    }
    // 95 % or more (Welch with 3 and 3 errs to the safe side); 5 standard errors below is 93.3 %.
    assertThat((double) covered / trials).isBetween(0.933, 0.999);
  }

  @ParameterizedTest(name = "{0} forks of noise {1}, {2} forks of noise {3}")
  @CsvSource({
    "2, 0.05, 2, 0.05",
    "3, 0.20, 3, 0.01",
    "3, 0.05, 10, 0.05",
    "3, 0.20, 10, 0.02",
    "10, 0.05, 10, 0.05",
  })
  void theIntervalCoversTheTruthWhateverTheNoise(int n, double noise, int m, double otherNoise) {
    SplittableRandom random = new SplittableRandom(11);
    int covered = 0;
    int trials = 4000;
    for (int trial = 0; trial < trials; trial++) {
      Forks fast = forks(random, 3.0, noise, n);
      Forks slow = forks(random, 2.0, otherNoise, m);
      covered += Ratio.of(fast, slow).interval().orElseThrow().contains(1.5) ? 1 : 0;
    }
    // As above; but for 3 noisy forks Satterthwaite's matching of moments is known to be short of
    // the 95 % by up to one in a hundred.
    assertThat((double) covered / trials).isBetween(0.923, 0.999);
  }

  @Test
  void aGeometricMeanIsCoveredAndNarrowerThanItsTerms() {
    SplittableRandom random = new SplittableRandom(7);
    int covered = 0;
    int trials = 2000;
    double width = 0;
    double termWidth = 0;
    for (int trial = 0; trial < trials; trial++) {
      List<Forks> fast = new ArrayList<>();
      List<Forks> slow = new ArrayList<>();
      double logarithms = 0;
      for (int cell = 0; cell < 9; cell++) {
        double truth = 1 + cell / 10.0;
        logarithms += Math.log(truth);
        // Cells of very different noise: one in three is ten times as noisy.
        double noise = cell % 3 == 0 ? 0.1 : 0.01;
        fast.add(forks(random, truth, noise, 3));
        slow.add(forks(random, 1.0, noise, 3));
      }
      Interval interval = Ratio.geometricMean(fast, slow).interval().orElseThrow();
      covered += interval.contains(Math.exp(logarithms / 9)) ? 1 : 0;
      width += interval.high() - interval.low();
      Interval term = Ratio.of(fast.get(0), slow.get(0)).interval().orElseThrow();
      termWidth += term.high() - term.low();
    }
    // 95 %; 5 standard errors of 2000 trials below is 92.5 %.
    assertThat((double) covered / trials).isBetween(0.925, 0.999);
    assertThat(width).isLessThan(termWidth / 3);
  }

  @Test
  void aGeometricMeanOfOnePairIsItsRatio() {
    Forks x = new Forks(List.of(10.0, 11.0, 12.0, 10.5));
    Forks y = new Forks(List.of(5.0, 5.2, 4.7));
    Ratio mean = Ratio.geometricMean(List.of(x), List.of(y));
    assertThat(mean.value()).isCloseTo(Ratio.of(x, y).value(), within(1e-15));
    assertThat(mean.interval()).isEqualTo(Ratio.of(x, y).interval());
  }

  @Test
  void theProbabilityIsTheIntervalsOwn() {
    // The end of a 95 % interval is what a one-sided test at 2.5 % just rejects.
    Forks x = new Forks(List.of(10.0, 11.0, 12.0, 10.5));
    Forks y = new Forks(List.of(15.0, 15.2, 14.7));
    double high = Ratio.of(x, y).interval().orElseThrow().high();
    assertThat(Ratio.probabilityOfNotSlower(List.of(x), List.of(y), 1 / high - 1))
        .isCloseTo(0.025, within(1e-9));
  }

  @Test
  void oneForkShowsNothing() {
    Forks one = new Forks(List.of(1.0));
    Forks two = new Forks(List.of(10.0, 10.1));
    assertThat(Ratio.probabilityOfNotSlower(List.of(one), List.of(two), 0)).isEqualTo(1);
    assertThat(Ratio.geometricMean(List.of(one, two), List.of(two, two)).interval()).isEmpty();
  }

  @Test
  void twoForksOnEachSideAreEnough() {
    Forks fast = new Forks(List.of(10.0, 10.1));
    Forks slow = new Forks(List.of(5.0, 5.1));
    assertThat(Ratio.of(fast, slow).interval()).isPresent();
    assertThat(Ratio.geometricMean(List.of(fast), List.of(slow)).interval()).isPresent();
    // Slower by half, where forks differ by a fiftieth: less likely than one in ten.
    assertThat(Ratio.probabilityOfNotSlower(List.of(slow), List.of(fast), 0)).isLessThan(0.1);
  }

  @Test
  void holmFindsWhatJustReachesItsLevel() {
    // 0.25 = 0.5/2 and 0.5 = 0.5/1, without rounding.
    assertThat(Holm.findings(List.of(0.5, 0.25), 0.5)).containsExactlyInAnyOrder(0, 1);
  }

  @Test
  void holmStopsAtTheFirstThatIsNoFinding() {
    // 0.01 <= 0.05/4, 0.013 <= 0.05/3, 0.03 > 0.05/2; 0.04 <= 0.05/1 comes too late.
    assertThat(Holm.findings(List.of(0.03, 0.01, 0.04, 0.013), 0.05))
        .containsExactlyInAnyOrder(1, 3);
    assertThat(Holm.findings(List.of(), 0.05)).isEmpty();
  }

  private static Forks forks(SplittableRandom random, double value, double noise, int count) {
    List<Double> forks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      forks.add(value * Math.exp(noise * random.nextGaussian()));
    }
    return new Forks(forks);
  }

  @ParameterizedTest
  @CsvSource({
    "1.05, 1.20, FASTER",
    "0.80, 0.95, SLOWER",
    "0.99, 1.015, SAME",
    "0.90, 1.30, UNDECIDED",
    "1.005, 1.015, SAME",
    "0.99, 1.03, UNDECIDED",
    "1.005, 1.03, FASTER",
  })
  void theVerdictFollowsTheInterval(double low, double high, Verdict verdict) {
    Ratio ratio = new Ratio((low + high) / 2, Optional.of(new Interval(low, high)));
    assertThat(ratio.verdict(0.02)).isEqualTo(verdict);
  }

  private static Verdict verdict(double low, double high, double threshold) {
    return new Ratio(1, Optional.of(new Interval(low, high))).verdict(threshold);
  }

  @Test
  void theEndsOfThePracticallyEqualAreTheSame() {
    // 1 / 1.25 is 0.8 without rounding.
    assertThat(verdict(0.8, 1.1, 0.25)).isEqualTo(Verdict.SAME);
    assertThat(verdict(0.9, 1.25, 0.25)).isEqualTo(Verdict.SAME);
    assertThat(verdict(1, 1, 0)).isEqualTo(Verdict.SAME);
  }

  @Test
  void anIntervalThatEndsAtOneIsUndecided() {
    assertThat(verdict(1, 1.5, 0.25)).isEqualTo(Verdict.UNDECIDED);
    assertThat(verdict(0.5, 1, 0.25)).isEqualTo(Verdict.UNDECIDED);
  }

  @Test
  void anIntervalContainsItsEnds() {
    Interval interval = new Interval(0.5, 2);
    assertThat(interval.contains(0.5)).isTrue();
    assertThat(interval.contains(2)).isTrue();
    assertThat(interval.contains(Math.nextDown(0.5))).isFalse();
    assertThat(interval.contains(Math.nextUp(2.0))).isFalse();
  }

  @Test
  void tablesShowAVerdictAsAWord() {
    assertThat(Stream.of(Verdict.values()).map(Verdict::word))
        .containsExactly("faster", "slower", "same", "~");
  }

  @Test
  void oneForkDecidesNothing() {
    Ratio ratio = Ratio.of(new Forks(List.of(10.0)), new Forks(List.of(1.0)));
    assertThat(ratio.value()).isEqualTo(10);
    assertThat(ratio.interval()).isEmpty();
    assertThat(ratio.verdict(0.02)).isEqualTo(Verdict.UNDECIDED);
  }

  @Test
  void theIntervalHoldsTheRatioThatIsShown() {
    // One fork in another mode pulls the mean, not the median.
    Forks skewed = new Forks(List.of(10.0, 10.0, 10.0, 10.0, 10.0, 10.0, 10.0, 3.0));
    Ratio ratio = Ratio.of(skewed, new Forks(List.of(10.0, 10.0)));
    assertThat(ratio.interval().orElseThrow().contains(ratio.value())).isTrue();
  }

  @Test
  void refusesWhatIsNoRate() {
    assertThatThrownBy(() -> new Forks(List.of(1.0, 0.0)))
        .hasMessage("forks: 0.0 given; expected a finite number above 0");
    assertThatThrownBy(() -> new Forks(List.of()))
        .hasMessage("forks: none given; expected at least 1");
  }
}

package dev.patchgrad.reports.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UsualNoiseTest {
  /** Many cells, so that what is learned of their noise is nearly exact. */
  private static final int MANY = 20_000;

  @Test
  void cellsOfOneNoiseShareAllTheirForks() {
    SplittableRandom random = new SplittableRandom(3);
    List<Forks> cells = cells(random, 1000, 3, Double.POSITIVE_INFINITY, .02);
    UsualNoise usual = UsualNoise.of(cells);
    // log s^2 of 2 degrees of freedom has a standard deviation of 1.28, so that of their mean is
    // 0.04 of the variance. Its variance, 1.645, has an error of 0.11 (kurtosis 5.4), and an excess
    // of three times that would be a d_0 of 7.
    assertThat(usual.variance()).isCloseTo(4e-4, within(4e-4 * .2));
    assertThat(usual.degrees()).isBetween(7.0, 2000.0);
  }

  @ParameterizedTest(name = "d_0 {0}, {1} forks")
  @CsvSource({"2, 3", "4, 3", "8, 5", "1, 2"})
  void theDistributionOfTheNoiseIsFound(double degrees, int forks) {
    SplittableRandom random = new SplittableRandom(5);
    UsualNoise usual = UsualNoise.of(cells(random, MANY, forks, degrees, .02));
    // The error of a variance of 20,000 values with these tails is 2 %, and it grows with the share
    // of chance in it: for 8 and 5 that is two thirds.
    assertThat(usual.degrees()).isCloseTo(degrees, within(.2 * degrees));
    assertThat(usual.variance()).isCloseTo(4e-4, within(4e-4 * .1));
  }

  /** Smyth's formulas in SciPy 1.x, with brentq for the inverse of the trigamma function. */
  @Test
  void theDistributionIsThatOfAnotherImplementation() {
    List<List<Double>> cells =
        List.of(
            List.of(1.0, 1.01, 1.03),
            List.of(2.0, 2.2, 2.1),
            List.of(3.0, 3.0, 3.001),
            List.of(1.0, 1.02),
            List.of(5.0, 5.5, 5.1, 5.05),
            List.of(1.0, 1.3, 1.1),
            List.of(4.0, 4.01, 4.02),
            List.of(7.0, 7.2, 7.1),
            List.of(1.0, .99, 1.02),
            List.of(2.0, 2.01, 2.05),
            List.of(1.0, 1.001, 1.5),
            List.of(6.0, 6.1, 6.3));
    UsualNoise usual = UsualNoise.of(cells.stream().map(Forks::new).toList());
    assertThat(usual.degrees()).isCloseTo(.6188986781791481, within(1e-9));
    assertThat(usual.variance()).isCloseTo(5.592847346493857e-05, within(1e-13));
  }

  /**
   * Three forks on each side, nothing differs. Whatever the distribution of the noise is, the
   * intervals leave out as much as they say, on an average over cells, and are narrower than those
   * of forks that are judged alone.
   */
  @ParameterizedTest(name = "d_0 {0}")
  @ValueSource(doubles = {1, 2, 4, Double.POSITIVE_INFINITY})
  void intervalsHoldAndAreNarrower(double degrees) {
    SplittableRandom random = new SplittableRandom(7);
    int covered = 0;
    int all = 0;
    List<Double> narrower = new ArrayList<>();
    for (int run = 0; run < 100; run++) {
      // A cell is as noisy in the one run as in the other.
      double[] noise =
          IntStream.range(0, 90).mapToDouble(i -> noise(random, degrees, .02)).toArray();
      List<Forks> first = IntStream.range(0, 90).mapToObj(i -> forks(random, 3, noise[i])).toList();
      List<Forks> other = IntStream.range(0, 90).mapToObj(i -> forks(random, 3, noise[i])).toList();
      UsualNoise ofFirst = UsualNoise.of(first).ofOneSide();
      UsualNoise ofOther = UsualNoise.of(other).ofOneSide();
      for (int i = 0; i < 90; i++) {
        Forks x = first.get(i);
        Forks y = other.get(i);
        Interval beside = Ratio.of(x.beside(ofFirst), y.beside(ofOther)).interval().orElseThrow();
        Interval alone = Ratio.of(x, y).interval().orElseThrow();
        covered += beside.contains(1) ? 1 : 0;
        all++;
        narrower.add((beside.high() - beside.low()) / (alone.high() - alone.low()));
      }
    }
    // 95 %, with a standard error of 0.23 % over 9,000 cells, and 0.5 % for what 90 cells do not
    // tell of d_0.
    assertThat((double) covered / all).isBetween(.94, .975);
    Collections.sort(narrower);
    assertThat(narrower.get(all / 2)).isLessThan(.9);
  }

  @Test
  void forksBesideOthersHaveTheirDegreesOfFreedomAsWell() {
    // Logarithms 0, 0.2, 0.4: variance 0.04. (5 0.01 + 2 0.04)/7 = 0.13/7.
    Forks forks =
        new Forks(List.of(1.0, Math.exp(.2), Math.exp(.4))).beside(new UsualNoise(.01, 5));
    assertThat(forks.variance()).isCloseTo(.13 / 7, within(1e-15));
    assertThat(forks.degrees()).isEqualTo(7);
    assertThat(forks.times(3).after(2).noise()).isEqualTo(forks.noise());
    // Student's 97.5 % point of 7 degrees of freedom: 2.364624.
    assertThat(forks.interval().orElseThrow().high())
        .isCloseTo(Math.exp(.2 + 2.364624 * Math.sqrt(.13 / 21)), within(1e-6));
  }

  @Test
  void fewCellsAreJudgedByThemselves() {
    SplittableRandom random = new SplittableRandom(9);
    List<Forks> cells = cells(random, 9, 3, 4, .02);
    assertThat(UsualNoise.of(cells)).isEqualTo(UsualNoise.UNKNOWN);
    assertThat(UsualNoise.of(List.of())).isEqualTo(UsualNoise.UNKNOWN);
    assertThat(cells.get(0).beside(UsualNoise.UNKNOWN)).isEqualTo(cells.get(0));
  }

  @Test
  void cellsOfOneForkSayNothing() {
    SplittableRandom random = new SplittableRandom(11);
    List<Forks> cells = new ArrayList<>(cells(random, 30, 3, 4, .02));
    UsualNoise usual = UsualNoise.of(cells);
    cells.add(new Forks(List.of(1.0)));
    assertThat(UsualNoise.of(cells)).isEqualTo(usual);
  }

  @Test
  void forksWithoutAnyNoiseAreJudgedByThemselves() {
    List<Forks> cells = Collections.nCopies(20, new Forks(List.of(2.0, 2.0, 2.0)));
    assertThat(UsualNoise.of(cells)).isEqualTo(UsualNoise.UNKNOWN);
  }

  @Test
  void forksThatAgreeByChanceAreNotTakenForSteady() {
    SplittableRandom random = new SplittableRandom(13);
    UsualNoise usual = UsualNoise.of(cells(random, 90, 3, 4, .02));
    Forks equal = new Forks(List.of(2.0, 2.0, 2.0)).beside(usual);
    Forks others = new Forks(List.of(2.001, 2.001, 2.001)).beside(usual);
    assertThat(Ratio.of(equal, others).verdict(0)).isEqualTo(Verdict.UNDECIDED);
  }

  private static List<Forks> cells(
      SplittableRandom random, int count, int forks, double degrees, double noise) {
    return IntStream.range(0, count)
        .mapToObj(i -> forks(random, forks, noise(random, degrees, noise)))
        .toList();
  }

  /** The standard deviation of a cell: scaled inverse chi-squared, or the same for all. */
  private static double noise(SplittableRandom random, double degrees, double usual) {
    if (Double.isInfinite(degrees)) {
      return usual;
    }
    double chiSquared = 0;
    for (int i = 0; i < degrees; i++) {
      double normal = random.nextGaussian();
      chiSquared += normal * normal;
    }
    // A few of many cells would be too noisy for the range of a double.
    return Math.min(10, usual * Math.sqrt(degrees / chiSquared));
  }

  private static Forks forks(SplittableRandom random, int count, double noise) {
    List<Double> forks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      forks.add(Math.exp(noise * random.nextGaussian()));
    }
    return new Forks(forks);
  }
}

package dev.patchgrad.descent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.patchgrad.population.FilterAngle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The reduction's numbers where R, N, S and r are not 1, and both sides of each of its borders. */
class ReductionBordersTest {
  /** A relative step across a border that no rounding of a dozen operations takes. */
  private static final double STEP = 1e-12;

  private static final double BELOW = 1 - STEP;
  private static final double ABOVE = 1 + STEP;

  private static final double R = 1.5;
  private static final double N = 2;

  @Test
  void boundsAndContractionHaveTheirClosedValues() {
    Reduction reduction = new Reduction(3, R, 1.2, N, .3);
    // 4 r^2/(N R^2) below 4 pi/(k + pi - 1), then the other way round.
    assertThat(reduction.stableBound(.7)).isCloseTo(4 * .49 / 4.5, within(1e-15));
    assertThat(reduction.stableBound(5)).isCloseTo(2.444061881406629, within(1e-14));
    assertThat(reduction.rho()).isCloseTo(.72, within(1e-15));
    // 4 r^2/(R^2 (3 N + S^2)) below 2 pi/(k + pi - 1), then the other way round.
    assertThat(reduction.signFlipsBound(.7)).isCloseTo(1.96 / (2.25 * 7.44), within(1e-15));
    assertThat(reduction.signFlipsBound(5)).isCloseTo(1.2220309407033145, within(1e-14));
    // 1 - eta (pi - 1)/(2 pi) = .89774648 is the slower at r = .7, 1 - eta N R^2/(2 r^2) at r = 3.
    assertThat(reduction.contraction(.7)).isCloseTo(.8059487476, within(1e-9));
    assertThat(reduction.contraction(3)).isCloseTo(.925 * .925, within(1e-15));
  }

  @ParameterizedTest
  @CsvSource({"25, .2, 0", "25, .3, .29591559", "25, .44, .90067620", "1, 2.5, .25"})
  void onlyAStepBeyondTheFirstHalfOfTheBoundOvershoots(int k, double eta, double expected) {
    assertThat(new Reduction(k, R, 1.2, N, eta).overshoot()).isCloseTo(expected, within(1e-7));
  }

  /** K/rho - c is the smaller where weights agree in sign and the step is long. */
  @Test
  void kappaIsOneOrWhatTheOvershootLeaves() {
    assertThat(new Reduction(25, R, 0, N, .44).kappa()).isEqualTo(1);
    assertThat(new Reduction(25, R, 1.2, N, .44).kappa()).isEqualTo(1);
    // rho = 25: 27.14159/25 - .9006762.
    assertThat(new Reduction(25, R, Math.sqrt(50), N, .44).kappa())
        .isCloseTo(.18498751, within(1e-6));
  }

  /** alpha below 2, and beta below 1, which is the smaller bound for k of 1 and 2. */
  @ParameterizedTest
  @CsvSource({"25, .46299", "3, 2.44406", "2, 2.93388", "1, 2.93388"})
  void aStepIsDecisiveBelowTheSmallerOfTwoBounds(int k, double about) {
    double bound = Math.min(4 * Math.PI / (k + Math.PI - 1), 2 * Math.PI / (Math.PI - 1));
    assertThat(bound).isCloseTo(about, within(1e-4));
    assertThat(new Reduction(k, R, .1, N, bound * BELOW).isDecisive()).isTrue();
    assertThat(new Reduction(k, R, .1, N, bound * ABOVE).isDecisive()).isFalse();
    // And no basin is proved beyond it, be r as long as it may.
    ReducedState sure = new ReducedState(FilterAngle.ofRadians(.5), 1e6, 1, .1 * R);
    assertThat(new Reduction(k, R, .1, N, bound * BELOW).basin(sure)).isEqualTo(Basin.GLOBAL);
    assertThat(new Reduction(k, R, .1, N, bound * ABOVE).basin(sure)).isEqualTo(Basin.UNDECIDED);
  }

  /** What the class comment calls mu, m and z, from its formulas. */
  private record Terms(double g, double equilibrium, double mu, double m) {
    static Terms of(Reduction reduction, FilterAngle angle, double kappa) {
      double g = angle.g();
      double largest = reduction.k() + Math.PI - 1;
      double rho = reduction.rho();
      double equilibrium = R * reduction.sum() * (reduction.k() + g - 1) / largest;
      double mu = R * N * (g - 1 + kappa * rho * (Math.PI - g) / largest);
      double m = R * N * (g - 1 + rho * (Math.PI - g) / largest);
      return new Terms(g, equilibrium, mu, m);
    }
  }

  private static ReducedState at(FilterAngle angle, double x, Terms terms, double z, double sum) {
    return new ReducedState(angle, 10, x, terms.equilibrium() + z / sum);
  }

  /**
   * z at mu, and z at -mu/c, each a little to both sides. S is below 0 too: z = S (sigma - ...)
   * then falls with sigma.
   */
  @ParameterizedTest
  @CsvSource({"25, 1.2, .2", "25, -1.2, .3", "9, 3, .8", "3, -2, 2", "25, 7, .44"})
  void theGlobalSetEndsWhereTheDeviationOfTheSumReachesMu(int k, double sum, double eta) {
    Reduction reduction = new Reduction(k, R, sum, N, eta);
    double c = reduction.overshoot();
    double kappa = Math.min(1, (k + Math.PI - 1) / reduction.rho() - c);
    FilterAngle angle = FilterAngle.ofRadians(1.1);
    Terms terms = Terms.of(reduction, angle, kappa);
    assertThat(terms.mu()).isPositive();
    double x = .3;
    assertThat(reduction.basin(at(angle, x, terms, terms.mu() * (1 - 1e-9), sum)))
        .isEqualTo(Basin.GLOBAL);
    assertThat(reduction.basin(at(angle, x, terms, terms.mu() * (1 + 1e-9), sum)))
        .isEqualTo(Basin.UNDECIDED);
    if (c > 0) {
      double z = -terms.mu() / c;
      assertThat(reduction.basin(at(angle, x, terms, z * (1 - 1e-9), sum))).isEqualTo(Basin.GLOBAL);
      assertThat(reduction.basin(at(angle, x, terms, z * (1 + 1e-9), sum)))
          .isEqualTo(Basin.UNDECIDED);
    } else {
      assertThat(reduction.basin(at(angle, x, terms, -20 * terms.mu(), sum)))
          .isEqualTo(Basin.GLOBAL);
    }
    // x = 0 and below decide nothing here.
    assertThat(reduction.basin(at(angle, 0, terms, 0, sum))).isEqualTo(Basin.UNDECIDED);
    assertThat(reduction.basin(at(angle, -x, terms, 0, sum))).isEqualTo(Basin.UNDECIDED);
    assertThat(reduction.basin(at(angle, Double.MIN_NORMAL, terms, 0, sum)))
        .isEqualTo(Basin.GLOBAL);
  }

  @ParameterizedTest
  @CsvSource({"25, 1.2, .2", "25, -1.2, .3", "9, 1, .8", "3, -.5, 2"})
  void theSpuriousSetEndsWhereTheDeviationOfTheSumReachesM(int k, double sum, double eta) {
    Reduction reduction = new Reduction(k, R, sum, N, eta);
    double c = reduction.overshoot();
    FilterAngle angle = FilterAngle.ofRadians(2.6);
    Terms terms = Terms.of(reduction, angle, 1);
    assertThat(terms.m()).as("beyond the saddle's angle").isNegative();
    double x = -.3;
    assertThat(reduction.basin(at(angle, x, terms, terms.m() * (1 - 1e-9), sum)))
        .isEqualTo(Basin.SPURIOUS);
    assertThat(reduction.basin(at(angle, x, terms, terms.m() * (1 + 1e-9), sum)))
        .isEqualTo(Basin.UNDECIDED);
    if (c > 0) {
      double z = -terms.m() / c;
      assertThat(reduction.basin(at(angle, x, terms, z * (1 - 1e-9), sum)))
          .isEqualTo(Basin.SPURIOUS);
      assertThat(reduction.basin(at(angle, x, terms, z * (1 + 1e-9), sum)))
          .isEqualTo(Basin.UNDECIDED);
    } else {
      assertThat(reduction.basin(at(angle, x, terms, -20 * terms.m(), sum)))
          .isEqualTo(Basin.SPURIOUS);
    }
    assertThat(reduction.basin(at(angle, 0, terms, 0, sum))).isEqualTo(Basin.UNDECIDED);
    assertThat(reduction.basin(at(angle, -x, terms, 0, sum))).isEqualTo(Basin.UNDECIDED);
    assertThat(reduction.basin(at(angle, -Double.MIN_NORMAL, terms, 0, sum)))
        .isEqualTo(Basin.SPURIOUS);
  }

  /** Folding: eta R times the larger of |x| and 3 R N + |z|/2 is at most 4 r^2. */
  @ParameterizedTest
  @ValueSource(doubles = {50, .3})
  void aStepThatMayFoldTheAngleDecidesNothing(double x) {
    double eta = .2;
    double sum = 1.2;
    Reduction reduction = new Reduction(25, R, sum, N, eta);
    for (double phi : new double[] {1.1, 2.6}) {
      FilterAngle angle = FilterAngle.ofRadians(phi);
      double sign = phi < 2 ? 1 : -1;
      double z = -sign * 6;
      Terms terms = Terms.of(reduction, angle, 1);
      double furthest = Math.max(x, 3 * R * N + Math.abs(z) / 2);
      assertThat(furthest).isEqualTo(x > 12 ? x : 12);
      double r = Math.sqrt(eta * R * furthest / 4);
      double sigma = terms.equilibrium() + z / sum;
      assertThat(reduction.basin(new ReducedState(angle, r * (1 + 1e-9), sign * x, sigma)))
          .isEqualTo(sign > 0 ? Basin.GLOBAL : Basin.SPURIOUS);
      assertThat(reduction.basin(new ReducedState(angle, r * (1 - 1e-9), sign * x, sigma)))
          .isEqualTo(Basin.UNDECIDED);
    }
  }

  @Test
  void aFilterOnTheLineThroughTheTeachersStaysWhereItIs() {
    Reduction reduction = new Reduction(3, R, 1.2, N, .3);
    for (double x : new double[] {-1, 0, 1}) {
      assertThat(reduction.basin(new ReducedState(FilterAngle.ofRadians(0), 1, x, 9)))
          .isEqualTo(Basin.GLOBAL);
      assertThat(reduction.basin(new ReducedState(FilterAngle.ofSupplement(0), 1, x, 9)))
          .isEqualTo(Basin.SPURIOUS);
    }
  }

  @Test
  void eachNumberThatIsNotFiniteHasDiverged() {
    Reduction reduction = new Reduction(3, R, 1.2, N, .3);
    FilterAngle angle = FilterAngle.ofRadians(1);
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThat(reduction.basin(new ReducedState(angle, bad, 1, 1))).isEqualTo(Basin.DIVERGED);
      assertThat(reduction.basin(new ReducedState(angle, 1, bad, 1))).isEqualTo(Basin.DIVERGED);
      assertThat(reduction.basin(new ReducedState(angle, 1, 1, bad))).isEqualTo(Basin.DIVERGED);
    }
  }

  @Test
  void countsAddUpEachKindOnItsOwn() {
    BasinCounts counts = new BasinCounts(1, 20, 300, 4000, 50_000);
    assertThat(counts.starts()).isEqualTo(4321);
    assertThat(counts.plus(new BasinCounts(2, 30, 400, 5000, 60_000)))
        .isEqualTo(new BasinCounts(3, 50, 700, 9000, 110_000));
    assertThat(BasinCounts.NONE.plus(counts)).isEqualTo(counts);
    assertThat(counts.plus(Basin.GLOBAL, 7)).isEqualTo(new BasinCounts(2, 20, 300, 4000, 50_007));
    assertThat(counts.plus(Basin.SPURIOUS, 7)).isEqualTo(new BasinCounts(1, 21, 300, 4000, 50_007));
    assertThat(counts.plus(Basin.UNDECIDED, 7))
        .isEqualTo(new BasinCounts(1, 20, 301, 4000, 50_007));
    assertThat(counts.plus(Basin.DIVERGED, 7)).isEqualTo(new BasinCounts(1, 20, 300, 4001, 50_007));
  }
}

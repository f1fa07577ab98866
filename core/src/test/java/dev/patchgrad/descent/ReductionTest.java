package dev.patchgrad.descent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import dev.patchgrad.population.CriticalPoints;
import dev.patchgrad.population.FilterAngle;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the four numbers to the descent in all coordinates, and the basins to where it ends. */
class ReductionTest {
  /**
   * A thousand steps round each number a thousand times, by 1e-16 of itself, and the dynamics damps
   * most of it; the numbers stay below 10.
   */
  private static final double AFTER_A_THOUSAND_STEPS = 1e-12;

  private static void assertSame(ReducedState actual, ReducedState expected, Object what) {
    assertThat(actual.angle().phi())
        .as("phi of %s", what)
        .isCloseTo(expected.angle().phi(), within(AFTER_A_THOUSAND_STEPS));
    assertThat(actual.norm())
        .as("r of %s", what)
        .isCloseTo(expected.norm(), within(AFTER_A_THOUSAND_STEPS));
    assertThat(actual.overlap())
        .as("x of %s", what)
        .isCloseTo(expected.overlap(), within(AFTER_A_THOUSAND_STEPS));
    assertThat(actual.sum())
        .as("sigma of %s", what)
        .isCloseTo(expected.sum(), within(AFTER_A_THOUSAND_STEPS));
  }

  /** The last cases take steps that overshoot w* and turn by large angles. */
  @ParameterizedTest
  @CsvSource({
    "25, 6, 0, .25, 1, .1",
    "25, 6, 4, .25, 1, .1",
    "100, 6, 25, .25, 1, .1",
    "20, 25, 4, 1, 1, .1",
    "9, 3, 1, 1, .7, .2",
    "1, 2, 1, 1, 1.5, .3",
    "2, 2, 0, 1, 1, 1",
    "4, 3, 2, 2, 1.5, 1.2"
  })
  @Tag("kernel")
  void fourNumbersAndLanesFollowTheDescentInAllCoordinatesForAThousandSteps(
      int k, int p, double rho, double squares, double scale, double stepSize) {
    Teacher teacher = PlainDescent.teacher(k, p, rho, squares, scale);
    Reduction reduction = Reduction.of(teacher, stepSize);
    PlainDescent descent = new PlainDescent(teacher, stepSize);
    SplittableRandom random = new SplittableRandom(1);
    int starts = 13;
    ReducedState[] states = new ReducedState[starts];
    Student[] students = new Student[starts];
    for (int i = 0; i < starts; i++) {
      students[i] = PlainDescent.start(teacher, random);
      states[i] = Reduction.state(students[i], teacher);
    }
    ReducedState[] lanes = states.clone();
    for (int round = 0; round < 4; round++) {
      int steps = round == 0 ? 7 : 331;
      lanes = ReducedDescent.of(reduction).advance(lanes, steps);
      for (int i = 0; i < starts; i++) {
        for (int step = 0; step < steps; step++) {
          states[i] = reduction.step(states[i]);
        }
        descent.run(students[i], steps);
        ReducedState expected = Reduction.state(students[i], teacher);
        assertSame(states[i], expected, "the four numbers of start " + i);
        assertSame(lanes[i], expected, "lane " + i);
      }
    }
  }

  /** A start's bits must not depend on its neighbours: any order of leaving gives the same. */
  @Test
  @Tag("kernel")
  void aLanesCourseIsTheSameToTheBitWhereverItLies() {
    Reduction reduction = new Reduction(9, 1, 1.5, 1, .1);
    ReducedStarts starts = ReducedStarts.of(reduction, 4, new SplittableRandom(2));
    ReducedState[] together = new ReducedState[37];
    Arrays.setAll(together, i -> starts.next());
    ReducedState[] after = ReducedDescent.of(reduction).advance(together, 200);
    for (int i = 0; i < together.length; i++) {
      ReducedState[] alone = {together[i]};
      assertThat(ReducedDescent.of(reduction).advance(alone, 200)[0]).isEqualTo(after[i]);
    }
  }

  /** Each set is one that no step leaves: the descent in all coordinates must end where it says. */
  @ParameterizedTest
  @CsvSource({
    "25, 4, .25, .1",
    "25, 1, 4, .15",
    "25, 16, .25, .1",
    "25, 25, .25, .1",
    "25, 25, .25, .4",
    "25, 12, .25, .4",
    "100, 9, .25, .12",
    "9, 0, 1, .5",
    "3, 1, .5, 1.5"
  })
  void aDescentEndsInTheBasinThatItWasIn(int k, double rho, double squares, double stepSize) {
    int p = 4;
    Teacher teacher = PlainDescent.teacher(k, p, rho, squares, 1);
    Reduction reduction = Reduction.of(teacher, stepSize);
    PlainDescent descent = new PlainDescent(teacher, stepSize);
    double border = CriticalPoints.of(teacher).saddleAngle().phi();
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 200; i++) {
      Student student = PlainDescent.start(teacher, random);
      int steps = 0;
      while (reduction.basin(Reduction.state(student, teacher)) == Basin.UNDECIDED) {
        descent.run(student, 1);
        steps++;
        assertThat(steps).isLessThan(10_000);
      }
      Basin basin = reduction.basin(Reduction.state(student, teacher));
      // The angle leaves a neighbourhood d of pi at the rate d^2: some starts take long.
      for (int round = 0; round < 2_000 && !hasEnded(student, teacher, border); round++) {
        descent.run(student, 100);
        assertThat(reduction.basin(Reduction.state(student, teacher))).isEqualTo(basin);
      }
      ReducedState end = Reduction.state(student, teacher);
      assertThat(end.angle().phi() < .1 ? Basin.GLOBAL : Basin.SPURIOUS).isEqualTo(basin);
      assertThat(hasEnded(student, teacher, border)).isTrue();
    }
  }

  private static boolean hasEnded(Student student, Teacher teacher, double border) {
    ReducedState state = Reduction.state(student, teacher);
    double phi = state.angle().phi();
    return state.overlap() > 0 ? phi < .1 : phi > border && phi > 3;
  }

  @Test
  void lanesDecideEachStartAsTheFourNumbersDo() {
    for (double rho : new double[] {0, 1, 4, 25}) {
      Reduction reduction = new Reduction(49, 1, Math.sqrt(rho * .25), .25, .1);
      int count = 500;
      Basin[] lanes = new Basin[count];
      BasinCounts counts =
          ReducedDescent.of(reduction)
              .descend(
                  ReducedStarts.of(reduction, 6, new SplittableRandom(4))::next,
                  count,
                  100_000,
                  (basin, start) -> lanes[start] = basin);
      ReducedStarts starts = ReducedStarts.of(reduction, 6, new SplittableRandom(4));
      int global = 0;
      for (int i = 0; i < count; i++) {
        ReducedState state = starts.next();
        while (reduction.basin(state) == Basin.UNDECIDED) {
          state = reduction.step(state);
        }
        assertThat(lanes[i]).as("start %d, rho %s", i, rho).isEqualTo(reduction.basin(state));
        global += lanes[i] == Basin.GLOBAL ? 1 : 0;
      }
      assertThat(counts.starts()).isEqualTo(count);
      assertThat(counts.global()).isEqualTo(global);
      assertThat(counts.spurious()).isEqualTo(count - global);
    }
  }

  /** rho = 0: a starts at 0, and the half of the sphere that v starts in decides. */
  @Test
  void halfOfAllStartsSucceedWhereTheTeachersWeightsSumToNothing() {
    Reduction reduction = new Reduction(36, 1, 0, .25, .1);
    int count = 40_000;
    BasinCounts counts =
        ReducedDescent.of(reduction)
            .descend(ReducedStarts.of(reduction, 6, new SplittableRandom(5))::next, count, 100_000);
    // Four standard deviations of a fair coin.
    assertThat(counts.global() / (double) count).isCloseTo(.5, within(4 * .5 / Math.sqrt(count)));
    assertThat(counts.undecided()).isZero();
  }

  /** For |a*| to 0, x settles before phi moves: what counts is on which side of phi_s v starts. */
  @ParameterizedTest
  @ValueSource(doubles = {1, 4, 7})
  void aSmallTeachersShareIsTheProbabilityToStartWithinTheSaddlesAngle(double rho) {
    double squares = 1e-6;
    Reduction reduction = new Reduction(25, 1, Math.sqrt(rho * squares), squares, .1);
    int count = 20_000;
    BasinCounts counts =
        ReducedDescent.of(reduction)
            .descend(
                ReducedStarts.of(reduction, 6, new SplittableRandom(6), 1)::next, count, 100_000);
    double phi = CriticalPoints.saddleAngle(25, rho).phi();
    // The integral of sin^4, the density of phi at p = 6, over its value at pi.
    double expected =
        (3 * phi / 8 - Math.sin(2 * phi) / 4 + Math.sin(4 * phi) / 32) / (3 * Math.PI / 8);
    double deviation = Math.sqrt(expected * (1 - expected) / count);
    assertThat(counts.global() / (double) count).isCloseTo(expected, within(4 * deviation));
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "2, 3, .5", "7, 6, 3", "25, 2, 0", "9, 4, 9"})
  void reducedStartsAreDistributedAsStartsInAllCoordinates(int k, int p, double rho) {
    Teacher teacher = PlainDescent.teacher(k, p, rho, 1, 1.3);
    ReducedStarts starts = ReducedStarts.of(Reduction.of(teacher, .1), p, new SplittableRandom(7));
    SplittableRandom random = new SplittableRandom(8);
    int count = 20_000;
    double[][] reduced = new double[6][count];
    double[][] full = new double[6][count];
    for (int i = 0; i < count; i++) {
      record(starts.next(), reduced, i);
      record(Reduction.state(PlainDescent.start(teacher, random), teacher), full, i);
    }
    for (int moment = 0; moment < reduced.length; moment++) {
      double difference = mean(reduced[moment]) - mean(full[moment]);
      double variance = variance(reduced[moment]) + variance(full[moment]);
      assertThat(difference)
          .as("moment %d", moment)
          .isCloseTo(0, within(4 * Math.sqrt(variance / count) + 1e-15));
    }
  }

  private static void record(ReducedState state, double[][] moments, int i) {
    double cos = state.angle().cos();
    double x = state.overlap();
    double sigma = state.sum();
    double[] values = {cos, cos * cos, x, x * x, sigma * sigma, x * sigma * sigma * x};
    for (int moment = 0; moment < values.length; moment++) {
      moments[moment][i] = values[moment];
    }
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double variance(double[] values) {
    double mean = mean(values);
    return Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum()
        / values.length;
  }

  /** Near the spurious point d' = d - eta |x_sp| R d^2 / (2 pi r^2): 1/d grows linearly. */
  @Test
  void descentToTheSpuriousPointIsSublinear() {
    Teacher teacher = PlainDescent.teacher(25, 6, 1, .25, 1);
    double stepSize = .1;
    Reduction reduction = Reduction.of(teacher, stepSize);
    ReducedState state = new ReducedState(FilterAngle.ofRadians(2.5), 1, -.05, 0);
    int steps = 2_000_000;
    for (int step = 0; step < steps / 2; step++) {
      state = reduction.step(state);
    }
    double before = 1 / state.angle().supplement();
    for (int step = 0; step < steps / 2; step++) {
      state = reduction.step(state);
    }
    double after = 1 / state.angle().supplement();
    double limit = 0;
    double[] spurious = CriticalPoints.of(teacher).spurious().student().a();
    for (int j = 0; j < spurious.length; j++) {
      limit += spurious[j] * teacher.a()[j];
    }
    double slope = stepSize * -limit / (2 * Math.PI * state.norm() * state.norm());
    // The next terms are smaller by d, here below 1e-3.
    assertThat((after - before) / (steps / 2.0)).isCloseTo(slope, within(2e-3 * slope));
  }

  @Test
  void theLossContractsInTheSecondPhaseAsPredicted() {
    Teacher teacher = PlainDescent.teacher(20, 25, 4, 1, 1);
    PlainDescent descent = new PlainDescent(teacher, .1);
    double[] v = teacher.w();
    v[0] += .5;
    Student student = Student.weightNormalised(v, teacher.a());
    // The slower of the two modes must be alone, and the loss above the closed form's rounding.
    descent.run(student, 150);
    double before = descent.loss(student);
    descent.run(student, 50);
    double after = descent.loss(student);
    assertThat(after).isGreaterThan(1e-13);
    double predicted =
        Reduction.of(teacher, .1).contraction(Reduction.state(student, teacher).norm());
    assertThat(Math.pow(after / before, 1 / 50.0)).isCloseTo(predicted, within(.01 * predicted));
  }

  /** With a step of at most 2 pi/(k + pi - 1), and rho > 0, where a start's a is not 0. */
  @ParameterizedTest
  @CsvSource({"25, 1, .2", "25, 25, .2", "100, 4, .06", "3, .1, 1", "64, 9, .0949"})
  void oneOfAStartsFourSignFlipsIsInTheGlobalBasinAtOnce(int k, double rho, double stepSize) {
    Reduction reduction = new Reduction(k, 1, Math.sqrt(rho * .25), .25, stepSize);
    ReducedStarts starts = ReducedStarts.of(reduction, 6, new SplittableRandom(10), 1);
    for (int i = 0; i < 1000; i++) {
      ReducedState start = starts.next();
      int sign = start.overlap() > 0 ? 1 : -1;
      FilterAngle angle = start.angle();
      ReducedState flip =
          new ReducedState(
              FilterAngle.ofRadians(Math.min(angle.phi(), angle.supplement())),
              1,
              sign * start.overlap(),
              sign * start.sum());
      assertThat(reduction.basin(flip)).isEqualTo(Basin.GLOBAL);
    }
  }

  @Test
  void theStepOfCertainSignFlipsIsTheShorterOfTwoBounds() {
    // 2 pi/(25 + pi - 1) below 4/(3/4 + 1/4), then 4/(2^2 (3 * 9 + 3^2)) below 2 pi/(2 + pi - 1).
    assertThat(new Reduction(25, 1, .5, .25, .1).signFlipsBound(1))
        .isCloseTo(.231497, within(1e-6));
    assertThat(new Reduction(2, 2, 3, 9, .1).signFlipsBound(1)).isCloseTo(1 / 36.0, within(1e-15));
    // It goes with r^2.
    assertThat(new Reduction(2, 2, 3, 9, .1).signFlipsBound(3)).isCloseTo(1 / 4.0, within(1e-15));
  }

  @Test
  void aStepThatIsTooLongEndsUndecidedOrDivergedAndNeverDecided() {
    Reduction reduction = new Reduction(25, 1, .5, .25, .6);
    assertThat(reduction.stableBound(1)).isLessThan(.6);
    BasinCounts counts =
        ReducedDescent.of(reduction)
            .descend(ReducedStarts.of(reduction, 6, new SplittableRandom(9))::next, 100, 5_000);
    assertThat(counts.diverged()).isEqualTo(100);
    counts =
        ReducedDescent.of(reduction)
            .descend(ReducedStarts.of(reduction, 6, new SplittableRandom(9))::next, 100, 100);
    assertThat(counts.undecided()).isEqualTo(100);
  }

  @Test
  void refusesWhatNoTeacherHas() {
    assertThatThrownBy(() -> new Reduction(0, 1, 1, 1, .1)).hasMessageContaining("k: 0 given");
    assertThatThrownBy(() -> new Reduction(4, 0, 1, 1, .1)).hasMessageContaining("|w*|: 0.0 given");
    assertThatThrownBy(() -> new Reduction(4, 1, 0, 0, .1)).hasMessageContaining("|a*|^2: 0.0");
    assertThatThrownBy(() -> new Reduction(4, 1, 2.1, 1, .1)).hasMessageContaining("1^T a*: 2.1");
    assertThatThrownBy(() -> new Reduction(4, 1, Double.NaN, 1, .1))
        .hasMessageContaining("1^T a*: NaN");
    for (double stepSize : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> new Reduction(4, 1, 1, 1, stepSize))
          .hasMessageContaining("stepSize: " + stepSize + " given");
    }
    Reduction reduction = new Reduction(4, 1, 1, 1, .1);
    assertThatThrownBy(() -> ReducedStarts.of(reduction, 0, new SplittableRandom(1)))
        .hasMessageContaining("p: 0 given");
    ReducedStarts starts = ReducedStarts.of(reduction, 2, new SplittableRandom(1));
    ReducedDescent descent = ReducedDescent.of(reduction);
    assertThatThrownBy(() -> descent.descend(starts::next, 0, 1)).hasMessageContaining("starts: 0");
    assertThatThrownBy(() -> descent.descend(starts::next, 1, 0))
        .hasMessageContaining("mostSteps: 0");
  }
}

package dev.patchgrad.descent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.patchgrad.internal.Checks;
import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.network.GaussianData;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import dev.patchgrad.population.FilterAngle;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random starts, and how many of them a teacher takes. */
class RestartsTest {
  /**
   * Five standard deviations of a binomial count: by the normal tail a fair test fails in fewer
   * than one of a million draws of its seed.
   */
  private static double bound(int trials, double probability) {
    return 5 * Math.sqrt(trials * probability * (1 - probability));
  }

  private static GradientDescent toTheGlobalBasin(Teacher teacher) {
    return GradientDescent.of(Objective.population(teacher), StopRule.inBasin(Basin.GLOBAL))
        .stepSize(StepSize.of(.1))
        .mostIterations(20_000)
        .givingUp(StopRule.inBasin(Basin.SPURIOUS));
  }

  @Test
  void theNumberNeededIsTheLeastThatReachesTheProbability() {
    for (double each : new double[] {.5, .55, .1, .01, 1e-6, .999}) {
      for (double wanted : new double[] {.5, .75, .9, .99, .999}) {
        int needed = Restarts.needed(wanted, each);
        assertThat(1 - Math.pow(1 - each, needed)).isGreaterThanOrEqualTo(wanted - 1e-9);
        assertThat(needed == 1 || 1 - Math.pow(1 - each, needed - 1) < wanted).isTrue();
      }
    }
    assertThat(Restarts.needed(.75, .5)).isEqualTo(2);
    assertThat(Restarts.needed(.875, .5)).isEqualTo(3);
    assertThat(Restarts.needed(.99, 1)).isEqualTo(1);
    assertThat(Restarts.needed(0, .5)).isEqualTo(1);
    assertThatThrownBy(() -> Restarts.needed(1, .5))
        .hasMessage("wanted: 1.0 given; expected a probability of at least 0 and below 1");
    assertThatThrownBy(() -> Restarts.needed(.5, 0))
        .hasMessage("each: 0.0 given; expected a probability above 0 and at most 1");
    assertThatThrownBy(() -> Restarts.needed(.5, Double.NaN))
        .hasMessage("each: NaN given; expected a probability above 0 and at most 1");
    assertThatThrownBy(() -> Restarts.needed(.5, 1e-12)).hasMessageStartingWith("each: 1.0E-12");
  }

  /** With 1^T a* = 0 the ball is a point, a = 0, and phi alone decides: exactly one half. */
  @Test
  void halfOfTheStartsSucceedWhereTheWeightsSumToZero() {
    Teacher teacher = Teacher.of(new double[] {0, 0, 1, 0, 0, 0}, new double[] {1, -1, .5, -.5});
    GradientDescent descent = toTheGlobalBasin(teacher);
    SplittableRandom random = new SplittableRandom(21);
    int trials = 1000;
    int global = 0;
    for (int trial = 0; trial < trials; trial++) {
      Student start = Initialisation.of(teacher).draw(random);
      assertThat(Checks.norm(start.a())).isZero();
      DescentResult result = descent.run(start);
      assertThat(result.ending()).isIn(Ending.REACHED, Ending.GIVEN_UP);
      assertThat(result.basin()).isNotEqualTo(Basin.UNDECIDED);
      global += result.ending() == Ending.REACHED ? 1 : 0;
    }
    assertThat((double) global).isCloseTo(trials * .5, within(bound(trials, .5)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void theDerivedNumberOfRestartsSucceedsAsOftenAsWanted(int together) {
    Teacher teacher = Teacher.of(new double[] {0, 0, 1, 0, 0, 0}, new double[] {1, -1, .5, -.5});
    int needed = Restarts.needed(.9, .5);
    assertThat(needed).isEqualTo(4);
    Restarts restarts =
        Restarts.of(toTheGlobalBasin(teacher), Initialisation.of(teacher))
            .mostDraws(needed)
            .together(together);
    int trials = 600;
    int found = 0;
    for (int trial = 0; trial < trials; trial++) {
      found += restarts.search(trial).reached().isPresent() ? 1 : 0;
    }
    double expected = 1 - Math.pow(.5, needed);
    assertThat((double) found)
        .isCloseTo(trials * expected, within(bound(trials, expected)))
        .isGreaterThan(trials * .9 - bound(trials, .9));
  }

  @Test
  void theStartsOfASearchDoNotDependOnHowManyRunTogether() {
    Teacher teacher = Teachers.of(6, 25, 1, 1);
    for (int seed = 0; seed < 20; seed++) {
      Restarts.Found one =
          Restarts.of(toTheGlobalBasin(teacher), Initialisation.of(teacher))
              .mostDraws(20)
              .search(seed);
      Restarts.Found many =
          Restarts.of(toTheGlobalBasin(teacher), Initialisation.of(teacher))
              .mostDraws(20)
              .together(20)
              .search(seed);
      // Of twenty at once the first to end may be another; the first of one at a time ends alike.
      int first = one.starts() - 1;
      assertThat(one.reached()).isPresent();
      assertThat(many.starts()).isEqualTo(20);
      for (int i = 0; i < first; i++) {
        DescentResult same = many.results().get(i);
        assertThat(same.ending()).isNotEqualTo(Ending.REACHED);
        if (same.ending() == Ending.GIVEN_UP) {
          assertThat(same.student().v()).isEqualTo(one.results().get(i).student().v());
          assertThat(same.iterations()).isEqualTo(one.results().get(i).iterations());
        }
      }
      assertThat(many.reached()).isPresent();
    }
  }

  @Test
  void aSearchRecoversATeacherFromDataAlone() {
    Teacher teacher = Teachers.of(6, 9, 0, 1);
    PatchBatch batch = GaussianData.of(teacher).n(600).seed(3).batch(Precision.DOUBLE);
    GradientDescent descent =
        GradientDescent.of(
                Objective.batch(Kernels.createStudents(Precision.DOUBLE), batch),
                StopRule.lossAtMost(1e-8))
            .mostIterations(3000);
    // By the labels alone nobody knows k's signs: a small ball will do.
    Restarts.Found found =
        Restarts.of(descent, Initialisation.inBall(.1).k(9).p(6))
            .mostDraws(40)
            .together(4)
            .search(5);
    TeacherDistance distance =
        TeacherDistance.between(found.reached().orElseThrow().student(), teacher);
    // The loss is quadratic at the minimum: an error of e costs some e^2/2 times an eigenvalue.
    assertThat(distance.filter()).isLessThan(1e-3);
    assertThat(distance.weights()).isLessThan(1e-3);
  }

  @Test
  void aSearchThatFindsNothingSaysSo() {
    Teacher teacher = Teachers.of(6, 25, 1, 1);
    GradientDescent hopeless =
        GradientDescent.of(Objective.population(teacher), StopRule.lossAtMost(0))
            .stepSize(StepSize.of(.1))
            .mostIterations(3);
    Restarts.Found found =
        Restarts.of(hopeless, Initialisation.of(teacher)).mostDraws(5).together(2).search(1);
    assertThat(found.reached()).isEmpty();
    assertThat(found.starts()).isEqualTo(5);
    assertThat(found.results()).map(DescentResult::ending).containsOnly(Ending.GIVEN_UP);
    Restarts.Found cancelled =
        Restarts.of(hopeless.cancelledBy(() -> true), Initialisation.of(teacher))
            .mostDraws(5)
            .together(2)
            .search(1);
    assertThat(cancelled.results()).map(DescentResult::ending).containsOnly(Ending.CANCELLED);
    assertThat(cancelled.starts()).isEqualTo(2);
  }

  @Test
  void startsAreUniformOnTheSphereAndInTheBall() {
    Teacher teacher = Teacher.of(new double[] {0, 3}, new double[] {1, 2, 1});
    Initialisation initialisation = Initialisation.of(teacher);
    assertThat(initialisation.radius()).isCloseTo(3 * 4 / Math.sqrt(3), within(1e-14));
    SplittableRandom random = new SplittableRandom(9);
    int trials = 2000;
    int right = 0;
    int inner = 0;
    int upper = 0;
    for (int trial = 0; trial < trials; trial++) {
      Student student = initialisation.draw(random);
      assertThat(Checks.norm(student.v())).isCloseTo(3 * Math.sqrt(6), within(1e-14));
      double length = Checks.norm(student.a());
      assertThat(length).isLessThanOrEqualTo(initialisation.radius() * (1 + 1e-15));
      right += student.v()[0] > 0 && student.v()[1] > 0 ? 1 : 0;
      inner += length < initialisation.radius() / 2 ? 1 : 0;
      upper += student.a()[2] > 0 ? 1 : 0;
    }
    assertThat((double) right).isCloseTo(trials / 4.0, within(bound(trials, .25)));
    // Half the radius holds (1/2)^k of the ball.
    assertThat((double) inner).isCloseTo(trials / 8.0, within(bound(trials, .125)));
    assertThat((double) upper).isCloseTo(trials / 2.0, within(bound(trials, .5)));
    assertThat(initialisation.draw(new SplittableRandom(9)).v())
        .isEqualTo(initialisation.draw(new SplittableRandom(9)).v());
  }

  @Test
  void exactlyOneSignFlipStartsWellAndItSucceeds() {
    Teacher teacher = Teachers.of(6, 25, 4, 1);
    SplittableRandom random = new SplittableRandom(13);
    for (int trial = 0; trial < 50; trial++) {
      Student start = Initialisation.of(teacher).draw(random);
      int good = 0;
      for (Student flipped : Initialisation.signFlips(start)) {
        double overlap = 0;
        for (int j = 0; j < teacher.k(); j++) {
          overlap += flipped.a()[j] * teacher.a()[j];
        }
        if (overlap > 0 && FilterAngle.between(flipped.v(), teacher.w()).phi() < Math.PI / 2) {
          good++;
          assertThat(toTheGlobalBasin(teacher).run(flipped).ending()).isEqualTo(Ending.REACHED);
        }
      }
      assertThat(good).isEqualTo(1);
    }
  }
}

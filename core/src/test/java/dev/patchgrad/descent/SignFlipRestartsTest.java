package dev.patchgrad.descent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.patchgrad.internal.Checks;
import dev.patchgrad.kernel.GradientKernel;
import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.kernel.StudentsKernel;
import dev.patchgrad.kernel.ThreadedKernel;
import dev.patchgrad.network.GaussianData;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Restarts that take the four sign flips of each draw: what each comes to, and that one succeeds.
 */
class SignFlipRestartsTest {
  private static final Teacher TEACHER = PlainDescent.teacher(9, 5, 2, 1, 1);

  /** Steps of a run that is only to be compared with another. */
  private static final int STEPS = 30;

  private static final double ETA = .1;

  /** No run reaches the goal, so that none is cancelled for another's sake. */
  private static GradientDescent thirtySteps(Objective objective) {
    return GradientDescent.of(objective, StopRule.lossAtMost(0))
        .stepSize(StepSize.of(ETA))
        .mostIterations(STEPS);
  }

  /** Ends each run where it starts: its student is the start. */
  private static Restarts startsAlone(int draws) {
    GradientDescent still =
        GradientDescent.of(Objective.population(TEACHER), StopRule.lossAtMost(0))
            .stepSize(StepSize.of(ETA))
            .mostIterations(0);
    return Restarts.of(still, Initialisation.of(TEACHER)).mostDraws(draws);
  }

  private static List<Student> students(Restarts.Found found) {
    return found.results().stream().map(DescentResult::student).toList();
  }

  @Test
  void aDrawsStartsAreTheFourSignFlipsInOrder() {
    List<Student> single = students(startsAlone(3).search(11));
    List<Student> flips = students(startsAlone(3).withSignFlips().search(11));
    assertThat(single).hasSize(3);
    assertThat(flips).hasSize(12);
    int[][] signs = {{1, 1}, {1, -1}, {-1, 1}, {-1, -1}};
    for (int start = 0; start < flips.size(); start++) {
      Student draw = single.get(start / 4);
      int signOfV = signs[start % 4][0];
      int signOfA = signs[start % 4][1];
      assertThat(flips.get(start).v())
          .isEqualTo(Arrays.stream(draw.v()).map(value -> signOfV * value).toArray());
      assertThat(flips.get(start).a())
          .isEqualTo(Arrays.stream(draw.a()).map(value -> signOfA * value).toArray());
    }
  }

  @Test
  void aSeedGivesTheSameStartsHoweverManyDrawsAreTogether() {
    List<Student> one = students(startsAlone(5).withSignFlips().search(12));
    List<Student> three = students(startsAlone(5).together(3).withSignFlips().search(12));
    List<Student> other = students(startsAlone(5).withSignFlips().search(13));
    for (int start = 0; start < 20; start++) {
      assertThat(three.get(start).v()).isEqualTo(one.get(start).v());
      assertThat(three.get(start).a()).isEqualTo(one.get(start).a());
      assertThat(other.get(start).v()).isNotEqualTo(one.get(start).v());
    }
  }

  /** The closed form takes one student after the other: whoever descends beside it. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void onThePopulationFourAtATimeComeOutAsOneByOneToTheBit(int together) {
    GradientDescent descent = thirtySteps(Objective.population(TEACHER));
    Restarts.Found found =
        Restarts.of(descent, Initialisation.of(TEACHER))
            .mostDraws(3)
            .together(together)
            .withSignFlips()
            .search(14);
    List<Student> starts = students(startsAlone(3).withSignFlips().search(14));
    assertThat(found.starts()).isEqualTo(12);
    for (int start = 0; start < 12; start++) {
      DescentResult alone = descent.run(starts.get(start));
      DescentResult result = found.results().get(start);
      assertThat(result.student().v()).isEqualTo(alone.student().v());
      assertThat(result.student().a()).isEqualTo(alone.student().a());
      assertThat(result.loss()).isEqualTo(alone.loss());
      assertThat(result.iterations()).isEqualTo(STEPS);
    }
  }

  /** Each way to take a batch: tiles, blocks, and each kernel for one student; those in layout. */
  static Stream<Arguments> objectives() {
    return Arrays.stream(Precision.values())
        .flatMap(
            precision -> {
              PatchBatch rows = GaussianData.of(TEACHER).n(300).seed(7).batch(precision);
              List<Arguments> all = new ArrayList<>();
              StudentsKernel tiles = Kernels.createStudents(precision);
              all.add(Arguments.of(precision, "tiles", Objective.batch(tiles, rows)));
              for (String name : Kernels.names()) {
                GradientKernel kernel = Kernels.create(name, precision);
                StudentsKernel several = Kernels.createStudents(name, precision);
                PatchBatch batch = rows.toLayout(kernel.layout());
                all.add(Arguments.of(precision, name, Objective.batch(kernel, batch)));
                all.add(Arguments.of(precision, name, Objective.batch(several, batch)));
              }
              return all.stream();
            });
  }

  /**
   * A gradient is off by some hundred roundings of numbers of order 1, of 1e-16 in double and 6e-8
   * in float; STEPS steps of ETA add as many of them. A gate whose w^T z is within rounding of 0
   * may fall to either side, which changes f by as little.
   */
  private static double tolerance(Precision precision) {
    double rounding = precision == Precision.FLOAT ? Math.ulp(1f) / 2 : Math.ulp(1.0) / 2;
    return STEPS * ETA * 100 * rounding;
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("objectives")
  void onABatchFourAtATimeComeOutAsOneByOne(Precision precision, String name, Objective objective) {
    Restarts.Found found =
        Restarts.of(thirtySteps(objective), Initialisation.of(TEACHER))
            .mostDraws(2)
            .withSignFlips()
            .search(15);
    GradientDescent scalar =
        thirtySteps(
            Objective.batch(
                Kernels.create("scalar", precision),
                GaussianData.of(TEACHER).n(300).seed(7).batch(precision)));
    List<Student> starts = students(startsAlone(2).withSignFlips().search(15));
    for (int start = 0; start < 8; start++) {
      DescentResult alone = scalar.run(starts.get(start));
      DescentResult result = found.results().get(start);
      assertThat(result.student().v())
          .containsExactly(alone.student().v(), within(tolerance(precision)));
      assertThat(result.student().a())
          .containsExactly(alone.student().a(), within(tolerance(precision)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void theKernelForSignFlipsServesBatchesOfItsLayout(Precision precision) {
    for (String name : Kernels.names()) {
      boolean isItsLayout =
          Kernels.create(name, precision)
              .layout()
              .equals(Kernels.createSignFlips(precision).layout());
      assertThat(BatchKernel.of(Kernels.create(name, precision)).signFlips().isPresent())
          .as(name)
          .isEqualTo(isItsLayout)
          .isEqualTo(
              BatchKernel.of(Kernels.createStudents(name, precision)).signFlips().isPresent())
          .isEqualTo(name.equals("interleaved"));
    }
    assertThat(BatchKernel.of(Kernels.createStudents(precision)).signFlips()).isEmpty();
    try (ThreadedKernel threaded = Kernels.create("interleaved", precision, 2)) {
      assertThat(BatchKernel.of(threaded).signFlips()).as("two threads").isEmpty();
    }
  }

  /** With mini-batches the flips are a step like any other: the next takes the next mini-batch. */
  @ParameterizedTest
  @ValueSource(strings = {"scalar", "interleaved"})
  void theFlipsOfAStartTakeOneMiniBatch(String name) {
    GradientKernel kernel = Kernels.create(name, Precision.DOUBLE);
    PatchBatch rows = GaussianData.of(TEACHER).n(96).seed(7).batch(Precision.DOUBLE);
    List<PatchBatch> parts = Objective.cut(rows.toLayout(kernel.layout()), 32);
    Objective flips = Objective.miniBatches(kernel, parts, new SplittableRandom(4));
    Objective separate = Objective.miniBatches(kernel, parts, new SplittableRandom(4));
    Student start = Initialisation.of(TEACHER).draw(new SplittableRandom(16));
    List<Student> four = Initialisation.signFlips(start);
    List<Gradient> out = four.stream().map(Gradient::of).toList();
    List<Gradient> expected = four.stream().map(Gradient::of).toList();
    for (int step = 0; step < 7; step++) {
      flips.evaluateSignFlips(start, out);
      separate.evaluate(four, expected);
      for (int flip = 0; flip < 4; flip++) {
        // Some hundred roundings of numbers of order 1.
        assertThat(out.get(flip).loss()).isCloseTo(expected.get(flip).loss(), within(1e-14));
        assertThat(out.get(flip).dv()).containsExactly(expected.get(flip).dv(), within(1e-14));
        assertThat(out.get(flip).da()).containsExactly(expected.get(flip).da(), within(1e-14));
      }
    }
  }

  /** Records what a descent asks of an objective. */
  private static final class Asked implements Objective {
    private final Objective objective = Objective.population(TEACHER);
    private final List<Integer> students = new ArrayList<>();
    private final List<Integer> flips = new ArrayList<>();

    @Override
    public int k() {
      return objective.k();
    }

    @Override
    public int p() {
      return objective.p();
    }

    @Override
    public Optional<Teacher> teacher() {
      return objective.teacher();
    }

    @Override
    public double lossAtZero() {
      return objective.lossAtZero();
    }

    @Override
    public void evaluate(List<Student> some, List<Gradient> out) {
      students.add(some.size());
      objective.evaluate(some, out);
    }

    @Override
    public void evaluateSignFlips(Student start, List<Gradient> out) {
      flips.add(students.size());
      Objective.super.evaluateSignFlips(start, out);
    }
  }

  @Test
  void allStartsOfTheDrawsUnderWayAreEvaluatedTogether() {
    Asked alone = new Asked();
    GradientDescent twoSteps =
        GradientDescent.of(alone, StopRule.lossAtMost(0))
            .stepSize(StepSize.of(ETA))
            .mostIterations(2);
    Restarts.of(twoSteps, Initialisation.of(TEACHER)).mostDraws(2).withSignFlips().search(17);
    assertThat(alone.students).containsExactly(4, 4, 4, 4, 4, 4);
    assertThat(alone.flips).as("the first call of each draw").containsExactly(0, 3);

    Asked pairs = new Asked();
    twoSteps =
        GradientDescent.of(pairs, StopRule.lossAtMost(0))
            .stepSize(StepSize.of(ETA))
            .mostIterations(2);
    Restarts.of(twoSteps, Initialisation.of(TEACHER))
        .mostDraws(3)
        .together(2)
        .withSignFlips()
        .search(17);
    assertThat(pairs.students).containsExactly(8, 8, 8, 4, 4, 4);
    assertThat(pairs.flips).as("the draw that was alone").containsExactly(3);
  }

  @Test
  void theNextDrawBeginsWhereTheLastStartOfOneIsGivenUp() {
    Asked asked = new Asked();
    GradientDescent untilLost =
        GradientDescent.of(asked, StopRule.lossAtMost(0))
            .stepSize(StepSize.of(ETA))
            .mostIterations(40)
            .givingUp(StopRule.inBasin(Basin.SPURIOUS));
    Restarts.Found found =
        Restarts.of(untilLost, Initialisation.of(TEACHER)).mostDraws(4).withSignFlips().search(18);
    assertThat(found.draws()).isEqualTo(4);
    List<Integer> longest = new ArrayList<>();
    for (int draw = 0; draw < 4; draw++) {
      longest.add(
          found.results().subList(4 * draw, 4 * draw + 4).stream()
              .mapToInt(result -> result.iterations() + 1)
              .max()
              .orElseThrow());
    }
    assertThat(found.results()).anyMatch(result -> result.iterations() < 40);
    assertThat(asked.students).hasSize(longest.stream().mapToInt(Integer::intValue).sum());
    assertThat(asked.flips)
        .containsExactly(
            0,
            longest.get(0),
            longest.get(0) + longest.get(1),
            longest.get(0) + longest.get(1) + longest.get(2));
  }

  /** Beside them, how many of the draws' single starts succeed. */
  @ParameterizedTest(name = "p {0}, k {1}, rho {2}, |a*|^2 {3}, |w*| {4}")
  @CsvSource({
    "2, 1, 1, 1, 1",
    "3, 2, .5, 1, 1",
    "6, 25, 1, .25, 1",
    "6, 25, 4, 4, 1",
    "6, 25, .01, .25, 1",
    "6, 100, 16, .25, 1",
    "25, 20, 4, 1, 2",
    "64, 9, 8.9, 1, .5",
    "8, 16, 0, 1, 1"
  })
  void oneDrawOfFourIsEnough(int p, int k, double rho, double squares, double scale) {
    Teacher teacher = PlainDescent.teacher(k, p, rho, squares, scale);
    double eta = Reduction.of(teacher, 1).signFlipsBound(LabelScale.of(teacher));
    GradientDescent descent =
        GradientDescent.of(Objective.population(teacher), StopRule.inBasin(Basin.GLOBAL))
            .stepSize(StepSize.of(eta))
            .mostIterations(20_000)
            .givingUp(StopRule.inBasin(Basin.SPURIOUS));
    Restarts restarts = Restarts.of(descent, Initialisation.of(teacher)).mostDraws(1);
    int draws = 200;
    int single = 0;
    for (int seed = 0; seed < draws; seed++) {
      assertThat(restarts.withSignFlips().search(seed).reached()).as("seed %d", seed).isPresent();
      single += restarts.search(seed).reached().isPresent() ? 1 : 0;
    }
    // Of single starts a share between one half, for rho to 0, and 1 succeeds: all of them where
    // there is no spurious minimum, from rho = (k + pi - 1)/pi on. 5 standard deviations of a
    // count.
    double half = draws / 2.0;
    double deviations = 5 * Math.sqrt(draws / 4.0);
    assertThat((double) single).isGreaterThan(half - deviations);
    if (rho >= (k + Math.PI - 1) / Math.PI) {
      assertThat(single).isEqualTo(draws);
    } else {
      assertThat(single).isLessThan(draws);
    }
    if (rho < .1) {
      assertThat((double) single).isCloseTo(half, within(deviations));
    }
  }

  /** The paper's condition on a start: x > 0 and phi < pi/2. */
  @ParameterizedTest
  @CsvSource({"2, 1, 1", "3, 2, .5", "6, 25, 1", "6, 100, 16", "64, 9, 8.9"})
  void exactlyOneOfTheFourStartsWellAndItReachesTheTeacher(int p, int k, double rho) {
    Teacher teacher = PlainDescent.teacher(k, p, rho, 1, 1);
    double eta = Reduction.of(teacher, 1).signFlipsBound(LabelScale.of(teacher));
    GradientDescent decided =
        GradientDescent.of(Objective.population(teacher), StopRule.inBasin(Basin.GLOBAL))
            .stepSize(StepSize.of(eta))
            .mostIterations(20_000)
            .givingUp(StopRule.inBasin(Basin.SPURIOUS));
    GradientDescent near =
        GradientDescent.of(
                Objective.population(teacher),
                StopRule.filterWithin(1e-3).and(StopRule.weightsWithin(1e-3)))
            .stepSize(StepSize.of(eta))
            .mostIterations(100_000);
    SplittableRandom random = new SplittableRandom(19);
    for (int draw = 0; draw < 50; draw++) {
      Student start = Initialisation.of(teacher).draw(random);
      List<Student> good =
          Initialisation.signFlips(start).stream()
              .filter(flip -> Reduction.state(flip, teacher).overlap() > 0)
              .filter(flip -> Reduction.state(flip, teacher).angle().phi() < Math.PI / 2)
              .toList();
      assertThat(good).hasSize(1);
      assertThat(decided.run(good.getFirst()).iterations()).as("certain at once").isZero();
      assertThat(near.run(good.getFirst()).ending()).isEqualTo(Ending.REACHED);
    }
  }

  @Test
  void theFourStartsOfASearchOnDataRecoverTheTeacher() {
    PatchBatch batch = GaussianData.of(TEACHER).n(1000).seed(3).batch(Precision.DOUBLE);
    GradientDescent descent =
        GradientDescent.of(Objective.batch(batch).labelledBy(TEACHER), StopRule.lossAtMost(1e-10))
            .mostIterations(5000)
            .givingUp(StopRule.inBasin(Basin.SPURIOUS));
    for (int seed = 0; seed < 5; seed++) {
      Restarts.Found found =
          Restarts.of(descent, Initialisation.of(TEACHER))
              .mostDraws(1)
              .withSignFlips()
              .search(seed);
      DescentResult reached = found.reached().orElseThrow();
      // The loss is quadratic at the minimum: an error of e costs some e^2/2 times an eigenvalue.
      assertThat(TeacherDistance.between(reached.student(), TEACHER).filter()).isLessThan(1e-4);
      assertThat(found.results()).contains(reached).hasSize(4);
    }
  }

  @Test
  void badSettingsAreRefused() {
    GradientDescent descent = thirtySteps(Objective.population(TEACHER));
    Initialisation initialisation = Initialisation.of(TEACHER);
    assertThatThrownBy(() -> Restarts.of(descent, initialisation).mostDraws(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("mostDraws: 0 given; expected at least 1");
    assertThatThrownBy(() -> Restarts.of(descent, initialisation).mostDraws(1).together(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("together: 0 given; expected at least 1");
    assertThatThrownBy(() -> Restarts.of(descent, Initialisation.inBall(1).k(8).p(5)).mostDraws(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("initialisation: k: length 8 given; expected k of the objective = 9");
    assertThatThrownBy(() -> Restarts.of(descent, Initialisation.inBall(1).k(9).p(4)).mostDraws(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("initialisation: p: length 4 given; expected p of the objective = 5");
    Student other = Student.weightNormalised(new double[] {1}, new double[9]);
    Objective batch =
        Objective.batch(
            Kernels.create("interleaved", Precision.DOUBLE),
            GaussianData.of(TEACHER)
                .n(8)
                .seed(1)
                .batch(Precision.DOUBLE)
                .toLayout(Kernels.create("interleaved", Precision.DOUBLE).layout()));
    List<Gradient> out = Stream.generate(() -> Gradient.of(other)).limit(4).toList();
    assertThatThrownBy(() -> batch.evaluateSignFlips(other, out))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("student: p = 1 given; expected p = 5 of the batch");
    assertThat(Checks.norm(out.getFirst().dv())).isZero();
  }
}

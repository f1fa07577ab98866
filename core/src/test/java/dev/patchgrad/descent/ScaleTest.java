package dev.patchgrad.descent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.patchgrad.internal.Checks;
import dev.patchgrad.kernel.GradientKernel;
import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.network.GaussianData;
import dev.patchgrad.network.Parametrisation;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Descent takes the same course, and recovers the teacher, at every scale of w*, a* and labels. */
class ScaleTest {
  private static final double[] W = {2, .5, 1};
  private static final double[] A = {.75, -.5, 1};

  /** 2^332 is 1e100, and 2^100 is 1e30. */
  private static final int DOUBLE_EXPONENT = 332;

  private static final int FLOAT_EXPONENT = 100;

  private static double[] times(double factor, double[] values) {
    return Arrays.stream(values).map(value -> factor * value).toArray();
  }

  private static Teacher teacher(double ofFilter, double ofWeights) {
    return Teacher.of(times(ofFilter, W), times(ofWeights, A));
  }

  private static double power(int exponent) {
    return Math.scalb(1.0, exponent);
  }

  /** Everything that a course is seen by, the end included, but for its scale. */
  private record Course(
      List<List<Double>> points, List<Double> v, List<Double> a, Ending ending, int steps) {
    static Course of(Objective objective, Student start, double scale) {
      Trajectory trajectory = new Trajectory();
      DescentResult result =
          new GradientDescent(
                  objective,
                  StepSize.derived(),
                  StopRule.filterWithin(1e-6).and(StopRule.weightsShareWithin(1e-6)),
                  2000)
              .watchedBy(trajectory, 1)
              .run(start);
      double parameters =
          start.parametrisation() == Parametrisation.PLAIN ? Math.sqrt(scale) : scale;
      return new Course(
          trajectory.points().stream()
              .map(
                  point ->
                      List.of(
                          point.loss() / scale / scale,
                          point.gradientNorm() / scale / (scale / parameters),
                          point.filterNorm() / parameters,
                          point.weightNorm() / parameters,
                          point.distance().orElseThrow().filter(),
                          point.distance().orElseThrow().weights() / scale))
              .toList(),
          list(times(1 / parameters, result.student().v())),
          list(times(1 / parameters, result.student().a())),
          result.ending(),
          result.iterations());
    }

    private static List<Double> list(double[] values) {
      return Arrays.stream(values).boxed().toList();
    }

    void assertSame(Course other) {
      assertThat(steps).isEqualTo(other.steps);
      assertThat(ending).isEqualTo(other.ending);
      for (int i = 0; i < points.size(); i++) {
        assertThat(points.get(i)).as("point %d", i).isEqualTo(other.points.get(i));
      }
      assertThat(v).isEqualTo(other.v);
      assertThat(a).isEqualTo(other.a);
    }
  }

  private static Student start(Teacher teacher) {
    return Initialisation.of(teacher).draw(new SplittableRandom(4));
  }

  /** The factors of w* and of a*, each as an exponent of 2. */
  @ParameterizedTest
  @CsvSource({"332, 0", "-332, 0", "0, 332", "0, -332", "332, -332", "-300, 301", "17, 5"})
  void aPopulationsCourseIsTheSameToTheBitAtEveryPowerOfTwo(int ofFilter, int ofWeights) {
    Teacher one = teacher(1, 1);
    Teacher other = teacher(power(ofFilter), power(ofWeights));
    Course expected = Course.of(Objective.population(one), start(one), 1);
    assertThat(expected.ending()).isEqualTo(Ending.REACHED);
    Course.of(Objective.population(other), start(other), power(ofFilter + ofWeights))
        .assertSame(expected);
  }

  /**
   * w and a each take the root of the scale, and the step its inverse. The gradient goes with the
   * scale to the 3/2: at both ends its square is beyond a double's range.
   */
  @ParameterizedTest
  @ValueSource(ints = {-460, -332, -2, 40, 332, 460})
  void aPlainStudentsCourseIsTheSameToTheBitAtEveryPowerOfFour(int exponent) {
    Student start = Student.plain(new double[] {1, 1, .5}, new double[] {1, .25, .5});
    double root = power(exponent / 2);
    Course expected = Course.of(Objective.population(teacher(1, 1)), start, 1);
    assertThat(expected.ending()).isEqualTo(Ending.REACHED);
    Course.of(
            Objective.population(teacher(power(exponent), 1)),
            Student.plain(times(root, start.v()), times(root, start.a())),
            power(exponent))
        .assertSame(expected);
  }

  /** Those that sum in one order from the first call on, compiled or not. */
  static Stream<Arguments> kernels() {
    return Stream.of("scalar", "ejml", "interleaved")
        .flatMap(
            name ->
                Stream.of(Precision.values())
                    .flatMap(
                        precision -> {
                          int most =
                              precision == Precision.FLOAT ? FLOAT_EXPONENT : DOUBLE_EXPONENT;
                          return Stream.of(-most, most)
                              .map(exponent -> Arguments.of(name, precision, exponent));
                        }));
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void aBatchsCourseIsTheSameToTheBitAtEveryPowerOfTwo(
      String name, Precision precision, int exponent) {
    Course[] courses = new Course[2];
    for (int i = 0; i < 2; i++) {
      Teacher teacher = teacher(power(i * exponent), 1);
      GradientKernel kernel = Kernels.create(name, precision);
      PatchBatch batch =
          GaussianData.of(teacher).n(100).seed(3).batch(precision).toLayout(kernel.layout());
      courses[i] =
          Course.of(
              Objective.batch(kernel, batch).labelledBy(teacher),
              start(teacher),
              power(i * exponent));
    }
    courses[1].assertSame(courses[0]);
  }

  private static Restarts.Found recover(Teacher teacher, Objective objective, boolean signFlips) {
    GradientDescent descent =
        new GradientDescent(
                objective.labelledBy(teacher),
                StepSize.derived(),
                StopRule.filterWithin(1e-6).and(StopRule.lossShareAtMost(1e-10)),
                10_000)
            .givingUp(StopRule.inBasin(Basin.SPURIOUS));
    Restarts restarts = new Restarts(descent, Initialisation.of(teacher), 20);
    return (signFlips ? restarts.withSignFlips() : restarts).search(7);
  }

  private static void assertRecoversAlike(Restarts.Found found, Restarts.Found expected) {
    DescentResult result = found.reached().orElseThrow();
    assertThat(result.basin()).isEqualTo(Basin.GLOBAL);
    assertThat(result.warning()).isEmpty();
    assertThat(found.draws()).isEqualTo(expected.draws());
    double iterations = expected.reached().orElseThrow().iterations();
    assertThat((double) result.iterations()).isCloseTo(iterations, within(.1 * iterations));
  }

  /** No powers of two, so that every rounding differs. */
  @ParameterizedTest
  @CsvSource({
    "1e-100, 1",
    "1e-30, 1",
    "1e-3, 1",
    ".1, 1",
    "10, 1",
    "1000, 1",
    "1e30, 1",
    "1e100, 1",
    "1, 1e-100",
    "1, 1e-3",
    "1, 1000",
    "1, 1e100",
    "1e100, 1e-100",
    "1e-60, 1e-40",
    "1e60, 1e40"
  })
  void aSearchRecoversTheTeacherAtEveryScale(double ofFilter, double ofWeights) {
    Teacher one = teacher(1, 1);
    Teacher other = teacher(ofFilter, ofWeights);
    for (boolean signFlips : new boolean[] {false, true}) {
      assertRecoversAlike(
          recover(other, Objective.population(other), signFlips),
          recover(one, Objective.population(one), signFlips));
      assertRecoversAlike(
          recover(other, batch(other, Precision.DOUBLE), signFlips),
          recover(one, batch(one, Precision.DOUBLE), signFlips));
    }
  }

  /** The first example of learning in docs/using-the-library.md, at w* times 1000 and at 1. */
  @Test
  void theDocumentsExampleTakesAsManyIterationsAtAThousandTimesTheScale() {
    List<Restarts.Found> found = new ArrayList<>();
    for (double scale : new double[] {1, 1000}) {
      Teacher teacher = teacher(scale, 1);
      PatchBatch data = GaussianData.of(teacher).n(2000).seed(42).batch(Precision.DOUBLE);
      GradientDescent descent =
          GradientDescent.of(Objective.batch(data).labelledBy(teacher), StopRule.filterWithin(1e-6))
              .mostIterations(10_000)
              .givingUp(StopRule.inBasin(Basin.SPURIOUS));
      found.add(
          Restarts.of(descent, Initialisation.of(teacher)).mostDraws(20).withSignFlips().search(7));
    }
    assertRecoversAlike(found.get(1), found.get(0));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-30, 1e-10, 1e-3, 1000, 1e10, 1e30})
  void aSearchRecoversTheTeacherFromFloatsAtEveryScale(double scale) {
    Teacher one = teacher(1, 1);
    Teacher other = teacher(scale, 1);
    for (boolean signFlips : new boolean[] {false, true}) {
      assertRecoversAlike(
          recover(other, batch(other, Precision.FLOAT), signFlips),
          recover(one, batch(one, Precision.FLOAT), signFlips));
    }
  }

  private static Objective batch(Teacher teacher, Precision precision) {
    return Objective.batch(GaussianData.of(teacher).n(500).seed(42).batch(precision));
  }

  /** Nobody knows the teacher: starts, step and rule go by the labels. */
  @ParameterizedTest
  @CsvSource({
    "1e-100, DOUBLE",
    "1e-3, DOUBLE",
    "1, DOUBLE",
    "1e100, DOUBLE",
    "1e-30, FLOAT",
    "1e30, FLOAT"
  })
  void aSearchByTheLabelsAloneRecoversTheTeacherAtEveryScale(double scale, Precision precision) {
    Teacher teacher = teacher(scale, 1);
    PatchBatch data = GaussianData.of(teacher).n(2000).seed(42).batch(precision);
    GradientDescent descent =
        new GradientDescent(
            Objective.batch(data), StepSize.derived(), StopRule.lossShareAtMost(1e-8), 2000);
    DescentResult result =
        new Restarts(descent, Initialisation.of(data), 5)
            .withSignFlips()
            .search(7)
            .reached()
            .orElseThrow();
    TeacherDistance distance = TeacherDistance.between(result.student(), teacher);
    // A share q of the loss leaves errors of some sqrt(q) = 1e-4 of all.
    assertThat(distance.filter()).isLessThan(1e-3);
    assertThat(distance.weights()).isLessThan(1e-3 * LabelScale.of(teacher));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-100, 1, 1e100})
  void whatLabelsTellOfTheTeacherIsWhatTheTeacherSays(double scale) {
    Teacher teacher = teacher(scale, 1);
    int n = 100_000;
    Initialisation known = Initialisation.of(teacher);
    Initialisation estimated =
        Initialisation.of(GaussianData.of(teacher).n(n).seed(1).batch(Precision.DOUBLE));
    assertThat(estimated.k()).isEqualTo(3);
    assertThat(estimated.p()).isEqualTo(3);
    // The relative deviation of a second moment of n labels is some sqrt(8/n) = 0.9 %: five times.
    double tolerance = 5 * Math.sqrt(8.0 / n);
    assertThat(estimated.filterNorm() / known.filterNorm()).isCloseTo(1, within(tolerance));
    assertThat(estimated.radius() / known.radius()).isCloseTo(1, within(tolerance));
    assertThatThrownBy(
            () ->
                Initialisation.of(
                    GaussianData.of(Teacher.of(W, new double[3]))
                        .n(10)
                        .seed(1)
                        .batch(Precision.DOUBLE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("batch: all labels are 0; expected labels that something can be learned from");
  }

  /** R, S, N and r of the class comment, multiplied as it says. */
  @ParameterizedTest
  @CsvSource({"332, 0", "-332, 0", "0, 332", "0, -332", "200, -200"})
  void fourNumbersStepAndAreDecidedAlikeAtEveryPowerOfTwo(int ofFilter, int ofWeights) {
    double w = power(ofFilter);
    double a = power(ofWeights);
    int k = 25;
    Reduction one = new Reduction(k, 1, .75, .25, .1);
    Reduction other = new Reduction(k, w, .75 * a, .25 * a * a, .1);
    ReducedStarts starts = ReducedStarts.of(one, 6, new SplittableRandom(1));
    ReducedStarts others = ReducedStarts.of(other, 6, new SplittableRandom(1));
    for (int i = 0; i < 200; i++) {
      ReducedState state = starts.next();
      ReducedState stretched = others.next();
      for (int step = 0; step < 40; step++) {
        assertThat(stretched).isEqualTo(stretched(state, w, a));
        assertThat(other.basin(stretched)).isEqualTo(one.basin(state));
        state = one.step(state);
        stretched = other.step(stretched);
      }
    }
    int count = 2000;
    BasinCounts expected = descend(one, count);
    assertThat(descend(other, count)).isEqualTo(expected);
    assertThat(expected.global()).isBetween(count / 2, count - 1);
    assertThat(other.stableBound(.5 * w * a)).isEqualTo(one.stableBound(.5));
    assertThat(other.signFlipsBound(.5 * w * a)).isEqualTo(one.signFlipsBound(.5));
  }

  private static ReducedState stretched(ReducedState state, double w, double a) {
    return new ReducedState(
        state.angle(), state.norm() * w * a, state.overlap() * w * a * a, state.sum() * w * a);
  }

  private static BasinCounts descend(Reduction reduction, int count) {
    return ReducedDescent.of(reduction)
        .descend(ReducedStarts.of(reduction, 6, new SplittableRandom(2))::next, count, 100_000);
  }

  /** pi/(k + pi - 1) is below both bounds of the sign flips for each rho of at most k. */
  @Test
  void theDerivedStepOfAStartIsFreeOfScaleAndOneForWhichSignFlipsAreCertain() {
    SplittableRandom random = new SplittableRandom(3);
    for (int trial = 0; trial < 300; trial++) {
      int k = 2 + random.nextInt(50);
      double rho = k * random.nextDouble();
      double scale = Math.pow(10, 200 * random.nextDouble() - 100);
      Teacher teacher = PlainDescent.teacher(k, 4, rho, 1, scale);
      Student start = Initialisation.of(teacher).draw(random);
      double eta = StepSize.derived().resolve(Objective.population(teacher), start);
      double expected = Math.PI / (k + Math.PI - 1);
      assertThat(eta).isCloseTo(expected, within(1e-14));
      assertThat(eta)
          .isLessThanOrEqualTo(Reduction.of(teacher, eta).signFlipsBound(Checks.norm(start.v())));
    }
  }

  @Test
  void aStartFarFromTheLabelsScaleIsRefusedWithWhatSuitsThem() {
    Teacher teacher = teacher(1000, 1);
    StopRule near = StopRule.filterWithin(1e-6);
    Objective objective = Objective.population(teacher);
    GradientDescent descent = new GradientDescent(objective, StepSize.derived(), near, 10_000);
    Student unit = Student.weightNormalised(new double[] {1, 0, 0}, new double[] {1, 1, 1});
    Student suitable = Student.weightNormalised(new double[] {3000, 0, 0}, new double[] {1, 1, 1});
    Student longest = Student.weightNormalised(new double[] {1e9, 0, 0}, new double[] {1, 1, 1});
    assertThatThrownBy(() -> descent.run(unit))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "start.v: |v| = 1.00 given; from there an error falls by the factor e in 2.8e+07"
                + " iterations, and at most 10000 are allowed; expected |v| near 3.08e+03, as"
                + " Initialisation.of(teacher) draws it, for labels with |w*| |a*| = 3.08e+03");
    assertThatThrownBy(() -> descent.run(longest))
        .hasMessageStartingWith("start.v: |v| = 1.00e+09");
    assertThatThrownBy(
            () -> new Restarts(descent, Initialisation.inBall(1000).k(3).p(3), 20).search(1))
        .hasMessageStartingWith("start.v: |v| = 1.00 given");
    assertThat(descent.run(suitable).ending()).isNotEqualTo(Ending.DIVERGED);
    // What asks for no convergence may start anywhere.
    for (StopRule rule :
        List.of(
            StopRule.after(3),
            near.or(StopRule.after(3)),
            StopRule.inBasin(Basin.GLOBAL),
            StopRule.filterWithin(1.9))) {
      assertThat(new GradientDescent(objective, StepSize.derived(), rule, 5).run(unit).iterations())
          .isLessThanOrEqualTo(5);
    }
    Student plain = Student.plain(new double[] {1e4, 0, 0}, new double[] {1, 1, 1});
    assertThatThrownBy(() -> descent.run(plain)).hasMessageContaining("expected |v| near 55.5");
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-40, 1, 1e40})
  void sharesAreRulesOfTheSameMeaningAtEveryScale(double scale) {
    Teacher teacher = teacher(scale, 1);
    Objective objective = Objective.population(teacher);
    List<Integer> iterations = new ArrayList<>();
    for (StopRule rule :
        List.of(
            StopRule.lossShareAtMost(1e-4),
            StopRule.lossAtMost(1e-4 * objective.lossAtZero()),
            StopRule.weightsShareWithin(1e-3),
            StopRule.weightsWithin(1e-3 * LabelScale.of(teacher)))) {
      DescentResult result =
          new GradientDescent(objective, StepSize.derived(), rule, 5000).run(start(teacher));
      assertThat(result.ending()).isEqualTo(Ending.REACHED);
      iterations.add(result.iterations());
    }
    assertThat(iterations.get(0)).isEqualTo(iterations.get(1)).isGreaterThan(10);
    assertThat(iterations.get(2)).isEqualTo(iterations.get(3)).isGreaterThan(10);
  }

  @Test
  void whatNoDoubleHoldsIsRefusedBeforeAnythingIsComputed() {
    String range =
        " given; expected 1.0E-290 to 1.0E290, so that losses stay within a double's range:"
            + " multiply the labels, or a*, by a number";
    assertThatThrownBy(() -> Objective.population(teacher(1e100, 1e100)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("labels: 1/2 E[y^2] = Infinity" + range);
    PatchBatch batch = GaussianData.of(teacher(1, 1)).n(10).seed(1).batch(Precision.DOUBLE);
    GradientKernel kernel = Kernels.create("scalar", Precision.DOUBLE);
    assertThatThrownBy(() -> Objective.batch(kernel, batch.withLabelsTimes(1e200)))
        .hasMessage("labels: 1/2 E[y^2] = Infinity" + range);
    assertThatThrownBy(() -> Objective.batch(kernel, batch.withLabelsTimes(1e-200)))
        .hasMessage("labels: 1/2 E[y^2] = 4.9E-324" + range);
    assertThatThrownBy(() -> Objective.batch(batch.withLabelsTimes(1e-200)))
        .hasMessage("labels: 1/2 E[y^2] = 4.9E-324" + range);

    GradientDescent descent =
        new GradientDescent(
            Objective.population(teacher(1, 1)), StepSize.derived(), StopRule.after(1), 1);
    Student faint = Student.weightNormalised(times(1e-170, W), A);
    assertThatThrownBy(() -> descent.run(faint))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("start.v: |v| = ")
        .hasMessageEndingWith(", for which there is a stable step size");
    Student huge = Student.plain(times(1e160, W), times(1e160, A));
    assertThatThrownBy(() -> descent.warning(huge)).hasMessageStartingWith("start.v: |v| = ");
    Student nothing = Student.weightNormalised(W, new double[3]);
    for (double norm : new double[] {0, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> Initialisation.of(teacher(1, 1)).withFilterNorm(norm))
          .hasMessage("filterNorm: " + norm + " given; expected a finite number above 0");
      assertThatThrownBy(
              () ->
                  ReducedStarts.of(new Reduction(4, 1, 1, 1, .1), 2, new SplittableRandom(1), norm))
          .hasMessage("filterNorm: " + norm + " given; expected a finite number above 0");
    }
    assertThat(descent.run(nothing).ending()).isEqualTo(Ending.REACHED);
  }
}

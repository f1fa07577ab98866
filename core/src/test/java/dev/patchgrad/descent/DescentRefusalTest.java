package dev.patchgrad.descent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.patchgrad.network.GaussianData;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What descents, rules, steps and labels refuse by name, and what they say of themselves. */
class DescentRefusalTest {
  private static final Teacher TEACHER = Teacher.of(new double[] {0, 2, 0}, new double[] {3, 4});
  private static final PatchBatch BATCH =
      GaussianData.of(TEACHER).n(4).seed(1).batch(Precision.DOUBLE);
  private static final Student START =
      Student.weightNormalised(new double[] {3, 4, 0}, new double[] {1, 1});

  private static void refused(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void aRuleOfANegativeOrUnknownBoundIsRefused() {
    List<DoubleFunction<StopRule>> shares =
        List.of(StopRule::lossShareAtMost, StopRule::weightsShareWithin);
    List<DoubleFunction<StopRule>> distances =
        List.of(StopRule::filterWithin, StopRule::weightsWithin);
    for (double bad : new double[] {-Double.MIN_VALUE, Double.NaN}) {
      String given = ": " + bad + " given; expected at least 0";
      shares.forEach(rule -> refused(() -> rule.apply(bad), "share" + given));
      distances.forEach(rule -> refused(() -> rule.apply(bad), "distance" + given));
      refused(() -> StopRule.gradientAtMost(bad), "bound" + given);
      refused(() -> StopRule.lossAtMost(bad), "bound" + given);
    }
  }

  @Test
  void aDescentRefusesARuleThatItCannotDecideAndAStartOfOtherSizes() {
    GradientDescent descent = GradientDescent.of(Objective.batch(BATCH), StopRule.after(1));
    refused(
        () -> descent.givingUp(StopRule.inBasin(Basin.SPURIOUS)),
        "givingUp: InBasin[basin=SPURIOUS] given, which needs a teacher");
    refused(
        () -> descent.run(Student.weightNormalised(new double[3], new double[3])),
        "start.a: length 3 given; expected k of the objective = 2");
    refused(
        () -> descent.run(Student.weightNormalised(new double[2], new double[2])),
        "start.v: length 2 given; expected p of the objective = 3");
    assertThat(descent.givingUp(StopRule.after(9)))
        .asString()
        .contains(", until=After[iterations=1], givingUp=After[iterations=9], mostIterations=");
  }

  @Test
  void aStepOfTheStableBoundItselfIsWarnedOf() {
    Objective objective = Objective.population(TEACHER);
    double bound = StepSize.stableBound(objective, START);
    GradientDescent descent = GradientDescent.of(objective, StopRule.after(1));
    assertThat(descent.stepSize(StepSize.of(bound)).warning(START)).isPresent();
    assertThat(descent.stepSize(StepSize.of(Math.nextDown(bound))).warning(START)).isEmpty();
    Objective ofOnePatch = Objective.population(Teacher.of(new double[] {1}, new double[] {1}));
    refused(
        () ->
            StepSize.shareOfBound(Double.MAX_VALUE)
                .resolve(ofOnePatch, Student.weightNormalised(new double[] {9}, new double[] {1})),
        "eta: Infinity given; expected a finite number above 0");
  }

  @Test
  void aTeacherWhoDoesNotFitAnObjectiveIsRefused() {
    Objective objective = Objective.batch(BATCH);
    refused(
        () -> objective.labelledBy(Teacher.of(new double[] {1}, new double[] {1, 1})),
        "teacher.w: length 1 given; expected p of the objective = 3");
    refused(
        () -> objective.labelledBy(Teacher.of(new double[] {1, 1, 1}, new double[] {1})),
        "teacher.a: length 1 given; expected k of the objective = 2");
    refused(
        () -> objective.labelledBy(Teacher.of(new double[] {1, 1, 1}, new double[2])),
        "a*: all 2 elements are 0");
    assertThat(objective).hasToString(BATCH.toString());
    assertThat(objective.labelledBy(TEACHER)).hasToString(BATCH + " labelled by " + TEACHER);
  }

  @Test
  void labelsAreTakenUpToTheBordersOfTheirRangeAndNotAllOfThemZero() {
    for (double border : new double[] {1e-290, 1e290, 0}) {
      assertThat(LabelScale.requireRepresentable(border)).isEqualTo(border);
    }
    for (double beyond : new double[] {Math.nextDown(1e-290), Math.nextUp(1e290)}) {
      refused(() -> LabelScale.requireRepresentable(beyond), "labels: 1/2 E[y^2] = " + beyond);
    }
    Teacher silent = Teacher.of(new double[] {1, 0, 0}, new double[2]);
    Objective nothing =
        Objective.batch(GaussianData.of(silent).n(4).seed(1).batch(Precision.DOUBLE));
    refused(
        () -> LabelScale.of(nothing),
        "objective: all labels are 0; expected labels that something can be learned from");
  }

  /** Squares of errors leave a double's range where the errors do not. */
  @Test
  void aDistanceKeepsItsDigitsWhereItsSquareHasNone() {
    for (double scale : new double[] {1e-200, 1, 1e200}) {
      Teacher teacher = Teacher.of(new double[] {1}, new double[] {3 * scale, 0});
      Student student = Student.weightNormalised(new double[] {1}, new double[] {0, 4 * scale});
      TeacherDistance distance = TeacherDistance.between(student, teacher);
      assertThat(distance.weights() / scale).isCloseTo(5, within(1e-14));
    }
    Student exact = Student.weightNormalised(new double[] {0, 1, 0}, new double[] {6, 8});
    assertThat(TeacherDistance.between(exact, TEACHER).weights()).isZero();
    refused(
        () ->
            TeacherDistance.between(
                Student.weightNormalised(new double[] {0, 1, 0}, new double[3]), TEACHER),
        "student.a: length 3 given; expected k of the teacher = 2");
  }

  /** At the minimum itself nothing is left to descend, and no root of 0 is taken for a number. */
  @Test
  void aRunThatStartsAtTheMinimumHasNoGradient() {
    Student minimum = Student.weightNormalised(new double[] {0, 10, 0}, new double[] {6, 8});
    DescentResult result =
        GradientDescent.of(Objective.population(TEACHER), StopRule.gradientAtMost(0)).run(minimum);
    assertThat(result.iterations()).isZero();
    assertThat(result.ending()).isEqualTo(Ending.REACHED);
    assertThat(result.gradientNorm()).isZero();
  }

  /** Scratch space of students before must not show in those that come after. */
  @Test
  void studentsInUnitsAreThoseOfThisCallWhateverWasBefore() {
    LabelUnit unit = LabelUnit.of(1e280, Precision.DOUBLE);
    // The power of two in the size of such labels.
    int exponent = Math.getExponent(Math.sqrt(2 * 1e280));
    double[] a = {1e140, 2e140};
    List<Student> calls =
        List.of(
            Student.weightNormalised(new double[] {1, 2}, a),
            Student.plain(new double[] {3, 4}, a),
            Student.plain(new double[] {3, 4, 5}, a),
            Student.plain(new double[] {6, 7, 8}, new double[] {3e140}),
            Student.plain(new double[] {9, 7, 8}, new double[] {4e140}));
    for (Student student : calls) {
      Student own = unit.inUnits(List.of(student)).getFirst();
      assertThat(own.parametrisation()).isEqualTo(student.parametrisation());
      assertThat(own.v()).isEqualTo(student.v());
      assertThat(own.k()).isEqualTo(student.k());
      assertThat(own.a()[0]).isEqualTo(Math.scalb(student.a()[0], -exponent));
    }
    // Labels that are all 0 have no size: their students stay as they are.
    List<Student> first = calls.subList(0, 1);
    assertThat(LabelUnit.of(0, Precision.DOUBLE).inUnits(first)).isSameAs(first);
  }

  /** One thread alone needs one objective, however often it calls. */
  @Test
  void aSharedObjectiveIsMadeOnceForOneThread() {
    AtomicInteger made = new AtomicInteger();
    SharedObjective shared =
        new SharedObjective(
            () -> {
              made.incrementAndGet();
              return Objective.population(TEACHER);
            });
    List<Gradient> out = Stream.generate(() -> Gradient.of(START)).limit(4).toList();
    for (int call = 0; call < 3; call++) {
      shared.evaluate(List.of(START), out.subList(0, 1));
      shared.evaluateSignFlips(START, out);
    }
    assertThat(made).hasValue(1);
    assertThat(shared.k()).isEqualTo(2);
    assertThat(shared.p()).isEqualTo(3);
    assertThat(shared.teacher()).contains(TEACHER);
    assertThat(shared.lossAtZero()).isEqualTo(Objective.population(TEACHER).lossAtZero());
  }

  /** A ball in one dimension is the interval of its radius, R |S|. */
  @Test
  void aStartOfOnePatchHasItsWeightWithinTheRadius() {
    Reduction reduction = new Reduction(1, 1.3, .5, .25, .1);
    ReducedStarts starts = ReducedStarts.of(reduction, 3, new SplittableRandom(1));
    List<Double> sums = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      sums.add(starts.next().sum());
    }
    // Uniform: the largest of 500 is below 0.95 of the radius once in 1e5 seeds.
    double radius = 1.3 * .5;
    assertThat(sums).allMatch(sum -> Math.abs(sum) <= radius * (1 + 0x1p-50));
    assertThat(sums).anyMatch(sum -> sum > .95 * radius).anyMatch(sum -> sum < -.95 * radius);
  }
}

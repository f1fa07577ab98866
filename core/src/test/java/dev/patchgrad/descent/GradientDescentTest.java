package dev.patchgrad.descent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchgrad.kernel.GradientKernel;
import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.network.GaussianData;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** How a run starts, is watched and ends; what is refused before it starts. */
class GradientDescentTest {
  private static final Teacher TEACHER = Teacher.of(new double[] {1, 2, 0}, new double[] {1, .5});
  private static final Objective POPULATION = Objective.population(TEACHER);
  private static final Student START =
      Student.weightNormalised(new double[] {1, 0, 0}, new double[] {.1, .1});

  private static GradientDescent descent(StopRule until, int most) {
    return GradientDescent.of(POPULATION, until).stepSize(StepSize.of(.05)).mostIterations(most);
  }

  @Test
  void aSettingSaysWhatItIsAndWhatItTakesByItself() {
    GradientDescent usual = GradientDescent.of(POPULATION, StopRule.filterWithin(.01));
    assertThat(usual)
        .hasToString(
            "GradientDescent[objective=population of "
                + TEACHER
                + ", stepSize=ShareOfBound[share=0.25], until=FilterWithin[distance=0.01],"
                + " mostIterations=100000]");
    assertThat(usual.stepSize(StepSize.of(.5)).mostIterations(7))
        .asString()
        .contains("stepSize=Given[eta=0.5]", "mostIterations=7");
    Restarts restarts = Restarts.of(usual, Initialisation.of(TEACHER));
    assertThat(restarts).asString().endsWith("mostDraws=100, together=1]");
    assertThat(restarts.mostDraws(20).together(3).withSignFlips())
        .asString()
        .endsWith("mostDraws=20, together=3, with sign flips]");
  }

  @Test
  void eachRuleEndsARunWhereItHolds() {
    DescentResult loss = descent(StopRule.lossAtMost(1e-6), 10_000).run(START);
    assertThat(loss.ending()).isEqualTo(Ending.REACHED);
    assertThat(loss.loss()).isLessThanOrEqualTo(1e-6);
    Trajectory before = new Trajectory();
    descent(StopRule.lossAtMost(0), loss.iterations()).watchedBy(before, 1).run(START);
    assertThat(before.points().get(loss.iterations() - 1).loss())
        .as("the loss a step earlier")
        .isGreaterThan(1e-6);

    DescentResult gradient = descent(StopRule.gradientAtMost(1e-5), 10_000).run(START);
    assertThat(gradient.ending()).isEqualTo(Ending.REACHED);
    assertThat(gradient.gradientNorm()).isLessThanOrEqualTo(1e-5);

    DescentResult filter = descent(StopRule.filterWithin(1e-3), 10_000).run(START);
    assertThat(filter.ending()).isEqualTo(Ending.REACHED);
    assertThat(TeacherDistance.between(filter.student(), TEACHER).filter())
        .isLessThanOrEqualTo(1e-3);

    DescentResult weights = descent(StopRule.weightsWithin(1e-3), 10_000).run(START);
    assertThat(TeacherDistance.between(weights.student(), TEACHER).weights())
        .isLessThanOrEqualTo(1e-3);

    DescentResult after = descent(StopRule.after(7), 10_000).run(START);
    assertThat(after.iterations()).isEqualTo(7);
    assertThat(after.ending()).isEqualTo(Ending.REACHED);

    DescentResult most = descent(StopRule.lossAtMost(0), 9).run(START);
    assertThat(most.iterations()).isEqualTo(9);
    assertThat(most.ending()).isEqualTo(Ending.GIVEN_UP);
  }

  @Test
  void rulesCombine() {
    StopRule seven = StopRule.after(7);
    StopRule small = StopRule.lossAtMost(1e-6);
    assertThat(descent(small.or(seven), 10_000).run(START).iterations()).isEqualTo(7);
    DescentResult both = descent(small.and(seven), 10_000).run(START);
    assertThat(both.iterations()).isGreaterThan(7);
    assertThat(both.loss()).isLessThanOrEqualTo(1e-6);
    DescentResult givenUp = descent(small, 10_000).givingUp(seven).run(START);
    assertThat(givenUp.ending()).isEqualTo(Ending.GIVEN_UP);
    assertThat(givenUp.iterations()).isEqualTo(7);
  }

  @Test
  void aDivergingRunStopsAndSaysSo() {
    DescentResult result =
        GradientDescent.of(POPULATION, StopRule.lossAtMost(0))
            .stepSize(StepSize.of(8))
            .mostIterations(1_000_000)
            .run(START);
    assertThat(result.ending()).isEqualTo(Ending.DIVERGED);
    assertThat(result.basin()).isEqualTo(Basin.DIVERGED);
    assertThat(result.iterations()).isLessThan(1000);
    assertThat(result.student().a()).doesNotContain(Double.NaN);
    StepSizeWarning warning = result.warning().orElseThrow();
    assertThat(warning.stepSize()).isEqualTo(8);
    assertThat(warning.bound()).isLessThan(8);
    assertThat(warning.message()).startsWith("eta: 8.000 given; below ");
    DescentResult huge =
        GradientDescent.of(POPULATION, StopRule.lossAtMost(0))
            .stepSize(StepSize.of(1e300))
            .mostIterations(100)
            .run(START);
    assertThat(huge.ending()).isEqualTo(Ending.DIVERGED);
    assertThat(huge.iterations()).as("no step beyond a double's range").isZero();
  }

  @Test
  void listenersAreToldAtTheirIntervalsAndOfTheEnd() {
    List<Integer> threes = new ArrayList<>();
    Trajectory tens = new Trajectory();
    descent(StopRule.lossAtMost(0), 20)
        .watchedBy(point -> threes.add(point.iteration()), 3)
        .watchedBy(tens, 10)
        .run(START);
    assertThat(threes).containsExactly(0, 3, 6, 9, 12, 15, 18, 20);
    assertThat(tens.values(DescentPoint::iteration)).containsExactly(0, 10, 20);
    assertThat(tens.values(DescentPoint::loss)).isSortedAccordingTo((x, y) -> Double.compare(y, x));
    assertThat(tens.points().getFirst().filterNorm()).isEqualTo(1);
    assertThat(tens.points().getFirst().distance())
        .contains(TeacherDistance.between(START, TEACHER));
  }

  @Test
  void aCancelledRunGivesWhatItReached() {
    AtomicBoolean stop = new AtomicBoolean();
    DescentResult result =
        descent(StopRule.lossAtMost(0), 1_000_000)
            .watchedBy(point -> stop.set(point.iteration() == 50), 50)
            .cancelledBy(stop::get)
            .run(START);
    assertThat(result.ending()).isEqualTo(Ending.CANCELLED);
    assertThat(result.iterations()).isEqualTo(51);
    DescentResult same = descent(StopRule.lossAtMost(0), 51).run(START);
    assertThat(result.student().v()).isEqualTo(same.student().v());
    assertThat(result.loss()).isEqualTo(same.loss());
  }

  @Test
  void anInterruptedThreadsRunIsCancelledAndTheInterruptionStays() {
    Thread.currentThread().interrupt();
    DescentResult result = descent(StopRule.lossAtMost(0), 1_000_000).run(START);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(result.ending()).isEqualTo(Ending.CANCELLED);
    assertThat(result.iterations()).isZero();
  }

  @Test
  void runsThatStartTogetherComeOutAsOnTheirOwn() {
    SplittableRandom random = new SplittableRandom(3);
    List<Student> starts = new ArrayList<>();
    for (int r = 0; r < 12; r++) {
      starts.add(Initialisation.of(TEACHER).draw(random));
    }
    GradientDescent descent =
        descent(StopRule.lossAtMost(1e-8), 5000).givingUp(StopRule.inBasin(Basin.SPURIOUS));
    List<DescentResult> together = descent.runAll(starts);
    for (int r = 0; r < starts.size(); r++) {
      DescentResult alone = descent.run(starts.get(r));
      assertThat(together.get(r).iterations()).isEqualTo(alone.iterations());
      assertThat(together.get(r).ending()).isEqualTo(alone.ending());
      assertThat(together.get(r).student().v()).isEqualTo(alone.student().v());
    }
    assertThat(together.stream().map(DescentResult::iterations).distinct().count())
        .as("they end at different times")
        .isGreaterThan(4);
  }

  @Test
  void badSettingsAreRefusedBeforeAnythingIsComputed() {
    for (double eta : new double[] {0, -.1, Double.NaN, Double.POSITIVE_INFINITY}) {
      refused(() -> StepSize.of(eta), "eta: " + eta + " given; expected a finite number above 0");
      refused(
          () -> StepSize.shareOfBound(eta),
          "share: " + eta + " given; expected a finite number above 0");
    }
    refused(() -> StopRule.lossAtMost(Double.NaN), "bound: NaN given; expected at least 0");
    refused(() -> StopRule.after(-1), "iterations: -1 given; expected at least 0");
    refused(() -> new StopRule.AnyOf(List.of()), "rules: none given; expected at least one");
    refused(() -> descent(StopRule.after(1), -1), "mostIterations: -1 given; expected at least 0");
    refused(
        () -> Objective.population(Teacher.of(new double[] {1}, new double[2])),
        "a*: all 2 elements are 0; expected a* != 0, or nothing can be learned");
    refused(
        () -> Objective.population(Teacher.of(new double[2], new double[] {1})),
        "w*: all 2 elements are 0; expected |w*| > 0");
    refused(
        () -> Objective.population(Teacher.of(new double[2], new double[0])),
        "k: 0 given; expected at least 1");
    refused(() -> Initialisation.inBall(1).k(0).p(3), "k: 0 given; expected at least 1");
    refused(
        () -> Initialisation.inBall(Double.NaN).k(1).p(3),
        "radius: NaN given; expected a finite number of at least 0");
    refused(
        () ->
            descent(StopRule.after(1), 1)
                .run(Student.weightNormalised(new double[3], new double[2])),
        "v: all 3 elements are 0; expected |v| > 0, since w = v / |v|");
    refused(
        () ->
            descent(StopRule.after(1), 1)
                .run(Student.weightNormalised(new double[] {1, 2}, new double[2])),
        "start.v: length 2 given; expected p of the objective = 3");
    refused(
        () -> descent(StopRule.after(1), 1).watchedBy(point -> {}, 0),
        "every: 0 given; expected at least 1");

    GradientKernel kernel = Kernels.create("interleaved", Precision.DOUBLE);
    PatchBatch rows = GaussianData.of(TEACHER).n(40).seed(1).batch(Precision.DOUBLE);
    refused(
        () -> Objective.batch(kernel, rows),
        "batch: double in layout row-major given; kernel 'interleaved' expected double in layout "
            + kernel.layout());
    refused(
        () -> Objective.cut(rows, 41),
        "size: 41 given; expected 1 to n = 40, the samples of the batch");
    refused(
        () -> Objective.cut(rows, 0),
        "size: 0 given; expected 1 to n = 40, the samples of the batch");
    refused(
        () -> Objective.cut(rows.toLayout(Layout.interleaved(4)), 10),
        "size: 10 given; expected a multiple of 4, or n = 40: in layout interleaved-4 so many"
            + " samples lie side by side");
    Objective unlabelled = Objective.batch(Kernels.create("scalar", Precision.DOUBLE), rows);
    refused(
        () ->
            GradientDescent.of(unlabelled, StopRule.filterWithin(.1))
                .stepSize(StepSize.of(.1))
                .mostIterations(1),
        "until: FilterWithin[distance=0.1] given, which needs a teacher; expected an objective that"
            + " knows it, as objective.labelledBy(teacher) gives it");
    refused(
        () -> unlabelled.labelledBy(Teacher.of(new double[] {1, 2, 3}, new double[] {1})),
        "teacher.a: length 1 given; expected k of the objective = 2");
  }

  private static void refused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}

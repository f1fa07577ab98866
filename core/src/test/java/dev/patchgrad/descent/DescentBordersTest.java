package dev.patchgrad.descent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.patchgrad.kernel.GradientKernel;
import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.network.GaussianData;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import dev.patchgrad.population.FilterAngle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What holds at a border itself: of rules, of sizes, of angles next to 0 and pi, of full lanes. */
class DescentBordersTest {
  /** |w*| |a*| is 10, and so is the distance of a = 0 from |w*| a*: no root is rounded. */
  private static final Teacher TEACHER = Teacher.of(new double[] {0, 2, 0}, new double[] {3, 4});

  private static final Student START =
      Student.weightNormalised(new double[] {3, 4, 0}, new double[2]);

  @Test
  void aRuleHoldsWhereItsNumberIsReachedExactly() {
    Objective objective = Objective.population(TEACHER);
    Trajectory trajectory = new Trajectory();
    GradientDescent.of(objective, StopRule.after(0)).watchedBy(trajectory, 1).run(START);
    DescentPoint first = trajectory.points().getFirst();
    TeacherDistance distance = first.distance().orElseThrow();
    assertThat(distance.weights()).isEqualTo(10);
    List<StopRule> rules =
        List.of(
            StopRule.lossAtMost(first.loss()),
            StopRule.lossShareAtMost(1),
            StopRule.gradientAtMost(first.gradientNorm()),
            StopRule.filterWithin(distance.filter()),
            StopRule.weightsWithin(10),
            StopRule.weightsShareWithin(1));
    for (StopRule rule : rules) {
      DescentResult result = GradientDescent.of(objective, rule).mostIterations(100).run(START);
      assertThat(result.iterations()).as("%s", rule).isZero();
      assertThat(result.ending()).isEqualTo(Ending.REACHED);
    }
  }

  @Test
  void aBatchIsCutIntoSingleSamplesOrLeftWhole() {
    PatchBatch batch = GaussianData.of(TEACHER).n(3).seed(1).batch(Precision.DOUBLE);
    assertThat(Objective.cut(batch, 1)).hasSize(3).allMatch(part -> part.n() == 1);
    assertThat(Objective.cut(batch, 3)).hasSize(1);
    assertThat(Objective.cut(batch, 2)).extracting(PatchBatch::n).containsExactly(2, 1);
    for (int bad : new int[] {0, 4}) {
      assertThatThrownBy(() -> Objective.cut(batch, bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("size: " + bad + " given; expected 1 to n = 3, the samples of the batch");
    }
  }

  @Test
  void anObjectiveSaysWhatItsBatchesAre() {
    PatchBatch batch = GaussianData.of(TEACHER).n(4).seed(1).batch(Precision.DOUBLE);
    Objective whole = Objective.batch(Kernels.create("scalar", Precision.DOUBLE), batch);
    assertThat(whole).hasToString("DoubleBatch[n=4, k=2, p=3, row-major] by kernel scalar");
    assertThat(miniBatches(batch))
        .hasToString(
            "2 mini-batches, the first DoubleBatch[n=2, k=2, p=3, row-major] by kernel scalar");
  }

  private static Objective miniBatches(PatchBatch batch) {
    return Objective.miniBatches(
        Kernels.create("scalar", Precision.DOUBLE),
        Objective.cut(batch, 2),
        new SplittableRandom(1));
  }

  /** Each call has the objective for itself, and leaves it to the next, on whatever thread. */
  @Test
  void theFourSignFlipsOfABatchAreForOneThreadAtATime() throws Exception {
    PatchBatch batch = GaussianData.of(TEACHER).n(64).seed(1).batch(Precision.DOUBLE);
    GradientKernel kernel = Kernels.create("interleaved", Precision.DOUBLE);
    Objective objective = Objective.batch(kernel, batch.toLayout(kernel.layout()));
    List<Gradient> out = new ArrayList<>();
    for (int flip = 0; flip < 4; flip++) {
      out.add(Gradient.of(START));
    }
    objective.evaluateSignFlips(START, out);
    try (ExecutorService other = Executors.newSingleThreadExecutor()) {
      Future<?> afterwards = other.submit(() -> objective.evaluateSignFlips(START, out));
      afterwards.get();
      other.submit(() -> ((OwnedObjective) objective).claim(() -> false)).get();
      assertThatThrownBy(() -> objective.evaluateSignFlips(START, out))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("in use by thread");
      other.submit(() -> ((OwnedObjective) objective).release()).get();
    }
    objective.evaluateSignFlips(START, out);
  }

  @Test
  void aBallOfNoRadiusIsTakenAndAnEndlessOneIsNot() {
    Student start = Initialisation.inBall(0).k(2).p(3).draw(new SplittableRandom(1));
    assertThat(start.a()).containsOnly(0);
    assertThat(Initialisation.inBall(1).k(2).p(3).withFilterNorm(Double.MIN_NORMAL).filterNorm())
        .isEqualTo(Double.MIN_NORMAL);
    assertThatThrownBy(() -> Initialisation.inBall(Double.POSITIVE_INFINITY).k(2).p(3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("radius: Infinity given; expected a finite number of at least 0");
    assertThat(Initialisation.inBall(.5).k(2)).hasToString("Initialisation.Sizes[radius=0.5, k=2]");
  }

  @Test
  void sumsOfWeightsAreTakenUpToTheirRounding() {
    // sum^2 is 4 (1 + 3.8e-12): below k N (1 + k 1e-12).
    assertThat(new Reduction(4, 1, 2 * (1 + 1.9e-12), 1, .1).k()).isEqualTo(4);
    assertThatThrownBy(() -> new Reduction(4, 1, 2 * (1 + 2.1e-12), 1, .1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Reduction(4, 1, 5, 2, .1))
        .hasMessage("sum 1^T a*: 5.0 given; expected a square of at most k |a*|^2 = 8.0");
  }

  @Test
  void aStudentThatHasNoStateIsRefused() {
    assertThatThrownBy(
            () ->
                Reduction.state(
                    Student.weightNormalised(new double[] {1, 0, 0}, new double[3]), TEACHER))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("student.a: length 3 given; expected k of the teacher = 2");
    assertThatThrownBy(
            () ->
                Reduction.state(
                    Student.weightNormalised(new double[] {1, 0, 0}, new double[] {0, Double.NaN}),
                    TEACHER))
        .hasMessage("a[1]: NaN given; expected a finite number");
  }

  /** Next to 0 a step takes eta R x/(2 r^2) of the angle; next to pi it leaves it as it is. */
  @Test
  void anAngleNextToAnEndKeepsItsDigits() {
    Reduction reduction = new Reduction(2, 1, 1, 1, .1);
    double tiny = 1e-20;
    ReducedState near = new ReducedState(FilterAngle.ofRadians(tiny), 1, 1, 1);
    assertThat(reduction.step(near).angle().phi()).isCloseTo(.95 * tiny, within(1e-14 * tiny));
    ReducedState far = new ReducedState(FilterAngle.ofSupplement(tiny), 1, -1, 1);
    assertThat(reduction.step(far).angle().supplement()).isEqualTo(tiny);
    ReducedState[] lanes = ReducedDescent.of(reduction).advance(new ReducedState[] {near, far}, 1);
    assertThat(lanes[0].angle().phi()).isCloseTo(.95 * tiny, within(1e-14 * tiny));
    assertThat(lanes[1].angle().supplement()).isEqualTo(tiny);
  }

  @Test
  void asManyStatesAsThereAreLanesAdvanceTogether() {
    Reduction reduction = new Reduction(9, 1, 1.5, 1, .1);
    ReducedStarts starts = ReducedStarts.of(reduction, 4, new SplittableRandom(2));
    ReducedState[] full = new ReducedState[64];
    Arrays.setAll(full, lane -> starts.next());
    ReducedState[] after = ReducedDescent.of(reduction).advance(full, 50);
    ReducedState[] last = {full[63]};
    assertThat(ReducedDescent.of(reduction).advance(last, 50)[0]).isEqualTo(after[63]);
    assertThatThrownBy(() -> ReducedDescent.of(reduction).advance(new ReducedState[65], 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("states: 65 given; expected at most 64");
  }

  /** No step is short enough to decide anything, so that each start takes all steps that it may. */
  @Test
  void aStartThatJoinsLateTakesAsManyStepsAsTheFirst() {
    Reduction reduction = new Reduction(25, 1, .5, .25, .47);
    assertThat(reduction.isDecisive()).isFalse();
    for (int most : new int[] {8, 9, 12}) {
      BasinCounts counts =
          ReducedDescent.of(reduction)
              .descend(ReducedStarts.of(reduction, 6, new SplittableRandom(9))::next, 200, most);
      assertThat(counts.undecided()).isEqualTo(200);
      // Four steps at a time.
      assertThat(counts.steps()).isEqualTo(200L * Math.ceilDiv(most, 4) * 4);
    }
  }

  /** By the four numbers' own basin, looked at every four steps; the last steps overshoot. */
  @ParameterizedTest
  @CsvSource({"49, 1, .1", "49, 4, .2", "25, 1, .3", "9, .5, .9", "3, 1, 2"})
  void lanesDecideAStartAsSoonAsTheFourNumbersDo(int k, double rho, double eta) {
    Reduction reduction = new Reduction(k, 1, Math.sqrt(rho * .25), .25, eta);
    assertThat(reduction.isDecisive()).isTrue();
    int count = 200;
    int most = 4000;
    BasinCounts counts =
        ReducedDescent.of(reduction)
            .descend(ReducedStarts.of(reduction, 6, new SplittableRandom(4), 1)::next, count, most);
    ReducedStarts starts = ReducedStarts.of(reduction, 6, new SplittableRandom(4), 1);
    BasinCounts expected = BasinCounts.NONE;
    for (int i = 0; i < count; i++) {
      ReducedState state = starts.next();
      int steps = 0;
      for (; steps < most && reduction.basin(state) == Basin.UNDECIDED; steps += 4) {
        for (int step = 0; step < 4; step++) {
          state = reduction.step(state);
        }
      }
      expected = expected.plus(reduction.basin(state), steps);
    }
    assertThat(counts).isEqualTo(expected);
    assertThat(counts.undecided()).isZero();
  }
}

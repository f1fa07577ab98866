package dev.patchgrad.descent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.patchgrad.kernel.GradientKernel;
import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.network.GaussianData;
import dev.patchgrad.network.Gradient;
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
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Descent on data: every kernel, whole batches and mini-batches, one student and several. */
class BatchDescentTest {
  private static final Teacher TEACHER =
      Teacher.of(new double[] {1, -.5, .5, 0, 2}, new double[] {1, .5, .25});
  private static final Student START =
      Student.weightNormalised(new double[] {1, 1, 0, 0, .5}, new double[] {.2, .2, .1});

  static Stream<GradientKernel> kernels() {
    return Kernels.names().stream()
        .flatMap(
            name ->
                Arrays.stream(Precision.values())
                    .map(precision -> Kernels.create(name, precision)));
  }

  /** A relative error of the gradients of these small batches, with some room. */
  private static double rounding(Precision precision) {
    return precision == Precision.FLOAT ? 1e-4 : 1e-12;
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void everyKernelRecoversTheTeacher(GradientKernel kernel) {
    PatchBatch batch =
        GaussianData.of(TEACHER).n(500).seed(7).batch(kernel.precision()).toLayout(kernel.layout());
    DescentResult result =
        GradientDescent.of(
                Objective.batch(kernel, batch).labelledBy(TEACHER),
                StopRule.filterWithin(1e-3).and(StopRule.weightsWithin(1e-3)))
            .mostIterations(5000)
            .run(START);
    assertThat(result.ending()).isEqualTo(Ending.REACHED);
    assertThat(result.basin()).isEqualTo(Basin.GLOBAL);
  }

  /** What a pass over mini-batches takes on average is the whole batch, whatever the order. */
  @ParameterizedTest
  @MethodSource("kernels")
  void aPassTakesEveryMiniBatchOnce(GradientKernel kernel) {
    PatchBatch batch =
        GaussianData.of(TEACHER).n(96).seed(7).batch(kernel.precision()).toLayout(kernel.layout());
    List<PatchBatch> parts = Objective.cut(batch, 32);
    assertThat(parts).hasSize(3);
    Objective objective = Objective.miniBatches(kernel, parts, new SplittableRandom(2));
    Gradient whole = Gradient.of(START);
    kernel.evaluate(batch, START, whole);
    Gradient out = Gradient.of(START);
    double tolerance = rounding(kernel.precision());
    for (int pass = 0; pass < 5; pass++) {
      double loss = 0;
      double[] dv = new double[START.p()];
      double[] da = new double[START.k()];
      for (int part = 0; part < 3; part++) {
        objective.evaluate(List.of(START), List.of(out));
        loss += out.loss() / 3;
        Arrays.setAll(dv, c -> dv[c] + out.dv()[c] / 3);
        Arrays.setAll(da, j -> da[j] + out.da()[j] / 3);
      }
      assertThat(loss).isCloseTo(whole.loss(), within(tolerance));
      assertThat(dv).containsExactly(whole.dv(), within(tolerance));
      assertThat(da).containsExactly(whole.da(), within(tolerance));
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void aSliceGivesWhatABatchOfItsSamplesGives(GradientKernel kernel) {
    PatchBatch rows = GaussianData.of(TEACHER).n(77).seed(7).batch(kernel.precision());
    Gradient expected = Gradient.of(START);
    Gradient got = Gradient.of(START);
    kernel.evaluate(rows.slice(32, 77).toLayout(kernel.layout()), START, expected);
    kernel.evaluate(rows.toLayout(kernel.layout()).slice(32, 77), START, got);
    assertThat(got.loss()).isEqualTo(expected.loss());
    assertThat(got.dv()).isEqualTo(expected.dv());
    assertThat(got.da()).isEqualTo(expected.da());
    // And both are those samples: the scalar kernel over a copy of them.
    GradientKernel scalar = Kernels.create("scalar", kernel.precision());
    scalar.evaluate(rows.slice(32, 77), START, expected);
    assertThat(got.dv()).containsExactly(expected.dv(), within(rounding(kernel.precision())));
  }

  @Test
  void theLastMiniBatchIsSmallerWhereTheSizeDoesNotDivide() {
    PatchBatch batch = GaussianData.of(TEACHER).n(100).seed(7).batch(Precision.DOUBLE);
    assertThat(Objective.cut(batch, 30)).map(PatchBatch::n).containsExactly(30, 30, 30, 10);
    assertThat(Objective.cut(batch, 100)).map(PatchBatch::n).containsExactly(100);
  }

  @Test
  void miniBatchesRecoverTheTeacher() {
    PatchBatch batch = GaussianData.of(TEACHER).n(1000).seed(7).batch(Precision.DOUBLE);
    Objective objective =
        Objective.miniBatches(
                Kernels.create("vector", Precision.DOUBLE),
                Objective.cut(batch, 100),
                new SplittableRandom(5))
            .labelledBy(TEACHER);
    DescentResult result =
        GradientDescent.of(objective, StopRule.filterWithin(1e-3))
            .mostIterations(20_000)
            .run(START);
    assertThat(result.ending()).isEqualTo(Ending.REACHED);
  }

  @ParameterizedTest
  @EnumSource
  void studentsInOnePassComeOutAsOneByOne(Precision precision) {
    PatchBatch rows = GaussianData.of(TEACHER).n(300).seed(7).batch(precision);
    var students = Kernels.createStudents(precision);
    GradientKernel kernel = Kernels.create("scalar", precision);
    SplittableRandom random = new SplittableRandom(1);
    List<Student> starts = new ArrayList<>();
    for (int r = 0; r < 7; r++) {
      starts.add(Initialisation.of(TEACHER).draw(random));
    }
    GradientDescent together =
        GradientDescent.of(
                Objective.batch(students, rows.toLayout(students.layout())).labelledBy(TEACHER),
                StopRule.lossAtMost(0))
            .stepSize(StepSize.of(.1))
            .mostIterations(40);
    GradientDescent oneByOne =
        GradientDescent.of(
                Objective.batch(kernel, rows).labelledBy(TEACHER), StopRule.lossAtMost(0))
            .stepSize(StepSize.of(.1))
            .mostIterations(40);
    List<DescentResult> results = together.runAll(starts);
    for (int r = 0; r < starts.size(); r++) {
      DescentResult alone = oneByOne.run(starts.get(r));
      // 40 steps of .1 times a gradient's error; gates near 0 may fall to either side.
      double tolerance = 40 * .1 * 10 * rounding(precision);
      assertThat(results.get(r).student().v())
          .containsExactly(alone.student().v(), within(tolerance));
      assertThat(results.get(r).loss()).isCloseTo(alone.loss(), within(tolerance));
    }
  }

  @ParameterizedTest
  @EnumSource
  void studentsTakeTheSameMiniBatchAtTheSameStep(Precision precision) {
    PatchBatch rows = GaussianData.of(TEACHER).n(90).seed(7).batch(precision);
    List<PatchBatch> parts = Objective.cut(rows, 30);
    Objective together =
        Objective.miniBatches(Kernels.createStudents(precision), parts, new SplittableRandom(4));
    Objective alone =
        Objective.miniBatches(Kernels.create("scalar", precision), parts, new SplittableRandom(4));
    Student other = START.copy();
    other.v()[0] = -1;
    Gradient[] out = {Gradient.of(START), Gradient.of(START), Gradient.of(START)};
    for (int step = 0; step < 6; step++) {
      together.evaluate(List.of(START, other), List.of(out[0], out[1]));
      alone.evaluate(List.of(other), List.of(out[2]));
      assertThat(out[1].loss()).isCloseTo(out[2].loss(), within(rounding(precision)));
      assertThat(out[1].dv()).containsExactly(out[2].dv(), within(rounding(precision)));
    }
  }

  @Test
  void theBoundWithoutATeacherIsNoLargerThanTheTrueOne() {
    PatchBatch batch = GaussianData.of(TEACHER).n(2000).seed(7).batch(Precision.DOUBLE);
    Objective unknown = Objective.batch(Kernels.create("scalar", Precision.DOUBLE), batch);
    double bound = StepSize.stableBound(unknown, START);
    double exact = StepSize.stableBound(unknown.labelledBy(TEACHER), START);
    // 1/2 E[y^2] from 2000 samples is within a tenth of its expectation.
    assertThat(bound).isPositive().isLessThan(1.1 * exact);
    DescentResult result =
        GradientDescent.of(unknown, StopRule.lossAtMost(1e-8)).mostIterations(20_000).run(START);
    assertThat(result.ending()).isEqualTo(Ending.REACHED);
    assertThat(result.basin()).isEqualTo(Basin.UNDECIDED);
  }
}

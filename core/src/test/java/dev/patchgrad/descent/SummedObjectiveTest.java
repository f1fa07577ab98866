package dev.patchgrad.descent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.patchgrad.kernel.BlockSums;
import dev.patchgrad.kernel.GradientSums;
import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.kernel.StudentsKernel;
import dev.patchgrad.network.GaussianData;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An objective over parts of a batch, which are summed: the one over the whole batch. */
class SummedObjectiveTest {
  private static final Teacher TEACHER =
      Teacher.of(new double[] {1, -.5, .5, 0, 2}, new double[] {1, .5, .25});
  private static final Student START =
      Student.weightNormalised(new double[] {1, 1, 0, 0, .5}, new double[] {.2, .2, .1});
  private static final int N = 500;

  /** The samples of a batch in blocks of 64; what is told of their sums is usually all. */
  private record Blocks(PatchBatch batch, UnaryOperator<List<GradientSums>> told)
      implements SummedSamples {
    Blocks(PatchBatch batch) {
      this(batch, UnaryOperator.identity());
    }

    @Override
    public int k() {
      return batch.k();
    }

    @Override
    public int p() {
      return batch.p();
    }

    @Override
    public Precision precision() {
      return batch.precision();
    }

    @Override
    public double lossAtZero() {
      return BatchObjective.lossAtZero(List.of(batch));
    }

    @Override
    public List<GradientSums> sums(List<Student> students, double labelFactor) {
      StudentsKernel kernel = Kernels.createStudents("scalar", batch.precision());
      List<PatchBatch> blocks = Objective.cut(batch.withLabelsTimes(labelFactor), 64);
      BlockSums sums = BlockSums.none(blocks.size());
      for (int block = 0; block < blocks.size(); block++) {
        sums =
            sums.plus(BlockSums.of(block, blocks.size(), kernel.sums(blocks.get(block), students)));
      }
      return told.apply(sums.total());
    }
  }

  private static PatchBatch data(Precision precision) {
    return GaussianData.of(TEACHER).n(N).seed(7).batch(precision);
  }

  /** Labels of a usual size, and such whose squares no float holds. */
  @ParameterizedTest
  @EnumSource
  void itIsTheObjectiveOfTheWholeBatchAtEachScaleOfTheLabels(Precision precision) {
    int large = precision == Precision.FLOAT ? 100 : 450;
    for (int exponent : new int[] {0, large, -large}) {
      double unit = Math.scalb(1.0, exponent);
      PatchBatch batch = data(precision).withLabelsTimes(unit);
      List<Student> students =
          List.of(
              Student.weightNormalised(START.v(), new double[] {.2 * unit, .2 * unit, .1 * unit}),
              Student.plain(START.v(), new double[] {unit, -unit, unit}));
      List<Gradient> out = students.stream().map(Gradient::of).toList();
      List<Gradient> expected = students.stream().map(Gradient::of).toList();
      Objective objective = Objective.summed(new Blocks(batch));
      objective.evaluate(students, out);
      Objective.batch(Kernels.create("scalar", precision), batch).evaluate(students, expected);
      for (int r = 0; r < 2; r++) {
        // The order of summing N terms in double: N roundings of each, far below.
        double relative = N * 0x1p-50;
        assertThat(out.get(r).loss())
            .isCloseTo(expected.get(r).loss(), within(relative * expected.get(r).loss()));
        assertClose(out.get(r).dv(), expected.get(r).dv(), relative);
        assertClose(out.get(r).da(), expected.get(r).da(), relative);
      }
    }
  }

  private static void assertClose(double[] values, double[] expected, double relative) {
    double largest = 0;
    for (double value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < values.length; i++) {
      assertThat(values[i]).isCloseTo(expected[i], within(relative * largest));
    }
  }

  @Test
  void aDescentOnItRecoversTheTeacher() {
    Objective objective = Objective.summed(new Blocks(data(Precision.DOUBLE)));
    DescentResult result =
        GradientDescent.of(
                objective.labelledBy(TEACHER),
                StopRule.filterWithin(1e-3).and(StopRule.weightsWithin(1e-3)))
            .mostIterations(5000)
            .run(START);
    assertThat(result.ending()).isEqualTo(Ending.REACHED);
  }

  /** Squares of such outputs leave a double's range. */
  @Test
  void aDescentThatDivergesEndsAsOneOnTheWholeBatchDoes() {
    PatchBatch batch = data(Precision.DOUBLE);
    Student far = Student.weightNormalised(START.v(), new double[] {1e200, 1e200, 1e200});
    for (Objective objective :
        List.of(
            Objective.summed(new Blocks(batch)),
            Objective.batch(Kernels.create("scalar", Precision.DOUBLE), batch))) {
      DescentResult result = GradientDescent.of(objective, StopRule.lossAtMost(0)).run(far);
      assertThat(result.ending()).as(objective.toString()).isEqualTo(Ending.DIVERGED);
    }
  }

  @Test
  void whatDoesNotFitIsRefusedAndNothingWritten() {
    Objective objective = Objective.summed(new Blocks(data(Precision.DOUBLE)));
    Gradient out = Gradient.of(START);
    Student longer = Student.plain(new double[6], new double[3]);
    Student more = Student.plain(new double[5], new double[4]);
    Student zero = Student.weightNormalised(new double[5], new double[3]);
    assertRefused(objective, List.of(), List.of(), "students: size: 0 given");
    assertRefused(objective, List.of(START), List.of(), "out: length 0 given");
    assertRefused(objective, List.of(longer), List.of(out), "students[0]: v: length 6 given");
    assertRefused(objective, List.of(more), List.of(out), "students[0]: a: length 4 given");
    assertRefused(objective, List.of(zero), List.of(out), "students[0]: v: all 5 elements are 0");
    assertRefused(
        objective, List.of(START), List.of(Gradient.of(more)), "students[0]: gradient.da: length");
    assertRefused(
        objective, List.of(START, START), List.of(out, out), "out[1]: the same object as out[0]");
    Student broken = Student.plain(new double[] {1, 1, 1, 1, 1}, new double[3]);
    broken.v()[2] = Double.NaN;
    assertRefused(objective, List.of(broken), List.of(out), "students[0]: v[2]: NaN");
    assertThat(out.loss()).isZero();
    Blocks huge = new Blocks(data(Precision.DOUBLE).withLabelsTimes(0x1p500));
    assertThatThrownBy(() -> Objective.summed(huge))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("labels: 1/2 E[y^2] = ");
  }

  @Test
  void sumsOfTooFewStudentsAreRefused() {
    Blocks blocks = new Blocks(data(Precision.DOUBLE));
    Blocks forgetful = new Blocks(blocks.batch(), sums -> List.of());
    assertRefused(
        Objective.summed(forgetful),
        List.of(START),
        List.of(Gradient.of(START)),
        "sums: length 0 given; expected R, the number of students = 1");
    assertThat(Objective.summed(blocks)).hasToString(blocks.toString());
  }

  private static void assertRefused(
      Objective objective, List<Student> students, List<Gradient> out, String message) {
    assertThatThrownBy(() -> objective.evaluate(students, out))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }
}

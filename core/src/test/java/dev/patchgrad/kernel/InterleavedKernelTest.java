package dev.patchgrad.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.network.GaussianData;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ways that the interleaved kernel takes on some machines and batches alone, taken on any. */
@Tag("kernel")
class InterleavedKernelTest {
  private static RangeKernel kernel(Precision precision, long farBytes, boolean fewRegisters) {
    return precision == Precision.DOUBLE
        ? new DoubleInterleavedKernel(farBytes, fewRegisters)
        : new FloatInterleavedKernel(farBytes, fewRegisters);
  }

  private static Student student(SplittableRandom random, int k, int p) {
    return Student.weightNormalised(
        StudentsKernelTest.gaussian(random, p), StudentsKernelTest.gaussian(random, k));
  }

  private static PatchBatch batch(Precision precision, SplittableRandom random, int[] nkp) {
    double[] w = StudentsKernelTest.gaussian(random, nkp[2]);
    double[] a = StudentsKernelTest.gaussian(random, nkp[1]);
    PatchBatch floats = GaussianData.of(Teacher.of(w, a)).n(nkp[0]).seed(5).batch(Precision.FLOAT);
    return precision == Precision.FLOAT ? floats : KernelCases.toDouble(floats);
  }

  @ParameterizedTest
  @EnumSource
  void withFewRegistersOrManyTheGradientIsTheScalarKernels(Precision precision) {
    GradientKernel truth = Kernels.create(DoubleScalarKernel.NAME, Precision.DOUBLE);
    SplittableRandom random = new SplittableRandom(5);
    for (boolean few : new boolean[] {false, true}) {
      for (long farBytes : new long[] {0, Long.MAX_VALUE}) {
        GradientKernel kernel = kernel(precision, farBytes, few);
        for (int[] nkp : new int[][] {{1, 1, 8}, {7, 3, 8}, {40, 2, 8}, {300, 5, 8}, {2, 19, 8}}) {
          PatchBatch rows = batch(precision, random, nkp);
          Student student = student(random, nkp[1], nkp[2]);
          Gradient out = KernelCases.evaluate(kernel, rows, student);
          String what = Arrays.toString(nkp) + (few ? " few" : " many") + " from " + farBytes;
          PatchBatch exact = KernelCases.toDouble(rows);
          StudentsKernelTest.check(what, precision, truth, exact, student, out);
        }
      }
    }
  }

  private static Parameters parameters(Student student) {
    Parameters parameters = new Parameters();
    parameters.set(student, student.checkedNorm());
    return parameters;
  }

  private static Gradient finish(RunningSums sums, int n, Student student, Parameters parameters) {
    Gradient out = Gradient.of(student);
    sums.finish(n, student, parameters, out);
    return out;
  }

  /** The gradient of some samples, which rounds as the kernel's sums do. */
  private static Gradient sums(
      RangeKernel kernel, PatchBatch batch, int from, int to, Student student) {
    Parameters parameters = parameters(student);
    RunningSums sums = new RunningSums();
    sums.reset(batch.k(), batch.p());
    kernel.accumulate(batch, from, to, parameters, sums);
    return finish(sums, to - from, student, parameters);
  }

  /** The same in parts, whose ends are given. */
  private static Gradient sums(
      ResumableKernel kernel, PatchBatch batch, int[] ends, Student student) {
    Parameters parameters = parameters(student);
    RunningSums sums = new RunningSums();
    sums.reset(batch.k(), batch.p());
    kernel.start(parameters);
    for (int part = 1; part < ends.length; part++) {
      kernel.add(batch, ends[part - 1], ends[part], sums);
    }
    kernel.end(sums);
    return finish(sums, ends[ends.length - 1] - ends[0], student, parameters);
  }

  private static boolean isSame(Gradient one, Gradient other) {
    return one.loss() == other.loss()
        && Arrays.equals(one.dv(), other.dv())
        && Arrays.equals(one.da(), other.da());
  }

  /** Side by side the groups are summed in another order, by which the ways are told apart. */
  @ParameterizedTest
  @EnumSource
  void fromSomeBytesOnABatchIsTakenToComeFromMemory(Precision precision) {
    SplittableRandom random = new SplittableRandom(6);
    int from = kernel(precision, 0, false).layout().lanes();
    int to = 40 * from;
    int k = 3;
    PatchBatch batch =
        batch(precision, random, new int[] {to, k, 8})
            .toLayout(kernel(precision, 0, false).layout());
    Student student = student(random, k, 8);
    Gradient far = sums(kernel(precision, 0, false), batch, from, to, student);
    Gradient near = sums(kernel(precision, Long.MAX_VALUE, false), batch, from, to, student);
    assertThat(isSame(far, near)).isFalse();
    // Parts that come one after the other are never taken to come from memory.
    ResumableKernel parts = (ResumableKernel) kernel(precision, 0, false);
    assertThat(isSame(sums(parts, batch, new int[] {from, to}, student), near)).isTrue();
    long bytes = (long) (to - from) * k * 8 * precision.bytes();
    assertThat(isSame(sums(kernel(precision, bytes, false), batch, from, to, student), far))
        .isTrue();
    assertThat(isSame(sums(kernel(precision, bytes + 1, false), batch, from, to, student), near))
        .isTrue();
  }

  /** Blocks of sums begin and end where they do in one part, at 64 groups. */
  @Test
  void partsOfABatchGiveTheBitsOfTheWhole() {
    SplittableRandom random = new SplittableRandom(7);
    DoubleInterleavedKernel kernel = new DoubleInterleavedKernel(Long.MAX_VALUE, false);
    int lanes = kernel.layout().lanes();
    int n = 200 * lanes;
    PatchBatch batch =
        batch(Precision.DOUBLE, random, new int[] {n, 2, 5}).toLayout(kernel.layout());
    Student student = student(random, 2, 5);
    Gradient whole = sums(kernel, batch, 0, n, student);
    int[] groups = {0, 30, 64, 100, 101, 193, 200};
    int[] samples = Arrays.stream(groups).map(group -> group * lanes).toArray();
    assertThat(isSame(sums(kernel, batch, samples, student), whole)).isTrue();
    Parameters parameters = parameters(student);
    RunningSums sums = new RunningSums();
    sums.reset(2, 5);
    for (int block = 0; block < n; block += 64 * lanes) {
      kernel.accumulate(batch, block, Math.min(n, block + 64 * lanes), parameters, sums);
    }
    assertThat(isSame(finish(sums, n, student, parameters), whole)).isTrue();
  }
}

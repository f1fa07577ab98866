package dev.patchgrad.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchgrad.network.GaussianData;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.Parametrisation;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each sign flip gets what the scalar kernel gives a student of those signs. */
@Tag("kernel")
class SignFlipsKernelTest {
  private static final int[][] SIZES = {{1, 1}, {2, 3}, {7, 4}, {9, 5}, {65, 7}, {3, 33}, {130, 2}};
  private static final int[] DIMENSIONS =
      KernelCases.WITHOUT_FMA
          ? new int[] {1, 3, 8, 13}
          : new int[] {1, 2, 3, 4, 5, 7, 8, 9, 13, 16, 17, 33, 64, 65};

  static Stream<Arguments> precisionsAndDimensions() {
    return Stream.of(Precision.values())
        .flatMap(precision -> IntStream.of(DIMENSIONS).mapToObj(p -> Arguments.of(precision, p)));
  }

  @ParameterizedTest(name = "{0}, p = {1}")
  @MethodSource("precisionsAndDimensions")
  void everyFlipGetsTheScalarKernelsGradientWithinRounding(Precision precision, int p) {
    SignFlipsKernel kernel = Kernels.createSignFlips(precision);
    GradientKernel truth = Kernels.create(DoubleScalarKernel.NAME, Precision.DOUBLE);
    SplittableRandom random = new SplittableRandom(41L * p + precision.bytes());
    for (int[] size : SIZES) {
      check(kernel, truth, random, precision, size, p);
    }
  }

  /** 1024 samples in float are 64 groups of 16, as many as go into a block of sums at most. */
  @ParameterizedTest
  @EnumSource
  void ofABatchOfSeveralBlocksEverySampleCountsOnce(Precision precision) {
    GradientKernel truth = Kernels.create(DoubleScalarKernel.NAME, Precision.DOUBLE);
    SignFlipsKernel kernel = Kernels.createSignFlips(precision);
    SplittableRandom random = new SplittableRandom(43);
    check(kernel, truth, random, precision, new int[] {1100, 2}, 3);
  }

  private static void check(
      SignFlipsKernel kernel,
      GradientKernel truth,
      SplittableRandom random,
      Precision precision,
      int[] size,
      int p) {
    int k = size[1];
    Teacher teacher =
        Teacher.of(StudentsKernelTest.gaussian(random, p), StudentsKernelTest.gaussian(random, k));
    // A float batch's elements are exact in double: both kernels see the same data.
    PatchBatch floats = GaussianData.of(teacher).n(size[0]).seed(p).batch(Precision.FLOAT);
    PatchBatch exact = KernelCases.toDouble(floats);
    PatchBatch batch = precision == Precision.FLOAT ? floats : exact;
    double[] v = StudentsKernelTest.gaussian(random, p);
    double[] a = StudentsKernelTest.gaussian(random, k);
    for (Parametrisation parametrisation : Parametrisation.values()) {
      List<Student> flips =
          List.of(
              student(parametrisation, v, a),
              student(parametrisation, v, negative(a)),
              student(parametrisation, negative(v), a),
              student(parametrisation, negative(v), negative(a)));
      List<Gradient> out = StudentsKernelTest.gradients(flips);
      kernel.evaluate(batch.toLayout(kernel.layout()), flips.get(0), out);
      for (int flip = 0; flip < SignFlipsKernel.FLIPS; flip++) {
        String what = "n " + size[0] + " k " + k + " flip " + flip;
        StudentsKernelTest.check(what, precision, truth, exact, flips.get(flip), out.get(flip));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void badArgumentsAreRefusedAndEveryOutputIsUnchanged(Precision precision) {
    SignFlipsKernel kernel = Kernels.createSignFlips(precision);
    Teacher teacher = Teacher.of(new double[] {1, 2}, new double[] {1, 2, 3});
    PatchBatch batch =
        GaussianData.of(teacher).n(5).seed(1).batch(precision).toLayout(kernel.layout());
    List<Gradient> out = Stream.generate(() -> Gradient.zeros().k(3).p(2)).limit(4).toList();
    out.forEach(gradient -> gradient.loss(-7));
    Student good = Student.plain(new double[] {1, 2}, new double[] {1, 2, 3});
    Student bad = Student.plain(new double[] {1, Double.NaN}, new double[] {1, 2, 3});
    refused(kernel, batch, bad, out, "v[1]: NaN given; expected a finite number");
    refused(
        kernel,
        batch,
        good,
        out.subList(0, 3),
        "out: length 3 given; expected the number of sign flips = 4");
    refused(
        kernel,
        batch,
        good,
        List.of(out.get(0), out.get(1), out.get(2), out.get(1)),
        "out[3]: the same object as out[1] given; expected another");
    refused(
        kernel,
        batch,
        good,
        List.of(out.get(0), out.get(1), out.get(2), Gradient.zeros().k(3).p(5)),
        "gradient.dv: length 5 given; expected p of the student = 2");
    assertThat(out).allMatch(gradient -> gradient.loss() == -7);
  }

  private static void refused(
      SignFlipsKernel kernel,
      PatchBatch batch,
      Student student,
      List<Gradient> out,
      String message) {
    assertThatThrownBy(() -> kernel.evaluate(batch, student, out))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  private static Student student(Parametrisation parametrisation, double[] v, double[] a) {
    return parametrisation == Parametrisation.PLAIN
        ? Student.plain(v, a)
        : Student.weightNormalised(v, a);
  }

  private static double[] negative(double[] values) {
    return DoubleStream.of(values).map(value -> -value).toArray();
  }
}

package dev.patchgrad.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchgrad.network.GaussianData;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kernel refuses what it cannot compute, says why, and leaves the output as it was. */
class KernelRefusalTest {
  private static final Teacher TEACHER = Teacher.of(new double[] {1, 2, 3}, new double[] {1, -1});
  private static final double[] V = {1, 0, 2};
  private static final double[] A = {1, 2};

  static Stream<Arguments> kernels() {
    return KernelCases.kernels();
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void badArgumentsAreRefused(GradientKernel kernel) {
    PatchBatch batch =
        GaussianData.of(TEACHER).n(5).seed(1).batch(kernel.precision()).toLayout(kernel.layout());
    refused(
        kernel,
        batch,
        Student.weightNormalised(new double[] {1, Double.NaN, 0}, A),
        "v[1]: NaN given; expected a finite number");
    refused(
        kernel,
        batch,
        Student.plain(V, new double[] {Double.NEGATIVE_INFINITY, 0}),
        "a[0]: -Infinity given; expected a finite number");
    refused(
        kernel,
        batch,
        Student.weightNormalised(new double[3], A),
        "v: all 3 elements are 0; expected |v| > 0, since w = v / |v|");
    refused(
        kernel,
        batch,
        Student.weightNormalised(new double[] {1, 2}, A),
        "student: p = 2 given; expected p = 3 of the batch");
    refused(
        kernel,
        batch,
        Student.weightNormalised(V, new double[] {1, 2, 3}),
        "student: k = 3 given; expected k = 2 of the batch");
    Precision other = kernel.precision() == Precision.FLOAT ? Precision.DOUBLE : Precision.FLOAT;
    refused(
        kernel,
        GaussianData.of(TEACHER).n(5).seed(1).batch(other).toLayout(kernel.layout()),
        Student.weightNormalised(V, A),
        "batch: precision "
            + other.label()
            + " given; kernel '"
            + kernel.name()
            + "' expected "
            + kernel.precision().label());
    Layout wrong = Layout.interleaved(kernel.layout().lanes() + 1);
    refused(
        kernel,
        batch.toLayout(wrong),
        Student.weightNormalised(V, A),
        "batch: layout "
            + wrong
            + " given; kernel '"
            + kernel.name()
            + "' expected "
            + kernel.layout()
            + ", as batch.toLayout(kernel.layout()) gives it");
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void anOutputOfAnotherSizeIsRefused(GradientKernel kernel) {
    PatchBatch batch =
        GaussianData.of(TEACHER).n(5).seed(1).batch(kernel.precision()).toLayout(kernel.layout());
    for (int[] size : new int[][] {{2, 4}, {3, 3}, {1, 3}}) {
      Gradient out = Gradient.zeros().k(size[0]).p(size[1]);
      out.loss(-7);
      assertThatThrownBy(() -> kernel.evaluate(batch, Student.weightNormalised(V, A), out))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              size[1] == 3
                  ? "gradient.da: length " + size[0] + " given; expected k of the student = 2"
                  : "gradient.dv: length 4 given; expected p of the student = 3");
      assertThat(out.loss()).isEqualTo(-7);
    }
  }

  /** A filter of the smallest numbers still has a direction. */
  @ParameterizedTest
  @MethodSource("kernels")
  void tinyAndHugeFiltersGiveTheLossOfTheirDirection(GradientKernel kernel) {
    PatchBatch batch = GaussianData.of(TEACHER).n(5).seed(1).batch(kernel.precision());
    double expected =
        KernelCases.evaluate(kernel, batch, Student.weightNormalised(new double[] {3, 0, 4}, A))
            .loss();
    for (double scale : new double[] {0x1p-1000, 0x1p1000}) {
      Student student = Student.weightNormalised(new double[] {3 * scale, 0, 4 * scale}, A);
      assertThat(KernelCases.evaluate(kernel, batch, student).loss()).isEqualTo(expected);
    }
  }

  @Test
  void anUnknownKernelIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> Kernels.create("foo", Precision.FLOAT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "kernel: 'foo' is unknown; expected one of " + String.join(", ", Kernels.names()));
  }

  private static void refused(
      GradientKernel kernel, PatchBatch batch, Student student, String message) {
    Gradient out = Gradient.of(student);
    out.loss(-7);
    java.util.Arrays.fill(out.dv(), -8);
    java.util.Arrays.fill(out.da(), -9);
    assertThatThrownBy(() -> kernel.evaluate(batch, student, out))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
    assertThat(out.loss()).isEqualTo(-7);
    assertThat(out.dv()).containsOnly(-8);
    assertThat(out.da()).containsOnly(-9);
  }
}

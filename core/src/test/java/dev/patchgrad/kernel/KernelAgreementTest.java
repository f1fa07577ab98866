package dev.patchgrad.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.patchgrad.network.DoubleBatch;
import dev.patchgrad.network.FloatBatch;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.Parametrisation;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares every kernel with the scalar double one over sizes chosen for their tails. */
@Tag("kernel")
class KernelAgreementTest {
  private static final int[] SAMPLES =
      KernelCases.THIN ? new int[] {1, 7, 9, 65} : new int[] {1, 2, 7, 8, 9, 16, 63, 64, 65, 257};
  private static final int[] PATCHES =
      KernelCases.THIN ? new int[] {1, 3, 7, 16} : new int[] {1, 2, 3, 4, 5, 7, 8, 9, 16, 19, 33};
  // With vectors of 64 bytes 45, 53, 90 and 120 are 6 and 7 vectors of doubles, 6 and 8 of floats:
  // with the others, every number of vectors that a patch in registers may have.
  private static final int[] DIMENSIONS =
      KernelCases.THIN
          ? new int[] {1, 2, 3, 4, 5, 8, 9, 13, 16, 17, 37, 64}
          : new int[] {
            1, 2, 3, 4, 5, 7, 8, 9, 11, 15, 16, 17, 24, 31, 32, 33, 45, 53, 63, 64, 65, 90, 100,
            120, 130
          };

  /** Elements of a batch. */
  private static final int LARGEST =
      KernelCases.WITHOUT_FMA ? 1_500 : KernelCases.THIN ? 6_000 : 150_000;

  static Stream<Arguments> precisionsAndDimensions() {
    return Stream.of(Precision.values())
        .flatMap(
            precision ->
                java.util.Arrays.stream(DIMENSIONS).mapToObj(p -> Arguments.of(precision, p)));
  }

  @ParameterizedTest(name = "{0}, p = {1}")
  @MethodSource("precisionsAndDimensions")
  void everyKernelAgreesWithTheScalarDoubleOneWithinRounding(Precision precision, int p) {
    // One kernel object sees all shapes in turn: what it keeps between calls must not leak.
    List<Named<GradientKernel>> kernels = KernelCases.all(precision);
    GradientKernel truth = Kernels.create(DoubleScalarKernel.NAME, Precision.DOUBLE);
    SplittableRandom random = new SplittableRandom(31L * p + precision.bytes());
    for (int k : PATCHES) {
      for (int n : SAMPLES) {
        // The largest shapes hold no tail that smaller ones do not.
        if ((long) n * k * p > LARGEST) {
          continue;
        }
        Parametrisation parametrisation =
            (n + k + p) % 2 == 0 ? Parametrisation.PLAIN : Parametrisation.WEIGHT_NORMALISED;
        Student student = student(parametrisation, gaussian(random, p), gaussian(random, k));
        double[] patches = gaussian(random, n * k * p);
        double[] labels = gaussian(random, n);
        PatchBatch batch = batch(precision, patches, labels, k, p);
        PatchBatch exact = DoubleBatch.wrap(patches, labels).k(k).p(p);
        Gradient expected = KernelCases.evaluate(truth, exact, student);
        RoundingBound bound = RoundingBound.of(exact, student, precision, false);
        RoundingBound own = RoundingBound.of(exact, student, Precision.DOUBLE, false);
        for (Named<GradientKernel> kernel : kernels) {
          Gradient gradient = KernelCases.evaluate(kernel.getPayload(), batch, student);
          String what = kernel.getName() + " n " + n + " k " + k + " p " + p;
          assertThat(gradient.loss())
              .as("%s loss", what)
              .isCloseTo(expected.loss(), within(bound.loss() + own.loss()));
          for (int j = 0; j < k; j++) {
            assertThat(Math.abs(gradient.da()[j] - expected.da()[j]))
                .as("%s da[%d]", what, j)
                .isLessThanOrEqualTo(bound.weight(j) + own.weight(j));
          }
          assertThat(KernelCases.filterDistance(gradient, expected))
              .as("%s dv", what)
              .isLessThanOrEqualTo(bound.filter() + own.filter());
        }
      }
    }
  }

  /** At the kink itself the gate is closed: a label alone then gives no derivative. */
  @ParameterizedTest
  @EnumSource
  void aPatchAcrossTheFilterOpensNoGate(Precision precision) {
    for (int p : new int[] {2, 3, 4, 5, 8, 9, 17, 33, 130}) {
      double[] patches = new double[2 * p];
      double[] w = new double[p];
      w[0] = 1;
      w[p - 1] = 1;
      patches[0] = 1;
      patches[p - 1] = -1;
      patches[p] = -1;
      patches[2 * p - 1] = 1;
      PatchBatch batch = batch(precision, patches, new double[] {3}, 2, p);
      Student student = Student.plain(w, new double[] {1, 2});
      for (Named<GradientKernel> kernel : KernelCases.all(precision)) {
        Gradient gradient = KernelCases.evaluate(kernel.getPayload(), batch, student);
        String what = kernel.getName() + " p " + p;
        assertThat(gradient.loss()).as(what).isEqualTo(4.5);
        assertThat(gradient.dv()).as(what).containsOnly(0);
        assertThat(gradient.da()).as(what).containsOnly(0);
      }
    }
  }

  private static Student student(Parametrisation parametrisation, double[] v, double[] a) {
    return parametrisation == Parametrisation.PLAIN
        ? Student.plain(v, a)
        : Student.weightNormalised(v, a);
  }

  /** Values that a float holds, so that both precisions see the same data. */
  private static double[] gaussian(SplittableRandom random, int length) {
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static PatchBatch batch(
      Precision precision, double[] patches, double[] labels, int k, int p) {
    if (precision == Precision.DOUBLE) {
      return DoubleBatch.wrap(patches, labels).k(k).p(p);
    }
    float[] floats = new float[patches.length];
    for (int i = 0; i < patches.length; i++) {
      floats[i] = (float) patches[i];
    }
    float[] floatLabels = new float[labels.length];
    for (int i = 0; i < labels.length; i++) {
      floatLabels[i] = (float) labels[i];
    }
    return FloatBatch.wrap(floats, floatLabels).k(k).p(p);
  }
}

package dev.patchgrad.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.patchgrad.internal.Checks;
import dev.patchgrad.network.DoubleBatch;
import dev.patchgrad.network.FloatBatch;
import dev.patchgrad.network.GaussianData;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.Parametrisation;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients where squares leave a kernel's precision: right, or refused by name. */
class ExtremesTest {
  private static final double[] W = {2, .5, 1, -1, .25};
  private static final double[] A = {.75, 2, -1};
  private static final double[] V = {1, 2, -1, .5, .5};
  private static final double[] WEIGHTS = {1, -.5, .25};
  private static final Teacher TEACHER = Teacher.of(W, A);
  private static final int N = 150;

  private static double[] scaled(double[] values, int exponent) {
    return Arrays.stream(values).map(value -> Math.scalb(value, exponent)).toArray();
  }

  private static Student student(Parametrisation parametrisation, int ofV, int ofWeights) {
    return parametrisation == Parametrisation.PLAIN
        ? Student.plain(scaled(V, ofV), scaled(WEIGHTS, ofWeights))
        : Student.weightNormalised(scaled(V, ofV), scaled(WEIGHTS, ofWeights));
  }

  /** The batch's labels times a power of two, exactly. */
  private static PatchBatch labelled(PatchBatch batch, int exponent) {
    return batch.withLabelsTimes(Math.scalb(1.0, exponent));
  }

  /** Another order of summing, which a kernel may take once compiled, rounds by so much. */
  private static double rounding(Precision precision) {
    return precision == Precision.FLOAT ? 1e-5 : 1e-13;
  }

  private static void assertScaled(
      Gradient actual, Gradient one, int ofLabels, int ofV, int ofWeights, Precision precision) {
    double tolerance = rounding(precision);
    assertLike(actual.loss(), Math.scalb(one.loss(), 2 * ofLabels), tolerance);
    double[] dv = scaled(one.dv(), 2 * ofLabels - ofV);
    double[] da = scaled(one.da(), 2 * ofLabels - ofWeights);
    for (int c = 0; c < dv.length; c++) {
      assertThat(actual.dv()[c]).isCloseTo(dv[c], within(tolerance * Checks.norm(dv)));
    }
    for (int j = 0; j < da.length; j++) {
      assertThat(actual.da()[j]).isCloseTo(da[j], within(tolerance * Checks.norm(da)));
    }
  }

  private static void assertLike(double actual, double expected, double relative) {
    if (Double.isInfinite(expected)) {
      assertThat(actual).isEqualTo(expected);
    } else {
      assertThat(actual).isCloseTo(expected, within(relative * expected));
    }
  }

  private static int[] exponents(Precision precision) {
    // Labels of floats from 1e-35 to 1e37, of doubles until losses are infinite, or 0.
    return precision == Precision.FLOAT
        ? new int[] {-116, -70, -60, -21, 21, 60, 122}
        : new int[] {-600, -530, -500, -301, 301, 500, 600};
  }

  static Stream<Arguments> kernels() {
    return KernelCases.kernels();
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void labelsAndWeightsOfAnySizeGiveTheSameDigits(GradientKernel kernel) {
    PatchBatch batch =
        GaussianData.of(TEACHER).n(N).seed(1).batch(kernel.precision()).toLayout(kernel.layout());
    for (Parametrisation parametrisation : Parametrisation.values()) {
      Student student = student(parametrisation, 0, 0);
      Gradient one = Gradient.of(student);
      kernel.evaluate(batch, student, one);
      for (int exponent : exponents(kernel.precision())) {
        Gradient out = Gradient.of(student);
        kernel.evaluate(labelled(batch, exponent), student(parametrisation, 0, exponent), out);
        assertScaled(out, one, exponent, 0, exponent, kernel.precision());
      }
    }
  }

  /** A plain filter and weights whose product alone is of usual size. */
  @ParameterizedTest
  @MethodSource("kernels")
  void aPlainFilterOfAnySizeGivesTheSameDigits(GradientKernel kernel) {
    PatchBatch batch =
        GaussianData.of(TEACHER).n(N).seed(1).batch(kernel.precision()).toLayout(kernel.layout());
    Student student = student(Parametrisation.PLAIN, 0, 0);
    Gradient one = Gradient.of(student);
    kernel.evaluate(batch, student, one);
    int most = kernel.precision() == Precision.FLOAT ? 140 : 1000;
    for (int exponent : new int[] {-most, most}) {
      Gradient out = Gradient.of(student);
      kernel.evaluate(batch, student(Parametrisation.PLAIN, exponent, -exponent), out);
      assertScaled(out, one, 0, exponent, -exponent, kernel.precision());
    }
  }

  /** The loss is within the range of a float then, and one derivative alone is not. */
  @ParameterizedTest
  @MethodSource("kernels")
  void aPlainFilterFarFromItsWeightsGivesTheSameDigits(GradientKernel kernel) {
    PatchBatch batch =
        GaussianData.of(TEACHER).n(N).seed(1).batch(kernel.precision()).toLayout(kernel.layout());
    Student student = student(Parametrisation.PLAIN, 0, 0);
    Gradient one = Gradient.of(student);
    kernel.evaluate(batch, student, one);
    boolean isFloat = kernel.precision() == Precision.FLOAT;
    int labels = isFloat ? 58 : 480;
    int large = isFloat ? 100 : 900;
    for (int ofFilter : new int[] {large, labels - large}) {
      int ofWeights = labels - ofFilter;
      Gradient out = Gradient.of(student);
      kernel.evaluate(
          labelled(batch, labels), student(Parametrisation.PLAIN, ofFilter, ofWeights), out);
      assertScaled(out, one, labels, ofFilter, ofWeights, kernel.precision());
    }
  }

  /**
   * Weights so near the teacher's that floats hold the squares of residuals, and not the residuals
   * times the weights.
   */
  @ParameterizedTest
  @MethodSource("kernels")
  void aNearTeacherOfAnySizeGivesTheSameDigits(GradientKernel kernel) {
    PatchBatch batch =
        GaussianData.of(TEACHER).n(N).seed(1).batch(kernel.precision()).toLayout(kernel.layout());
    double length = Checks.norm(W) * (1 + 0x1p-8);
    double[] near = Arrays.stream(A).map(weight -> weight * length).toArray();
    Student student = Student.weightNormalised(W, near);
    Gradient one = Gradient.of(student);
    kernel.evaluate(batch, student, one);
    Gradient out = Gradient.of(student);
    kernel.evaluate(labelled(batch, 67), Student.weightNormalised(W, scaled(near, 67)), out);
    // Residuals of 2^-8 of the labels lose 8 of the digits that a gradient has.
    double tolerance = 0x1p8 * rounding(kernel.precision());
    assertLike(out.loss(), Math.scalb(one.loss(), 134), tolerance);
    double[] dv = scaled(one.dv(), 134);
    for (int c = 0; c < dv.length; c++) {
      // The sum along the filter, which is taken off, is at most N times as long as what is left.
      assertThat(out.dv()[c]).isCloseTo(dv[c], within(N * tolerance * Checks.norm(dv)));
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void aFilterNearTheEndsOfADoublesRangeGivesTheSameDigits(GradientKernel kernel) {
    PatchBatch batch =
        GaussianData.of(TEACHER).n(N).seed(1).batch(kernel.precision()).toLayout(kernel.layout());
    Student student = student(Parametrisation.WEIGHT_NORMALISED, 0, 0);
    Gradient one = Gradient.of(student);
    kernel.evaluate(batch, student, one);
    // n |v| overflows at the last; at the first no digit of v is lost.
    for (int exponent : new int[] {-1000, 1000, 1021}) {
      Gradient out = Gradient.of(student);
      kernel.evaluate(batch, student(Parametrisation.WEIGHT_NORMALISED, exponent, 0), out);
      assertScaled(out, one, 0, exponent, 0, kernel.precision());
    }
  }

  @ParameterizedTest
  @EnumSource
  void manyStudentsAndSignFlipsGiveTheSameDigits(Precision precision) {
    PatchBatch rows = GaussianData.of(TEACHER).n(N).seed(1).batch(precision);
    int exponent = precision == Precision.FLOAT ? 100 : 600;
    List<Student> small = new ArrayList<>();
    List<Student> large = new ArrayList<>();
    for (int r = 0; r < 5; r++) {
      double[] weights = {1, .5 * r, -1};
      small.add(Student.weightNormalised(V, weights));
      large.add(Student.weightNormalised(V, scaled(weights, exponent)));
    }
    List<StudentsKernel> kernels = new ArrayList<>();
    for (String name : Kernels.names()) {
      kernels.add(Kernels.createStudents(name, precision));
    }
    kernels.add(Kernels.createStudents(precision));
    for (StudentsKernel kernel : kernels) {
      PatchBatch batch = rows.toLayout(kernel.layout());
      List<Gradient> expected = small.stream().map(Gradient::of).toList();
      List<Gradient> out = large.stream().map(Gradient::of).toList();
      kernel.evaluate(batch, small, expected);
      kernel.evaluate(labelled(batch, exponent), large, out);
      for (int r = 0; r < out.size(); r++) {
        assertScaled(out.get(r), expected.get(r), exponent, 0, exponent, precision);
      }
    }
    SignFlipsKernel flips = Kernels.createSignFlips(precision);
    PatchBatch batch = rows.toLayout(flips.layout());
    List<Gradient> expected = Stream.generate(() -> Gradient.of(small.get(1))).limit(4).toList();
    List<Gradient> out = Stream.generate(() -> Gradient.of(small.get(1))).limit(4).toList();
    flips.evaluate(batch, small.get(1), expected);
    flips.evaluate(labelled(batch, exponent), large.get(1), out);
    for (int flip = 0; flip < 4; flip++) {
      assertScaled(out.get(flip), expected.get(flip), exponent, 0, exponent, precision);
    }
  }

  /** a = 0, a = 1e39 where no float holds it, and a student that is the teacher. */
  @ParameterizedTest
  @MethodSource("kernels")
  void weightsNeedNotBeOfTheLabelsSize(GradientKernel kernel) {
    Precision precision = kernel.precision();
    PatchBatch batch =
        GaussianData.of(TEACHER).n(N).seed(1).batch(precision).toLayout(kernel.layout());
    Student zero = Student.weightNormalised(V, new double[3]);
    Gradient one = Gradient.of(zero);
    kernel.evaluate(batch, zero, one);
    Gradient out = Gradient.of(zero);
    kernel.evaluate(labelled(batch, -110), zero, out);
    assertScaled(out, one, -110, 0, -110, precision);

    // Squares of labels that no float holds, while every derivative is 0 or within its range.
    int large = precision == Precision.FLOAT ? 100 : 511;
    kernel.evaluate(labelled(batch, large), zero, out);
    kernel.evaluate(batch, zero, one);
    assertScaled(out, one, large, 0, large, precision);

    // Beside such outputs labels are nothing.
    kernel.evaluate(labelled(batch, -200), student(Parametrisation.WEIGHT_NORMALISED, 0, 0), one);
    kernel.evaluate(batch, student(Parametrisation.WEIGHT_NORMALISED, 0, 130), out);
    assertScaled(out, one, 130, 0, 130, precision);

    Student teacher = Student.plain(W, A);
    kernel.evaluate(batch, teacher, out);
    assertThat(out.loss()).isLessThan(rounding(precision) * rounding(precision));
    Student none = Student.weightNormalised(V, new double[3]);
    kernel.evaluate(batch.withLabelsTimes(0), none, out);
    assertThat(out.loss()).isZero();
    assertThat(Checks.norm(out.da())).isZero();
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void whatNoDoubleHoldsIsRefusedAndNothingWritten(GradientKernel kernel) {
    PatchBatch batch =
        GaussianData.of(TEACHER).n(10).seed(1).batch(kernel.precision()).toLayout(kernel.layout());
    String range = " given; expected 2.2250738585072014E-308 to 1.7976931348623157E308";
    double[] huge = new double[5];
    Arrays.fill(huge, 1.5e308);
    double[] tiny = new double[5];
    Arrays.fill(tiny, Double.MIN_VALUE);
    Gradient out = Gradient.zeros().k(3).p(5);
    assertThatThrownBy(() -> kernel.evaluate(batch, Student.weightNormalised(huge, WEIGHTS), out))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("v: |v| = more than a double holds" + range);
    assertThatThrownBy(() -> kernel.evaluate(batch, Student.weightNormalised(tiny, WEIGHTS), out))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("v: |v| = 9.9E-324" + range);
    assertThat(out.loss()).isZero();
    assertThat(out.dv()).containsOnly(0);
  }

  @Test
  void patchesThatAPrecisionCannotSumAreNamed() {
    float[] patches = new float[2 * 3 * 5];
    Arrays.fill(patches, 3e38f);
    PatchBatch batch = FloatBatch.wrap(patches, new float[] {1, 2}).k(3).p(5);
    GradientKernel kernel = Kernels.create("scalar", Precision.FLOAT);
    Student student = Student.weightNormalised(V, WEIGHTS);
    assertThatThrownBy(() -> kernel.evaluate(batch, student, Gradient.of(student)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "batch: patches up to 3.0000000054977558E38 given; expected smaller ones, whose"
                + " gradient is within the range of float");
  }

  /** Of a gradient of which a part is within the range the rest is refused all the same. */
  @ParameterizedTest
  @EnumSource
  void aPartOfAGradientThatAPrecisionCannotHoldIsRefused(Precision precision) {
    boolean isFloat = precision == Precision.FLOAT;
    double half = isFloat ? 0x1p127 : 0x1p1023;
    GradientKernel kernel = Kernels.create("scalar", precision);
    // f is 1 and the label 9; the second coordinate's derivative is 8 times the patch's.
    Student second = Student.plain(new double[] {1, 0}, new double[] {1});
    refused(kernel, batch(precision, 1, 2, 1, half), second);
    // f is 1 + 4; the second weight's derivative is 4 times the patch's.
    double[] weights = {1, 4 / half};
    refused(kernel, batch(precision, 2, 1, 1, half), Student.plain(new double[] {1}, weights));
  }

  private static PatchBatch batch(Precision precision, int k, int p, double... patches) {
    PatchBatch doubles = DoubleBatch.wrap(patches, new double[] {9}).k(k).p(p);
    float[] floats = {(float) patches[0], (float) patches[1]};
    return precision == Precision.DOUBLE
        ? doubles
        : FloatBatch.wrap(floats, new float[] {9}).k(k).p(p);
  }

  private static void refused(GradientKernel kernel, PatchBatch batch, Student student) {
    Gradient out = Gradient.of(student);
    assertThatThrownBy(() -> kernel.evaluate(batch, student, out))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("batch: patches up to ");
  }

  @Test
  void labelsTimesANumberShareThePatchesAndKeepTheirOwn() {
    for (Precision precision : Precision.values()) {
      PatchBatch batch = GaussianData.of(TEACHER).n(7).seed(1).batch(precision);
      PatchBatch twice = batch.withLabelsTimes(2);
      for (int i = 0; i < 7; i++) {
        assertThat(twice.label(i)).isEqualTo(2 * batch.label(i));
        assertThat(twice.patch(i, 2, 4)).isEqualTo(batch.patch(i, 2, 4));
      }
      assertThat(batch.withLabelsTimes(0).label(3)).isZero();
      assertThatThrownBy(() -> batch.withLabelsTimes(Double.MAX_VALUE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("labels * 1.7976931348623157E308[");
    }
  }
}

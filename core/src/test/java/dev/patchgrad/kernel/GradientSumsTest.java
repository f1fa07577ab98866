package dev.patchgrad.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.patchgrad.network.GaussianData;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Sums of parts of a batch, added and turned into a gradient: that of the whole batch. */
class GradientSumsTest {
  private static final Teacher TEACHER =
      Teacher.of(new double[] {2, .5, 1, -1, .25}, new double[] {.75, 2, -1});
  private static final double[] V = {1, 2, -1, .5, 3};
  private static final double[] A = {1, -.5, .25};

  /** No multiple of any layout's lanes, which the parts' borders are. */
  private static final int N = 211;

  private static final int[] BORDERS = {0, 16, 144, N};

  static Stream<Arguments> kernels() {
    return KernelCases.kernels();
  }

  static Stream<Arguments> students() {
    return KernelCases.students().map(Arguments::of);
  }

  private static PatchBatch data(Precision precision) {
    return GaussianData.of(TEACHER).n(N).seed(1).batch(precision);
  }

  private static List<Student> both() {
    return List.of(Student.weightNormalised(V, A), Student.plain(V, A));
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void theSumsOfPartsGiveTheGradientOfTheWhole(GradientKernel kernel) {
    PatchBatch rows = data(kernel.precision());
    PatchBatch batch = rows.toLayout(kernel.layout());
    for (Student student : both()) {
      GradientSums sums = GradientSums.zeros().k(3).p(5);
      for (int part = 1; part < BORDERS.length; part++) {
        sums = sums.plus(kernel.sums(batch.slice(BORDERS[part - 1], BORDERS[part]), student));
      }
      assertThat(sums.count()).isEqualTo(N);
      Gradient whole = Gradient.of(student);
      kernel.evaluate(batch, student, whole);
      assertWithinRounding(sums, whole, rows, student);
    }
  }

  @ParameterizedTest
  @MethodSource("students")
  void theSumsOfStudentsGiveTheirGradients(StudentsKernel kernel) {
    PatchBatch rows = data(kernel.precision());
    PatchBatch batch = rows.toLayout(kernel.layout());
    List<Student> students = both();
    List<GradientSums> first = kernel.sums(batch.slice(0, 80), students);
    List<GradientSums> rest = kernel.sums(batch.slice(80, N), students);
    List<Gradient> whole = students.stream().map(Gradient::of).toList();
    kernel.evaluate(batch, students, whole);
    for (int r = 0; r < students.size(); r++) {
      assertWithinRounding(first.get(r).plus(rest.get(r)), whole.get(r), rows, students.get(r));
    }
  }

  /** Each of the two is within the bound of the exact gradient. */
  private static void assertWithinRounding(
      GradientSums sums, Gradient whole, PatchBatch rows, Student student) {
    Gradient out = Gradient.of(student);
    sums.gradient(student, out);
    RoundingBound bound = RoundingBound.of(rows, student, rows.precision(), false);
    assertThat(out.loss()).isCloseTo(whole.loss(), within(2 * bound.loss()));
    assertThat(KernelCases.filterDistance(out, whole)).isLessThanOrEqualTo(2 * bound.filter());
    for (int j = 0; j < 3; j++) {
      assertThat(out.da()[j]).isCloseTo(whole.da()[j], within(2 * bound.weight(j)));
    }
  }

  /**
   * Squares of such labels are beyond a float's range, and below it; powers of two round nothing.
   */
  @ParameterizedTest
  @MethodSource("kernels")
  void labelsOfAnySizeGiveTheSameDigits(GradientKernel kernel) {
    PatchBatch batch = data(kernel.precision()).toLayout(kernel.layout());
    int exponent = kernel.precision() == Precision.FLOAT ? 100 : 500;
    GradientSums one = kernel.sums(batch, Student.weightNormalised(V, A));
    for (int sign : new int[] {-1, 1}) {
      double unit = Math.scalb(1.0, sign * exponent);
      Student scaled =
          Student.weightNormalised(V, new double[] {A[0] * unit, A[1] * unit, A[2] * unit});
      GradientSums sums = kernel.sums(batch.withLabelsTimes(unit), scaled);
      // A weight is not a float beyond 2^127, so what is rounded may differ by a few float's ulps.
      double relative = kernel.precision() == Precision.FLOAT ? N * 0x1p-23 : N * 0x1p-52;
      assertThat(sums.squares() / unit / unit)
          .isCloseTo(one.squares(), within(one.squares() * relative));
      for (int c = 0; c < 5; c++) {
        double largest = KernelCases.norm(one.filter());
        assertThat(sums.filter()[c] / unit / unit)
            .isCloseTo(one.filter()[c], within(largest * relative));
      }
      assertThat(sums.weights()[1] / unit)
          .isCloseTo(one.weights()[1], within(KernelCases.norm(one.weights()) * relative));
    }
  }

  /** As a kernel's own results are: a descent ends by them as diverged. */
  @Test
  void aSumBeyondTheLargestDoubleIsInfinite() {
    GradientKernel kernel = Kernels.create("scalar", Precision.DOUBLE);
    PatchBatch batch = data(Precision.DOUBLE).withLabelsTimes(0x1p600);
    Student student = Student.weightNormalised(V, A);
    GradientSums sums = kernel.sums(batch, student);
    assertThat(sums.squares()).isInfinite();
    Gradient out = Gradient.of(student);
    sums.plus(sums).gradient(student, out);
    assertThat(out.loss()).isInfinite();
    GradientSums large = new GradientSums(1, new double[] {1e308}, new double[] {-1e308}, 1);
    assertThat(large.plus(large).filter()).containsExactly(Double.POSITIVE_INFINITY);
    assertThat(large.plus(large).weights()).containsExactly(Double.NEGATIVE_INFINITY);
  }

  @Test
  void whatIsNoSumIsRefused() {
    double[] one = {1};
    assertRefused(
        () -> new GradientSums(-1, one, one, 1), "squares: -1.0 given; expected at least 0");
    assertRefused(() -> new GradientSums(Double.NaN, one, one, 1), "squares: NaN given");
    assertRefused(() -> new GradientSums(1, new double[0], one, 1), "filter: length: 0 given");
    assertRefused(() -> new GradientSums(1, one, new double[0], 1), "weights: length: 0 given");
    assertRefused(() -> new GradientSums(1, one, one, -1), "count: -1 given; expected at least 0");
    assertRefused(() -> GradientSums.zeros().k(0).p(1), "k: 0 given; expected at least 1");
    assertRefused(() -> GradientSums.zeros().k(1).p(0), "p: 0 given; expected at least 1");
    GradientSums sums = new GradientSums(1, one, one, 1);
    GradientSums wider = GradientSums.zeros().k(1).p(2);
    GradientSums longer = GradientSums.zeros().k(2).p(1);
    assertRefused(() -> sums.plus(wider), "other.filter: length 2 given; expected p");
    assertRefused(() -> sums.plus(longer), "other.weights: length 2 given; expected k");
    Student student = Student.plain(one, one);
    Gradient out = Gradient.of(student);
    assertRefused(() -> wider.gradient(student, out), "student.v: length 1 given; expected p");
    assertRefused(() -> longer.gradient(student, out), "student.a: length 1 given; expected k");
    Student zero = Student.weightNormalised(new double[1], one);
    assertRefused(() -> sums.gradient(zero, out), "v: all 1 elements are 0");
    assertThatThrownBy(() -> GradientSums.zeros().k(1).p(1).gradient(student, out))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("sums: of 0 samples; expected at least 1, to divide by");
    GradientSums many = new GradientSums(1, one, one, Long.MAX_VALUE);
    assertThatThrownBy(() -> many.plus(many)).isInstanceOf(ArithmeticException.class);
  }

  private static void assertRefused(Runnable call, String message) {
    assertThatThrownBy(call::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void itIsAValueWhoseArraysAreItsOwn() {
    double[] filter = {1, 2};
    double[] weights = {3};
    GradientSums sums = new GradientSums(4, filter, weights, 5);
    filter[0] = weights[0] = 9;
    sums.filter()[0] = 9;
    sums.weights()[0] = 9;
    GradientSums same = new GradientSums(4, new double[] {1, 2}, new double[] {3}, 5);
    assertThat(sums).isEqualTo(same).hasSameHashCodeAs(same);
    assertThat(sums)
        .hasToString("GradientSums[squares=4.0, filter=[1.0, 2.0], weights=[3.0], count=5]");
    assertThat(sums.k()).isEqualTo(1);
    assertThat(sums.p()).isEqualTo(2);
    assertThat(sums)
        .isNotEqualTo(new GradientSums(3, new double[] {1, 2}, new double[] {3}, 5))
        .isNotEqualTo(new GradientSums(4, new double[] {1, 3}, new double[] {3}, 5))
        .isNotEqualTo(new GradientSums(4, new double[] {1, 2}, new double[] {4}, 5))
        .isNotEqualTo(new GradientSums(4, new double[] {1, 2}, new double[] {3}, 6));
  }

  @Test
  void itTravelsAndADamagedOneIsRefused() throws Exception {
    GradientSums sums = new GradientSums(4.25, new double[] {1, 2}, new double[] {3}, 5);
    byte[] bytes = written(sums);
    assertThat(read(bytes)).isEqualTo(sums);
    replace(bytes, 4.25, -4.25);
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(InvalidObjectException.class)
        .hasMessageContaining("squares: -4.25 given");
  }

  static byte[] written(Serializable value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    }
    return bytes.toByteArray();
  }

  @SuppressWarnings("BanSerializableRead") // what the test itself wrote
  static Object read(byte[] bytes) throws IOException, ClassNotFoundException {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      return in.readObject();
    }
  }

  /** The only place where a number is written, overwritten. */
  private static void replace(byte[] bytes, double number, double by) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    for (int at = 0; at + Double.BYTES <= bytes.length; at++) {
      if (buffer.getDouble(at) == number) {
        buffer.putDouble(at, by);
        return;
      }
    }
    throw new AssertionError(number + " is not there");
  }
}

package dev.patchgrad.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.patchgrad.network.FloatBatch;
import dev.patchgrad.network.GaussianData;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Many students at once get what the scalar kernel gives each, whatever the tails of R, k, p, n.
 */
@Tag("kernel")
class StudentsKernelTest {
  private static final int[] COUNTS =
      KernelCases.WITHOUT_FMA ? new int[] {17, 1, 2} : new int[] {33, 1, 2, 3, 5, 16, 17, 21, 42};
  private static final int[][] SIZES =
      KernelCases.WITHOUT_FMA
          ? new int[][] {{2, 3}, {9, 5}, {65, 2}, {3, 33}}
          : new int[][] {
            {1, 1}, {2, 3}, {7, 4}, {9, 5}, {64, 2}, {65, 7}, {3, 33}, {2, 200}, {600, 3}
          };

  /** Blocks of samples and tails of R do not depend on each other, and a bound takes long. */
  private static final int[] COUNTS_OF_A_LONG_BATCH = {33, 2};

  private static final int[] DIMENSIONS =
      KernelCases.WITHOUT_FMA
          ? new int[] {1, 3, 8, 13}
          : KernelCases.THIN
              ? new int[] {1, 2, 3, 5, 8, 13, 17}
              : new int[] {1, 2, 3, 4, 5, 7, 8, 9, 13, 16, 17, 31, 33, 64, 65, 100, 257};

  static Stream<Arguments> kernelsAndDimensions() {
    return KernelCases.students()
        .flatMap(kernel -> IntStream.of(DIMENSIONS).mapToObj(p -> Arguments.of(kernel, p)));
  }

  static Stream<Arguments> kernels() {
    return KernelCases.students().map(Arguments::of);
  }

  @ParameterizedTest(name = "{0}, p = {1}")
  @MethodSource("kernelsAndDimensions")
  void everyStudentGetsTheScalarKernelsGradientWithinRounding(StudentsKernel kernel, int p) {
    // One kernel object sees all shapes and all R in turn: what it keeps must not leak.
    Precision precision = kernel.precision();
    GradientKernel truth = Kernels.create(DoubleScalarKernel.NAME, Precision.DOUBLE);
    SplittableRandom random = new SplittableRandom(97L * p + precision.bytes());
    for (int[] size : SIZES) {
      int n = size[0];
      int k = size[1];
      // A float batch's elements are exact in double: both kernels see the same data.
      PatchBatch floats =
          GaussianData.of(Teacher.of(gaussian(random, p), gaussian(random, k)))
              .n(n)
              .seed(p)
              .batch(Precision.FLOAT);
      PatchBatch doubles = KernelCases.toDouble(floats);
      PatchBatch batch = precision == Precision.FLOAT ? floats : doubles;
      PatchBatch own = batch.toLayout(kernel.layout());
      for (int count : n * k >= 400 ? COUNTS_OF_A_LONG_BATCH : COUNTS) {
        List<Student> students = students(random, count, k, p);
        List<Gradient> out = gradients(students);
        kernel.evaluate(own, students, out);
        for (int r = 0; r < count; r++) {
          String what = "R " + count + " n " + n + " k " + k + " student " + r;
          check(what, precision, truth, doubles, students.get(r), out.get(r));
        }
      }
    }
  }

  static void check(
      String what,
      Precision precision,
      GradientKernel truth,
      PatchBatch exact,
      Student student,
      Gradient gradient) {
    Gradient expected = KernelCases.evaluate(truth, exact, student);
    RoundingBound bound = RoundingBound.of(exact, student, precision, false);
    RoundingBound own =
        precision == Precision.DOUBLE
            ? bound
            : RoundingBound.of(exact, student, Precision.DOUBLE, false);
    assertThat(gradient.loss())
        .as("%s loss", what)
        .isCloseTo(expected.loss(), within(bound.loss() + own.loss()));
    for (int j = 0; j < student.k(); j++) {
      // An assertion takes longer than the gradient, and there are millions of weights.
      double error = Math.abs(gradient.da()[j] - expected.da()[j]);
      if (!(error <= bound.weight(j) + own.weight(j))) {
        assertThat(error)
            .as("%s da[%d]", what, j)
            .isLessThanOrEqualTo(bound.weight(j) + own.weight(j));
      }
    }
    assertThat(KernelCases.filterDistance(gradient, expected))
        .as("%s dv", what)
        .isLessThanOrEqualTo(bound.filter() + own.filter());
  }

  /**
   * Shapes whose blocks, tiles and copies differ from those before, so that what a kernel keeps of
   * one is too little for the next: {R, n, k, p}. The first has as many students as lanes; 260
   * samples of k = 16 and p = 8 in double are more than one block of the kernels by blocks.
   */
  private static final int[][] SHAPES = {
    {16, 1, 200, 3},
    {32, 3, 1, 3},
    {3, 260, 16, 8},
    {2, 530, 16, 8},
    {4, 66, 3, 256},
    {2, 3, 2, 161},
    {1, 2, 2, 1}
  };

  @ParameterizedTest
  @MethodSource("kernels")
  void whatAKernelKeepsOfOneShapeDoesForTheNext(StudentsKernel kernel) {
    Precision precision = kernel.precision();
    GradientKernel truth = Kernels.create(DoubleScalarKernel.NAME, Precision.DOUBLE);
    SplittableRandom random = new SplittableRandom(11);
    for (int[] shape : SHAPES) {
      int k = shape[2];
      int p = shape[3];
      Teacher teacher = Teacher.of(gaussian(random, p), gaussian(random, k));
      PatchBatch floats = GaussianData.of(teacher).n(shape[1]).seed(p).batch(Precision.FLOAT);
      PatchBatch doubles = KernelCases.toDouble(floats);
      PatchBatch batch = precision == Precision.FLOAT ? floats : doubles;
      List<Student> students = students(random, shape[0], k, p);
      List<Gradient> out = gradients(students);
      kernel.evaluate(batch.toLayout(kernel.layout()), students, out);
      for (int r = 0; r < students.size(); r++) {
        String what = Arrays.toString(shape) + " student " + r;
        check(what, precision, truth, doubles, students.get(r), out.get(r));
      }
    }
  }

  /** Where 1 / |v| loses digits, what is divided by it is divided, not multiplied. */
  @ParameterizedTest
  @MethodSource("kernels")
  void aFilterOfTheLargestNumbersGetsTheScalarKernelsGradient(StudentsKernel kernel) {
    double[] v = {0x1p1022, -0x1p1021, 0x1p1020};
    double[] a = {1, -0.5};
    PatchBatch batch =
        GaussianData.of(Teacher.of(new double[] {1, 2, 3}, a))
            .n(1)
            .seed(7)
            .batch(kernel.precision());
    Student student = Student.weightNormalised(v, a);
    Gradient out = Gradient.of(student);
    kernel.evaluate(batch.toLayout(kernel.layout()), List.of(student), List.of(out));
    GradientKernel truth = Kernels.create(DoubleScalarKernel.NAME, Precision.DOUBLE);
    Gradient expected = KernelCases.evaluate(truth, KernelCases.toDouble(batch), student);
    assertThat(Math.abs(expected.dv()[0])).isPositive();
    // Numbers of this size have 50 digits left at least; float sums of a few terms have 20.
    double share = kernel.precision() == Precision.FLOAT ? 0x1p-20 : 0x1p-45;
    for (int c = 0; c < v.length; c++) {
      assertThat(out.dv()[c] * 0x1p1000)
          .isCloseTo(expected.dv()[c] * 0x1p1000, within(share * 0x1p-20));
    }
    assertThat(out.loss()).isCloseTo(expected.loss(), within(share * (1 + expected.loss())));
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void aSliceOfABatchGivesTheGradientsOfItsSamples(StudentsKernel kernel) {
    Precision precision = kernel.precision();
    SplittableRandom random = new SplittableRandom(8);
    Teacher teacher = Teacher.of(gaussian(random, 9), gaussian(random, 5));
    // Whole groups of lanes, at every vector width.
    PatchBatch slice =
        GaussianData.of(teacher)
            .n(80)
            .seed(1)
            .batch(precision)
            .toLayout(kernel.layout())
            .slice(16, 64);
    List<Student> students = students(random, 3, 5, 9);
    List<Gradient> out = gradients(students);
    kernel.evaluate(slice, students, out);
    GradientKernel truth = Kernels.create(DoubleScalarKernel.NAME, Precision.DOUBLE);
    for (int r = 0; r < 3; r++) {
      PatchBatch exact = KernelCases.toDouble(slice);
      check("student " + r, precision, truth, exact, students.get(r), out.get(r));
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void aBadArgumentIsRefusedByItsIndexAndEveryOutputIsUnchanged(StudentsKernel kernel) {
    Precision precision = kernel.precision();
    SplittableRandom random = new SplittableRandom(3);
    Teacher teacher = Teacher.of(gaussian(random, 3), gaussian(random, 2));
    PatchBatch batch =
        GaussianData.of(teacher).n(5).seed(1).batch(precision).toLayout(kernel.layout());
    List<Student> good = students(random, 3, 2, 3);
    List<Gradient> out = gradients(good);

    List<Student> bad = new ArrayList<>(good);
    bad.set(2, Student.plain(new double[] {1, Double.NaN, 0}, new double[2]));
    refused(kernel, batch, bad, out, "students[2]: v[1]: NaN given; expected a finite number");
    bad.set(2, Student.weightNormalised(new double[3], new double[2]));
    refused(
        kernel,
        batch,
        bad,
        out,
        "students[2]: v: all 3 elements are 0; expected |v| > 0, since w = v / |v|");
    bad.set(2, Student.plain(new double[4], new double[2]));
    refused(
        kernel, batch, bad, out, "students[2]: student: p = 4 given; expected p = 3 of the batch");
    refused(kernel, batch, List.of(), List.of(), "students: size: 0 given; expected at least 1");
    refused(
        kernel,
        batch,
        good,
        out.subList(0, 2),
        "out: length 2 given; expected R, the number of students = 3");
    List<Gradient> short2 = new ArrayList<>(out);
    short2.set(2, Gradient.zeros().k(1).p(3));
    refused(
        kernel,
        batch,
        good,
        short2,
        "students[2]: gradient.da: length 1 given; expected k of the student = 2");
    List<Gradient> twice = new ArrayList<>(out);
    twice.set(2, out.get(0));
    refused(
        kernel, batch, good, twice, "out[2]: the same object as out[0] given; expected another");
    Layout wrong = Layout.interleaved(kernel.layout().lanes() + 1);
    refused(
        kernel,
        batch.toLayout(wrong),
        good,
        out,
        "batch: layout "
            + wrong
            + " given; kernel '"
            + kernel.name()
            + "' expected "
            + kernel.layout()
            + ", as batch.toLayout(kernel.layout()) gives it");
    Precision other = precision == Precision.FLOAT ? Precision.DOUBLE : Precision.FLOAT;
    refused(
        kernel,
        GaussianData.of(teacher).n(5).seed(1).batch(other).toLayout(kernel.layout()),
        good,
        out,
        "batch: precision "
            + other.label()
            + " given; kernel '"
            + kernel.name()
            + "' expected "
            + precision.label());
  }

  private static void refused(
      StudentsKernel kernel,
      PatchBatch batch,
      List<Student> students,
      List<Gradient> out,
      String message) {
    for (Gradient gradient : out) {
      gradient.loss(-7);
      Arrays.fill(gradient.dv(), -8);
      Arrays.fill(gradient.da(), -9);
    }
    assertThatThrownBy(() -> kernel.evaluate(batch, students, out))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
    for (Gradient gradient : out) {
      assertThat(gradient.loss()).isEqualTo(-7);
      assertThat(gradient.dv()).containsOnly(-8);
      assertThat(gradient.da()).containsOnly(-9);
    }
  }

  private static List<Student> students(SplittableRandom random, int count, int k, int p) {
    List<Student> students = new ArrayList<>();
    for (int r = 0; r < count; r++) {
      double[] v = gaussian(random, p);
      double[] a = gaussian(random, k);
      students.add(r % 3 == 1 ? Student.plain(v, a) : Student.weightNormalised(v, a));
    }
    return students;
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void aPlainStudentsOverflowIsInfiniteInDoubleAndRefusedInFloat(StudentsKernel kernel) {
    // 66 samples are two parts of a batch, 3 are one.
    for (int n : new int[] {3, 66}) {
      float[] patches = new float[n * 2 * 9];
      Arrays.fill(patches, 1e30f);
      PatchBatch batch = FloatBatch.wrap(patches, new float[n]).k(2).p(9);
      boolean isFloat = kernel.precision() == Precision.FLOAT;
      PatchBatch own = isFloat ? batch : KernelCases.toDouble(batch);
      double[] w = new double[9];
      Arrays.fill(w, isFloat ? 1e5 : 1e250);
      List<Student> students = List.of(Student.plain(w, new double[] {1e5, 1e5}));
      List<Gradient> out = gradients(students);
      PatchBatch asRead = own.toLayout(kernel.layout());
      if (isFloat) {
        // dL/dw is 1e77, which a result could hold, and squares of patches that a float cannot.
        assertThatThrownBy(() -> kernel.evaluate(asRead, students, out))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("batch: patches up to 1.00000")
            .hasMessageContaining("within the range of float");
      } else {
        kernel.evaluate(asRead, students, out);
        // f is 1e287; times a_j and the patch it is more than the largest double.
        assertThat(out.get(0).dv()).containsOnly(Double.POSITIVE_INFINITY);
      }
    }
  }

  /** Outputs that hold what no kernel may read: it is to be written over. */
  static List<Gradient> gradients(List<Student> students) {
    List<Gradient> gradients = students.stream().map(Gradient::of).toList();
    for (Gradient gradient : gradients) {
      Arrays.fill(gradient.dv(), Double.NaN);
      Arrays.fill(gradient.da(), Double.NaN);
    }
    return gradients;
  }

  static double[] gaussian(SplittableRandom random, int length) {
    return random.doubles(length).map(u -> 4 * u - 2).toArray();
  }
}

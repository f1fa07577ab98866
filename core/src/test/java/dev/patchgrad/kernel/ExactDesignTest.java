package dev.patchgrad.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.Parametrisation;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pins every kernel, for one student, many, or the four sign flips, in both precisions and
 * parametrisations, to the closed form.
 */
@Tag("kernel")
class ExactDesignTest {
  /**
   * 256 samples of at most 17 * 257 products: the rounding bound is some 5e-14, the design itself
   * agrees with the closed form to 3e-13.
   */
  private static final double DOUBLE = 1e-11;

  static Stream<Arguments> shapes() {
    int[] all = {1, 2, 3, 5, 8, 13, 16, 17, 31, 64, 100, 257};
    int[] few = {1, 2, 5, 13, 17};
    return IntStream.of(KernelCases.THIN ? few : all)
        .boxed()
        .flatMap(
            p ->
                IntStream.of(KernelCases.THIN ? new int[] {5} : new int[] {1, 2, 5, 8, 17})
                    .mapToObj(k -> Arguments.of(p, k)));
  }

  @ParameterizedTest(name = "p = {0}, k = {1}")
  @MethodSource("shapes")
  void everyKernelEqualsTheClosedForm(int p, int k) {
    for (int eighths : new int[] {1, 2, 3, 4, 0}) {
      if ((p == 1 || KernelCases.THIN) && eighths % 4 != 0 && (p == 1 || eighths != 3)) {
        continue;
      }
      ExactDesign design = new ExactDesign(4, k, p, eighths, 1000L * p + k);
      for (Parametrisation parametrisation : Parametrisation.values()) {
        Student student = design.student(parametrisation);
        Gradient expected = design.discretised(student);
        for (Precision precision : Precision.values()) {
          PatchBatch batch = design.batch(precision);
          RoundingBound bound =
              RoundingBound.of(
                  design.batch(Precision.DOUBLE), student, precision, precision == Precision.FLOAT);
          for (Named<GradientKernel> kernel : KernelCases.all(precision)) {
            Gradient gradient = KernelCases.evaluate(kernel.getPayload(), batch, student);
            String what = kernel.getName() + " " + parametrisation + " phi " + eighths + "/8";
            if (precision == Precision.DOUBLE) {
              check(what, gradient, expected, student);
            } else {
              check(what, gradient, expected, bound);
            }
          }
        }
      }
    }
  }

  /** Double: relative to the length of each vector, or to its terms where they cancel. */
  private static void check(String what, Gradient gradient, Gradient expected, Student student) {
    assertThat(gradient.loss())
        .as("%s loss", what)
        .isCloseTo(expected.loss(), within(DOUBLE * expected.loss()));
    double length = KernelCases.norm(expected.da());
    for (int j = 0; j < expected.da().length; j++) {
      assertThat(gradient.da()[j])
          .as("%s da[%d]", what, j)
          .isCloseTo(expected.da()[j], within(DOUBLE * length));
    }
    // At phi = 0 and pi dv is 0 (normalised): terms r_i s_i of size sqrt(loss) |a| cancel.
    double terms = Math.sqrt(expected.loss()) * KernelCases.norm(student.a());
    double size = KernelCases.norm(expected.dv());
    assertThat(KernelCases.filterDistance(gradient, expected))
        .as("%s dv", what)
        .isLessThanOrEqualTo(DOUBLE * (size > 1e-3 * terms ? size : terms));
  }

  /** Float: the bound of its rounding, and the design's own agreement. */
  private static void check(
      String what, Gradient gradient, Gradient expected, RoundingBound bound) {
    assertThat(gradient.loss())
        .as("%s loss", what)
        .isCloseTo(expected.loss(), within(bound.loss() + 1e-12 * expected.loss()));
    for (int j = 0; j < expected.da().length; j++) {
      assertThat(gradient.da()[j])
          .as("%s da[%d]", what, j)
          .isCloseTo(expected.da()[j], within(bound.weight(j) * (1 + 1e-6)));
    }
    assertThat(KernelCases.filterDistance(gradient, expected))
        .as("%s dv", what)
        .isLessThanOrEqualTo(bound.filter() * (1 + 1e-6));
  }

  static Stream<Arguments> precisionsAndFewShapes() {
    return Stream.of(Precision.values())
        .flatMap(
            precision ->
                IntStream.of(
                        KernelCases.THIN ? new int[] {1, 5, 13} : new int[] {1, 2, 5, 13, 64, 257})
                    .boxed()
                    .flatMap(
                        p ->
                            IntStream.of(KernelCases.THIN ? new int[] {5} : new int[] {1, 8, 17})
                                .mapToObj(k -> Arguments.of(precision, p, k))));
  }

  @ParameterizedTest(name = "{0}, p = {1}, k = {2}")
  @MethodSource("precisionsAndFewShapes")
  void theFourSignFlipsEqualTheClosedForm(Precision precision, int p, int k) {
    SignFlipsKernel kernel = Kernels.createSignFlips(precision);
    for (ExactDesign design : designs(p, k)) {
      PatchBatch batch = design.batch(precision).toLayout(kernel.layout());
      for (Parametrisation parametrisation : Parametrisation.values()) {
        List<Student> flips = design.students(parametrisation);
        List<Gradient> out = flips.stream().map(Gradient::of).toList();
        kernel.evaluate(batch, flips.getFirst(), out);
        checkAll("flip", precision, design, flips, out);
      }
    }
  }

  /** Both parametrisations side by side, and as many students as leave a tail at every width. */
  @ParameterizedTest(name = "{0}, p = {1}, k = {2}")
  @MethodSource("precisionsAndFewShapes")
  void everyStudentOfManyEqualsTheClosedForm(Precision precision, int p, int k) {
    manyStudents(Kernels.createStudents(precision), p, k);
    manyStudents(Kernels.createStudents(DoubleInterleavedKernel.NAME, precision), p, k);
  }

  private static void manyStudents(StudentsKernel kernel, int p, int k) {
    Precision precision = kernel.precision();
    for (ExactDesign design : designs(p, k)) {
      PatchBatch batch = design.batch(precision).toLayout(kernel.layout());
      List<Student> each =
          Stream.of(Parametrisation.values())
              .flatMap(parametrisation -> design.students(parametrisation).stream())
              .toList();
      for (int count : KernelCases.WITHOUT_FMA ? new int[] {3} : new int[] {1, 3, 8, 35}) {
        List<Student> students =
            IntStream.range(0, count).mapToObj(r -> each.get(r % each.size())).toList();
        List<Gradient> out = students.stream().map(Gradient::of).toList();
        kernel.evaluate(batch, students, out);
        checkAll("R " + count + " student", precision, design, students, out);
      }
    }
  }

  private static List<ExactDesign> designs(int p, int k) {
    return IntStream.of(p == 1 ? new int[] {0, 4} : new int[] {1, 3, 0})
        .mapToObj(eighths -> new ExactDesign(4, k, p, eighths, 2000L * p + k))
        .toList();
  }

  private static void checkAll(
      String what,
      Precision precision,
      ExactDesign design,
      List<Student> students,
      List<Gradient> out) {
    // The same student may be there several times: its bound takes longest.
    IdentityHashMap<Student, RoundingBound> bounds = new IdentityHashMap<>();
    for (int r = 0; r < students.size(); r++) {
      Student student = students.get(r);
      Gradient expected = design.discretised(student);
      String which = what + " " + r + " " + student.parametrisation();
      if (precision == Precision.DOUBLE) {
        check(which, out.get(r), expected, student);
      } else {
        check(
            which,
            out.get(r),
            expected,
            bounds.computeIfAbsent(
                student,
                one ->
                    RoundingBound.of(design.batch(Precision.DOUBLE), one, Precision.FLOAT, true)));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theDesignTendsToTheClosedFormWithTheSquareOfTheCell(Parametrisation parametrisation) {
    if (KernelCases.THIN) {
      return;
    }
    double previous = Double.NaN;
    for (int m = 4; m <= 7; m++) {
      ExactDesign design = new ExactDesign(m, 3, 2, 1, 77);
      GradientKernel kernel = Kernels.create(DoubleScalarKernel.NAME, Precision.DOUBLE);
      Student student = design.student(parametrisation);
      Gradient gradient = KernelCases.evaluate(kernel, design.batch(Precision.DOUBLE), student);
      double error = gradient.loss() - design.continuous(student).loss();
      if (m > 4) {
        // h / sin h - 1 = h^2/6 (1 + 7 h^2/60 + ...): a quarter for half the h, up to h^2.
        double h = 2 * Math.PI / (1 << (m - 1));
        assertThat(previous / error).isCloseTo(4, within(4 * 7.0 / 60 * 4 * h * h));
      }
      previous = error;
    }
  }

  @Test
  void theListHoldsTheThreeWaysAtLeast() {
    assertThat(Kernels.names()).contains("scalar", "vector", "ejml");
  }
}

package dev.patchgrad.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.patchgrad.bench.problem.BadParametersException;
import dev.patchgrad.bench.problem.GradientProblem;
import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import dev.patchgrad.reports.grid.PeerComparison;
import dev.patchgrad.reports.grid.SuiteNames;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The suite of peers for many students, set up as JMH would and called once. */
class StudentsPeerBenchmarkTest {
  static Stream<Arguments> cells() {
    return Stream.concat(
            PeerComparison.STUDENT_PEERS.stream(), Stream.of(SuiteNames.TILES, "interleaved"))
        .flatMap(
            kernel ->
                Stream.of("double", "float")
                    .flatMap(
                        precision ->
                            Stream.of(
                                // Fewer students than lanes; an odd vector of them; tails of p, k.
                                Arguments.of(kernel, precision, 8, 16, 4),
                                Arguments.of(kernel, precision, 64, 3, 16),
                                Arguments.of(kernel, precision, 13, 5, 41),
                                Arguments.of(kernel, precision, 1, 1, 1))));
  }

  /** Set-up itself refuses a gradient that is not the scalar kernel's. */
  @ParameterizedTest
  @MethodSource("cells")
  void theLastLossIsTheScalarKernels(String kernel, String precision, int p, int k, int students)
      throws BadParametersException {
    StudentsPeerBenchmark suite = new StudentsPeerBenchmark();
    suite.kernel = kernel;
    suite.precision = precision;
    suite.p = p;
    suite.k = k;
    suite.students = students;
    suite.level = "32KiB";
    Map<String, String> cell = GradientProblem.params(precision, p, k, kernel, "32KiB");
    cell.put(SuiteNames.STUDENTS, Integer.toString(students));
    GradientProblem problem;
    try {
      problem = StudentsPeerBenchmark.check(cell);
    } catch (BadParametersException e) {
      // No BLAS or C compiler on this system, no test of it.
      Assumptions.assumeFalse(e.goodElsewhere(), e.getMessage());
      throw e;
    }
    suite.setUp();
    Student last = problem.students(students).getLast();
    Gradient expected = Gradient.of(last);
    Kernels.create("scalar", problem.precision()).evaluate(problem.batch(), last, expected);
    // As in PeerBenchmarkTest.
    double unit = problem.precision() == Precision.FLOAT ? 0x1p-24 : 0x1p-53;
    assertThat(suite.gradients())
        .isCloseTo(expected.loss(), within(230 * 100 * 4 * unit * expected.loss()));
  }
}

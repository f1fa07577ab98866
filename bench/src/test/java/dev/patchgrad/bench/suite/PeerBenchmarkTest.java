package dev.patchgrad.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.patchgrad.bench.problem.BadParametersException;
import dev.patchgrad.bench.problem.GradientProblem;
import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.Precision;
import dev.patchgrad.reports.grid.PeerComparison;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The suite of peers, set up as JMH would and called once; its set-up holds the whole gradient. */
class PeerBenchmarkTest {
  static Stream<Arguments> cells() {
    return Stream.concat(PeerComparison.PEERS.stream(), Stream.of("interleaved"))
        .flatMap(
            kernel ->
                Stream.of("double", "float")
                    .flatMap(
                        precision ->
                            Stream.of(
                                Arguments.of(kernel, precision, 8, 16),
                                Arguments.of(kernel, precision, 64, 3),
                                // Eight patches together in C, and one left over; a long patch.
                                Arguments.of(kernel, precision, 45, 9),
                                Arguments.of(kernel, precision, 130, 17),
                                Arguments.of(kernel, precision, 13, 1))));
  }

  @ParameterizedTest
  @MethodSource("cells")
  void theLossIsTheScalarKernels(String kernel, String precision, int p, int k)
      throws BadParametersException {
    PeerBenchmark suite = new PeerBenchmark();
    suite.kernel = kernel;
    suite.precision = precision;
    suite.p = p;
    suite.k = k;
    suite.level = "32KiB";
    Map<String, String> cell =
        Map.of(
            "kernel",
            kernel,
            "precision",
            precision,
            "p",
            Integer.toString(p),
            "k",
            Integer.toString(k),
            "level",
            "32KiB");
    GradientProblem problem;
    try {
      problem = PeerBenchmark.check(cell);
    } catch (BadParametersException e) {
      // No BLAS on this system, no test of it.
      Assumptions.assumeFalse(e.goodElsewhere(), e.getMessage());
      throw e;
    }
    suite.setUp();
    Gradient expected = Gradient.of(problem.student());
    Kernels.create("scalar", problem.precision())
        .evaluate(problem.batch(), problem.student(), expected);
    // As in GradientBenchmarkTest: m < 800 terms, 230 u of magnitudes below 100 losses, squared,
    // two kernels.
    double unit = problem.precision() == Precision.FLOAT ? 0x1p-24 : 0x1p-53;
    assertThat(suite.gradient())
        .isCloseTo(expected.loss(), within(230 * 100 * 4 * unit * expected.loss()));
  }
}

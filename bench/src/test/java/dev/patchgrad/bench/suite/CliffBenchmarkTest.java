package dev.patchgrad.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.patchgrad.bench.problem.BadParametersException;
import dev.patchgrad.bench.problem.GradientProblem;
import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.Precision;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The suite of cliffs, set up as JMH would and called once. */
class CliffBenchmarkTest {
  private static CliffBenchmark benchmark(String precision, String kernel, String shapes) {
    CliffBenchmark suite = new CliffBenchmark();
    suite.precision = precision;
    suite.kernel = kernel;
    suite.shapes = shapes;
    suite.p = 8;
    suite.k = 16;
    suite.level = "32KiB";
    return suite;
  }

  @ParameterizedTest
  @CsvSource({
    "double, vector, 1", "double, single-touch, 5", "double, interleaved, 5",
    "float, vector, 5", "float, single-touch, 1", "float, interleaved, 1"
  })
  void theLossIsTheScalarKernelsWhateverWasSeenBefore(
      String precision, String kernel, String shapes) throws BadParametersException {
    CliffBenchmark suite = benchmark(precision, kernel, shapes);
    suite.setUp();
    GradientProblem problem =
        CliffBenchmark.check(
            Map.of(
                "precision",
                precision,
                "p",
                "8",
                "k",
                "16",
                "kernel",
                kernel,
                "level",
                "32KiB",
                "shapes",
                shapes));
    Gradient expected = Gradient.of(problem.student());
    Kernels.create("scalar", problem.precision())
        .evaluate(problem.batch(), problem.student(), expected);
    // As in GradientBenchmarkTest: m < 800 terms, 230 u of magnitudes below 100 losses, squared,
    // two kernels.
    double unit = problem.precision() == Precision.FLOAT ? 0x1p-24 : 0x1p-53;
    assertThat(suite.gradient())
        .isCloseTo(expected.loss(), within(230 * 100 * 4 * unit * expected.loss()));
  }

  @Test
  void whatAGradientAllocatesIsCountedAndThePlainLoopTimed() throws BadParametersException {
    CliffBenchmark suite = benchmark("double", "scalar", "1");
    suite.setUp();
    CliffBenchmark.Beside beside = new CliffBenchmark.Beside();
    beside.allocatedBytes = -1;
    suite.timeBefore();
    suite.measureBeside(beside);
    // Plain loops allocate nothing in the interpreter either. An object a gradient would be 16
    // bytes at least; a single one of the JVM's own, in so many gradients, is less.
    assertThat(beside.allocatedBytes).isBetween(0.0, 15.0);
    assertThat(beside.yardstick).isPositive().isFinite();
  }

  @Test
  void otherNumbersOfShapesAreRefused() {
    assertThatThrownBy(
            () -> CliffBenchmark.check(Map.of("shapes", "3", "precision", "float", "p", "8")))
        .hasMessage("shapes: '3' given; expected 1 or 5");
  }
}

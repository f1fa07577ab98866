package dev.patchgrad.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchgrad.bench.problem.BadParametersException;
import dev.patchgrad.bench.problem.Heap;
import dev.patchgrad.bench.problem.RecoveryProblem;
import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.network.Precision;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.infra.ThreadParams;

/** The suites of learning, set up as JMH would, called once by kernel on a small problem. */
class RecoveryBenchmarkTest {
  private static final ThreadParams ONLY_THREAD = new ThreadParams(0, 1, 0, 1, 0, 1, 0, 1, 0, 1);
  private static final Map<String, String> SMALL =
      Map.of(
          "precision",
          "double",
          "p",
          "9",
          "k",
          "5",
          "n",
          "800",
          "miniBatch",
          "all",
          "kernel",
          "scalar");

  private static List<String> values(String parameter) {
    return ListedSuite.values("RecoveryBenchmark.recover", parameter);
  }

  private static int iterations(String precision, String kernel, String miniBatch)
      throws BadParametersException {
    RecoveryBenchmark benchmark = new RecoveryBenchmark();
    benchmark.precision = precision;
    benchmark.p = 9;
    benchmark.k = 5;
    benchmark.n = 800;
    benchmark.miniBatch = miniBatch;
    benchmark.kernel = kernel;
    benchmark.setUp(ONLY_THREAD);
    assertThat(benchmark.recover()).isBetween(0.0, 1e-4);
    return benchmark.iterations();
  }

  static Stream<String> kernels() {
    return values("kernel").stream();
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void everyKernelRecoversTheTeacherInTheSameIterations(String kernel)
      throws BadParametersException {
    int scalar = iterations("double", "scalar", "all");
    assertThat(scalar).isGreaterThan(10);
    // The distance may pass the threshold by less than rounding: an iteration more or less.
    assertThat(iterations("double", kernel, "all")).isBetween(scalar - 1, scalar + 1);
    assertThat(iterations("float", kernel, "all")).isBetween(scalar - 1, scalar + 1);
    assertThat(iterations("double", kernel, "80")).isPositive();
  }

  @Test
  void theGridHoldsEveryKernelAndBothPrecisions() {
    assertThat(values("kernel")).isEqualTo(Kernels.names());
    assertThat(values("precision"))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Precision.values()).map(Precision::label).toList());
  }

  @Test
  void theClosedFormIsEvaluatedAtEverySize() throws BadParametersException {
    for (int size : new int[] {1, 8, 512}) {
      ClosedFormBenchmark benchmark = new ClosedFormBenchmark();
      benchmark.p = size;
      benchmark.k = size;
      benchmark.setUp();
      assertThat(benchmark.gradient()).isNotNegative().isEqualTo(benchmark.result().loss());
    }
    ClosedFormBenchmark empty = new ClosedFormBenchmark();
    assertThatThrownBy(empty::setUp)
        .hasMessageContaining("p: 0 given; expected at least 1")
        .hasMessageContaining("k: 0 given; expected at least 1");
  }

  @Test
  void badParametersAreRefusedBeforeAnythingIsMeasured() {
    refused("miniBatch", "900", "miniBatch: 900 given; expected at most n = 800, or all");
    refused("miniBatch", "some", "miniBatch: 'some' given; expected a whole number");
    refused("n", "0", "n: 0 given; expected at least 1");
    refused("kernel", "fast", "kernel: 'fast' is unknown; expected one of");
    refused("n", "2000000000", "n * k * p: 2000000000 * 5 * 9");
    Map<String, String> interleaved = new HashMap<>(SMALL);
    interleaved.put("kernel", "interleaved");
    interleaved.put("miniBatch", "81");
    int lanes = Kernels.create("interleaved", Precision.DOUBLE).layout().lanes();
    if (lanes > 1) {
      assertThatThrownBy(() -> RecoveryProblem.check(interleaved, new Heap(Long.MAX_VALUE)))
          .hasMessageContaining("miniBatch: 81 given; expected a multiple of " + lanes);
    }
    // 90 % of it, less what everything else takes, leaves 92 KiB; the batch takes 562 KiB.
    assertThatThrownBy(() -> RecoveryProblem.check(SMALL, new Heap((64L << 20) * 10 / 9 + 102_400)))
        .hasMessageContaining("n: the batch takes");
  }

  private static void refused(String name, String value, String message) {
    Map<String, String> params = new HashMap<>(SMALL);
    params.put(name, value);
    assertThatThrownBy(() -> RecoveryProblem.check(params, new Heap(Long.MAX_VALUE)))
        .isInstanceOf(BadParametersException.class)
        .hasMessageContaining(message);
  }
}

package dev.patchgrad.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.patchgrad.bench.problem.BadParametersException;
import dev.patchgrad.bench.problem.GradientProblem;
import dev.patchgrad.bench.problem.NpyFiles;
import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.infra.ThreadParams;

/** The gradient suite, set up as JMH would, called once in each cell of its grid. */
class GradientBenchmarkTest {
  /** Small, so that the suite stays fast: one sample in the widest cells, 32 in the smallest. */
  private static final String LEVEL = "32KiB";

  private static final ThreadParams ONLY_THREAD = new ThreadParams(0, 1, 0, 1, 0, 1, 0, 1, 0, 1);

  private static List<String> values(String parameter) {
    return ListedSuite.values("GradientBenchmark.gradient", parameter);
  }

  static Stream<Map<String, String>> cells() {
    return ListedSuite.cells("GradientBenchmark.gradient", Map.of("level", LEVEL));
  }

  private static GradientBenchmark benchmark(Map<String, String> cell) {
    GradientBenchmark benchmark = new GradientBenchmark();
    benchmark.precision = cell.getOrDefault("precision", "");
    benchmark.p = Integer.parseInt(cell.getOrDefault("p", ""));
    benchmark.k = Integer.parseInt(cell.getOrDefault("k", ""));
    benchmark.kernel = cell.getOrDefault("kernel", "");
    benchmark.level = cell.getOrDefault("level", "");
    return benchmark;
  }

  @ParameterizedTest
  @MethodSource("cells")
  void everyCellComputesTheLossOfTheScalarKernel(Map<String, String> cell)
      throws BadParametersException {
    GradientBenchmark benchmark = benchmark(cell);
    benchmark.setUp(ONLY_THREAD);
    double loss = benchmark.gradient();

    GradientProblem problem = GradientProblem.check(cell);
    PatchBatch batch = problem.batch();
    Student student = problem.student();
    Gradient expected = Gradient.of(student);
    Kernels.create("scalar", problem.precision()).evaluate(batch, student, expected);
    // Both are off by at most min(m, 8 sqrt m) u of a sum of magnitudes, as AgreementCheck derives
    // it,
    // with m <= p + k + n terms: 8 sqrt(512 + 256 + 32) u = 230 u. The outputs are sums of k terms
    // of random sign and the labels too, so the magnitudes exceed the loss by less than 100; a
    // square doubles the share, and there are two kernels.
    double unit = problem.precision() == Precision.FLOAT ? 0x1p-24 : 0x1p-53;
    assertThat(loss)
        .isPositive()
        .isCloseTo(expected.loss(), within(230 * 100 * 4 * unit * expected.loss()));
    assertThat(benchmark.result().dv()).hasSize(problem.p());
    assertThat(benchmark.description())
        .contains(
            "kernel=" + cell.get("kernel"),
            "jdk=",
            "FMA=",
            problem.kernel(cell.getOrDefault("kernel", "")).resolved(),
            "n=" + problem.n());
  }

  @Test
  void theGridHoldsEveryKernel() {
    assertThat(values("kernel")).isEqualTo(Kernels.names());
  }

  @Test
  void theGridHoldsBothPrecisions() {
    assertThat(values("precision"))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Precision.values()).map(Precision::label).toList());
  }

  @Test
  void twoSetUpsGiveTheSameBits() throws BadParametersException {
    Map<String, String> cell =
        Map.of("precision", "float", "p", "8", "k", "16", "kernel", "scalar", "level", LEVEL);
    GradientBenchmark one = benchmark(cell);
    GradientBenchmark other = benchmark(cell);
    one.setUp(ONLY_THREAD);
    other.setUp(ONLY_THREAD);
    assertThat(one.gradient()).isEqualTo(other.gradient());
    assertThat(one.result().dv()).isEqualTo(other.result().dv());
  }

  @Test
  void aCellOfOwnDataMeasuresTheFilesSamplesInEitherPrecision(@TempDir Path folder)
      throws IOException, BadParametersException {
    Path file = NpyFiles.gaussian(folder.resolve("z.npy"), 5, 3, 2);
    for (String precision : List.of("float", "double")) {
      GradientBenchmark benchmark = new GradientBenchmark();
      benchmark.precision = precision;
      benchmark.p = 2;
      benchmark.k = 3;
      benchmark.kernel = "interleaved";
      benchmark.level = "120B";
      benchmark.data = file.toString();
      benchmark.setUp(ONLY_THREAD);
      assertThat(benchmark.gradient()).isPositive();
      assertThat(benchmark.description()).contains("n=5,", "precision=" + precision);
    }
  }
}

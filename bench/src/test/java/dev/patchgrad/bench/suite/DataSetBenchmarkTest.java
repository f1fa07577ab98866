package dev.patchgrad.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.patchgrad.bench.launch.PreflightRequest;
import dev.patchgrad.bench.problem.BadParametersException;
import dev.patchgrad.bench.problem.GradientProblem;
import dev.patchgrad.reports.environment.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The suite over a file, set up as JMH would, with a small file, called once in each cell. */
class DataSetBenchmarkTest {
  private static List<String> values(String parameter) {
    return ListedSuite.values("DataSetBenchmark.gradient", parameter);
  }

  static Stream<Arguments> cells() {
    return values("precision").stream()
        .flatMap(
            precision ->
                values("p").stream()
                    .flatMap(
                        p ->
                            values("kernel").stream()
                                .map(kernel -> Arguments.of(precision, p, kernel))));
  }

  private static Set<Path> folders() throws IOException {
    try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return all.filter(path -> path.getFileName().toString().startsWith("patchgrad"))
          .collect(Collectors.toSet());
    }
  }

  @ParameterizedTest
  @MethodSource("cells")
  void theFilesGradientIsThatOfItsPart(String precision, String p, String kernel)
      throws BadParametersException, IOException {
    DataSetBenchmark benchmark = new DataSetBenchmark();
    benchmark.precision = precision;
    benchmark.p = Integer.parseInt(p);
    benchmark.k = 16;
    benchmark.kernel = kernel;
    benchmark.size = "3MiB";
    benchmark.threads = 2;
    Set<Path> before = folders();
    benchmark.setUp();
    Set<Path> made = folders();
    made.removeAll(before);
    assertThat(benchmark.gradient()).isCloseTo(benchmark.kernel(), within(1e-5));
    assertThat(benchmark.read()).isBetween((3L << 20) - (1 << 17), (3L << 20) + 4096);
    assertThat(benchmark.copy()).isEqualTo(benchmark.copy());
    benchmark.tearDown();
    assertThat(folders()).doesNotContainAnyElementsOf(made);
  }

  @Test
  void theWorkIsThatOfTheFileOrOfAPart() throws BadParametersException {
    Map<String, String> params = GradientProblem.params("double", 8, 16, "vector", "DRAM");
    params.put("size", "1MiB");
    params.put("threads", "2");
    String suite = DataSetBenchmark.class.getName();
    Work gradient = SuiteList.work(new PreflightRequest.Cell(suite + ".gradient", params));
    Work read = SuiteList.work(new PreflightRequest.Cell(suite + ".read", params));
    Work kernel = SuiteList.work(new PreflightRequest.Cell(suite + ".kernel", params));
    assertThat(gradient.bytes()).isEqualTo(1 << 20).isEqualTo(read.bytes());
    assertThat(gradient.flops()).isEqualTo(kernel.flops()).isPositive();
    assertThat(read.flops()).isZero();
    params.put("size", "8000000GiB");
    assertThatThrownBy(() -> SuiteList.work(new PreflightRequest.Cell(suite + ".gradient", params)))
        .isInstanceOf(BadParametersException.class)
        .hasMessageContaining("nine tenths of the room");
  }
}

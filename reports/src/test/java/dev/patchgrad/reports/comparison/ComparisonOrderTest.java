package dev.patchgrad.reports.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.reports.environment.Environment;
import dev.patchgrad.reports.fixture.SyntheticRun;
import dev.patchgrad.reports.grid.SuiteNames;
import dev.patchgrad.reports.run.Metric;
import dev.patchgrad.reports.run.Result;
import dev.patchgrad.reports.run.Run;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The order of a comparison's cells, whatever that of the file is. */
final class ComparisonOrderTest {
  private static Result result(String benchmark, Map<String, String> params) {
    return new Result(
        benchmark,
        params,
        "thrpt",
        1,
        new Result.Settings("1.37", "25", "VM", List.of(), 1, 4, "1 s", 1, "1 s"),
        new Metric("ops/s", List.of(List.of(1.0))),
        Map.of());
  }

  private static Map<String, String> params(
      String kernel, String precision, String level, String p, String k) {
    return Map.of("kernel", kernel, "precision", precision, "level", level, "p", p, "k", k);
  }

  @Test
  void gradientsComeFirstThenBenchmarkKernelPrecisionLevelPAndK() {
    List<Result> ordered =
        List.of(
            result(SuiteNames.GRADIENT, params("a", "double", "L1", "8", "16")),
            result(SuiteNames.GRADIENT, params("a", "double", "L1", "8", "256")),
            result(SuiteNames.GRADIENT, params("a", "double", "L1", "64", "16")),
            result(SuiteNames.GRADIENT, params("a", "double", "L2", "8", "16")),
            result(SuiteNames.GRADIENT, params("a", "float", "L1", "8", "16")),
            result(SuiteNames.GRADIENT, params("b", "double", "L1", "8", "16")),
            // Suites of the same short name, which their kernels would order the other way.
            result("a.OwnBenchmark.run", params("z", "double", "L1", "8", "16")),
            result("b.OwnBenchmark.run", params("a", "double", "L1", "8", "16")),
            // Before gradients in the alphabet.
            result(SuiteNames.CLIFF, params("a", "double", "L1", "8", "16")),
            result(SuiteNames.STUDENTS_BLOCKS, params("z", "double", "L1", "8", "16")),
            result(SuiteNames.STUDENTS_SEPARATE, params("a", "double", "L1", "8", "16")));
    Environment environment = new SyntheticRun().environment();
    SplittableRandom random = new SplittableRandom(13);
    for (int trial = 0; trial < 20; trial++) {
      List<Result> shuffled = new ArrayList<>(ordered);
      for (int i = shuffled.size() - 1; i > 0; i--) {
        Collections.swap(shuffled, i, random.nextInt(i + 1));
      }
      assertThat(
              Comparison.subjects(new Run(Path.of("run"), environment, shuffled), false).values())
          .containsExactlyElementsOf(ordered);
    }
  }
}

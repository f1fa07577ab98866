package dev.patchgrad.reports.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.reports.fixture.SyntheticRun;
import dev.patchgrad.reports.json.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ComparisonTextTest {
  @TempDir private Path root;

  private Comparison comparison(SyntheticRun first, SyntheticRun other) {
    return Comparison.of(first.named("old", root), other.named("new,er", root), true);
  }

  private Comparison simple() {
    return comparison(
        new SyntheticRun().noise(0.001).withoutRoofs(),
        new SyntheticRun().noise(0.001).seed(2).withoutRoofs().factor("vector", 1.25));
  }

  @Test
  void theConsoleShowsValuesRatioIntervalAndVerdict() {
    String text = ComparisonText.console(simple(), 0.05);
    assertThat(text)
        .startsWith("first: old: intel-emerald-rapids-2c-avx512, JDK 25.0.1+8-LTS, double 8 lanes")
        .containsPattern(
            "\nvector +float +L2 +512 +256 +\\S+ k +\\S+ k +1\\.2\\dx \\[1\\.2\\d, 1\\.2\\d] +faster\n")
        .containsPattern(
            "\nscalar +double +L2 +8 +16 +\\S+ M +\\S+ M +\\S+x \\[\\S+, \\S+] +same\n")
        .containsPattern("\nvector +18  1\\.25x \\[1\\.25, 1\\.25]  faster\n")
        .contains("\nfaster 18, same 36 of 54 cells\n")
        // Nothing was measured with further parameters.
        .doesNotContain("others");
    assertThat(text.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(130));
  }

  @Test
  void whatIsIgnoredOrMissingIsNamed() {
    String text =
        ComparisonText.console(
            comparison(
                new SyntheticRun().kernels("scalar", "vector"),
                new SyntheticRun().kernels("scalar")),
            0.05);
    assertThat(text)
        .contains("! ignored, not measured alike: params.kernel: scalar, vector | scalar\n")
        .contains("! only in first: vector, double, L2, p 8, k 16\n");
  }

  @Test
  void withOneForkAllIsUndecided() {
    String text =
        ComparisonText.console(comparison(new SyntheticRun().forks(1), new SyntheticRun()), 0.05);
    assertThat(text).contains("~ 57 of 57 cells").doesNotContainPattern("x \\[");
  }

  @Test
  void markdownHasOneTableOfMeansAndOneOfCells() {
    String text = ComparisonText.markdown(simple(), 0.05);
    assertThat(text).startsWith("## new,er against old\n\n- first: old");
    assertThat(text).contains("| geometric mean | cells | ratio |  |\n|---|---|---|---|\n");
    assertThat(text.lines().filter(line -> line.startsWith("| vector |"))).hasSize(1 + 18);
  }

  @Test
  void csvKeepsEveryDigitAndQuotesWhatNeedsIt() {
    Comparison comparison = simple();
    List<String> lines = ComparisonData.csv(List.of(comparison), 0.05).lines().toList();
    assertThat(lines).hasSize(1 + 54);
    assertThat(lines.get(0)).startsWith("first,other,benchmark,kernel,precision,level,p,k,others");
    ComparedCell cell = comparison.cells().get(0);
    assertThat(lines.get(1))
        .isEqualTo(
            "old,\"new,er\",dev.patchgrad.bench.suite.GradientBenchmark.gradient,ejml,double,L2,8,16,,"
                + "samples/s,"
                + cell.first().median()
                + ","
                + cell.other().median()
                + ",3,3,"
                + cell.ratio().value()
                + ","
                + cell.ratio().interval().orElseThrow().low()
                + ","
                + cell.ratio().interval().orElseThrow().high()
                + ",same");
  }

  private record Document(double threshold, List<One> comparisons) {
    record One(
        Map<String, String> other,
        List<Difference> ignored,
        List<Map<String, Object>> cells,
        List<Map<String, Object>> geometricMeans) {}
  }

  @Test
  void jsonHoldsForksIntervalsAndTheGate() {
    Comparison comparison = simple();
    String json =
        ComparisonData.json(
            List.of(comparison), 0.05, Optional.of(SlowdownGate.of(List.of(comparison), 0.05)));
    Document document = Json.read(json, Path.of("comparison"), Document.class);
    assertThat(document.threshold()).isEqualTo(0.05);
    Document.One one = document.comparisons().get(0);
    assertThat(one.other()).containsEntry("name", "new,er");
    assertThat(one.ignored()).isEmpty();
    assertThat(one.cells()).hasSize(54);
    ComparedCell cell = comparison.cells().get(0);
    assertThat(one.cells().get(0))
        .containsEntry("kernel", "ejml")
        .containsEntry("firstForks", cell.first().values())
        .containsEntry("ratio", cell.ratio().value())
        .containsEntry("verdict", "same");
    assertThat(one.geometricMeans()).hasSize(3);
    assertThat(json).contains("\"gate\" : {").contains("\"slower\" : [ ]");
  }

  @Test
  void jsonSaysNullWhereThereIsNoInterval() {
    Comparison comparison = comparison(new SyntheticRun().forks(1), new SyntheticRun());
    assertThat(ComparisonData.json(List.of(comparison), 0.05, Optional.empty()))
        .contains("\"interval\" : null")
        .doesNotContain("\"gate\"");
  }
}

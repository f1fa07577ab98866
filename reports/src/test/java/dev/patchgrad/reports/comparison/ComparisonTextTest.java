package dev.patchgrad.reports.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.reports.fixture.SyntheticRun;
import dev.patchgrad.reports.json.Json;
import dev.patchgrad.reports.summary.Look;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

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
            "\nvector +float +512 +256 +1000 +\\S+ k +\\S+ k +1\\.2\\dx \\[1\\.2\\d, 1\\.2\\d] +faster\n")
        .containsPattern(
            "\nscalar +double +8 +16 +1000 +\\S+ M +\\S+ M +\\S+x \\[\\S+, \\S+] +same\n")
        .containsPattern("\nvector +18 1\\.25x \\[1\\.25, 1\\.25] faster\n")
        .contains("\nCells with level L2\n")
        .contains("\nfaster 18, same 36 of 54 cells\n")
        // Nothing is undecided, and nothing says so.
        .doesNotContain("undecided", "cannot")
        // Nothing was measured with further parameters.
        .doesNotContain("others");
    assertThat(text.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
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
        .doesNotContain("ignored")
        .contains("\nonly in first, not compared: 18 cells of vector\n")
        .doesNotContain("only in other");
    assertThat(
            ComparisonText.console(
                comparison(new SyntheticRun(), new SyntheticRun().warmupIterations(2)), 0.05))
        .contains("! ignored, not measured alike: warmupIterations: 4 | 2\n");
  }

  /** A roof's loop does more in one call on a wider machine, in as many calls less. */
  @Test
  void theLimitsOfMachinesAreComparedAsWhatTheyAllow() {
    Comparison comparison =
        comparison(
            new SyntheticRun().noise(0).kernels("scalar"),
            new SyntheticRun().noise(0).kernels("scalar").roofWork(2));
    String text = ComparisonText.console(comparison, 0.05);
    assertThat(text)
        .containsPattern("\nRoof.fma, double, bits=512 +120 GFLOP/s +120 GFLOP/s +1\\.00x\n")
        .containsPattern("\nRoof.read, L2 +150 GB/s +150 GB/s +1\\.00x\n")
        .contains("\nsame 18 of 18 cells\n")
        .doesNotContain("slower");
    assertThat(comparison.kernels()).extracting(KernelMean::kernel).containsExactly("scalar");
    assertThat(ComparisonText.markdown(comparison, 0.05, false))
        .contains("| Roof.read, L2 | 150 GB/s | 150 GB/s | 1.00x |");
  }

  @Test
  void warningsAndWhatTellsARunFromOthersTravelWithTheirNumbers() {
    Comparison comparison =
        comparison(
            new SyntheticRun().noise(0.3).stolen(7000),
            new SyntheticRun().arguments("-XX:+UseParallelGC"));
    for (String text :
        List.of(
            ComparisonText.console(comparison, 0.05),
            ComparisonText.markdown(comparison, 0.05, false))) {
      String line = text.replace("\n  ", " ");
      assertThat(line)
          .containsPattern("! first: \\d+ of 54 cells noisy; .*other machines took 7\\.0 % of")
          .contains("other is with -XX:+UseParallelGC\n")
          .doesNotContain("first is with");
    }
    assertThat(ComparisonData.json(List.of(comparison), 0.05, Optional.empty()))
        .contains("cells noisy")
        .contains("\"distinction\" : \"-XX:+UseParallelGC\"");
  }

  @Test
  void whatWasNotWarmHasNoVerdictAndIsInNoMean() {
    Comparison comparison =
        comparison(
            new SyntheticRun().noise(0.001),
            new SyntheticRun().noise(0.001).speedsUp("vector", 60.0));
    String text = ComparisonText.console(comparison, 0.05);
    assertThat(text)
        .contains("\nsame 36, not warm 18 of 54 cells\n")
        .containsPattern("\nvector +double +8 +16 .* not warm\n")
        .contains("! not warmed up: no verdict for 18 of 54 cells, such as other: still");
    assertThat(comparison.kernels())
        .extracting(KernelMean::kernel)
        .containsExactly("ejml", "scalar");
    assertThat(ComparisonData.csv(List.of(comparison), 0.05))
        .contains(",not warm,1000,other: still speeds up: ");
    assertThat(SlowdownGate.of(List.of(comparison), 0.05).cells()).isEqualTo(36);
  }

  @Test
  void onlyWhatChangedIsListedWhereThatIsAskedFor() {
    String text = ComparisonText.console(simple(), 0.05, true, Look.plain());
    assertThat(text.lines().filter(line -> line.startsWith("vector "))).hasSize(1 + 18);
    assertThat(text.lines().filter(line -> line.startsWith("scalar "))).hasSize(1);
    assertThat(text).contains("\nfaster 18, same 36 of 54 cells\n");
  }

  @Test
  void theMeansComeFirstAndVerdictsHaveColours() {
    String text = ComparisonText.console(simple(), 0.05, false, new Look(120, true));
    assertThat(text.indexOf("geometric mean")).isLessThan(text.indexOf("precision"));
    assertThat(text).contains("\u001b[34mfaster\u001b[0m");
  }

  @Test
  void withOneForkAllIsUndecided() {
    String text =
        ComparisonText.console(comparison(new SyntheticRun().forks(1), new SyntheticRun()), 0.05);
    assertThat(text).contains("~ 54 of 54 cells").doesNotContainPattern("x \\[");
  }

  @Test
  void markdownHasOneTableOfMeansAndOneOfCells() {
    String text = ComparisonText.markdown(simple(), 0.05, false);
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
                + ",same,1000,,intel-emerald-rapids-2c-avx512,intel-emerald-rapids-2c-avx512");
  }

  private record Document(double threshold, List<One> comparisons) {
    record One(
        Map<String, String> other,
        List<Difference> ignored,
        List<JsonNode> cells,
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
    JsonNode written = one.cells().get(0);
    assertThat(written.path("kernel").stringValue()).isEqualTo("ejml");
    assertThat(written.path("firstForks").valueStream().map(JsonNode::doubleValue))
        .containsExactlyElementsOf(cell.first().values());
    assertThat(written.path("ratio").doubleValue()).isEqualTo(cell.ratio().value());
    assertThat(written.path("verdict").stringValue()).isEqualTo("same");
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

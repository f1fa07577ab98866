package dev.patchgrad.reports.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.reports.fixture.SyntheticRun;
import dev.patchgrad.reports.grid.SuiteNames;
import dev.patchgrad.reports.json.Json;
import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.statistics.Forks;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What another program reads of a comparison, key by key. */
final class ComparisonDataTest {
  @TempDir private Path root;

  private Run run() {
    return Run.read(new SyntheticRun().label("here").writeTo(root.resolve("run")));
  }

  private static Subject gradient(String kernel) {
    return new Subject(SuiteNames.GRADIENT, Map.of("kernel", kernel, "p", "8"));
  }

  private static ComparedCell cell(String kernel, Optional<String> notWarm) {
    return new ComparedCell(
        gradient(kernel),
        "samples/s",
        new Forks(List.of(2.0, 2.0)),
        new Forks(List.of(5.0, 5.0, 5.0)),
        "512, 256",
        notWarm);
  }

  private Comparison comparison() {
    Comparison.Named first = new Comparison.Named("old", run());
    return new Comparison(
        first,
        new Comparison.Named("new", first.run()),
        List.of(new Difference("mode", "thrpt", "avgt")),
        List.of(cell("vector", Optional.empty()), cell("ejml", Optional.of("other: cold"))),
        List.of(
            new ComparedLimit(
                new Subject(SuiteNames.READ_ROOF, Map.of("level", "L2")), "B/s", 8e9, 2e9)),
        List.of(gradient("a")),
        List.of(gradient("b")),
        List.of(gradient("c")));
  }

  private JsonNode json(Comparison comparison) {
    String json = ComparisonData.json(List.of(comparison), 0.25, Optional.empty());
    return Json.read(json, root, Document.class).comparisons().get(0);
  }

  private record Document(List<JsonNode> comparisons) {}

  private static void assertJson(JsonNode node, String expected) {
    assertThat(Json.writeCompact(node)).isEqualTo(expected.replace('\'', '"'));
  }

  @Test
  void eachSideHasItsMachineJdkCommitAndDate() {
    JsonNode one = json(comparison());
    String facts =
        "'machine':'intel-emerald-rapids-2c-avx512','jdk':'25.0.1+8-LTS',"
            + "'commit':'0123456789abcdef0123456789abcdef01234567','date':'2026-11-23T12:00:00Z',"
            + "'distinction':'here','warnings':'batches larger than L2 (2048 KiB)'}";
    assertJson(one.path("first"), "{'name':'old'," + facts);
    assertJson(one.path("other"), "{'name':'new'," + facts);
  }

  @Test
  void whatIsIgnoredMissingOrALimitHasAllItsParts() {
    JsonNode one = json(comparison());
    assertJson(one.path("ignored"), "[{'key':'mode','first':'thrpt','other':'avgt'}]");
    assertJson(
        one.path("limits"),
        "[{'benchmark':'dev.patchgrad.bench.suite.RoofBenchmark.read','params':{'level':'L2'},"
            + "'unit':'B/s','first':8.0E9,'other':2.0E9,'ratio':0.25}]");
    String missing =
        "[{'benchmark':'dev.patchgrad.bench.suite.GradientBenchmark.gradient',"
            + "'params':{'kernel':'%s','p':'8'}}]";
    assertJson(one.path("onlyInFirst"), missing.formatted("a"));
    assertJson(one.path("onlyInOther"), missing.formatted("b"));
    assertJson(one.path("noQuantity"), missing.formatted("c"));
  }

  /** Forks that do not differ have an interval without width: 5 / 2 to an ulp of the logarithm. */
  @Test
  void aCellHasItsForksMediansRatioAndVerdict() {
    JsonNode cells = json(comparison()).path("cells");
    String cell =
        "{'benchmark':'dev.patchgrad.bench.suite.GradientBenchmark.gradient','kernel':'%s',"
            + "'params':{'kernel':'%s','p':'8'},'unit':'samples/s','firstForks':[2.0,2.0],"
            + "'otherForks':[5.0,5.0,5.0],'firstMedian':2.0,'otherMedian':5.0,'ratio':2.5,"
            + "'interval':%s,'verdict':'%s','n':'512, 256','notWarm':%s}";
    String interval = Json.writeCompact(comparison().cells().get(0).ratio().interval());
    assertJson(cells.get(0), cell.formatted("vector", "vector", interval, "faster", "null"));
    assertJson(cells.get(1), cell.formatted("ejml", "ejml", "null", "not warm", "'other: cold'"));
  }

  @Test
  void aMeanIsOfTheCellsThatWereWarm() {
    JsonNode means = json(comparison()).path("geometricMeans");
    assertThat(means.size()).isEqualTo(1);
    JsonNode mean = means.get(0);
    assertThat(mean.path("kernel").stringValue()).isEqualTo("vector");
    assertThat(mean.path("cells").intValue()).isEqualTo(1);
    // exp(log(2.5)) is off by two ulp of 2.5 at most.
    assertThat(mean.path("ratio").doubleValue()).isBetween(2.5 - 1e-15, 2.5 + 1e-15);
    assertThat(mean.path("verdict").stringValue()).isEqualTo("faster");
  }

  @Test
  void csvHasARowForEachCellOfEachComparison() {
    assertThat(ComparisonData.csv(List.of(comparison(), comparison()), 0.25).lines())
        .hasSize(1 + 2 * 2)
        .anyMatch(
            line ->
                line.startsWith("old,new,")
                    && line.endsWith(
                        ",5.0,2,3,2.5,,,not warm,\"512, 256\",other: cold"
                            + ",intel-emerald-rapids-2c-avx512,intel-emerald-rapids-2c-avx512"));
  }
}

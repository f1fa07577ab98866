package dev.patchgrad.reports.grid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.reports.fixture.ForeignFiles;
import dev.patchgrad.reports.run.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds the tables and warnings of results of whose machine nothing is known. */
final class BenchmarkTableTest {
  private static final String PARAMS = "org.openjdk.jmh.samples.JMHSample_27_Params";

  @TempDir private Path root;

  private Run run(String json) throws IOException {
    return Run.readForeign(Files.writeString(root.resolve("jmh.json"), json));
  }

  private BenchmarkTable table(String json) throws IOException {
    return BenchmarkTable.of(run(json)).stream()
        .filter(table -> table.owner().equals(PARAMS))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "thrpt, 'throughput, ops/us; more is faster'",
    "avgt, 'average time, us/op; less is faster'",
    "sample, 'median of sampled calls, us/op; less is faster'",
    "ss, 'single shot, us/op; less is faster'",
  })
  void aTableHasTheBenchmarksOfAClassInAModeWithTheirParameters(String mode, String title)
      throws IOException {
    BenchmarkTable table = table(ForeignFiles.inMode(mode));
    assertThat(table.title()).isEqualTo(PARAMS + ": " + title);
    assertThat(table.params()).containsExactly("arg", "certainty");
    assertThat(table.rows()).isNotEmpty().allMatch(row -> row.method().equals("bench"));
    assertThat(table.rows()).allMatch(row -> row.values().isPresent());
  }

  @Test
  void classesModesThreadsAndUnitsHaveTablesOfTheirOwn() throws IOException {
    String json = ForeignFiles.inMode("avgt");
    assertThat(BenchmarkTable.of(run(json)))
        .extracting(BenchmarkTable::owner)
        .doesNotHaveDuplicates();
    assertThat(table(json.replace("\"threads\" : 1", "\"threads\" : 3")).title())
        .endsWith("us/op, 3 threads; less is faster");
    String both =
        json.strip().substring(0, json.strip().length() - 1)
            + ","
            + ForeignFiles.inMode("thrpt").strip().substring(1);
    assertThat(BenchmarkTable.of(run(both)))
        .hasSize(2 * BenchmarkTable.of(run(json)).size())
        .extracting(BenchmarkTable::mode)
        .contains("avgt", "thrpt");
    // A name without a class or package has no owner to name.
    String bare = json.replaceAll("\"benchmark\" : \"[^\"]*\"", "\"benchmark\" : \"run\"");
    assertThat(BenchmarkTable.of(run(bare)).get(0).title())
        .isEqualTo("average time, us/op; less is faster");
    assertThat(BenchmarkTable.of(run(bare)).get(0).rows().get(0).method()).isEqualTo("run");
  }

  @Test
  void forksThatStillSpeedUpAreDoubtedUnlessTheyAreToBeCold() throws IOException {
    // Times fall to a third within each fork.
    String falling = "[[9.0, 9.0, 3.0, 3.0], [9.0, 9.0, 3.0, 3.0]]";
    for (String mode : List.of("avgt", "ss")) {
      String json =
          ForeignFiles.inMode(mode)
              .replaceAll(
                  "\"rawData\" : \\[(\\s+\\[[^\\]]*\\],?)+\\s+\\]", "\"rawData\" : " + falling);
      Run run = run(json);
      boolean cold = mode.equals("ss");
      assertThat(table(json).rows()).allMatch(row -> row.notWarm().isPresent() != cold);
      assertThat(Warnings.of(run, Grid.of(run)).toString().contains("speeds up")).isEqualTo(!cold);
    }
  }

  @Test
  void aResultWithoutAValueIsNamedWithItsParametersAndHasNone() throws IOException {
    String json =
        ForeignFiles.inMode("avgt")
            .replaceFirst(
                "(\"rawData\" : )\\[(\\s+\\[[^\\]]*\\],?)+\\s+\\]", "$1[[0.0, 1.0], [1.0, 1.0]]");
    Run run = run(json);
    assertThat(BenchmarkTable.of(run))
        .flatExtracting(BenchmarkTable::rows)
        .filteredOn(row -> row.values().isEmpty())
        .hasSize(1);
    assertThat(Warnings.of(run, Grid.of(run)).get(0))
        .contains("1 of " + run.results().size() + " results have no value above 0")
        .contains("Lengthen the iterations (-r 1s)");
    assertThat(Warnings.of(run(ForeignFiles.inMode("avgt")), Grid.of(run)))
        .noneMatch(text -> text.contains("no value above 0"));
  }
}

package dev.patchgrad.reports.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.reports.fixture.SyntheticRun;
import dev.patchgrad.reports.grid.Cell;
import dev.patchgrad.reports.grid.Grid;
import dev.patchgrad.reports.run.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunPageTest {
  @TempDir Path root;

  private Run written(SyntheticRun run) throws IOException {
    Run read = Run.read(run.record(root));
    RunPage.write(read);
    return read;
  }

  @Test
  void theNumbersAreThoseOfTheResults() throws IOException {
    Run run = written(new SyntheticRun());
    List<String> lines = Files.readAllLines(run.folder().resolve(RunPage.NUMBERS));
    List<Cell> cells =
        Grid.of(run).tables().stream()
            .flatMap(table -> table.rows().stream())
            .flatMap(row -> row.cells().stream())
            .toList();
    int columns = lines.get(0).split(",", -1).length;
    for (int at = 0; at < cells.size(); at++) {
      String[] fields = lines.get(at + 1).split(",", -1);
      assertThat(fields).hasSize(columns);
      assertThat(fields[5]).isEqualTo(cells.get(at).kernel());
      assertThat(Double.parseDouble(fields[9])).isEqualTo(cells.get(at).operations().median());
      assertThat(fields[14].split(" ", -1)).hasSize(cells.get(at).operations().count());
    }
    // The roofs: reading, and multiplying in each precision.
    assertThat(lines.subList(cells.size() + 1, lines.size()))
        .hasSize(3)
        .allMatch(line -> line.contains("RoofBenchmark") && line.split(",", -1).length == columns);
  }

  @Test
  void theMapNamesTheFastestAndMarksWhatIsUndecided() throws IOException {
    // Two kernels of one law and much noise: no three forks can tell them apart.
    Run close = written(new SyntheticRun().noise(0.3).kernels("a", "b").seed(3));
    assertThat(map(close)).anyMatch(cell -> cell.startsWith("~"));
    // Ten times the speed, at 1 % noise.
    Run clear =
        written(new SyntheticRun().kernels("a", "b").factor("b", 10).date("2026-11-24T02:00:00Z"));
    assertThat(map(clear)).hasSize(2 * 9).allMatch(cell -> cell.matches("b (9\\.\\d+|10\\.\\d)x"));
  }

  private static List<String> map(Run run) throws IOException {
    String html = Files.readString(run.folder().resolve(RunPage.PAGE));
    return Pattern.compile("<section class=\"listing map\">.*?</section>", Pattern.DOTALL)
        .matcher(html)
        .results()
        .flatMap(
            section ->
                Pattern.compile("<i></i>([^<]*)<br><small>([^<]*)</small>")
                    .matcher(section.group())
                    .results())
        .map(cell -> cell.group(1) + " " + cell.group(2))
        .toList();
  }

  @Test
  void aKernelWithTwoModesIsSeenAsTwoGroups() throws IOException {
    // Forks that scatter by 30 % are apart on the chart of forks, whose axis shows them all.
    Run run = written(new SyntheticRun().noise(0.3).forks(6));
    Cell cell = Grid.of(run).tables().get(0).rows().get(0).fastest();
    String html = Files.readString(run.folder().resolve(RunPage.PAGE));
    for (double value : cell.operations().values()) {
      assertThat(html).contains("\"y\":" + value / cell.operations().median() + ",");
    }
  }

  @Test
  void oneForkHasNoChartOfForks() throws IOException {
    assertThat(written(new SyntheticRun().forks(1)).folder().resolve(RunPage.PAGE))
        .content()
        .doesNotContain("chart-forks-double-l2")
        .contains("chart-ratio-double-l2")
        .contains("there are no intervals");
  }

  @Test
  void theAxisOfThroughputEndsAtTheMachinesLimit() throws IOException {
    Run run = written(new SyntheticRun());
    double limit =
        Grid.of(run).tables().get(0).rows().stream()
            .flatMap(row -> row.cells().stream())
            .mapToDouble(cell -> cell.limit().orElseThrow() * cell.flopsPerOperation() / 1e9)
            .max()
            .orElseThrow();
    assertThat(run.folder().resolve(RunPage.PAGE)).content().contains("\"to\":" + limit + "}");
  }

  @Test
  void aRunThatBrokeOffSaysSoOnItsPage() throws IOException {
    Run run = Run.read(new SyntheticRun().writeTo(root.resolve("2026-11-24T03-00-00Z.partial")));
    assertThat(RunPage.write(run)).content().contains("broken off").contains("cells are missing");
  }

  @Test
  void aRunWithoutTheGradientSuiteShowsWhatItHas() throws IOException {
    Run whole = Run.read(new SyntheticRun().writeTo(root.resolve("whole")));
    Run roofs =
        new Run(
            whole.folder(),
            whole.environment(),
            whole.results().stream()
                .filter(result -> result.benchmark().contains("Roof"))
                .toList());
    assertThat(RunPage.write(roofs))
        .content()
        .contains("Other suites")
        .contains("RoofBenchmark.fma")
        .doesNotContain("<figure>");
  }

  @Test
  void aKernelKeepsItsColourWhicheverOthersWereMeasured() {
    assertThat(new KernelColours(List.of("vector")).of("vector"))
        .isEqualTo(new KernelColours(List.of("another", "ejml", "vector")).of("vector"));
    KernelColours colours = new KernelColours(List.of("new", "newer", "scalar"));
    assertThat(List.of(colours.of("new"), colours.of("newer"), colours.of("scalar")))
        .doesNotHaveDuplicates()
        .allMatch(colour -> colour >= 0 && colour != KernelColours.LIMIT);
  }

  @Test
  void aNewKernelTakesTheNextColourAndMovesNoOther() {
    KernelColours colours = new KernelColours(List.of("new", "scalar", "vector"));
    assertThat(Stream.of("vector", "interleaved", "single-touch", "ejml", "scalar", "new"))
        .extracting(colours::of)
        .containsExactly(0, 1, 2, 3, 4, 5);
  }

  @Test
  void theSummaryIsTablesWithoutPictures() throws IOException {
    Run run = written(new SyntheticRun());
    assertThat(run.folder().resolve(RunPage.SUMMARY))
        .content()
        .contains("| p | k | kernel |")
        .contains("over scalar")
        .doesNotContain("![");
  }

  @Test
  void rooflinesAndLimitsAreShownWhereTheRunMeasuredThem() throws IOException {
    assertThat(written(new SyntheticRun()).folder().resolve(RunPage.PAGE))
        .content()
        .contains("chart-roofline-double-l2")
        .contains("this machine's limit");
    assertThat(written(new SyntheticRun().withoutRoofs().date("2026-11-24T01:00:00Z")).folder())
        .satisfies(
            folder ->
                assertThat(folder.resolve(RunPage.PAGE))
                    .content()
                    .doesNotContain("chart-roofline-double-l2"));
  }

  @Test
  void aSimulatedMachineIsNamedSoOnItsPage() throws IOException {
    assertThat(
            written(new SyntheticRun().simulated("MaxVectorSize=16"))
                .folder()
                .resolve(RunPage.PAGE))
        .content()
        .contains("avx512-simulated-maxvectorsize-16</h1>")
        .contains("Simulated (MaxVectorSize=16): this machine was made to look");
  }

  @Test
  void warningsSayWhatToDo() throws IOException {
    assertThat(written(new SyntheticRun().forks(1)).folder().resolve(RunPage.PAGE))
        .content()
        .contains("class=\"warning\"")
        .contains("Measure with at least 3 forks");
  }
}

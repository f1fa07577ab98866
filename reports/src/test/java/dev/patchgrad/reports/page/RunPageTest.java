package dev.patchgrad.reports.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.patchgrad.reports.choice.Regret;
import dev.patchgrad.reports.fixture.SyntheticRun;
import dev.patchgrad.reports.grid.Cell;
import dev.patchgrad.reports.grid.Grid;
import dev.patchgrad.reports.grid.Roofs;
import dev.patchgrad.reports.json.BadRecordException;
import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.summary.NumberText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
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
  void whatTellsTheRunApartAndWhatOthersUsedStandsAmongTheFacts() throws IOException {
    Run run =
        written(new SyntheticRun().label("before").arguments("-Xmx2g").disturbed(0.05, 0.125));
    assertThat(Files.readString(run.folder().resolve("summary.md")))
        .contains("before; -Xmx2g")
        .contains("just before 5 %, during the run 13 % of the processor time");
  }

  @Test
  void itSaysForWhichClockRatesAreGiven() throws IOException {
    Run run = written(new SyntheticRun().clocks(3400.0, 3726.0, 3600.0));
    assertThat(Files.readString(run.folder().resolve(RunPage.PAGE)))
        .contains("ran at 3.40 to 3.73 GHz. Rates in L1 and L2 are given for 3.73.");
  }

  @Test
  void whatCannotBeShownLeavesTheFormerPageWhole() throws IOException {
    Run run = written(new SyntheticRun());
    List<Path> files =
        Stream.of(RunPage.PAGE, RunPage.SUMMARY, RunPage.NUMBERS)
            .map(run.folder()::resolve)
            .toList();
    for (Path file : files) {
      Files.writeString(file, "former");
    }
    Files.writeString(run.folder().resolve(Regret.FILE), "{");
    assertThatThrownBy(() -> RunPage.write(run)).isInstanceOf(BadRecordException.class);
    assertThat(files).allSatisfy(file -> assertThat(file).hasContent("former"));

    Files.delete(run.folder().resolve(Regret.FILE));
    // In the way of the last of the three: as on a disk that filled up.
    Files.createDirectories(run.folder().resolve(RunPage.PAGE + ".new").resolve("folder"));
    assertThatThrownBy(() -> RunPage.write(run)).isInstanceOf(IOException.class);
    assertThat(files).allSatisfy(file -> assertThat(file).hasContent("former"));
    assertThat(run.folder().resolve(RunPage.NUMBERS + ".new")).doesNotExist();
  }

  @Test
  void theMapNamesTheFastestAndHatchesWhatIsUndecided() throws IOException {
    // Two kernels of one law and much noise: no three forks can tell them apart.
    Run close = written(new SyntheticRun().noise(0.3).kernels("a", "b").seed(3));
    assertThat(map(close))
        .anyMatch(
            cell ->
                cell.matches(
                    "c\\d tie \\| tie\\? \\| (a or b|b or a) \\| [\\d.]+x \\[[\\d.]+, [\\d.]+\\]"));
    // Ten times the speed, at 1 % noise.
    Run clear =
        written(new SyntheticRun().kernels("a", "b").factor("b", 10).date("2026-11-24T02:00:00Z"));
    assertThat(map(clear))
        .hasSize(2 * 9)
        .allMatch(cell -> cell.matches("c\\d sure \\| b \\| (9\\.\\d+|10\\.\\d)x over the next"));
  }

  @Test
  void aSureCellOfTheMapShowsTheGainOverScalarOnce() throws IOException {
    // At p 512 vector is 9.3 times as fast as scalar, ejml 1.5 times.
    assertThat(map(written(new SyntheticRun())))
        .anyMatch(
            cell ->
                cell.matches(
                    "c0 sure \\| vector \\| 6\\..*x over the next \\| 9\\..*x over scalar"));
    // The next is the scalar kernel itself.
    assertThat(
            map(
                written(
                    new SyntheticRun().kernels("scalar", "vector").date("2026-11-25T00:00:00Z"))))
        .allMatch(cell -> cell.matches("c0 sure \\| vector \\| [\\d.]+x over the next"));
  }

  @Test
  void aShapeThatWasNotWarmHasNoRankingOnThePageAndInTheNumbers() throws IOException {
    Run run = written(new SyntheticRun().kernels("a", "b").speedsUp("a", 60.0, 1.0, 1.0));
    String html = Files.readString(run.folder().resolve(RunPage.PAGE));
    assertThat(html).contains("not warmed up: no ranking");
    // No cell of the map has a kernel's colour.
    assertThat(map(run)).isEmpty();
    assertThat(Files.readAllLines(run.folder().resolve(RunPage.NUMBERS)))
        .first()
        .asString()
        .endsWith(",samples,not_warm,mode,value,unit,low,high,machine,unsteady");
    assertThat(Files.readAllLines(run.folder().resolve(RunPage.NUMBERS)))
        .filteredOn(line -> line.contains(",still speeds up: "))
        .hasSize(18)
        .allMatch(line -> line.contains(",a,") && line.contains(",1000.0,"));
  }

  @Test
  void aLimitIsTheSameNumberWhereverThePageShowsIt() throws IOException {
    Run run = written(new SyntheticRun().noise(0.2).seed(5));
    double fastest = Roofs.of(run).readBandwidth().getOrDefault("L2", 0.0) / 1e9;
    String html = Files.readString(run.folder().resolve(RunPage.PAGE));
    String others = html.substring(html.indexOf("Other suites"));
    assertThat(others)
        .contains(">" + NumberText.three(fastest) + "<")
        .contains("The limit is the fastest of a roof's rows");
  }

  /** Each cell: its classes, its text and its details. */
  private static List<String> map(Run run) throws IOException {
    String html = Files.readString(run.folder().resolve(RunPage.PAGE));
    return Pattern.compile("<section class=\"listing map\">.*?</section>", Pattern.DOTALL)
        .matcher(html)
        .results()
        .flatMap(
            section ->
                Pattern.compile("<td class=\"([^\"]*)\">(?:<i></i>)?(.*?)</td>")
                    .matcher(section.group())
                    .results())
        .map(
            cell ->
                cell.group(1)
                    + " | "
                    + cell.group(2).replace("<small>", " | ").replaceAll("</small>|</?span>", ""))
        .toList();
  }

  @Test
  void theAnswerComesBeforeWhatToDoubt() throws IOException {
    String html =
        Files.readString(written(new SyntheticRun().forks(1)).folder().resolve(RunPage.PAGE));
    assertThat(html.indexOf("class=\"listing map\""))
        .isPositive()
        .isLessThan(html.indexOf("class=\"warning\""));
    assertThat(html.indexOf("class=\"warning\""))
        .isLessThan(html.indexOf(">The fastest in numbers</h2>"));
    // The links at the top say that there is something to doubt.
    assertThat(html).containsPattern("<nav[^>]*>[^~]*What to doubt \\(2\\)</a>[^~]*</nav>");
  }

  @Test
  void theAnswerIsSentencesAndExplainsItsWords() throws IOException {
    Run run = written(new SyntheticRun().kernels("scalar", "vector"));
    assertThat(run.folder().resolve(RunPage.SUMMARY))
        .content()
        .contains("p is the dimension of a patch, k the number of patches in a sample")
        .contains("L2: the batch fills half of that cache.")
        .contains("- double, L2: The fastest is vector at 9 shapes.")
        .doesNotContain("undecided at");
    assertThat(written(new SyntheticRun().forks(1).date("2026-11-26T00:00:00Z")).folder())
        .satisfies(
            folder ->
                assertThat(folder.resolve(RunPage.SUMMARY))
                    .content()
                    .contains("At 9 shapes the forks cannot tell the fastest kernel.")
                    .contains("no interval"));
  }

  @Test
  void aSmallBatchShowsItsSamplesAndASingleOneIsMarked() throws IOException {
    Run small = written(new SyntheticRun().samples(1));
    assertThat(map(small)).allMatch(cell -> cell.endsWith(" | ! n 1"));
    assertThat(small.folder().resolve(RunPage.PAGE))
        .content()
        .contains("<td class=\"number\" data-value=\"1.0\">! 1</td>")
        .contains("p 8, k 16, ! n 1")
        .contains("! marks a batch of one sample");
    // The same limit as in the summary: fewer than four are few.
    assertThat(map(written(new SyntheticRun().samples(3).date("2026-11-25T00:00:00Z"))))
        .allMatch(cell -> cell.endsWith(" | n 3"));
    assertThat(map(written(new SyntheticRun().samples(4).date("2026-11-25T00:00:01Z"))))
        .noneMatch(cell -> cell.contains("n 4"));
    Run large = written(new SyntheticRun().date("2026-11-26T00:00:00Z"));
    assertThat(map(large)).noneMatch(cell -> cell.contains("n 1000"));
    assertThat(large.folder().resolve(RunPage.PAGE))
        .content()
        .contains("<td class=\"number\" data-value=\"1000.0\">1000</td>")
        .doesNotContain("batch of one sample");
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

  /** Two runs that differ in a flag alone are told apart by the header of their pages. */
  @Test
  void theHeaderShowsLabelAndChangedArguments() throws IOException {
    Run run =
        written(new SyntheticRun().label("before <b>").quick().arguments("-XX:+UseParallelGC"));
    assertThat(run.folder().resolve(RunPage.PAGE))
        .content()
        .containsSubsequence(
            "<header>",
            "<b>label:</b> before &lt;b&gt;</p>",
            "<b>quick run:</b>",
            "<b>changed JVM arguments:</b> -XX:+UseParallelGC</p>",
            "</header>");
    assertThat(run.folder().resolve(RunPage.SUMMARY))
        .content()
        .contains("- label: before", "- changed JVM arguments: -XX:+UseParallelGC");
    assertThat(written(new SyntheticRun().date("2026-11-25T00:00:00Z")).folder())
        .satisfies(
            folder ->
                assertThat(folder.resolve(RunPage.PAGE))
                    .content()
                    .doesNotContain("class=\"mark\""));
  }

  @Test
  void whatWasNotWarmIsInNoChartOfSpeed() throws IOException {
    Run run = Run.read(new SyntheticRun().speedsUp("vector", 60.0, 1.0, 1.0).record(root));
    List<Chart> charts = RunPage.charts(run);
    assertThat(charts)
        .filteredOn(chart -> !chart.name().startsWith("forks"))
        .hasSizeGreaterThan(4)
        .allSatisfy(
            chart -> {
              assertThat(chart.series()).extracting(Chart.Series::name).doesNotContain("vector");
              assertThat(chart.note()).contains("that were not warmed up.");
            });
  }

  @Test
  void theSummaryIsTablesWithoutPictures() throws IOException {
    Run run = written(new SyntheticRun());
    assertThat(run.folder().resolve(RunPage.SUMMARY))
        .content()
        .contains("| p | k | n | kernel |")
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

  /** Each name must not ask for those of all tables before: 26 of them took two minutes. */
  @Test
  void manyTablesOfOneNameHaveChartsOfDifferentNames() {
    String[] alike = IntStream.rangeClosed(1, 26).mapToObj("!"::repeat).toArray(String[]::new);
    Run run =
        Run.read(
            new SyntheticRun()
                .kernels("scalar", "vector")
                .precisions(alike)
                .grid(List.of(8), List.of(16))
                .withoutRoofs()
                .record(root));
    List<String> names =
        assertTimeoutPreemptively(
            Duration.ofSeconds(60), () -> RunPage.charts(run).stream().map(Chart::name).toList());
    assertThat(names)
        .doesNotHaveDuplicates()
        .contains("ratio-l2", "ratio-l2-2", "ratio-l2-26", "forks-l2-26");
  }

  @Test
  void aPrecisionWithoutALetterHasAChart() {
    Run run =
        Run.read(new SyntheticRun().precisions("-").grid(List.of(8), List.of(16)).record(root));
    assertThat(RunPage.charts(run)).extracting(Chart::name).contains("ratio-l2");
  }

  @Test
  void theNumbersSayInWhichModeACellWasMeasured() throws IOException {
    Run run = written(new SyntheticRun().precisions("double").modes("thrpt", "avgt"));
    List<String> lines = Files.readAllLines(run.folder().resolve(RunPage.NUMBERS));
    assertThat(lines.get(0)).endsWith(",mode,value,unit,low,high,machine,unsteady");
    assertThat(lines).filteredOn(line -> line.contains(",thrpt,")).hasSize(27 + 3);
    assertThat(lines).filteredOn(line -> line.contains(",avgt,")).hasSize(27 + 3);
  }
}

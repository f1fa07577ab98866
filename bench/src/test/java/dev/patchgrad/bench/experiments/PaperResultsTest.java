package dev.patchgrad.bench.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.patchgrad.descent.TeacherDistance;
import dev.patchgrad.reports.page.Chart;
import dev.patchgrad.reports.page.MarkdownPage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs small experiments: the same data whatever the threads, the laws, the folder, refusals. */
class PaperResultsTest {
  private static final PaperResults.Reporter SILENT =
      new PaperResults.Reporter() {
        @Override
        public Progress begins(String experiment) {
          return Progress.NONE;
        }

        @Override
        public void ended(String experiment, double seconds) {}
      };

  private static PaperResults results;

  private static PaperSettings settings(long seed) {
    return new PaperSettings(
        new SuccessTable.Settings(List.of(9, 16), List.of(0., 2.), 6, .25, .1, 600, 100_000, seed),
        new TwoPhases.Settings(20, 25, 4, 1, .1, 700, 20_000, seed),
        new SampleSizes.Settings(3, 4, 1, 1, .1, List.of(3, 100), 3, 16, 1e-8, 3000, 20, seed),
        new RestartCounts.Settings(
            List.of(new RestartCounts.Case(9, 0), new RestartCounts.Case(16, 2)),
            6,
            .25,
            .1,
            1000,
            5,
            5000,
            .9,
            100_000,
            seed));
  }

  private static PaperResults run(long seed, int threads) throws InterruptedException {
    try (StudyThreads workers = new StudyThreads(threads)) {
      return PaperResults.run(settings(seed), workers, SILENT);
    }
  }

  @BeforeAll
  static void runOnce() throws InterruptedException {
    results = run(1, 1);
  }

  @Test
  void theDataAreTheSameBytesOnAnyNumberOfThreads() throws InterruptedException {
    run(1, 3)
        .files()
        .forEach(
            (name, text) ->
                assertThat(text.equals(results.files().get(name))).as("same %s", name).isTrue());
    assertThat(results.files().keySet())
        .containsExactly(
            "settings.json",
            "table1.csv",
            "phases.csv",
            "samples.csv",
            "learning_curves.csv",
            "restarts.csv");
    run(2, 1)
        .files()
        .forEach(
            (name, text) ->
                assertThat(text.equals(results.files().get(name))).as("other %s", name).isFalse());
  }

  /**
   * Counts and iterations of these seeds, as they were before starts followed the teacher's scale:
   * the paper's |v| is 1 at every |a*|, and a default of the library must not change that.
   */
  @Test
  void theDataAreThoseOfStartsOnTheUnitSphere() {
    assertThat(results.files().get("table1.csv"))
        .contains("\n9,0.0,600,287,313,0,0,2400,")
        .contains("\n9,2.0,600,468,132,0,0,6132,")
        .contains("\n16,0.0,600,309,291,0,0,2400,")
        .contains("\n16,2.0,600,401,199,0,0,6152,");
    assertThat(results.files().get("restarts.csv")).contains("\n9,0.0,2,0.7760817600000001,0.751,");
    assertThat(results.files().get("samples.csv"))
        .contains("\n3,true,1,650,")
        .contains("\n3,true,1,1624,");
    assertThat(results.phases().courses().getFirst().points().getFirst().distance().filter())
        .isCloseTo(2 * Math.sin(Math.PI / 8), within(1e-15));
    TeacherDistance after = results.phases().courses().getFirst().points().get(100).distance();
    assertThat(after.angle().phi()).isCloseTo(0.0342871839923563, within(1e-12));
  }

  @Test
  void theSecondPhaseContractsAsPredicted() {
    TwoPhases.Result phases = results.phases();
    for (int i = 0; i < phases.courses().size(); i++) {
      double predicted = phases.rates().get(i);
      // 1 % of what is lost in a step: the rate itself is near 1.
      assertThat(1 - phases.courses().get(i).measuredRate())
          .as(phases.courses().get(i).name())
          .isCloseTo(1 - predicted, within(.01 * (1 - predicted)));
    }
  }

  @Test
  void theLostRunFollowsTheSublinearLaw() {
    TwoPhases.Point last = results.phases().spurious().points().getLast();
    double law = results.phases().law() / last.iteration();
    // The start's own 1/d adds a constant to t, and the next terms its logarithm: 2 % at t = 20000.
    assertThat(last.distance().angle().supplement()).isCloseTo(law, within(.02 * law));
  }

  @Test
  void searchesSucceedAsOftenAsPredicted() {
    for (RestartCounts.Outcome outcome : results.restarts()) {
      double q = outcome.single().value();
      for (int m = 1; m <= outcome.found().size(); m++) {
        Share found = outcome.found().get(m - 1);
        double predicted = outcome.predicted(m);
        double ofEstimate =
            m * Math.pow(1 - q, m - 1) * Math.sqrt(q * (1 - q) / outcome.single().trials());
        double ofShare = Math.sqrt(predicted * (1 - predicted) / found.trials());
        assertThat(found.value())
            .as("%s, %d starts", outcome.teacher(), m)
            .isCloseTo(predicted, within(4 * Math.hypot(ofEstimate, ofShare) + 1e-3));
      }
      assertThat(outcome.flips().value()).isEqualTo(1);
    }
  }

  @Test
  void enoughSamplesGiveTheTeacherAndTooFewDoNot() {
    for (SampleSizes.Outcome outcome : results.samples().of(100)) {
      assertThat(outcome.fits()).isTrue();
      assertThat(outcome.filter()).isLessThan(1e-3);
      assertThat(outcome.weights()).isLessThan(1e-3);
    }
    // Three equations for six unknowns.
    for (SampleSizes.Outcome outcome : results.samples().of(3)) {
      assertThat(outcome.filter()).isGreaterThan(1e-3);
    }
  }

  @Test
  void theFolderHoldsDataTimesPageAndPictures(@TempDir Path folder) throws IOException {
    Instant time = Instant.parse("2026-01-02T03:04:05Z");
    Path written = PaperFolder.write(folder, results, PaperPage.of(results, time), time);
    assertThat(written).isEqualTo(folder.resolve("paper").resolve("2026-01-02T03-04-05Z"));
    for (String name : results.files().keySet()) {
      assertThat(written.resolve(name)).hasContent(results.files().get(name).strip());
    }
    assertThat(written.resolve("times.json")).isNotEmptyFile();
    assertThat(written.resolve("index.html")).isNotEmptyFile();
    String page = Files.readString(written.resolve("README.md"));
    assertThat(page).contains("RECALLED").contains("table1.png").contains("seed: 1");
    assertThat(written.resolve("table1.png")).isNotEmptyFile();
    try (Stream<Path> all = Files.list(folder.resolve("paper"))) {
      assertThat(all).hasSize(1);
    }
  }

  /** A recalled share beside a measured one in the same cell looks as if both were measured. */
  @Test
  void whatIsRecalledHasAColumnOfItsOwn() throws InterruptedException {
    PaperSettings small = settings(1);
    SuccessTable.Settings table =
        new SuccessTable.Settings(List.of(25), List.of(0., 4.), 6, .25, .1, 600, 100_000, 1);
    PaperResults recalled;
    try (StudyThreads workers = new StudyThreads(2)) {
      recalled =
          PaperResults.run(
              new PaperSettings(table, small.phases(), small.samples(), small.restarts()),
              workers,
              SILENT);
    }
    String page = MarkdownPage.render(PaperPage.of(recalled, Instant.EPOCH));
    List<String> rows = page.lines().filter(line -> line.startsWith("| 25 |")).toList();
    // A row of all rho, then a row for each of them, whose fifth column is what is recalled.
    assertThat(rows.get(0)).matches("\\| 25 \\| 0\\.\\d{3} \\| 0\\.\\d{3} \\|");
    assertThat(rows.get(1)).matches("\\| 25 \\| 0 \\|[^|]*\\|[^|]*\\| 0\\.50 \\|[^|]*\\|");
    assertThat(rows.get(2)).matches("\\| 25 \\| 4 \\|[^|]*\\|[^|]*\\| 0\\.73 \\|[^|]*\\|");
    assertThat(page.lines().limit(6))
        .anyMatch(line -> line.startsWith("Every number on this page was measured by this run"));
  }

  @Test
  void aLegendHasAtMostSixEntries() {
    PaperCharts.of(results)
        .forEach(
            (name, plot) ->
                assertThat(plot.series().stream().filter(Chart.Series::listed))
                    .as(name)
                    .hasSizeLessThanOrEqualTo(6)
                    .noneMatch(
                        series ->
                            series.kind() == Chart.Kind.DASHED
                                && !List.of("law", "population").contains(series.name())));
    // Of these two charts, the number of entries follows from the settings.
    PaperSettings paper =
        PaperSettings.of(1, PaperSettings.STARTS, PaperSettings.SQUARES, PaperSettings.STEP_SIZE);
    assertThat(paper.table().k()).hasSizeLessThanOrEqualTo(6);
    assertThat(paper.restarts().cases()).hasSizeLessThanOrEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--starts=0",
        "--squares=0",
        "--squares=NaN",
        "--step-size=0",
        "--step-size=-1",
        "--step-size=NaN",
        "--step-size=.2",
        "--threads=0"
      })
  void aBadOptionIsRefusedBeforeAnyWork(String option, @TempDir Path folder) throws IOException {
    StringWriter errors = new StringWriter();
    StringWriter output = new StringWriter();
    int code =
        PaperCommand.commandLine()
            .setErr(new PrintWriter(errors))
            .setOut(new PrintWriter(output))
            .execute(option, "--runs=" + folder);
    assertThat(code).isEqualTo(2);
    assertThat(errors.toString()).contains("given; expected");
    assertThat(output.toString()).isEmpty();
    try (Stream<Path> all = Files.list(folder)) {
      assertThat(all).isEmpty();
    }
  }

  @Test
  void refusesOtherBadSettings() {
    assertThatThrownBy(() -> new TwoPhases.Settings(20, 25, 8, 1, .1, 1, 1, 1))
        .hasMessageContaining("rho: 8.0 given; expected below (k + pi - 1)/pi = 7.0");
    assertThatThrownBy(() -> new TwoPhases.Settings(20, 1, 4, 1, .1, 1, 1, 1))
        .hasMessageContaining("p: 1 given");
    assertThatThrownBy(
            () -> new SampleSizes.Settings(3, 4, 1, 1, .1, List.of(8), 1, 9, 1e-8, 1, 1, 1))
        .hasMessageContaining("mini-batch: 9 given; expected at most the largest n = 8");
    assertThatThrownBy(
            () -> new SampleSizes.Settings(0, 4, 1, 1, .1, List.of(8), 1, 8, 1e-8, 1, 1, 1))
        .hasMessageContaining("k: 0 given");
    assertThatThrownBy(
            () -> new SampleSizes.Settings(3, 4, 1, 1, .1, List.of(), 1, 8, 1e-8, 1, 1, 1))
        .hasMessageContaining("samples: no value given");
    assertThatThrownBy(
            () ->
                new RestartCounts.Settings(
                    List.of(new RestartCounts.Case(9, 1)), 6, .25, .1, 1, 1, 1, 1, 1, 1))
        .hasMessageContaining("wanted: 1.0 given");
  }
}

package dev.patchgrad.reports.grid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.reports.fixture.SyntheticRun;
import dev.patchgrad.reports.run.Metric;
import dev.patchgrad.reports.run.Result;
import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.statistics.Ratio;
import dev.patchgrad.reports.summary.Summary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Patchgrad's fastest kernel over other libraries. */
final class PeerComparisonTest {
  private static Result result(String kernel, double rate) {
    return new Result(
        SuiteNames.PEER,
        Map.of("kernel", kernel, "precision", "double", "p", "8", "k", "16", "level", "L2"),
        "thrpt",
        1,
        new Result.Settings("1.37", "25", "VM", List.of(), 3, 2, "300 ms", 3, "70 ms"),
        new Metric("ops/s", List.of(List.of(rate), List.of(rate * 1.01), List.of(rate * 0.99))),
        Map.of());
  }

  private static Run run(Result... results) {
    return new Run(Path.of("run"), new SyntheticRun().environment(), List.of(results));
  }

  @Test
  void theFastestKernelIsComparedWithEachPeer() {
    PeerComparison.PeerCell cell =
        PeerComparison.of(
                run(
                    result("vector", 60),
                    result("interleaved", 100),
                    result("ojalgo", 50),
                    result("netlib-native", 125)))
            .cells()
            .get(0);
    assertThat(cell.kernel()).isEqualTo("interleaved");
    assertThat(cell.over().keySet()).containsExactly("netlib-native", "ojalgo");
    assertThat(cell.over())
        .hasEntrySatisfying(
            "ojalgo", ratio -> assertThat(ratio.value()).isBetween(1.999999, 2.000001));
    assertThat(cell.winners()).containsExactly("netlib-native");
  }

  @Test
  void aPeerThatWasNotWarmIsComparedWithNone() {
    Result compiling =
        new Result(
            SuiteNames.PEER,
            result("ojalgo", 1).params(),
            "thrpt",
            1,
            result("ojalgo", 1).settings(),
            new Metric("ops/s", List.of(List.of(1.0, 40.0), List.of(2.0, 50.0))),
            Map.of());
    PeerComparison comparison = PeerComparison.of(run(result("interleaved", 100), compiling));
    assertThat(comparison.cells()).isEmpty();
    assertThat(comparison.notWarm()).isEqualTo(1);
    assertThat(Summary.console(run(result("interleaved", 100), compiling)))
        .contains("! Other libraries: 1 cells not warmed up: no ranking");
  }

  @Test
  void theSummarySaysWhoWins() {
    Run won = run(result("interleaved", 100), result("ojalgo", 125));
    assertThat(Summary.console(won))
        .contains("! Another library or C wins 1 of 1 cells: ojalgo at p 8, k 16, double, L2.");
    Run lost = run(result("interleaved", 100), result("ojalgo", 50));
    assertThat(Summary.console(lost))
        .contains("over ojalgo")
        .contains("2.00x [")
        .contains("No other library wins any of the 1 cells.");
  }

  private static Result result(
      String precision, String p, String k, String level, String mode, int threads, String kernel) {
    Result simple = result(kernel, kernel.equals("ojalgo") ? 50 : 100);
    return new Result(
        SuiteNames.PEER,
        Map.of("kernel", kernel, "precision", precision, "p", p, "k", k, "level", level),
        mode,
        threads,
        simple.settings(),
        simple.primary(),
        Map.of());
  }

  private static List<Result> both(String precision, String p, String k, String level) {
    return List.of(
        result(precision, p, k, level, "thrpt", 1, "vector"),
        result(precision, p, k, level, "thrpt", 1, "ojalgo"));
  }

  @Test
  void cellsAreInOrderOfPrecisionLevelPAndK() {
    List<Result> results = new ArrayList<>();
    results.addAll(both("float", "8", "16", "L1"));
    results.addAll(both("double", "8", "16", "L2"));
    results.addAll(both("double", "64", "16", "L1"));
    results.addAll(both("double", "8", "256", "L1"));
    results.addAll(both("double", "8", "16", "L1"));
    assertThat(PeerComparison.of(run(results.toArray(Result[]::new))).cells())
        .extracting(cell -> cell.precision() + cell.level() + "p" + cell.p() + "k" + cell.k())
        .containsExactly(
            "doubleL1p8k16", "doubleL1p8k256", "doubleL1p64k16", "doubleL2p8k16", "floatL1p8k16");
  }

  @Test
  void anotherModeOrNumberOfThreadsThanTheFirstsIsLeftOut() {
    assertThat(
            PeerComparison.of(
                    run(
                        result("double", "8", "16", "L2", "thrpt", 1, "vector"),
                        result("double", "8", "16", "L2", "avgt", 1, "ojalgo"),
                        result("double", "8", "16", "L2", "thrpt", 2, "ojalgo")))
                .cells())
        .isEmpty();
  }

  private static Result ofMany(String students, String kernel, double rate) {
    Result simple = result(kernel, rate);
    Map<String, String> params = new TreeMap<>(simple.params());
    params.put(SuiteNames.STUDENTS, students);
    return new Result(
        SuiteNames.STUDENTS_PEER,
        params,
        "thrpt",
        1,
        simple.settings(),
        simple.primary(),
        Map.of());
  }

  @Test
  void manyStudentsAreCellsOfTheirOwn() {
    Run run =
        run(
            ofMany("16", SuiteNames.TILES, 60),
            ofMany("16", "interleaved", 80),
            ofMany("16", "openblas", 40),
            ofMany("4", SuiteNames.TILES, 60),
            ofMany("4", "c-tiles", 120),
            result("interleaved", 100),
            result("openblas", 50));
    PeerComparison comparison = PeerComparison.of(run);
    assertThat(comparison.cells(false)).extracting(cell -> cell.students()).containsExactly(0);
    assertThat(comparison.cells(true))
        .extracting(cell -> cell.students() + " " + cell.kernel() + " " + cell.over().keySet())
        .containsExactly("4 tiles [c-tiles]", "16 interleaved [openblas]");
    assertThat(Summary.console(run))
        .contains("over other libraries and C, many students")
        .contains("! Another library or C wins 1 of 2 cells: c-tiles at p 8, k 16, 4 students,")
        .doesNotContain("further results");
  }

  @Test
  void aPeerAloneAndAKernelAloneMakeNoCell() {
    assertThat(PeerComparison.of(run(result("vector", 60))).cells()).isEmpty();
    assertThat(PeerComparison.of(run(result("ojalgo", 60))).cells()).isEmpty();
  }

  @Test
  void otherSuitesAreNoPeers() {
    Run gradients = new Run(Path.of("run"), new SyntheticRun().environment(), List.of());
    assertThat(PeerComparison.of(gradients).cells()).isEmpty();
    Result gradient =
        new Result(
            SuiteNames.GRADIENT,
            result("ojalgo", 60).params(),
            "thrpt",
            1,
            result("ojalgo", 60).settings(),
            result("ojalgo", 60).primary(),
            Map.of());
    assertThat(PeerComparison.of(run(result("vector", 60), gradient)).cells()).isEmpty();
  }

  @Test
  void aPeerThatIsJustAsFastDoesNotWin() {
    PeerComparison.PeerCell cell =
        PeerComparison.of(run(result("vector", 60), result("ojalgo", 60))).cells().get(0);
    assertThat(cell.over().values()).extracting(Ratio::value).containsExactly(1.0);
    assertThat(cell.winners()).isEmpty();
  }
}

package dev.patchgrad.reports.grid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.reports.fixture.SyntheticRun;
import dev.patchgrad.reports.run.Metric;
import dev.patchgrad.reports.run.Result;
import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.summary.Summary;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
        .contains("! Another library wins 1 of 1 cells: ojalgo at p 8, k 16, double, L2.");
    Run lost = run(result("interleaved", 100), result("ojalgo", 50));
    assertThat(Summary.console(lost))
        .contains("over ojalgo")
        .contains("2.00x [")
        .contains("No other library wins any of the 1 cells.");
  }
}

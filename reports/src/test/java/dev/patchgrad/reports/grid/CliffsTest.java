package dev.patchgrad.reports.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchgrad.reports.fixture.SyntheticRun;
import dev.patchgrad.reports.json.BadRecordException;
import dev.patchgrad.reports.run.Metric;
import dev.patchgrad.reports.run.Result;
import dev.patchgrad.reports.run.Run;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which cells of the suite of cliffs break a bound. */
final class CliffsTest {
  private static Result result(String kernel, double slowest, Map<String, Metric> secondary) {
    return new Result(
        SuiteNames.CLIFF,
        Map.of("kernel", kernel),
        "thrpt",
        1,
        new Result.Settings("1.37", "25", "VM", List.of(), 5, 2, "300 ms", 3, "70 ms"),
        new Metric("ops/s", List.of(List.of(100.0), List.of(slowest), List.of(90.0))),
        secondary);
  }

  private static Map<String, Metric> allocates(double bytes) {
    return allocates(bytes, 1000);
  }

  /** And what the plain loop did in a second, in the second fork. */
  private static Map<String, Metric> allocates(double bytes, double yardstick) {
    return Map.of(
        SuiteNames.ALLOCATED_BYTES,
        new Metric("#", List.of(List.of(0.0), List.of(bytes), List.of(0.0))),
        SuiteNames.YARDSTICK,
        new Metric("#", List.of(List.of(1000.0), List.of(yardstick), List.of(1000.0))));
  }

  private static Run run(Result... results) {
    return new Run(Path.of("run"), new SyntheticRun().environment(), List.of(results));
  }

  @Test
  void aSlowForkAndAnAllocationAreCliffs() {
    Cliffs cliffs =
        Cliffs.of(
            run(
                result("steady", 70, allocates(0.9)),
                result("slow", 60, allocates(0)),
                result("boxed", 90, allocates(64))));
    assertThat(cliffs.cells()).isEqualTo(3);
    assertThat(cliffs.broken())
        .containsExactly(
            "{kernel=slow}: the fastest fork is 1.67x the slowest (1.67x in units of a plain"
                + " loop timed around it), 0.0 bytes per gradient",
            "{kernel=boxed}: the fastest fork is 1.11x the slowest (1.11x in units of a plain"
                + " loop timed around it), 64.0 bytes per gradient");
    assertThat(cliffs.mostAllocated()).isEqualTo(64);
  }

  /** A fork on half a core is no cliff, nor is another program that slows the loop alone. */
  @Test
  void aForkIsSlowOnlyIfItIsByTheClockAndBesideThePlainLoop() {
    assertThat(Cliffs.of(run(result("shared core", 50, allocates(0, 500)))).broken()).isEmpty();
    assertThat(Cliffs.of(run(result("shared loop", 100, allocates(0, 500)))).broken()).isEmpty();
    Cliffs both = Cliffs.of(run(result("both", 25, allocates(0, 500))));
    assertThat(both.broken())
        .containsExactly(
            "{kernel=both}: the fastest fork is 4.00x the slowest (2.00x in units of a plain loop"
                + " timed around it), 0.0 bytes per gradient");
    assertThat(both.worstSpread()).isEqualTo(2);
  }

  @Test
  void aRunWithoutTheSuiteHasNone() {
    SyntheticRun synthetic = new SyntheticRun();
    assertThat(Cliffs.of(new Run(Path.of("run"), synthetic.environment(), List.of())).cells())
        .isZero();
  }

  @Test
  void aCellThatDoesNotCountItsAllocationIsRefused() {
    assertThatThrownBy(() -> Cliffs.of(run(result("k", 90, Map.of()))))
        .isInstanceOf(BadRecordException.class)
        .hasMessageContaining("secondaryMetrics.allocatedBytes");
  }

  @Test
  void aCellThatLacksAForkOfThePlainLoopIsRefused() {
    Map<String, Metric> few =
        Map.of(
            SuiteNames.ALLOCATED_BYTES,
            new Metric("#", List.of(List.of(0.0), List.of(0.0), List.of(0.0))),
            SuiteNames.YARDSTICK,
            new Metric("#", List.of(List.of(1000.0))));
    assertThatThrownBy(() -> Cliffs.of(run(result("k", 90, few))))
        .isInstanceOf(BadRecordException.class)
        .hasMessageContaining("secondaryMetrics.yardstick")
        .hasMessageContaining("other forks");
  }

  /** 135 / 90 is 1.5 without rounding, also in calls of a loop that does one call a second. */
  @Test
  void theBoundOfTheSpreadIsAllowedAndThatOfTheAllocationIsNot() {
    Map<String, Metric> perCall =
        Map.of(
            SuiteNames.ALLOCATED_BYTES,
            new Metric("#", List.of(List.of(0.0), List.of(0.0), List.of(0.0))),
            SuiteNames.YARDSTICK,
            new Metric("#", List.of(List.of(1.0), List.of(1.0), List.of(1.0))));
    Cliffs cliffs = Cliffs.of(run(result("k", 135, perCall)));
    assertThat(cliffs.worstSpread()).isEqualTo(1.5);
    assertThat(cliffs.broken()).isEmpty();
    assertThat(Cliffs.of(run(result("k", 90, allocates(1)))).broken()).hasSize(1);
  }
}

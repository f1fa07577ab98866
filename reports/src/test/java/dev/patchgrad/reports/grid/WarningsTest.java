package dev.patchgrad.reports.grid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.reports.environment.Agreement;
import dev.patchgrad.reports.fixture.SyntheticRun;
import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.statistics.Forks;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WarningsTest {
  @TempDir Path root;

  /**
   * The fixture's batches have 1000 samples and its L2 2048 KiB: (8 * 16 + 1) * 8 bytes a sample
   * fit it, (512 * 256 + 1) * 8 do not.
   */
  @Test
  void namesExactlyTheRowsWhoseBatchIsLargerThanItsLevel() {
    Run run = Run.read(new SyntheticRun().record(root));
    List<String> warnings = Warnings.of(run, Grid.of(run));
    assertThat(warnings)
        .anySatisfy(
            warning ->
                assertThat(warning)
                    .startsWith("The smallest batch does not fit L2 (2048 KiB), and its data")
                    .contains("at double, L2: p 8, k 64 (4008 KiB); ")
                    .contains("p 512, k 256 (1024008 KiB); float, L2: p 8, k 64 (2004 KiB);")
                    .doesNotContain("p 8, k 16 "));
  }

  /**
   * A run whose roofs were not compiled has every fast cell above them: too long a list to read.
   */
  @Test
  void namesTheWorstCellsAboveTheLimitAndCountsTheOthers() {
    // Twenty times as fast: all 18 cells of vector are above, and none of another kernel.
    Run run = Run.read(new SyntheticRun().noise(0).factor("vector", 20).record(root));
    Grid grid = Grid.of(run);
    List<String> above = grid.aboveLimit();
    assertThat(above).hasSize(18);
    assertThat(above.stream().map(WarningsTest::percent).toList())
        .isSortedAccordingTo(Comparator.reverseOrder());
    String warning = Warnings.of(run, grid).get(0);
    assertThat(warning)
        .startsWith("More than the machine allows: " + above.get(0) + "; " + above.get(1) + "; ")
        .contains(above.get(2) + "; and 15 more of 54 cells. Do not trust the shares")
        .doesNotContain(above.get(3))
        .contains("leave out -Djmh.wi");
  }

  private static int percent(String line) {
    return Integer.parseInt(line.replaceFirst(".* shows (\\d+) %", "$1"));
  }

  private static Cell cell(String kernel, double bytes, Optional<String> notWarm, Double... forks) {
    return new Cell(
        kernel,
        new Forks(List.of(forks)),
        1000,
        100,
        bytes,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        notWarm,
        Optional.empty());
  }

  private static Cell noisy(String kernel, double spread) {
    return cell(kernel, 40, Optional.empty(), 1.0, 1.0, 1 + spread);
  }

  private static Cell cold(String kernel) {
    return cell(kernel, 40, Optional.of("had no warm-up"), 1.0, 1.0, 1.0);
  }

  private List<Warnings.Warning> warnings(Cell... cells) {
    Table table =
        new Table("double", "L2", Map.of(), "thrpt", 1, List.of(new Row(8, 16, List.of(cells))));
    Run run = Run.read(new SyntheticRun().record(root));
    return Warnings.all(run, new Grid(List.of(table), new Roofs(Map.of(), Map.of(), 0)));
  }

  private static void assertOne(
      List<Warnings.Warning> warnings, Warnings.Kind kind, String brief, String start) {
    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0).kind()).isEqualTo(kind);
    assertThat(warnings.get(0).brief()).isEqualTo(brief);
    assertThat(warnings.get(0).text()).startsWith(start);
  }

  @Test
  void aRunThatBrokeOffIsToldFirstThenASimulationThenTheQuickMode() {
    Run run =
        Run.read(
            new SyntheticRun()
                .agreement(Agreement.PENDING)
                .simulated("MaxVectorSize=16")
                .quick()
                .grid(List.of(8), List.of(16))
                .writeTo(root.resolve("run")));
    assertThat(Warnings.all(run, Grid.of(run)))
        .extracting(Warnings.Warning::brief)
        .containsExactly("broke off", "simulated (MaxVectorSize=16)", "quick");
    assertThat(Warnings.of(run, Grid.of(run)).get(1))
        .startsWith("Simulated (MaxVectorSize=16): this machine was made to look like a smaller");
  }

  @Test
  void aSteadyRunHasNothingToDoubt() {
    assertThat(warnings(noisy("vector", 0.1))).isEmpty();
  }

  @Test
  void cellsThatAreNotWarmAreNamedUpToThree() {
    assertOne(
        warnings(cold("a"), cold("b"), cold("c"), noisy("d", 0)),
        Warnings.Kind.NOT_WARM,
        "3 of 4 cells not warmed up",
        "3 of 4 cells are not warmed up, and their shapes have no ranking: a at p 8, k 16, double,"
            + " L2 had no warm-up; b at p 8, k 16, double, L2 had no warm-up; c at p 8, k 16,"
            + " double, L2 had no warm-up. Leave out -Djmh.wi");
    assertThat(warnings(cold("a"), cold("b"), cold("c"), cold("d")).get(0).text())
        .startsWith("All 4 cells are not warmed up")
        .contains("; and 1 more. Leave out")
        .doesNotContain("d at p 8");
  }

  @Test
  void cellsThatAreNotSteadyAreNamedWithTheTestAndTheRemedy() {
    List<Warnings.Warning> warnings = warnings(unsteady("a", Optional.empty()), noisy("b", 0));
    assertOne(
        warnings,
        Warnings.Kind.UNSTEADY,
        "1 of 2 cells not steady",
        "1 of 2 cells are not steady while they were measured: a at p 8, k 16, double, L2 slows down"
            + " (some test). Where values speed up, warm up longer (-Djmh.wi=5).");
    // What was not warm is told once.
    assertThat(warnings(unsteady("a", Optional.of("had no warm-up"))))
        .extracting(Warnings.Warning::kind)
        .containsExactly(Warnings.Kind.NOT_WARM);
  }

  private static Cell unsteady(String kernel, Optional<String> notWarm) {
    return new Cell(
        kernel,
        new Forks(List.of(1.0, 1.0, 1.0)),
        1000,
        100,
        40,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        notWarm,
        Optional.of("slows down (some test)"));
  }

  @Test
  void oneForkAndTwoForksAreCountedApart() {
    Cell one = cell("a", 40, Optional.empty(), 1.0);
    Cell two = cell("b", 40, Optional.empty(), 1.0, 1.0);
    assertOne(
        warnings(one, noisy("c", 0)),
        Warnings.Kind.FEW_FORKS,
        "1 of 2 cells in one fork",
        "1 of 2 cells are measured in one fork: there are no intervals");
    assertOne(
        warnings(two, two, noisy("c", 0)),
        Warnings.Kind.FEW_FORKS,
        "2 of 3 cells in two forks",
        "2 of 3 cells are measured in two forks: intervals are very wide");
  }

  @Test
  void theNoisiestCellIsNamedAndTheFirstOfSeveral() {
    assertOne(
        warnings(noisy("a", 0.25), noisy("b", 0.5), noisy("c", 0.5), noisy("d", 0.125)),
        Warnings.Kind.NOISY,
        "3 of 4 cells noisy",
        "3 of 4 cells are noisy: their forks differ by more than 15 % (worst: b at p 8, k 16,"
            + " double, L2, 50 %).");
  }

  /** The fixture's L2 has 2048 KiB, three quarters of which are 1536 KiB. */
  @Test
  void aBatchFitsThreeQuartersOfItsLevel() {
    double most = 1536 * 1024;
    assertThat(warnings(cell("a", most, Optional.empty(), 1.0, 1.0, 1.0))).isEmpty();
    assertOne(
        warnings(cell("a", most + 1024, Optional.empty(), 1.0, 1.0, 1.0)),
        Warnings.Kind.TOO_LARGE,
        "batches larger than L2 (2048 KiB)",
        "The smallest batch does not fit L2 (2048 KiB), and its data come partly from further away,"
            + " at double, L2: p 8, k 16 (1537 KiB). Do not compare");
  }
}

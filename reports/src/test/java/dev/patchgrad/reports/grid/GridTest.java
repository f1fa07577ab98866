package dev.patchgrad.reports.grid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.reports.fixture.SyntheticRun;
import dev.patchgrad.reports.run.Metric;
import dev.patchgrad.reports.run.Result;
import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.statistics.Forks;
import dev.patchgrad.reports.statistics.Interval;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GridTest {
  @TempDir private Path folder;

  /** Or a row would hold a kernel twice, and rank it against itself. */
  @Test
  void eachModeHasATableOfItsOwn() {
    SyntheticRun synthetic = new SyntheticRun().precisions("double").modes("avgt", "thrpt");
    Grid grid = Grid.of(Run.read(synthetic.record(folder)));
    assertThat(grid.tables()).extracting(Table::mode).containsExactly("thrpt", "avgt");
    assertThat(grid.tables())
        .extracting(Table::title)
        .containsExactly("double, L2", "double, L2, mode avgt");
    assertThat(grid.tables())
        .flatExtracting(Table::rows)
        .allSatisfy(
            row ->
                assertThat(row.cells())
                    .extracting(Cell::kernel)
                    .containsExactlyInAnyOrder("scalar", "vector", "ejml"));
    assertThat(DefaultGrid.rows(grid, "double")).isEqualTo(grid.tables().get(0).rows());
  }

  /** Each look spends a share of the 5 %, so a run of several looks has wider intervals. */
  @Test
  void aRunThatMightHaveEndedEarlierHasWiderIntervals() {
    SyntheticRun once = new SyntheticRun().precisions("float");
    Row fixed =
        Grid.of(Run.read(once.record(folder.resolve("fixed")))).tables().get(0).rows().get(0);
    Row looked =
        Grid.of(Run.read(once.looks(3).record(folder.resolve("looked"))))
            .tables()
            .get(0)
            .rows()
            .get(0);
    Interval narrow = fixed.margin().orElseThrow().interval().orElseThrow();
    Interval wide = looked.margin().orElseThrow().interval().orElseThrow();
    assertThat(wide.low()).isLessThan(narrow.low());
    assertThat(wide.high()).isGreaterThan(narrow.high());
    assertThat(looked.margin().orElseThrow().value())
        .isEqualTo(fixed.margin().orElseThrow().value());
  }

  /** Without noise, so that what differs is the neighbour's. */
  @Test
  void aNeighbourAtHalfOfTheIterationsChangesNoCell() {
    SyntheticRun synthetic = new SyntheticRun().noise(0).modes("thrpt", "avgt");
    List<Table> quiet = Grid.of(Run.read(synthetic.record(folder.resolve("quiet")))).tables();
    List<Table> loud =
        Grid.of(Run.read(synthetic.besideNeighbour().record(folder.resolve("loud")))).tables();
    assertThat(loud)
        .flatExtracting(Table::rows)
        .flatExtracting(Row::cells)
        .extracting(Cell::operations)
        .isEqualTo(
            quiet.stream()
                .flatMap(table -> table.rows().stream())
                .flatMap(row -> row.cells().stream())
                .map(Cell::operations)
                .toList());
  }

  @Test
  void oneModeIsNotNamed() {
    Grid grid = Grid.of(Run.read(new SyntheticRun().precisions("float").record(folder)));
    assertThat(grid.tables()).extracting(Table::title).isEqualTo(List.of("float, L2"));
  }

  private static Cell cell(String kernel, double share) {
    return new Cell(
        kernel,
        new Forks(List.of(share)),
        1000,
        100,
        40,
        OptionalDouble.of(1),
        OptionalDouble.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static Grid grid(Cell... cells) {
    Table table =
        new Table("double", "L2", Map.of(), "thrpt", 1, List.of(new Row(8, 16, List.of(cells))));
    return new Grid(List.of(table), new Roofs(Map.of("double", 1.0), Map.of("L2", 1.0), 2));
  }

  @Test
  void noiseOfFivePercentIsNotAboveTheLimit() {
    Grid grid = grid(cell("vector", 1.05), cell("scalar", 1.06));
    assertThat(grid.aboveLimit()).containsExactly("scalar at p 8, k 16, double, L2 shows 106 %");
    // Roofs of two forks prove it.
    assertThat(grid.provenAboveLimit()).isEqualTo(grid.aboveLimit());
  }

  @Test
  void threeCellsAboveTheLimitAreNamedAndAFourthIsCounted() {
    Grid three = grid(cell("a", 2), cell("b", 3), cell("c", 4));
    assertThat(three.inShort(List.of("c", "b", "a"))).isEqualTo("c; b; a");
    Grid four = grid(cell("a", 2), cell("b", 3), cell("c", 4), cell("d", 5), cell("e", 1));
    assertThat(four.inShort(List.of("d", "c", "b", "a")))
        .isEqualTo("d; c; b; and 1 more of 5 cells");
  }

  private static Result result(
      String precision, String level, String split, String mode, int threads, String p, String k) {
    return new Result(
        SuiteNames.GRADIENT,
        Map.of(
            "kernel",
            "vector",
            "precision",
            precision,
            "level",
            level,
            "split",
            split,
            "p",
            p,
            "k",
            k),
        mode,
        threads,
        new Result.Settings("1.37", "25", "VM", List.of(), 1, 4, "1 s", 1, "1 s"),
        new Metric(mode.equals("avgt") ? "s/op" : "ops/s", List.of(List.of(1.0))),
        Map.of(Result.ALLOCATION, new Metric("B/op", List.of(List.of(3.0, 5.0)))));
  }

  @Test
  void tablesAndRowsHaveAnOrderWhateverTheFileHas() {
    List<Result> results =
        List.of(
            result("float", "L1", "1", "thrpt", 1, "8", "16"),
            result("double", "L2", "1", "thrpt", 1, "8", "16"),
            result("double", "L1", "2", "thrpt", 1, "8", "16"),
            result("double", "L1", "1", "avgt", 1, "8", "16"),
            result("double", "L1", "1", "thrpt", 2, "8", "16"),
            result("double", "L1", "1", "thrpt", 1, "64", "16"),
            result("double", "L1", "1", "thrpt", 1, "8", "256"),
            result("double", "L1", "1", "thrpt", 1, "8", "16"));
    Grid grid = Grid.of(new Run(folder, new SyntheticRun().environment(), results));
    assertThat(grid.tables())
        .extracting(Table::title)
        .containsExactly(
            "double, L1, split 1",
            "double, L1, split 1, 2 threads",
            "double, L1, split 1, mode avgt",
            "double, L1, split 2",
            "double, L2, split 1",
            "float, L1, split 1");
    assertThat(grid.tables().get(0).rows())
        .extracting(row -> row.p() + ", " + row.k())
        .containsExactly("8, 16", "8, 256", "64, 16");
    // The worst iteration says what a kernel allocates.
    assertThat(grid.tables().get(0).rows().get(0).fastest().allocated()).hasValue(5);
  }

  @Test
  void aModeWithoutARateAndAnotherSuiteAreLeftOut() {
    Result sampled = result("double", "L1", "1", "sample", 1, "8", "16");
    Result peer =
        new Result(
            SuiteNames.PEER,
            sampled.params(),
            "thrpt",
            1,
            sampled.settings(),
            sampled.primary(),
            Map.of());
    Run run = new Run(folder, new SyntheticRun().environment(), List.of(sampled, peer));
    assertThat(Grid.of(run).tables()).isEmpty();
  }

  /** All that may be the fastest: the fastest itself, and whom it does not beat for certain. */
  @Test
  void contendersAreTheFastestAndThoseThatItIsNotShownToBeat() {
    SyntheticRun quiet = new SyntheticRun().noise(.001).precisions("double");
    for (Row row :
        Grid.of(Run.read(quiet.record(folder.resolve("quiet")))).tables().get(0).rows()) {
      assertThat(row.contenders()).containsExactly(row.fastest());
    }
    SyntheticRun noisy = new SyntheticRun().noise(1).precisions("double");
    assertThat(Grid.of(Run.read(noisy.record(folder.resolve("noisy")))).tables().get(0).rows())
        .allSatisfy(row -> assertThat(row.contenders()).startsWith(row.fastest()))
        .anySatisfy(row -> assertThat(row.contenders()).hasSizeGreaterThan(1));
  }
}

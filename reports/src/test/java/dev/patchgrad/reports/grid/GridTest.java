package dev.patchgrad.reports.grid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.reports.fixture.SyntheticRun;
import dev.patchgrad.reports.run.Run;
import java.nio.file.Path;
import java.util.List;
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

  @Test
  void oneModeIsNotNamed() {
    Grid grid = Grid.of(Run.read(new SyntheticRun().precisions("float").record(folder)));
    assertThat(grid.tables()).extracting(Table::title).isEqualTo(List.of("float, L2"));
  }
}

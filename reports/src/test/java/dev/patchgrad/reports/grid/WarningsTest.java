package dev.patchgrad.reports.grid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.reports.fixture.SyntheticRun;
import dev.patchgrad.reports.run.Run;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
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
}

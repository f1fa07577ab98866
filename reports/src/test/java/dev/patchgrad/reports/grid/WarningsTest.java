package dev.patchgrad.reports.grid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.reports.fixture.SyntheticRun;
import dev.patchgrad.reports.run.Run;
import java.nio.file.Path;
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
                    .startsWith("double, L2: at p ")
                    .contains("p 512, k 256 (1024008 KiB)")
                    .contains("the 2048 KiB of L2")
                    .doesNotContain("p 8, k 16 "));
  }
}

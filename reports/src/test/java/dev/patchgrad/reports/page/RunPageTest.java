package dev.patchgrad.reports.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.reports.fixture.SyntheticRun;
import dev.patchgrad.reports.grid.Cell;
import dev.patchgrad.reports.grid.Grid;
import dev.patchgrad.reports.run.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    assertThat(lines).hasSize(cells.size() + 1);
    int columns = lines.get(0).split(",", -1).length;
    for (int at = 0; at < cells.size(); at++) {
      String[] fields = lines.get(at + 1).split(",", -1);
      assertThat(fields).hasSize(columns);
      assertThat(fields[6]).isEqualTo(cells.get(at).kernel());
      assertThat(Double.parseDouble(fields[8])).isEqualTo(cells.get(at).operations().median());
      assertThat(fields[13].split(" ", -1)).hasSize(cells.get(at).operations().count());
    }
  }

  @Test
  void theSummaryIsTablesWithoutPictures() throws IOException {
    Run run = written(new SyntheticRun());
    assertThat(run.folder().resolve(RunPage.SUMMARY))
        .content()
        .contains("| p | k | kernel |")
        .contains("over scalar")
        .doesNotContain("![");
  }

  @Test
  void rooflinesAndLimitsAreShownWhereTheRunMeasuredThem() throws IOException {
    assertThat(written(new SyntheticRun()).folder().resolve(RunPage.PAGE))
        .content()
        .contains("figure-roofline-0")
        .contains("this machine's limit");
    assertThat(written(new SyntheticRun().withoutRoofs().date("2026-11-24T01:00:00Z")).folder())
        .satisfies(
            folder ->
                assertThat(folder.resolve(RunPage.PAGE))
                    .content()
                    .doesNotContain("figure-roofline-0"));
  }

  @Test
  void warningsSayWhatToDo() throws IOException {
    assertThat(written(new SyntheticRun().forks(1)).folder().resolve(RunPage.PAGE))
        .content()
        .contains("class=\"warning\"")
        .contains("Measure with at least 3 forks");
  }
}

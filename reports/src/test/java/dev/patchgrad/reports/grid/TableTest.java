package dev.patchgrad.reports.grid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.reports.statistics.Forks;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** What tells a table from others, and which of them is the default grid. */
final class TableTest {
  private static Row row(int p, int k) {
    Cell cell =
        new Cell(
            "vector",
            new Forks(List.of(1.0)),
            5000,
            100,
            40,
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            Optional.empty(),
            Optional.empty());
    return new Row(p, k, List.of(cell));
  }

  private static Table table(
      String precision, String level, Map<String, String> others, int threads, Row... rows) {
    return new Table(precision, level, others, "thrpt", threads, List.of(rows));
  }

  @Test
  void aTitleSaysWhatIsNotTheDefault() {
    assertThat(table("double", "L2", Map.of(), 1).title()).isEqualTo("double, L2");
    assertThat(table("double", "", Map.of(), 1).title()).isEqualTo("double");
    assertThat(table("float", "L2", Map.of("split", "3"), 2).title())
        .isEqualTo("float, L2, split 3, 2 threads");
  }

  @Test
  void theUsersOwnBatchIsNamedByItsSizeAndNotByALevel() {
    assertThat(table("double", "L2", Map.of("data", "x.npy@1f0a"), 1, row(8, 16)).title())
        .isEqualTo("double, data x.npy@1f0a, n 5000");
  }

  @Test
  void theDefaultGridIsTheFirstTableOfOneThreadAtItsLevelAndHasItsShapesAlone() {
    Row other = row(64, 64);
    Grid grid =
        new Grid(
            List.of(
                table("float", "L2", Map.of(), 1, other),
                table("double", "L1", Map.of(), 1, other),
                table("double", "L2", Map.of(), 2, other),
                table("double", "L2", Map.of(), 1, row(8, 16), row(9, 16), row(8, 17)),
                table("double", "L2", Map.of("split", "3"), 1, other)),
            new Roofs(Map.of(), Map.of(), 0));
    assertThat(DefaultGrid.rows(grid, "double")).isEqualTo(List.of(row(8, 16)));
    assertThat(DefaultGrid.rows(grid, "half")).isEmpty();
  }
}

package dev.patchgrad.reports.grid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.reports.statistics.Forks;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** What a row makes of its cells, and a cell of its forks. */
final class RowTest {
  private static Cell cell(String kernel, double samples, Double... forks) {
    return new Cell(
        kernel,
        new Forks(List.of(forks)),
        samples,
        100,
        40,
        OptionalDouble.of(8),
        OptionalDouble.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static Row row(Cell... cells) {
    return new Row(8, 16, List.of(cells));
  }

  @Test
  void aCellsRatesAreItsOperationsTimesTheWorkOfOne() {
    Cell cell = cell("vector", 10, 2.0);
    assertThat(cell.samplesPerSecond()).isEqualTo(20);
    assertThat(cell.flopsPerSecond()).isEqualTo(200);
    assertThat(cell.bytesPerSecond()).isEqualTo(80);
    assertThat(cell.shareOfLimit()).hasValue(0.25);
  }

  @Test
  void theFastestIsFirstAndTheRatiosAreOverTheOthers() {
    Row row = row(cell("scalar", 10, 2.0), cell("vector", 10, 6.0), cell("ejml", 10, 3.0));
    assertThat(row.fastest().kernel()).isEqualTo("vector");
    assertThat(row.next()).map(Cell::kernel).contains("ejml");
    assertThat(row.margin().orElseThrow().value()).isEqualTo(2);
    assertThat(row.fastestOver("scalar").orElseThrow().value()).isEqualTo(3);
    assertThat(row.fastestOver("vector")).isEmpty();
    assertThat(row.fastestOver("interleaved")).isEmpty();
  }

  @Test
  void aRowIsDecidedWhereTheFastestIsAloneOrShownToBeFaster() {
    Cell fast = cell("vector", 10, 6.0, 6.1, 6.2);
    assertThat(row(fast).next()).isEmpty();
    assertThat(row(fast).isDecided()).isTrue();
    assertThat(row(fast, cell("ejml", 10, 2.0, 2.1, 2.2)).isDecided()).isTrue();
    assertThat(row(fast, cell("ejml", 10, 2.0, 6.0, 9.0)).isDecided()).isFalse();
  }

  @Test
  void aTieIsKnownToBeOneAndADecidedRowIsNone() {
    Cell fast = cell("vector", 10, 6.00, 6.01, 6.02);
    Row tie = row(fast, cell("ejml", 10, 6.02, 6.00, 6.01));
    assertThat(tie.isTie()).isTrue();
    assertThat(tie.mark()).isEqualTo("=");
    Row unknown = row(fast, cell("ejml", 10, 2.0, 6.0, 9.0));
    assertThat(unknown.isTie()).isFalse();
    assertThat(unknown.mark()).isEqualTo("~");
    // Faster by half a percent, and sure of it.
    Row decided = row(fast, cell("ejml", 10, 5.97, 5.971, 5.972));
    assertThat(decided.isDecided()).isTrue();
    assertThat(decided.isTie()).isFalse();
    assertThat(decided.mark()).isEmpty();
  }

  @Test
  void aBatchOfUnknownSizeIsNotFew() {
    assertThat(row(cell("vector", 0, 1.0)).isFew()).isFalse();
    assertThat(row(cell("vector", 1, 1.0)).isFew()).isTrue();
  }
}

package dev.patchgrad.bench.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The order of the cells in a round. */
class RoundOrderTest {
  private static final List<PreflightRequest.Cell> CELLS = cells();

  private static List<PreflightRequest.Cell> cells() {
    List<PreflightRequest.Cell> cells = new ArrayList<>();
    for (String kernel : List.of("scalar", "vector", "ejml")) {
      for (String p : List.of("8", "64", "512")) {
        cells.add(new PreflightRequest.Cell("suite", Map.of("p", p, "kernel", kernel)));
      }
    }
    cells.add(new PreflightRequest.Cell("roof", Map.of()));
    return cells;
  }

  @Test
  void everyCellComesOnceAndTheKernelsOfAShapeFollowEachOther() {
    RoundOrder order = new RoundOrder(5);
    for (int round = 0; round < 20; round++) {
      List<PreflightRequest.Cell> next = order.next(CELLS);
      assertThat(next).containsExactlyInAnyOrderElementsOf(CELLS);
      List<PreflightRequest.Cell> rows = new ArrayList<>();
      for (PreflightRequest.Cell cell : next) {
        PreflightRequest.Cell row = RoundOrder.row(cell);
        if (rows.isEmpty() || !rows.get(rows.size() - 1).equals(row)) {
          rows.add(row);
        }
      }
      assertThat(rows).hasSize(4).doesNotHaveDuplicates();
    }
  }

  @Test
  void roundsHaveOrdersOfTheirOwnWhichTheSeedGivesAgain() {
    RoundOrder one = new RoundOrder(5);
    RoundOrder same = new RoundOrder(5);
    Set<List<PreflightRequest.Cell>> orders = new HashSet<>();
    Set<PreflightRequest.Cell> first = new HashSet<>();
    // Four rows of which three have six orders: 40 rounds alike in 24 * 6^3 orders are no chance.
    for (int round = 0; round < 40; round++) {
      List<PreflightRequest.Cell> next = one.next(CELLS);
      assertThat(same.next(CELLS)).isEqualTo(next);
      orders.add(next);
      first.add(next.get(0));
    }
    assertThat(orders).hasSizeGreaterThan(30);
    // Each of ten cells is first with a probability of 1/12 or 1/4 a round; eight of them at least.
    assertThat(first).hasSizeGreaterThan(7);
  }
}

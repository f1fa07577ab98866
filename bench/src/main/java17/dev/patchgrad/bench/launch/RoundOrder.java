package dev.patchgrad.bench.launch;

import dev.patchgrad.reports.grid.SuiteNames;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * The random order of the cells in each round. What drifts on a machine then touches all cells
 * alike, and no cell always follows the same other one.
 *
 * <p>Kernels that are compared at one shape follow each other, in an order of their own: seconds
 * apart, a machine has changed less than within the minutes of a round.
 */
final class RoundOrder {
  private final Random random;

  /**
   * The orders of a run.
   *
   * @param seed that gives the same orders again
   */
  RoundOrder(long seed) {
    this.random = new Random(seed);
  }

  /**
   * The order of one more round.
   *
   * @param cells of the round
   * @return the same cells
   */
  List<PreflightRequest.Cell> next(List<PreflightRequest.Cell> cells) {
    Map<PreflightRequest.Cell, List<PreflightRequest.Cell>> rows = new LinkedHashMap<>();
    for (PreflightRequest.Cell cell : cells) {
      rows.computeIfAbsent(row(cell), key -> new ArrayList<>()).add(cell);
    }
    List<List<PreflightRequest.Cell>> shuffled = new ArrayList<>(rows.values());
    Collections.shuffle(shuffled, random);
    List<PreflightRequest.Cell> order = new ArrayList<>();
    for (List<PreflightRequest.Cell> row : shuffled) {
      Collections.shuffle(row, random);
      order.addAll(row);
    }
    return order;
  }

  /** A cell without its kernel: the same for all kernels of a row. */
  static PreflightRequest.Cell row(PreflightRequest.Cell cell) {
    Map<String, String> params = new TreeMap<>(cell.params());
    params.remove(SuiteNames.KERNEL);
    return new PreflightRequest.Cell(cell.benchmark(), params);
  }
}

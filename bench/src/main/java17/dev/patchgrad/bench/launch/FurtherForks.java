package dev.patchgrad.bench.launch;

import dev.patchgrad.reports.grid.Cell;
import dev.patchgrad.reports.grid.Grid;
import dev.patchgrad.reports.grid.Row;
import dev.patchgrad.reports.grid.SuiteNames;
import dev.patchgrad.reports.grid.Table;
import dev.patchgrad.reports.run.Result;
import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.statistics.Interval;
import dev.patchgrad.reports.statistics.Ratio;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which cells are worth more forks: the kernels that may still be the fastest of a row, where the
 * row is neither decided nor shown to be a tie, or its margin is known poorly; and noisy cells.
 *
 * @param cells that are worth more forks
 * @param openRows rows that they stand in
 * @param rows of the whole grid that can be ranked
 */
record FurtherForks(Set<PreflightRequest.Cell> cells, int openRows, int rows) {
  /**
   * A run looks after its first rounds, and again when a cell has twice as many forks, and twice
   * more. {@link Ratio} says what each look may spend of the 5 %.
   */
  static final int LOOKS = 3;

  /** A margin whose interval's ends are further apart than this is worth more forks. */
  private static final double POOR = 1.2;

  /** Copies the set. */
  FurtherForks {
    cells = Set.copyOf(cells);
  }

  /** A grid's columns beside the kernel. */
  private record Place(Table table, Row row) {
    /** Whether a cell is one of the row's. */
    boolean holds(PreflightRequest.Cell cell) {
      Map<String, String> own = new TreeMap<>(table.others());
      own.put(SuiteNames.PRECISION, table.precision());
      own.put(SuiteNames.LEVEL, table.level());
      own.put(SuiteNames.PATCH_DIMENSION, Integer.toString(row.p()));
      own.put(SuiteNames.PATCHES, Integer.toString(row.k()));
      return cell.benchmark().equals(SuiteNames.GRADIENT)
          && RoundOrder.row(cell).params().equals(own);
    }
  }

  /**
   * Looks at what was measured so far.
   *
   * @param run so far
   * @param cells of its plan
   */
  static FurtherForks of(Run run, List<PreflightRequest.Cell> cells) {
    Set<PreflightRequest.Cell> wanted = new HashSet<>();
    int open = 0;
    int rows = 0;
    for (Table table : Grid.of(run).tables()) {
      for (Row row : table.rows()) {
        if (row.margin().isEmpty()) {
          continue;
        }
        rows++;
        Set<String> kernels = contenders(row);
        open += kernels.isEmpty() ? 0 : 1;
        row.cells().stream()
            .filter(cell -> cell.operations().isNoisy())
            .map(Cell::kernel)
            .forEach(kernels::add);
        Place place = new Place(table, row);
        cells.stream()
            .filter(place::holds)
            .filter(cell -> kernels.contains(cell.params().getOrDefault(SuiteNames.KERNEL, "")))
            .forEach(wanted::add);
      }
    }
    return new FurtherForks(wanted, open, rows);
  }

  /** Kernels of a row that are worth more forks; none where the row is sure. */
  private static Set<String> contenders(Row row) {
    Set<String> kernels = new HashSet<>();
    boolean poor = isPoor(row.margin());
    if (row.isTie() || (row.isDecided() && !poor)) {
      return kernels;
    }
    row.contenders().forEach(cell -> kernels.add(cell.kernel()));
    row.next().map(Cell::kernel).ifPresent(kernels::add);
    return kernels;
  }

  private static boolean isPoor(Optional<Ratio> margin) {
    Optional<Interval> interval = margin.flatMap(Ratio::interval);
    return interval.isEmpty() || interval.get().high() / interval.get().low() > POOR;
  }

  /** What is told of it. */
  String inWords() {
    return String.format(
        "%d of %d rows are sure; %d %s more forks",
        rows - openRows, rows, cells.size(), cells.size() == 1 ? "cell gets" : "cells get");
  }

  /** A run so far, read as the reports will read it. */
  static Run read(Run begun, String json) {
    List<Result> results = Run.parseResults(json, begun.folder());
    return new Run(begun.folder(), begun.environment(), results);
  }
}

package dev.patchgrad.reports.grid;

import java.util.List;

/** What the gradient suite measures unless it is asked for something else. */
public final class DefaultGrid {
  /** Dimensions of a patch. */
  public static final List<Integer> PATCH_DIMENSIONS = List.of(8, 64, 512);

  /** Patches of a sample. */
  public static final List<Integer> PATCHES = List.of(16, 64, 256);

  /** Precisions of the batch. */
  public static final List<String> PRECISIONS = List.of("double", "float");

  /** Level of memory that the batch fills. */
  public static final String LEVEL = "L2";

  private DefaultGrid() {}

  /**
   * The rows of the default grid, measured in one thread on a generated batch.
   *
   * @param grid of a run
   * @param precision float or double
   * @return those that the run has, in order of p, then k
   */
  public static List<Row> rows(Grid grid, String precision) {
    return grid.tables().stream()
        .filter(table -> table.precision().equals(precision))
        .filter(table -> table.level().equals(LEVEL))
        .filter(table -> table.threads() == 1)
        .limit(1)
        .flatMap(table -> table.rows().stream())
        .filter(row -> PATCH_DIMENSIONS.contains(row.p()))
        .filter(row -> PATCHES.contains(row.k()))
        .toList();
  }
}

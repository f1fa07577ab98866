package dev.patchgrad.reports.grid;

import java.util.List;

/** What the gradient suite measures when nobody asks for something else. */
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
}

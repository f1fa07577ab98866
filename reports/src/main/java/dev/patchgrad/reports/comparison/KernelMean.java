package dev.patchgrad.reports.comparison;

import dev.patchgrad.reports.statistics.Ratio;
import java.util.List;

/**
 * One kernel over all of its cells.
 *
 * @param kernel its name, {@link Subject#kernel}
 * @param cells that both runs have; at least one
 */
public record KernelMean(String kernel, List<ComparedCell> cells) {
  /** Copies the list. */
  public KernelMean {
    cells = List.copyOf(cells);
  }

  /**
   * How much faster the other run is.
   *
   * @return the geometric mean of the cells' ratios
   */
  public Ratio ratio() {
    return Ratio.geometricMean(
        cells.stream().map(ComparedCell::numerator).toList(),
        cells.stream().map(ComparedCell::denominator).toList());
  }
}

package dev.patchgrad.reports.comparison;

import java.util.List;

/** Comparisons of given cells, in which two runs differ in nothing else. */
final class CellsAlone {
  private CellsAlone() {}

  static Comparison of(Comparison.Named first, Comparison.Named other, List<ComparedCell> cells) {
    return new Comparison(
        first, other, List.of(), cells, List.of(), List.of(), List.of(), List.of());
  }
}

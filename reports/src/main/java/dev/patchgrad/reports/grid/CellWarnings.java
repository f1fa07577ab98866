package dev.patchgrad.reports.grid;

import dev.patchgrad.reports.grid.Warnings.Kind;
import dev.patchgrad.reports.grid.Warnings.Warning;
import dev.patchgrad.reports.statistics.Forks;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a reader should doubt because of the values of single cells: too few, apart, not warm, or
 * not steady.
 */
final class CellWarnings {
  /** How many of the cells that were not warm, or not steady, are named. */
  private static final int NAMED = 3;

  private final List<Measured> cells;
  private final boolean isForeign;

  /**
   * A cell of a run.
   *
   * @param name for a person
   * @param forks of its values
   * @param notWarm why it was not warm; empty if it was
   * @param unsteady what changed while it was measured; empty if nothing
   */
  record Measured(String name, Forks forks, Optional<String> notWarm, Optional<String> unsteady) {}

  private CellWarnings(List<Measured> cells, boolean isForeign) {
    this.cells = cells;
    this.isForeign = isForeign;
  }

  /**
   * The warnings.
   *
   * @param cells of the run
   * @param isForeign whether the one who measured gives JMH its own options, not through Maven
   */
  static List<Warning> of(List<Measured> cells, boolean isForeign) {
    CellWarnings warnings = new CellWarnings(cells, isForeign);
    List<Warning> all = new ArrayList<>();
    warnings.warmth(all);
    warnings.steadiness(all);
    warnings.forks(all);
    return all;
  }

  private void warmth(List<Warning> warnings) {
    List<String> cold =
        cells.stream()
            .filter(cell -> cell.notWarm().isPresent())
            .map(cell -> cell.name() + " " + cell.notWarm().orElseThrow())
            .toList();
    if (cold.isEmpty()) {
      return;
    }
    warnings.add(
        new Warning(
            Kind.NOT_WARM,
            cold.size() + " of " + cells.size() + " cells not warmed up",
            count(cold.size())
                + (isForeign
                    ? " not warmed up, and have no verdict: "
                    : " not warmed up, and their shapes have no ranking: ")
                + named(cold)
                + (isForeign
                    ? ". Lengthen the warm-up (-wi 5)."
                    : ". Leave out -Djmh.wi, -Djmh.w, -Djmh.i and -Djmh.r, or lengthen the warm-up"
                        + " (-Djmh.wi=5). A kernel that allocates even then was not compiled well:"
                        + " look at its inlining (-XX:+PrintInlining).")));
  }

  /** A cell that was not warm is named as such, and changes for that reason. */
  private void steadiness(List<Warning> warnings) {
    List<String> unsteady =
        cells.stream()
            .filter(cell -> cell.notWarm().isEmpty() && cell.unsteady().isPresent())
            .map(cell -> cell.name() + " " + cell.unsteady().orElseThrow())
            .toList();
    if (unsteady.isEmpty()) {
      return;
    }
    warnings.add(
        new Warning(
            Kind.UNSTEADY,
            unsteady.size() + " of " + cells.size() + " cells not steady",
            count(unsteady.size())
                + " not steady while they were measured: "
                + named(unsteady)
                + ". Where values speed up, warm up longer ("
                + option("wi", 5)
                + "). Where they slow down or step, another program began or ended, or the processor"
                + " became hot: close other programs, let it cool, and add forks ("
                + option("f", 10)
                + "). One steady run in 20 has such a line by chance."));
  }

  private static String named(List<String> names) {
    return String.join("; ", names.subList(0, Math.min(NAMED, names.size())))
        + (names.size() > NAMED ? "; and " + (names.size() - NAMED) + " more" : "");
  }

  private void forks(List<Warning> warnings) {
    int single = 0;
    int pairs = 0;
    int noisy = 0;
    double worst = 0;
    String worstCell = "";
    for (Measured cell : cells) {
      single += cell.forks().count() == 1 ? 1 : 0;
      pairs += cell.forks().count() == 2 ? 1 : 0;
      double spread = cell.forks().usualSpread();
      noisy += cell.forks().isNoisy() ? 1 : 0;
      if (spread > worst) {
        worst = spread;
        worstCell = cell.name();
      }
    }
    if (single > 0) {
      warnings.add(
          new Warning(
              Kind.FEW_FORKS,
              single + " of " + cells.size() + " cells in one fork",
              count(single)
                  + " measured in one fork: there are no intervals, and no difference is certain."
                  + " Measure with at least 3 forks ("
                  + option("f", 3)
                  + ")."));
    }
    if (pairs > 0) {
      warnings.add(
          new Warning(
              Kind.FEW_FORKS,
              pairs + " of " + cells.size() + " cells in two forks",
              count(pairs)
                  + " measured in two forks: intervals are very wide. Measure with at least 3 forks"
                  + " ("
                  + option("f", 3)
                  + ")."));
    }
    if (noisy > 0) {
      warnings.add(
          new Warning(
              Kind.NOISY,
              noisy + " of " + cells.size() + " cells noisy",
              String.format(
                  Locale.ROOT,
                  "%s noisy: their forks differ by more than %.0f %% (worst: %s, %.0f %%). Close other"
                      + " programs and add forks (%s).%s",
                  count(noisy),
                  100 * Forks.NOISY_SPREAD,
                  worstCell,
                  100 * worst,
                  option("f", 10),
                  isForeign ? "" : " If warm-up was shortened, leave out -Djmh.wi and -Djmh.w.")));
    }
  }

  /** One of JMH's options, as it is given where this run was started. */
  private String option(String name, int value) {
    return isForeign ? "-" + name + " " + value : "-Djmh." + name + "=" + value;
  }

  private String count(int some) {
    return some == cells.size()
        ? "All " + some + " cells are"
        : some + " of " + cells.size() + " cells are";
  }
}

package dev.patchgrad.reports.grid;

import dev.patchgrad.reports.environment.Environment;
import dev.patchgrad.reports.run.Run;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What a reader of a run should doubt, and what to do about it. */
public final class Warnings {
  /** A cell whose forks differ by more than this is noisy. */
  private static final double NOISY_SPREAD = 0.15;

  /** A batch beyond this share of a cache does not stay in it, as code and sums need room too. */
  private static final double FITTING_SHARE = 0.75;

  /** How many of the cells that were not warm are named. */
  private static final int NAMED = 3;

  private Warnings() {}

  /** What a warning is about. */
  public enum Kind {
    /** The run is not whole. */
    BROKEN_OFF,
    /** The machine was made to look like another one. */
    SIMULATED,
    /** Few shapes, and short iterations. */
    QUICK,
    /** Cells are faster than the roofs allow. */
    ABOVE_LIMIT,
    /** Cells were not warm when they were measured. */
    NOT_WARM,
    /** There are too few forks. */
    FEW_FORKS,
    /** The forks of some cells lie far apart. */
    NOISY,
    /** The batch is larger than its level of memory. */
    TOO_LARGE,
    /** Other machines or programs took processor time. */
    BUSY,
    /** What else the record tells. */
    NOTE
  }

  /**
   * One warning.
   *
   * @param kind what it is about
   * @param brief what is wrong in a few words, for a place with the warnings of several runs; empty
   *     where it says nothing of the numbers
   * @param text what is wrong and what to do about it, in sentences
   */
  public record Warning(Kind kind, String brief, String text) {}

  /**
   * The warnings of a run in sentences.
   *
   * @param run that was recorded
   * @param grid of that run
   * @return sentences, the most serious first; empty if there is nothing to doubt
   */
  public static List<String> of(Run run, Grid grid) {
    return all(run, grid).stream().map(Warning::text).toList();
  }

  /**
   * The warnings of a run.
   *
   * @param run that was recorded
   * @param grid of that run
   * @return the most serious first; empty if there is nothing to doubt
   */
  public static List<Warning> all(Run run, Grid grid) {
    List<Warning> warnings = new ArrayList<>();
    Environment environment = run.environment();
    if (run.isPartial()) {
      warnings.add(
          new Warning(
              Kind.BROKEN_OFF,
              "broke off",
              "The run broke off: cells are missing. Repeat it before you decide anything."));
    }
    if (environment.simulates()) {
      warnings.add(
          new Warning(
              Kind.SIMULATED,
              "simulated (" + environment.simulated() + ")",
              "Simulated ("
                  + environment.simulated()
                  + "): this machine was made to look like a smaller one, whose absolute times"
                  + " differ."));
    }
    if (environment.quick()) {
      warnings.add(
          new Warning(
              Kind.QUICK,
              "quick",
              "Quick: few shapes, one precision, short iterations. It is a first look. Leave out"
                  + " -Dbench.quick before you decide anything that costs more than a repeated"
                  + " run."));
    }
    List<String> above = grid.aboveLimit();
    if (!above.isEmpty()) {
      warnings.add(
          new Warning(
              Kind.ABOVE_LIMIT,
              above.size() + " cells above the limit",
              "More than the machine allows: "
                  + grid.inShort(above)
                  + ". Do not trust the shares of the limit here. If warm-up or iterations were"
                  + " shortened, the roofs' loops were not compiled yet: leave out -Djmh.wi, -Djmh.w,"
                  + " -Djmh.i and -Djmh.r. Otherwise a roof was disturbed: measure again on a quiet"
                  + " machine."));
    }
    warmth(grid, warnings);
    forks(grid, warnings);
    levels(environment.hardware().cacheBytes(), grid, warnings);
    warnings.addAll(MachineWarnings.of(environment));
    return warnings;
  }

  private static void warmth(Grid grid, List<Warning> warnings) {
    List<String> cold = new ArrayList<>();
    int cells = 0;
    for (Table table : grid.tables()) {
      for (Row row : table.rows()) {
        cells += row.cells().size();
        for (Cell cell : row.notWarm()) {
          cold.add(name(table, row, cell) + " " + cell.notWarm().orElseThrow());
        }
      }
    }
    if (!cold.isEmpty()) {
      String named = String.join("; ", cold.subList(0, Math.min(NAMED, cold.size())));
      warnings.add(
          new Warning(
              Kind.NOT_WARM,
              cold.size() + " of " + cells + " cells not warmed up",
              count(cold.size(), cells)
                  + " not warmed up, and their shapes have no ranking: "
                  + named
                  + (cold.size() > NAMED ? "; and " + (cold.size() - NAMED) + " more" : "")
                  + ". Leave out -Djmh.wi, -Djmh.w, -Djmh.i and -Djmh.r, or lengthen the warm-up"
                  + " (-Djmh.wi=5). A kernel that allocates even then was not compiled well: look at"
                  + " its inlining (-XX:+PrintInlining)."));
    }
  }

  private static void forks(Grid grid, List<Warning> warnings) {
    int cells = 0;
    int single = 0;
    int pairs = 0;
    int noisy = 0;
    double worst = 0;
    String worstCell = "";
    for (Table table : grid.tables()) {
      for (Row row : table.rows()) {
        for (Cell cell : row.cells()) {
          cells++;
          single += cell.operations().count() == 1 ? 1 : 0;
          pairs += cell.operations().count() == 2 ? 1 : 0;
          double spread = cell.operations().spread();
          noisy += spread > NOISY_SPREAD ? 1 : 0;
          if (spread > worst) {
            worst = spread;
            worstCell = name(table, row, cell);
          }
        }
      }
    }
    if (single > 0) {
      warnings.add(
          new Warning(
              Kind.FEW_FORKS,
              single + " of " + cells + " cells in one fork",
              count(single, cells)
                  + " measured in one fork: there are no intervals, and no difference is certain."
                  + " Measure with at least 3 forks (-Djmh.f=3)."));
    }
    if (pairs > 0) {
      warnings.add(
          new Warning(
              Kind.FEW_FORKS,
              pairs + " of " + cells + " cells in two forks",
              count(pairs, cells)
                  + " measured in two forks: intervals are very wide. Measure with at least 3 forks"
                  + " (-Djmh.f=3)."));
    }
    if (noisy > 0) {
      warnings.add(
          new Warning(
              Kind.NOISY,
              noisy + " of " + cells + " cells noisy",
              String.format(
                  Locale.ROOT,
                  "%s noisy: their forks differ by more than %.0f %% (worst: %s, %.0f %%). Close other"
                      + " programs and add forks (-Djmh.f=10). If warm-up was shortened, leave out"
                      + " -Djmh.wi and -Djmh.w.",
                  count(noisy, cells),
                  100 * NOISY_SPREAD,
                  worstCell,
                  100 * worst)));
    }
  }

  /** A batch has at least one whole sample, which may be larger than the level that it is for. */
  private static void levels(Map<String, Long> cacheBytes, Grid grid, List<Warning> warnings) {
    List<String> places = new ArrayList<>();
    Set<String> levels = new LinkedHashSet<>();
    for (Table table : grid.tables()) {
      Long level = cacheBytes.get(table.level());
      if (level == null) {
        continue;
      }
      List<Row> large =
          table.rows().stream()
              .filter(row -> row.fastest().bytesPerOperation() > FITTING_SHARE * level)
              .toList();
      if (large.isEmpty()) {
        continue;
      }
      places.add(
          table.title()
              + ": "
              + large.stream().map(Warnings::batch).collect(Collectors.joining("; ")));
      levels.add(String.format(Locale.ROOT, "%s (%.0f KiB)", table.level(), level / 1024.0));
    }
    if (!places.isEmpty()) {
      warnings.add(
          new Warning(
              Kind.TOO_LARGE,
              "batches larger than " + String.join(" or ", levels),
              "The smallest batch does not fit "
                  + String.join(" or ", levels)
                  + ", and its data come partly from further away, at "
                  + String.join("; ", places)
                  + ". Do not compare these rows with rows of another level."));
    }
  }

  private static String batch(Row row) {
    return String.format(
        Locale.ROOT,
        "p %d, k %d (%.0f KiB)",
        row.p(),
        row.k(),
        row.fastest().bytesPerOperation() / 1024);
  }

  private static String count(int some, int all) {
    return some == all ? "All " + all + " cells are" : some + " of " + all + " cells are";
  }

  private static String name(Table table, Row row, Cell cell) {
    return cell.kernel() + " at p " + row.p() + ", k " + row.k() + ", " + table.title();
  }
}

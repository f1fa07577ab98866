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
  /** A batch beyond this share of a cache does not stay in it, as code and sums need room too. */
  private static final double FITTING_SHARE = 0.75;

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
    /** Benchmarks have no values. */
    NOT_MEASURED,
    /** There are too few forks. */
    FEW_FORKS,
    /** Cells changed while they were measured. */
    UNSTEADY,
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
    Environment environment = run.environment();
    if (!environment.isKnown()) {
      return BenchmarkTable.warnings(run);
    }
    List<Warning> warnings = new ArrayList<>();
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
    warnings.addAll(CellWarnings.of(cells(grid), false));
    levels(environment.hardware().cacheBytes(), grid, warnings);
    warnings.addAll(MachineWarnings.of(environment));
    return warnings;
  }

  private static List<CellWarnings.Measured> cells(Grid grid) {
    List<CellWarnings.Measured> cells = new ArrayList<>();
    for (Table table : grid.tables()) {
      for (Row row : table.rows()) {
        for (Cell cell : row.cells()) {
          cells.add(
              new CellWarnings.Measured(
                  name(table, row, cell), cell.operations(), cell.notWarm(), cell.unsteady()));
        }
      }
    }
    return cells;
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

  private static String name(Table table, Row row, Cell cell) {
    return cell.kernel() + " at p " + row.p() + ", k " + row.k() + ", " + table.title();
  }
}

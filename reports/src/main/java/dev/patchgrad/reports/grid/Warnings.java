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

  /** Bytes per operation: JMH's own bookkeeping stays below this, and a boxed vector does not. */
  private static final double ALLOCATED_BYTES = 1024;

  /** In long operations JMH's bookkeeping adds up, but stays below this share of the data. */
  private static final double ALLOCATED_SHARE = 0.001;

  /** A batch beyond this share of a cache does not stay in it, as code and sums need room too. */
  private static final double FITTING_SHARE = 0.75;

  private Warnings() {}

  /**
   * The warnings of a run.
   *
   * @param run that was recorded
   * @param grid of that run
   * @return sentences, the most serious first; empty if there is nothing to doubt
   */
  public static List<String> of(Run run, Grid grid) {
    List<String> warnings = new ArrayList<>();
    Environment environment = run.environment();
    if (run.isPartial()) {
      warnings.add("The run broke off: cells are missing. Repeat it before you decide anything.");
    }
    if (environment.simulates()) {
      warnings.add(
          "Simulated ("
              + environment.simulated()
              + "): this machine was made to look like a smaller one, whose absolute times differ.");
    }
    if (environment.quick()) {
      warnings.add(
          "Quick: few shapes, one precision, short iterations. It is a first look. Leave out"
              + " -Dbench.quick before you decide anything that costs more than a repeated run.");
    }
    List<String> above = grid.aboveLimit();
    if (!above.isEmpty()) {
      warnings.add(
          "More than the machine allows: "
              + grid.inShort(above)
              + ". Do not trust the shares of the limit here. If warm-up or iterations were shortened,"
              + " the roofs' loops were not compiled yet: leave out -Djmh.wi, -Djmh.w, -Djmh.i and"
              + " -Djmh.r. Otherwise a roof was disturbed: measure again on a quiet machine.");
    }
    forks(grid, warnings);
    allocation(grid, warnings);
    levels(environment.hardware().cacheBytes(), grid, warnings);
    warnings.addAll(MachineWarnings.of(environment));
    return warnings;
  }

  private static void forks(Grid grid, List<String> warnings) {
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
          count(single, cells)
              + " measured in one fork: there are no intervals, and no difference is certain. Measure"
              + " with at least 3 forks (-Djmh.f=3).");
    }
    if (pairs > 0) {
      warnings.add(
          count(pairs, cells)
              + " measured in two forks: intervals are very wide. Measure with at least 3 forks"
              + " (-Djmh.f=3).");
    }
    if (noisy > 0) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "%s noisy: their forks differ by more than %.0f %% (worst: %s, %.0f %%). Close other"
                  + " programs and add forks (-Djmh.f=10). If warm-up was shortened, leave out -Djmh.wi"
                  + " and -Djmh.w.",
              count(noisy, cells),
              100 * NOISY_SPREAD,
              worstCell,
              100 * worst));
    }
  }

  private static void allocation(Grid grid, List<String> warnings) {
    for (Table table : grid.tables()) {
      for (Row row : table.rows()) {
        for (Cell cell : row.cells()) {
          double allocated = cell.allocated().orElse(0);
          if (allocated > ALLOCATED_BYTES
              && allocated > ALLOCATED_SHARE * cell.bytesPerOperation()) {
            warnings.add(
                String.format(
                    Locale.ROOT,
                    "%s allocates %.0f bytes per gradient: the compiler did not remove its objects, so"
                        + " that its time is not the kernel's. Look at its compilation"
                        + " (-XX:+PrintInlining).",
                    name(table, row, cell),
                    allocated));
          }
        }
      }
    }
  }

  /** A batch has at least one whole sample, which may be larger than the level that it is for. */
  private static void levels(Map<String, Long> cacheBytes, Grid grid, List<String> warnings) {
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
          "The smallest batch does not fit "
              + String.join(" or ", levels)
              + ", and its data come partly from further away, at "
              + String.join("; ", places)
              + ". Do not compare these rows with rows of another level.");
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

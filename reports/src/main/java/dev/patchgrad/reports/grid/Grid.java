package dev.patchgrad.reports.grid;

import dev.patchgrad.reports.environment.Work;
import dev.patchgrad.reports.json.BadRecordException;
import dev.patchgrad.reports.run.Result;
import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.statistics.Forks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/**
 * The gradient suite of a run.
 *
 * @param tables by precision, memory level, further parameters, mode and threads; empty if the
 *     suite was not run
 * @param roofs what the machine allows
 */
public record Grid(List<Table> tables, Roofs roofs) {
  private static final Set<String> OWN_COLUMNS =
      Set.of(
          SuiteNames.KERNEL,
          SuiteNames.PRECISION,
          SuiteNames.PATCH_DIMENSION,
          SuiteNames.PATCHES,
          SuiteNames.LEVEL);

  /** Copies the list. */
  public Grid {
    tables = List.copyOf(tables);
  }

  /**
   * The share of the limit by which a cell may pass it. A roof is the fastest of its forks, and a
   * cell the median of its own: noise lifts the second above the first by no more.
   */
  private static final double MARGIN_ABOVE_LIMIT = 0.05;

  /** How many of the cells above the limit are named. */
  private static final int NAMED = 3;

  /** What is the same in all cells of a table. */
  private record TableKey(
      String precision, String level, Map<String, String> others, String mode, int threads) {}

  private record RowKey(int p, int k) {}

  /**
   * The grid of a run. Results of other suites, and modes that have no rate, are left out. Where
   * nothing is known of the machine there is none: {@link BenchmarkTable} has the results then.
   *
   * @param run that was recorded
   * @return the grid
   * @throws BadRecordException if a result of the gradient suite lacks a parameter, or p or k is no
   *     number
   */
  public static Grid of(Run run) {
    if (!run.environment().isKnown()) {
      return new Grid(List.of(), new Roofs(Map.of(), Map.of(), 0));
    }
    Map<Integer, Roofs> roofs = new TreeMap<>();
    Comparator<TableKey> tableOrder =
        Comparator.comparing(TableKey::precision)
            .thenComparing(TableKey::level)
            .thenComparing(key -> key.others().toString())
            // Throughput before average time.
            .thenComparing(TableKey::mode, Comparator.reverseOrder())
            .thenComparingInt(TableKey::threads);
    Comparator<RowKey> rowOrder = Comparator.comparingInt(RowKey::p).thenComparingInt(RowKey::k);
    Map<TableKey, Map<RowKey, List<Cell>>> cells = new TreeMap<>(tableOrder);
    Steadiness steadiness = Steadiness.of(run.results());
    for (Result result : run.results()) {
      if (!result.benchmark().equals(SuiteNames.GRADIENT) || !result.isRate()) {
        continue;
      }
      Map<String, String> others = new TreeMap<>(result.params());
      others.keySet().removeAll(OWN_COLUMNS);
      TableKey table =
          new TableKey(
              run.param(result, SuiteNames.PRECISION),
              result.params().getOrDefault(SuiteNames.LEVEL, ""),
              others,
              result.mode(),
              result.threads());
      RowKey row =
          new RowKey(
              run.count(result, SuiteNames.PATCH_DIMENSION), run.count(result, SuiteNames.PATCHES));
      cells
          .computeIfAbsent(table, key -> new TreeMap<>(rowOrder))
          .computeIfAbsent(row, key -> new ArrayList<>())
          .add(
              cell(
                  run,
                  result,
                  table,
                  roofs.computeIfAbsent(table.threads(), threads -> Roofs.of(run, threads)),
                  steadiness.doubt(result)));
    }
    List<Table> tables = new ArrayList<>();
    cells.forEach(
        (key, byRow) -> {
          List<Row> rows = new ArrayList<>();
          byRow.forEach((row, kernels) -> rows.add(new Row(row.p(), row.k(), kernels)));
          tables.add(
              new Table(
                  key.precision(), key.level(), key.others(), key.mode(), key.threads(), rows));
        });
    return new Grid(tables, Roofs.of(run));
  }

  /**
   * Cells that are faster than this run's roofs allow, beyond noise. Then the roof, the count of
   * flops and bytes, or the kernel is wrong.
   *
   * @return names of the cells with their shares, the worst first
   */
  public List<String> aboveLimit() {
    Map<String, Double> shares = new LinkedHashMap<>();
    for (Table table : tables) {
      for (Row row : table.rows()) {
        for (Cell cell : row.cells()) {
          double share = cell.shareOfLimit().orElse(0);
          if (share > 1 + MARGIN_ABOVE_LIMIT) {
            shares.put(
                String.format(
                    Locale.ROOT,
                    "%s at p %d, k %d, %s shows %.0f %%",
                    cell.kernel(),
                    row.p(),
                    row.k(),
                    table.title(),
                    100 * share),
                share);
          }
        }
      }
    }
    return shares.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * The cells above the limit in short: a few by name, the others by their number.
   *
   * @param above what {@link #aboveLimit} gave, at least one
   * @return such as {@code vector at p 8, k 16, double, L2 shows 140 %; …; and 20 more of 90 cells}
   */
  public String inShort(List<String> above) {
    long cells =
        tables.stream()
            .flatMap(table -> table.rows().stream())
            .mapToLong(row -> row.cells().size())
            .sum();
    String named = String.join("; ", above.subList(0, Math.min(NAMED, above.size())));
    return above.size() > NAMED
        ? named + "; and " + (above.size() - NAMED) + " more of " + cells + " cells"
        : named;
  }

  /**
   * Cells above the limit where one fork's accident cannot be the reason. A run that has some has
   * failed.
   *
   * @return as {@link #aboveLimit}; empty where the roofs were measured in one fork only
   */
  public List<String> provenAboveLimit() {
    return roofs.forks() > 1 ? aboveLimit() : List.of();
  }

  private static Cell cell(
      Run run, Result result, TableKey table, Roofs roofs, Optional<String> unsteady) {
    Work work = run.workOf(result).orElse(new Work(result.benchmark(), result.params(), 0, 0, 0));
    OptionalDouble allocated =
        result.secondaryValues(Result.ALLOCATION).stream().mapToDouble(value -> value).max();
    return new Cell(
        run.param(result, SuiteNames.KERNEL),
        Forks.ofIterations(result.rates()).after(run.environment().rounds().looks()),
        work.samples(),
        work.flops(),
        work.bytes(),
        roofs.limit(work, table.precision(), table.level()),
        allocated,
        Warmth.doubt(result, work.bytes()),
        unsteady);
  }
}

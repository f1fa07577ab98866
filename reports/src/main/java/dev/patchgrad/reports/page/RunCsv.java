package dev.patchgrad.reports.page;

import dev.patchgrad.reports.csv.CsvTable;
import dev.patchgrad.reports.environment.Work;
import dev.patchgrad.reports.grid.Cell;
import dev.patchgrad.reports.grid.Grid;
import dev.patchgrad.reports.grid.Row;
import dev.patchgrad.reports.grid.Steadiness;
import dev.patchgrad.reports.grid.SuiteNames;
import dev.patchgrad.reports.grid.Table;
import dev.patchgrad.reports.grid.Warmth;
import dev.patchgrad.reports.run.Result;
import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.statistics.Forks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The rates of a run for another program: a row for each cell; empty where a value is unknown. */
final class RunCsv {
  private static final String OPERATIONS = "ops/s";

  private RunCsv() {}

  static CsvTable of(Run run, Grid grid) {
    CsvTable.Builder rows =
        CsvTable.withColumns(
            "benchmark",
            "precision",
            "level",
            "p",
            "k",
            "kernel",
            "other_parameters",
            "threads",
            "forks",
            "operations_per_second",
            "samples_per_second",
            "flops_per_second",
            "bytes_per_second",
            "share_of_limit",
            "fork_values",
            "samples",
            "not_warm",
            "mode",
            "value",
            "unit",
            "low",
            "high",
            "machine",
            "unsteady");
    String machine = run.environment().machine();
    for (Table table : grid.tables()) {
      for (Row row : table.rows()) {
        for (Cell cell : row.cells()) {
          Work work =
              new Work(
                  SuiteNames.GRADIENT,
                  Map.of(),
                  cell.samplesPerOperation(),
                  cell.flopsPerOperation(),
                  cell.bytesPerOperation());
          add(
              rows,
              List.of(
                  SuiteNames.GRADIENT,
                  table.precision(),
                  table.level(),
                  row.p(),
                  row.k(),
                  cell.kernel(),
                  parameters(table.others()),
                  table.threads()),
              cell.operations(),
              work,
              cell.shareOfLimit(),
              cell.notWarm(),
              table.mode(),
              cell.operations(),
              OPERATIONS,
              machine,
              cell.unsteady());
        }
      }
    }
    boolean isKnown = run.environment().isKnown();
    Steadiness steadiness = Steadiness.of(run.results());
    for (Result result : run.results()) {
      boolean isShown =
          isKnown
              ? result.isRate() && !result.benchmark().equals(SuiteNames.GRADIENT)
              : result.isMeasured();
      if (isShown) {
        // Of another project a parameter of the same name may be anything.
        boolean isOwn = isKnown && Result.isOwn(result.benchmark());
        Map<String, String> others = new TreeMap<>(result.params());
        Forks operations = Forks.ofIterations(result.rates());
        add(
            rows,
            List.of(
                result.benchmark(),
                take(isOwn, others, SuiteNames.PRECISION),
                take(isOwn, others, SuiteNames.LEVEL),
                take(isOwn, others, SuiteNames.PATCH_DIMENSION),
                take(isOwn, others, SuiteNames.PATCHES),
                take(isOwn, others, SuiteNames.KERNEL),
                parameters(others),
                result.threads()),
            operations,
            run.workOf(result).orElse(new Work(result.benchmark(), Map.of(), 0, 0, 0)),
            OptionalDouble.empty(),
            isKnown
                ? Warmth.doubt(result, run.workOf(result).map(Work::bytes).orElse(0.0))
                : Warmth.foreignDoubt(result),
            result.mode(),
            isKnown ? operations : Forks.ofIterations(result.scores()),
            isKnown ? OPERATIONS : result.primary().unit(),
            machine,
            steadiness.doubt(result));
      }
    }
    return rows.build();
  }

  /** A row: what was measured, up to the threads, and then its rates. */
  private static void add(
      CsvTable.Builder rows,
      List<Object> measured,
      Forks operations,
      Work work,
      OptionalDouble share,
      Optional<String> notWarm,
      String mode,
      Forks values,
      String unit,
      String machine,
      Optional<String> unsteady) {
    double rate = operations.median();
    List<Object> row = new ArrayList<>(measured);
    row.add(operations.count());
    row.add(rate);
    row.add(known(rate * work.samples()));
    row.add(known(rate * work.flops()));
    row.add(known(rate * work.bytes()));
    row.add(share.isPresent() ? share.getAsDouble() : "");
    row.add(list(operations.values()));
    row.add(known(work.samples()));
    row.add(notWarm.orElse(""));
    row.add(mode);
    row.add(values.median());
    row.add(unit);
    row.add(values.interval().map(ends -> Double.toString(ends.low())).orElse(""));
    row.add(values.interval().map(ends -> Double.toString(ends.high())).orElse(""));
    row.add(machine);
    row.add(unsteady.orElse(""));
    rows.row(row.toArray());
  }

  private static String take(boolean isOwn, Map<String, String> params, String name) {
    String value = isOwn ? params.remove(name) : null;
    return value == null ? "" : value;
  }

  private static String parameters(Map<String, String> others) {
    return others.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(" "));
  }

  private static String known(double value) {
    return value > 0 ? Double.toString(value) : "";
  }

  private static String list(List<Double> values) {
    return values.stream().map(value -> Double.toString(value)).collect(Collectors.joining(" "));
  }
}

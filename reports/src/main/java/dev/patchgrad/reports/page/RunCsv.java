package dev.patchgrad.reports.page;

import dev.patchgrad.reports.environment.Work;
import dev.patchgrad.reports.grid.Cell;
import dev.patchgrad.reports.grid.Grid;
import dev.patchgrad.reports.grid.Row;
import dev.patchgrad.reports.grid.SuiteNames;
import dev.patchgrad.reports.grid.Table;
import dev.patchgrad.reports.run.Result;
import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.statistics.Forks;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rates of a run as comma-separated values (RFC 4180), a line a cell; empty where unknown. */
final class RunCsv {
  private static final String HEAD =
      "benchmark,precision,level,p,k,kernel,other_parameters,threads,forks,operations_per_second,"
          + "samples_per_second,flops_per_second,bytes_per_second,share_of_limit,fork_values\n";

  private RunCsv() {}

  static String of(Run run, Grid grid) {
    StringBuilder out = new StringBuilder(HEAD);
    for (Table table : grid.tables()) {
      for (Row row : table.rows()) {
        for (Cell cell : row.cells()) {
          line(
              out,
              SuiteNames.GRADIENT,
              table.precision(),
              table.level(),
              Integer.toString(row.p()),
              Integer.toString(row.k()),
              cell.kernel(),
              parameters(table.others()),
              table.threads(),
              cell.operations(),
              new Work(
                  SuiteNames.GRADIENT,
                  Map.of(),
                  cell.samplesPerOperation(),
                  cell.flopsPerOperation(),
                  cell.bytesPerOperation()),
              cell.shareOfLimit());
        }
      }
    }
    for (Result result : run.results()) {
      if (result.isRate() && !result.benchmark().equals(SuiteNames.GRADIENT)) {
        Map<String, String> others = new TreeMap<>(result.params());
        line(
            out,
            result.benchmark(),
            take(others, SuiteNames.PRECISION),
            take(others, SuiteNames.LEVEL),
            take(others, SuiteNames.PATCH_DIMENSION),
            take(others, SuiteNames.PATCHES),
            take(others, SuiteNames.KERNEL),
            parameters(others),
            result.threads(),
            Forks.ofIterations(result.operationsPerSecond()),
            run.workOf(result).orElse(new Work(result.benchmark(), Map.of(), 0, 0, 0)),
            OptionalDouble.empty());
      }
    }
    return out.toString();
  }

  private static void line(
      StringBuilder out,
      String benchmark,
      String precision,
      String level,
      String p,
      String k,
      String kernel,
      String others,
      int threads,
      Forks operations,
      Work work,
      OptionalDouble share) {
    double rate = operations.median();
    out.append(
        Stream.of(
                benchmark,
                precision,
                level,
                p,
                k,
                kernel,
                others,
                Integer.toString(threads),
                Integer.toString(operations.count()),
                Double.toString(rate),
                known(rate * work.samples()),
                known(rate * work.flops()),
                known(rate * work.bytes()),
                share.isPresent() ? Double.toString(share.getAsDouble()) : "",
                list(operations.values()))
            .map(RunCsv::quote)
            .collect(Collectors.joining(",", "", "\n")));
  }

  private static String take(Map<String, String> params, String name) {
    String value = params.remove(name);
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

  /** A field that holds a comma, a quote or a line's end stands in quotes. */
  static String quote(String text) {
    return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}

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
import dev.patchgrad.reports.statistics.Ratio;
import dev.patchgrad.reports.summary.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The tables on the page of a run. */
final class RunTables {
  private final KernelColours colours;

  RunTables(KernelColours colours) {
    this.colours = colours;
  }

  /** A kernel's name, after its colour. */
  Page.Value kernel(String name) {
    return new Page.Value(name, Double.NaN, colours.of(name));
  }

  /** The fastest kernel at each p and k. */
  Page.Table map(Table table) {
    List<Integer> columns = table.rows().stream().map(Row::k).distinct().sorted().toList();
    List<List<Page.Value>> rows = new ArrayList<>();
    for (int p : new TreeSet<>(table.rows().stream().map(Row::p).toList())) {
      List<Page.Value> line = new ArrayList<>();
      line.add(Page.Value.of(Integer.toString(p), p));
      for (int k : columns) {
        line.add(
            table.rows().stream()
                .filter(row -> row.p() == p && row.k() == k)
                .findFirst()
                .map(
                    row ->
                        new Page.Value(
                            (row.isDecided() ? "" : "~")
                                + row.fastest().kernel()
                                + row.margin()
                                    .map(margin -> " " + NumberText.three(margin.value()) + "x")
                                    .orElse(""),
                            Double.NaN,
                            colours.of(row.fastest().kernel())))
                .orElse(Page.Value.of("not measured")));
      }
      rows.add(line);
    }
    List<String> heads = new ArrayList<>(List.of("p \\ k"));
    columns.forEach(k -> heads.add(Integer.toString(k)));
    return new Page.Table(
        "Fastest kernel and its lead over the next, " + table.title(), heads, rows);
  }

  /** The fastest kernel in numbers. */
  Page.Table fastest(Table table) {
    List<List<Page.Value>> rows = new ArrayList<>();
    for (Row row : table.rows()) {
      Cell fastest = row.fastest();
      rows.add(
          List.of(
              Page.Value.of(Integer.toString(row.p()), row.p()),
              Page.Value.of(Integer.toString(row.k()), row.k()),
              new Page.Value(
                  (row.isDecided() ? "" : "~") + fastest.kernel(),
                  Double.NaN,
                  colours.of(fastest.kernel())),
              fastest.samplesPerSecond() > 0
                  ? number(fastest.samplesPerSecond(), NumberText.si(fastest.samplesPerSecond()))
                  : Page.Value.of("-"),
              known(fastest.flopsPerSecond() / 1e9),
              number(
                  fastest.shareOfLimit().orElse(Double.NaN),
                  NumberText.percent(fastest.shareOfLimit())),
              ratio(row.fastestOver(SuiteNames.SCALAR)),
              ratio(row.fastestOver(SuiteNames.EJML)),
              Page.Value.of(row.next().map(Cell::kernel).orElse("-")),
              ratio(row.margin())));
    }
    return new Page.Table(
        "The fastest in numbers, " + table.title(),
        List.of(
            "p",
            "k",
            "kernel",
            "samples/s",
            "GFLOP/s",
            "limit",
            "over scalar",
            "over ejml",
            "next",
            "over the next"),
        rows);
  }

  /** Every cell of the gradient suite. */
  Page.Table cells(Grid grid) {
    List<List<Page.Value>> rows = new ArrayList<>();
    for (Table table : grid.tables()) {
      for (Row row : table.rows()) {
        for (Cell cell : row.cells()) {
          rows.add(
              List.of(
                  Page.Value.of(table.title()),
                  Page.Value.of(Integer.toString(row.p()), row.p()),
                  Page.Value.of(Integer.toString(row.k()), row.k()),
                  kernel(cell.kernel()),
                  number(cell.operations().median(), NumberText.si(cell.operations().median())),
                  number(1e6 / cell.operations().median(), three(1e6 / cell.operations().median())),
                  known(cell.flopsPerSecond() / 1e9),
                  known(cell.bytesPerSecond() / 1e9),
                  number(
                      cell.shareOfLimit().orElse(Double.NaN),
                      NumberText.percent(cell.shareOfLimit())),
                  number(cell.operations().count(), Integer.toString(cell.operations().count())),
                  number(cell.operations().spread(), percent(cell.operations().spread()))));
        }
      }
    }
    return new Page.Table(
        "Medians over forks; spread is how far the forks differ",
        List.of(
            "batch",
            "p",
            "k",
            "kernel",
            "gradients/s",
            "µs",
            "GFLOP/s",
            "GB/s",
            "limit",
            "forks",
            "spread"),
        rows);
  }

  /**
   * What was measured besides the gradient suite.
   *
   * @return empty if there is nothing
   */
  static Optional<Page.Table> others(Run run) {
    List<List<Page.Value>> rows = new ArrayList<>();
    for (Result result : run.results()) {
      if (!result.isRate() || result.benchmark().equals(SuiteNames.GRADIENT)) {
        continue;
      }
      Forks forks = Forks.ofIterations(result.operationsPerSecond());
      double rate = forks.median();
      double flops = run.workOf(result).map(Work::flops).orElse(0.0) * rate / 1e9;
      double bytes = run.workOf(result).map(Work::bytes).orElse(0.0) * rate / 1e9;
      rows.add(
          List.of(
              Page.Value.of(Result.shortName(result.benchmark())),
              Page.Value.of(parameters(result)),
              number(rate, NumberText.si(rate)),
              number(1e6 / rate, three(1e6 / rate)),
              known(flops),
              known(bytes),
              number(forks.count(), Integer.toString(forks.count())),
              number(forks.spread(), percent(forks.spread()))));
    }
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Page.Table(
                "Medians over forks of the other suites, of all threads together",
                List.of(
                    "benchmark",
                    "parameters",
                    "operations/s",
                    "µs",
                    "GFLOP/s",
                    "GB/s",
                    "forks",
                    "spread"),
                rows));
  }

  private static String parameters(Result result) {
    String text =
        result.params().entrySet().stream()
            .map(entry -> entry.getKey() + " " + entry.getValue())
            .collect(Collectors.joining(", "));
    return result.threads() == 1
        ? text
        : text + (text.isEmpty() ? "" : ", ") + result.threads() + " threads";
  }

  /** A rate, or a dash where the work of an operation is not known. */
  private static Page.Value known(double value) {
    return value > 0 ? number(value, three(value)) : Page.Value.of("-");
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static Page.Value number(double number, String text) {
    return Page.Value.of(text, number);
  }

  private static Page.Value ratio(Optional<Ratio> ratio) {
    return Page.Value.of(NumberText.ratio(ratio), ratio.map(Ratio::value).orElse(Double.NaN));
  }

  private static String three(double value) {
    return value > 0 ? NumberText.three(value) : "-";
  }
}

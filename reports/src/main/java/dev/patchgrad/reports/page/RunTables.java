package dev.patchgrad.reports.page;

import dev.patchgrad.reports.environment.Work;
import dev.patchgrad.reports.grid.Cell;
import dev.patchgrad.reports.grid.Grid;
import dev.patchgrad.reports.grid.Roofs;
import dev.patchgrad.reports.grid.Row;
import dev.patchgrad.reports.grid.SuiteNames;
import dev.patchgrad.reports.grid.Table;
import dev.patchgrad.reports.grid.Warmth;
import dev.patchgrad.reports.run.Result;
import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.statistics.Forks;
import dev.patchgrad.reports.statistics.Ratio;
import dev.patchgrad.reports.summary.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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

  /** The fastest kernel in numbers. */
  Page.Table fastest(Table table) {
    List<List<Page.Value>> rows = new ArrayList<>();
    for (Row row : table.rows()) {
      Cell fastest = row.fastest();
      rows.add(
          List.of(
              Page.Value.of(Integer.toString(row.p()), row.p()),
              Page.Value.of(Integer.toString(row.k()), row.k()),
              RunMap.number(fastest.samplesPerOperation()),
              row.isRanked()
                  ? new Page.Value(
                      row.mark() + fastest.kernel(), Double.NaN, colours.of(fastest.kernel()))
                  : Page.Value.of(Warmth.NO_RANKING),
              fastest.samplesPerSecond() > 0
                  ? number(fastest.samplesPerSecond(), NumberText.si(fastest.samplesPerSecond()))
                  : Page.Value.of("-"),
              known(fastest.flopsPerSecond() / 1e9),
              number(
                  fastest.shareOfLimit().orElse(Double.NaN),
                  NumberText.percent(fastest.shareOfLimit())),
              ratio(row.fastestOver(SuiteNames.SCALAR)),
              ratio(row.fastestOver(SuiteNames.EJML)),
              Page.Value.of(row.margin().flatMap(any -> row.next()).map(Cell::kernel).orElse("-")),
              ratio(row.margin())));
    }
    return new Page.Table(
        "The fastest in numbers, " + table.title(),
        List.of(
            "p",
            "k",
            "n",
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
                  RunMap.number(cell.samplesPerOperation()),
                  kernel(cell.kernel()),
                  number(cell.operations().median(), NumberText.si(cell.operations().median())),
                  number(1e6 / cell.operations().median(), three(1e6 / cell.operations().median())),
                  known(cell.flopsPerSecond() / 1e9),
                  known(cell.bytesPerSecond() / 1e9),
                  number(
                      cell.shareOfLimit().orElse(Double.NaN),
                      NumberText.percent(cell.shareOfLimit())),
                  row.isRanked()
                      ? over(cell, row.cell(SuiteNames.SCALAR))
                      : Page.Value.of(cell.notWarm().isPresent() ? "not warm" : "-"),
                  row.isRanked() ? over(row.fastest(), Optional.of(cell)) : Page.Value.of("-"),
                  number(cell.operations().count(), Integer.toString(cell.operations().count())),
                  number(
                      cell.operations().spread(),
                      percent(cell.operations().spread())
                          + cell.unsteady().map(words -> ", not steady").orElse(""))));
        }
      }
    }
    return new Page.Table(
        "Medians over forks; spread is how far the forks differ, and [low, high] the 95 % interval"
            + " of a ratio",
        List.of(
            "batch",
            "p",
            "k",
            "n",
            "kernel",
            "gradients/s",
            "µs",
            "GFLOP/s",
            "GB/s",
            "limit",
            "over scalar",
            "the fastest over it",
            "forks",
            "spread"),
        rows);
  }

  /**
   * What was measured besides the gradient suite. A roof's rate is that of its fastest fork, as
   * {@link Roofs} takes it, so that a limit is the same number wherever the page shows it.
   *
   * @return empty if there is nothing
   */
  static Optional<Page.Table> others(Run run) {
    List<List<Page.Value>> rows = new ArrayList<>();
    for (Result result : run.results()) {
      if (!result.isRate() || result.benchmark().equals(SuiteNames.GRADIENT)) {
        continue;
      }
      Forks forks = Forks.ofIterations(result.rates());
      boolean isRoof = SuiteNames.ROOFS.contains(result.benchmark());
      double rate = isRoof ? Roofs.rate(forks) : forks.median();
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
                "Medians over forks of the other suites, of all threads together; of a roof"
                    + " (RoofBenchmark) the fastest fork. The limit is the fastest of a roof's"
                    + " rows: a disturbance makes a loop slower, and nothing makes it faster than"
                    + " the machine.",
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

  /** How many times as fast as another cell; a dash for itself. */
  private static Page.Value over(Cell cell, Optional<Cell> other) {
    return ratio(
        other
            .filter(one -> !one.kernel().equals(cell.kernel()))
            .map(one -> Ratio.of(cell.operations(), one.operations())));
  }

  private static String three(double value) {
    return value > 0 ? NumberText.three(value) : "-";
  }
}

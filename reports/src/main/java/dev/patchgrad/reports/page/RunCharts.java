package dev.patchgrad.reports.page;

import dev.patchgrad.reports.grid.Cell;
import dev.patchgrad.reports.grid.Grid;
import dev.patchgrad.reports.grid.Row;
import dev.patchgrad.reports.grid.SuiteNames;
import dev.patchgrad.reports.grid.Table;
import dev.patchgrad.reports.statistics.Ratio;
import dev.patchgrad.reports.summary.NumberText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The charts of one table of a run. */
final class RunCharts {
  /** The least half-height of the chart of forks, so that steady forks look steady. */
  private static final double STEADY = 0.1;

  /** How far a roofline extends beyond its cells, as a share. */
  private static final double ROOM = 0.1;

  /** Points of the sloping limit, which is a curve where only one axis is logarithmic. */
  private static final int POINTS = 32;

  /** So many p are bars. */
  private static final int FEW = 4;

  /** An axis of a smaller range is linear: between few powers it would have too few labels. */
  private static final double NARROW = 4;

  private static final String LIMIT = "this machine's limit";

  private final Grid grid;
  private final List<String> kernels;
  private final KernelColours colours;
  private final Map<Table, String> names;

  /**
   * Charts.
   *
   * @param grid of the run
   * @param kernels of the run, in the legends' order
   * @param colours of the kernels
   */
  RunCharts(Grid grid, List<String> kernels, KernelColours colours) {
    this.grid = grid;
    this.kernels = List.copyOf(kernels);
    this.colours = colours;
    this.names = names(grid.tables());
  }

  /**
   * All charts of a table that its numbers allow.
   *
   * @param table of the grid
   * @return the charts, named after what they show and the table: {@code roofline-double-l2}
   */
  List<Chart> of(Table table) {
    String at = names.getOrDefault(table, "");
    List<Chart> charts = new ArrayList<>();
    OptionalDouble top = top(table);
    for (int k : new TreeSet<>(table.rows().stream().map(Row::k).toList())) {
      List<Row> rows = table.rows().stream().filter(row -> row.k() == k).toList();
      if (rows.size() > 1
          && cells(rows).allMatch(cell -> cell.flopsPerOperation() > 0)
          && cells(rows).anyMatch(RunCharts::isWarm)) {
        charts.add(throughput(table, rows, top, "throughput-k" + k + "-" + at));
      }
    }
    roofline(table, "roofline-" + at).ifPresent(charts::add);
    List<String> places = table.rows().stream().map(RunMap::place).toList();
    ratios(table, places, "ratio-" + at).ifPresent(charts::add);
    // A single fork is its own median.
    if (cells(table.rows()).anyMatch(cell -> cell.operations().count() > 1)) {
      charts.add(forks(table, places, "forks-" + at));
    }
    return charts;
  }

  /** Each table's title as part of a file's name, which no other table has. */
  private static Map<Table, String> names(List<Table> tables) {
    Map<Table, String> names = new HashMap<>();
    Map<String, Integer> alike = new HashMap<>();
    Set<String> taken = new HashSet<>();
    for (Table table : tables) {
      String title =
          table
              .title()
              .toLowerCase(Locale.ROOT)
              .replaceAll("[^a-z0-9]+", "-")
              .replaceAll("^-|-$", "");
      String name = title.isEmpty() ? "table" : title;
      String unique = name;
      while (!taken.add(unique)) {
        unique = name + "-" + (alike.merge(name, 1, Integer::sum) + 1);
      }
      names.put(table, unique);
    }
    return names;
  }

  private static Stream<Cell> cells(List<Row> rows) {
    return rows.stream().flatMap(row -> row.cells().stream());
  }

  private static OptionalDouble limit(Cell cell) {
    return cell.limit().isPresent()
        ? OptionalDouble.of(cell.limit().getAsDouble() * cell.flopsPerOperation() / 1e9)
        : OptionalDouble.empty();
  }

  /**
   * The common top of a table's axes: what the machine allows at most, or the fastest fork where
   * that is higher.
   */
  private static OptionalDouble top(Table table) {
    OptionalDouble limit = cells(table.rows()).flatMapToDouble(cell -> limit(cell).stream()).max();
    double highest =
        cells(table.rows())
            .mapToDouble(
                cell -> Collections.max(cell.operations().values()) * cell.flopsPerOperation())
            .max()
            .orElse(0);
    return limit.isPresent()
        ? OptionalDouble.of(Math.max(limit.getAsDouble(), highest / 1e9))
        : OptionalDouble.empty();
  }

  /** Bars for a few p, which a line between them would join as if it knew; lines for many. */
  private Chart throughput(Table table, List<Row> rows, OptionalDouble top, String name) {
    boolean bars = rows.size() <= FEW;
    List<String> drawn =
        kernels.stream()
            .filter(kernel -> rows.stream().anyMatch(row -> row.cell(kernel).isPresent()))
            .toList();
    List<Chart.Series> series = new ArrayList<>();
    for (int order = 0; order < drawn.size(); order++) {
      List<Chart.Point> points = new ArrayList<>();
      for (int at = 0; at < rows.size(); at++) {
        Row row = rows.get(at);
        double place = bars ? Chart.Axis.beside(at, order, drawn.size()) : row.p();
        row.cell(drawn.get(order))
            .filter(RunCharts::isWarm)
            .ifPresent(cell -> points.add(flops(place, cell)));
      }
      add(series, drawn.get(order), bars ? Chart.Kind.BARS : Chart.Kind.LINE_AND_DOTS, points);
    }
    List<Chart.Point> limits = new ArrayList<>();
    for (int at = 0; at < rows.size(); at++) {
      OptionalDouble most = limit(rows.get(at).fastest());
      if (most.isPresent() && bars) {
        limits.add(Chart.Point.of(at - 0.4, most.getAsDouble()));
        limits.add(Chart.Point.of(at + 0.4, most.getAsDouble()));
      } else if (most.isPresent()) {
        limits.add(Chart.Point.of(rows.get(at).p(), most.getAsDouble()));
      }
    }
    Chart.Axis axis = Chart.Axis.linear("GFLOP/s");
    if (!limits.isEmpty()) {
      series.add(new Chart.Series(LIMIT, Chart.Kind.DASHED, KernelColours.LIMIT, limits));
    }
    double highest =
        series.stream()
            .flatMap(one -> one.points().stream())
            .mapToDouble(Chart.Point::high)
            .max()
            .orElse(1);
    return new Chart(
        name,
        "Throughput against p, k = " + rows.get(0).k() + ", " + table.title(),
        "Medians over forks; a thin line reaches from the slowest fork to the fastest."
            + (limits.isEmpty()
                ? ""
                : " The axis ends at what the machine allows, by arithmetic or by memory.")
            + leftOut(rows),
        bars
            ? Chart.Axis.of("", rows.stream().map(RunMap::placeOfP).toList())
            : Chart.Axis.logarithmic("p, dimension of a patch"),
        axis.between(0, top.orElse(highest)),
        series);
  }

  /** What was measured of a kernel that was not warm says nothing about it. */
  private static boolean isWarm(Cell cell) {
    return cell.notWarm().isEmpty();
  }

  /** What a chart leaves out; empty if that is nothing. */
  private static String leftOut(List<Row> rows) {
    long cold = cells(rows).filter(cell -> !isWarm(cell)).count();
    return cold == 0 ? "" : " Left out: " + cold + " that were not warmed up.";
  }

  private static Chart.Point flops(double place, Cell cell) {
    double flops = cell.flopsPerOperation() / 1e9;
    return new Chart.Point(
        place,
        cell.flopsPerSecond() / 1e9,
        flops * Collections.min(cell.operations().values()),
        flops * Collections.max(cell.operations().values()));
  }

  private Optional<Chart> ratios(Table table, List<String> places, String name) {
    List<Chart.Series> series = new ArrayList<>();
    List<String> others = kernels.stream().filter(one -> !one.equals(SuiteNames.SCALAR)).toList();
    boolean intervals = false;
    for (int order = 0; order < others.size(); order++) {
      List<Chart.Point> points = new ArrayList<>();
      for (int at = 0; at < table.rows().size(); at++) {
        Row row = table.rows().get(at);
        Optional<Cell> scalar = row.cell(SuiteNames.SCALAR);
        Optional<Cell> cell = row.cell(others.get(order));
        if (scalar.isEmpty() || cell.isEmpty() || !isWarm(scalar.get()) || !isWarm(cell.get())) {
          continue;
        }
        Ratio ratio = Ratio.of(cell.get().operations(), scalar.get().operations());
        intervals |= ratio.interval().isPresent();
        points.add(RatioAxis.point(Chart.Axis.beside(at, order, others.size()), ratio));
      }
      add(series, others.get(order), Chart.Kind.DOTS, points);
    }
    if (series.isEmpty()) {
      return Optional.empty();
    }
    series.add(level(SuiteNames.SCALAR, colours.of(SuiteNames.SCALAR), places.size()));
    Chart.Axis axis = RatioAxis.of("times the scalar kernel", series);
    return Optional.of(
        new Chart(
            name,
            "How much faster than the scalar kernel, " + table.title(),
            (intervals
                    ? "Ratio of throughputs with its 95 % interval over forks. A kernel whose"
                        + " interval crosses the dashed line cannot be told from the scalar one."
                        + (RatioAxis.isExceeded(axis, series) ? RatioAxis.NOTE : "")
                    : "Ratio of throughputs. One fork each: there are no intervals.")
                + leftOut(table.rows()),
            Chart.Axis.of("", places),
            axis,
            series));
  }

  private Chart forks(Table table, List<String> places, String name) {
    List<Chart.Series> series = new ArrayList<>();
    double furthest = STEADY;
    for (int order = 0; order < kernels.size(); order++) {
      List<Chart.Point> points = new ArrayList<>();
      for (int at = 0; at < table.rows().size(); at++) {
        Optional<Cell> cell = table.rows().get(at).cell(kernels.get(order));
        if (cell.isEmpty()) {
          continue;
        }
        double median = cell.get().operations().median();
        for (double value : cell.get().operations().values()) {
          furthest = Math.max(furthest, Math.abs(value / median - 1));
          points.add(Chart.Point.of(Chart.Axis.beside(at, order, kernels.size()), value / median));
        }
      }
      add(series, kernels.get(order), Chart.Kind.DOTS, points);
    }
    double end = Math.ceil(furthest * 10) / 10;
    return new Chart(
        name,
        "Each fork, " + table.title(),
        "A dot is one fork, over the median of its cell. Dots of one"
            + " kernel in two groups show that the compiler builds it in two ways: add forks"
            + " (-Djmh.f=10) before you trust its median.",
        Chart.Axis.of("", places),
        Chart.Axis.linear("times the cell's median").between(Math.max(0, 1 - end), 1 + end),
        series);
  }

  /** The roofline: how near the cells come to the limits of memory and arithmetic. */
  private Optional<Chart> roofline(Table table, String name) {
    Optional<Double> peak = Optional.ofNullable(grid.roofs().peakFlops().get(table.precision()));
    Optional<Double> read = Optional.ofNullable(grid.roofs().readBandwidth().get(table.level()));
    List<Cell> known =
        cells(table.rows())
            .filter(cell -> cell.flopsPerOperation() > 0 && cell.bytesPerOperation() > 0)
            .filter(RunCharts::isWarm)
            .toList();
    if (peak.isEmpty() || read.isEmpty() || known.isEmpty()) {
      return Optional.empty();
    }
    List<Chart.Series> series = new ArrayList<>();
    for (String kernel : kernels) {
      List<Chart.Point> points = new ArrayList<>();
      for (Row row : table.rows()) {
        row.cell(kernel)
            .filter(known::contains)
            .ifPresent(
                cell ->
                    points.add(
                        Chart.Point.of(intensity(cell), cell.flopsPerSecond() / 1e9)
                            .labelled(row.p() + "/" + row.k())));
      }
      add(series, kernel, Chart.Kind.DOTS, points);
    }
    double ridge = peak.get() / read.get();
    double first =
        Math.min(ridge, known.stream().mapToDouble(RunCharts::intensity).min().orElse(ridge));
    double last =
        Math.max(ridge, known.stream().mapToDouble(RunCharts::intensity).max().orElse(ridge));
    double left = first / (1 + ROOM);
    double right = last * (1 + ROOM);
    List<Chart.Point> limit = new ArrayList<>();
    for (int at = 0; at <= POINTS; at++) {
      double place = left + (ridge - left) * at / POINTS;
      limit.add(Chart.Point.of(place, read.get() * place / 1e9));
    }
    limit.add(Chart.Point.of(right, peak.get() / 1e9));
    series.add(new Chart.Series(LIMIT, Chart.Kind.DASHED, KernelColours.LIMIT, limit));
    String label = "arithmetic for each byte read, FLOP/byte";
    return Optional.of(
        new Chart(
            name,
            "Roofline, " + table.title(),
            String.format(
                    Locale.ROOT,
                    "A mark's label is its p/k. Left of %s FLOP/byte reading the batch is the limit"
                        + " (%s GB/s here), right of it arithmetic is (%s GFLOP/s).",
                    NumberText.three(ridge),
                    NumberText.three(read.get() / 1e9),
                    NumberText.three(peak.get() / 1e9))
                + leftOut(table.rows()),
            (right < NARROW * left ? Chart.Axis.linear(label) : Chart.Axis.logarithmic(label))
                .between(left, right),
            Chart.Axis.logarithmic("GFLOP/s"),
            series));
  }

  private static double intensity(Cell cell) {
    return cell.flopsPerOperation() / cell.bytesPerOperation();
  }

  /** A horizontal line at 1 over all named places. */
  private static Chart.Series level(String name, int colour, int places) {
    return Chart.Series.of(
        name, Chart.Kind.DASHED, colour, new double[] {-0.5, places - 0.5}, new double[] {1, 1});
  }

  private void add(
      List<Chart.Series> series, String kernel, Chart.Kind kind, List<Chart.Point> points) {
    if (!points.isEmpty()) {
      series.add(new Chart.Series(kernel, kind, colours.of(kernel), points));
    }
  }
}

package dev.patchgrad.reports.page;

import dev.patchgrad.reports.grid.BenchmarkTable;
import dev.patchgrad.reports.statistics.Forks;
import dev.patchgrad.reports.statistics.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Charts of another project's benchmarks: the values over a parameter that is a number. */
final class ForeignCharts {
  /** More lines than this are several charts: no legend is read beyond, and no colours differ. */
  private static final int LINES = 7;

  /** An axis of a larger range is logarithmic. */
  private static final double WIDE = 10;

  private final Set<String> names = new HashSet<>();

  /** The charts of all tables that have such a parameter. */
  List<Chart> of(List<BenchmarkTable> tables) {
    List<Chart> charts = new ArrayList<>();
    for (BenchmarkTable table : tables) {
      parameter(table).ifPresent(name -> charts(table, name, charts));
    }
    return charts;
  }

  /** A parameter's value as a number; empty where it is none. */
  static OptionalDouble number(String value) {
    return value.matches("[-+]?\\d{1,15}(\\.\\d{1,15})?([eE][-+]?\\d{1,2})?")
        ? OptionalDouble.of(Double.parseDouble(value))
        : OptionalDouble.empty();
  }

  /** The parameter with the most values, all of them numbers; the first of several. */
  private static Optional<String> parameter(BenchmarkTable table) {
    return table.params().stream()
        .filter(
            name ->
                table.rows().stream()
                    .map(row -> row.result().params().getOrDefault(name, ""))
                    .allMatch(value -> number(value).isPresent()))
        .filter(name -> count(table, name) > 1)
        // The first of those with as many, as max would take the last.
        .reduce((best, name) -> count(table, name) > count(table, best) ? name : best);
  }

  private static long count(BenchmarkTable table, String name) {
    return table.rows().stream()
        .map(row -> number(row.result().params().getOrDefault(name, "")).orElse(0))
        .distinct()
        .count();
  }

  private void charts(BenchmarkTable table, String parameter, List<Chart> charts) {
    Map<String, List<Chart.Point>> lines = new LinkedHashMap<>();
    for (BenchmarkTable.Row row : table.rows()) {
      Map<String, String> others = new TreeMap<>(row.result().params());
      double x = number(others.getOrDefault(parameter, "")).orElse(0);
      others.remove(parameter);
      String line =
          row.method()
              + others.entrySet().stream()
                  .map(other -> ", " + other.getKey() + " " + other.getValue())
                  .collect(Collectors.joining());
      row.values()
          .ifPresent(
              forks -> lines.computeIfAbsent(line, key -> new ArrayList<>()).add(point(x, forks)));
    }
    List<Chart.Series> series = new ArrayList<>();
    lines.forEach(
        (line, points) ->
            series.add(
                new Chart.Series(
                    line,
                    Chart.Kind.LINE_AND_DOTS,
                    series.size() % LINES,
                    points.stream().sorted(Comparator.comparingDouble(Chart.Point::x)).toList())));
    for (int from = 0; from < series.size(); from += LINES) {
      List<Chart.Series> drawn = series.subList(from, Math.min(from + LINES, series.size()));
      charts.add(
          new Chart(
              name(table, parameter),
              table.title(),
              "Medians over forks; a thin line is the 95 % interval."
                  + (series.size() > LINES
                      ? " Lines "
                          + (from + 1)
                          + " to "
                          + (from + drawn.size())
                          + " of "
                          + series.size()
                          + "."
                      : ""),
              axis(parameter, true, drawn),
              axis(table.unit(), false, drawn),
              drawn));
    }
  }

  private static Chart.Point point(double x, Forks forks) {
    double median = forks.median();
    Interval ends = forks.interval().orElse(new Interval(median, median));
    // Two forks that differ have an interval of many decades, on which nothing else would be seen.
    boolean isDrawn = ends.high() < WIDE * median && ends.low() > median / WIDE;
    return isDrawn
        ? new Chart.Point(x, median, ends.low(), ends.high())
        : Chart.Point.of(x, median);
  }

  private static Chart.Axis axis(String label, boolean isX, List<Chart.Series> series) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (Chart.Series one : series) {
      for (Chart.Point point : one.points()) {
        least = Math.min(least, isX ? point.x() : point.low());
        most = Math.max(most, isX ? point.x() : point.high());
      }
    }
    return least > 0 && most > WIDE * least
        ? Chart.Axis.logarithmic(label)
        : Chart.Axis.linear(label);
  }

  /** A file's name that no other chart has. */
  private String name(BenchmarkTable table, String parameter) {
    String owner = table.owner().substring(table.owner().lastIndexOf('.') + 1);
    String name =
        (owner + "-" + table.mode() + "-" + parameter)
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-|-$", "");
    String unique = name;
    for (int number = 2; !names.add(unique); number++) {
      unique = name + "-" + number;
    }
    return unique;
  }
}

package dev.patchgrad.reports.page;

import dev.patchgrad.reports.comparison.ComparedCell;
import dev.patchgrad.reports.comparison.Comparison;
import dev.patchgrad.reports.comparison.KernelMean;
import dev.patchgrad.reports.comparison.Subject;
import dev.patchgrad.reports.grid.SuiteNames;
import dev.patchgrad.reports.summary.NumberText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The charts of a comparison: ratios with their intervals. */
final class ComparisonCharts {
  private static final String NOTE =
      "Above 1 the other run is faster. A bar is the ratio's 95 % confidence interval, over forks.";

  private final double threshold;
  private final KernelColours colours;

  /**
   * Charts.
   *
   * @param threshold of practical equality, 0.05 for five percent
   * @param colours of the kernels
   */
  ComparisonCharts(double threshold, KernelColours colours) {
    this.threshold = threshold;
    this.colours = colours;
  }

  /**
   * Each kernel's geometric mean, of each comparison.
   *
   * @param comparisons by the name of the other run
   * @return the chart
   */
  Chart means(Map<String, Comparison> comparisons) {
    List<String> kernels =
        comparisons.values().stream()
            .flatMap(comparison -> comparison.kernels().stream())
            .map(KernelMean::kernel)
            .distinct()
            .toList();
    List<Chart.Series> series = new ArrayList<>();
    int order = 0;
    for (Map.Entry<String, Comparison> entry : comparisons.entrySet()) {
      List<Chart.Point> points = new ArrayList<>();
      for (KernelMean mean : entry.getValue().kernels()) {
        double place = Chart.Axis.beside(kernels.indexOf(mean.kernel()), order, comparisons.size());
        points.add(RatioAxis.point(place, mean.ratio()));
      }
      series.add(new Chart.Series(entry.getKey(), Chart.Kind.DOTS, order, points));
      order++;
    }
    return chart("means", "Geometric mean of each kernel's ratios", kernels, series);
  }

  /**
   * The ratios of one comparison, cell by cell: a chart for each precision and memory level of each
   * benchmark that has shapes.
   *
   * @param other name of the other run
   * @param comparison to draw
   * @param at its place on the page, for the charts' names
   * @return the charts; empty if no benchmark has shapes
   */
  List<Chart> ratios(String other, Comparison comparison, int at) {
    Map<String, List<ComparedCell>> groups = new LinkedHashMap<>();
    for (ComparedCell cell : comparison.cells()) {
      if (hasShape(cell.subject())) {
        groups.computeIfAbsent(batch(cell.subject()), key -> new ArrayList<>()).add(cell);
      }
    }
    List<Chart> charts = new ArrayList<>();
    groups.forEach(
        (batch, cells) ->
            charts.add(ratios(other, batch, cells, "ratio-" + at + "-" + charts.size())));
    return charts;
  }

  private Chart ratios(String other, String batch, List<ComparedCell> cells, String name) {
    List<String> places =
        cells.stream()
            .map(ComparedCell::subject)
            .sorted(
                Comparator.comparingInt(
                        (Subject subject) ->
                            Integer.parseInt(subject.param(SuiteNames.PATCH_DIMENSION)))
                    .thenComparingInt(
                        subject -> Integer.parseInt(subject.param(SuiteNames.PATCHES))))
            .map(ComparisonCharts::shape)
            .distinct()
            .toList();
    List<String> kernels = cells.stream().map(cell -> cell.subject().kernel()).distinct().toList();
    List<Chart.Series> series = new ArrayList<>();
    for (int order = 0; order < kernels.size(); order++) {
      String kernel = kernels.get(order);
      List<Chart.Point> points = new ArrayList<>();
      for (ComparedCell cell : cells) {
        if (cell.subject().kernel().equals(kernel)) {
          int place = places.indexOf(shape(cell.subject()));
          points.add(
              RatioAxis.point(Chart.Axis.beside(place, order, kernels.size()), cell.ratio()));
        }
      }
      series.add(new Chart.Series(kernel, Chart.Kind.DOTS, colours.of(kernel), points));
    }
    return chart(name, other + ", " + batch, places, series);
  }

  private Chart chart(String name, String title, List<String> places, List<Chart.Series> drawn) {
    List<Chart.Series> series = new ArrayList<>(drawn);
    double low = 1 / (1 + threshold);
    double high = 1 + threshold;
    series.add(
        new Chart.Series(
            threshold > 0 ? "same, within " + NumberText.three(100 * threshold) + " %" : "same",
            Chart.Kind.LINE,
            KernelColours.LIMIT,
            List.of(
                new Chart.Point(-0.5, 1, low, high),
                new Chart.Point(places.size() - 0.5, 1, low, high))));
    Chart.Axis axis = RatioAxis.of("times the first run", series);
    return new Chart(
        name,
        title,
        NOTE + (RatioAxis.isExceeded(axis, series) ? RatioAxis.NOTE : ""),
        Chart.Axis.of("", places),
        axis,
        series);
  }

  private static boolean hasShape(Subject subject) {
    return subject.param(SuiteNames.PATCH_DIMENSION).matches("\\d{1,9}")
        && subject.param(SuiteNames.PATCHES).matches("\\d{1,9}");
  }

  private static String shape(Subject subject) {
    return "p "
        + subject.param(SuiteNames.PATCH_DIMENSION)
        + ", k "
        + subject.param(SuiteNames.PATCHES);
  }

  /**
   * What the cells of a chart have in common.
   *
   * @param subject of a cell
   * @return such as {@code double, L2}; after the suite's name unless it is the gradient suite
   */
  static String batch(Subject subject) {
    List<String> parts = new ArrayList<>();
    if (!subject.benchmark().equals(SuiteNames.GRADIENT)) {
      parts.add(subject.suite());
    }
    parts.add(subject.param(SuiteNames.PRECISION));
    parts.add(subject.param(SuiteNames.LEVEL));
    parts.add(subject.others());
    parts.removeIf(String::isEmpty);
    return String.join(", ", parts);
  }
}

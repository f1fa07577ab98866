package dev.patchgrad.reports.page;

import dev.patchgrad.reports.comparison.Comparison;
import dev.patchgrad.reports.comparison.KernelMean;
import dev.patchgrad.reports.comparison.Subject;
import dev.patchgrad.reports.grid.SuiteNames;
import dev.patchgrad.reports.statistics.Ratio;
import dev.patchgrad.reports.statistics.Verdict;
import dev.patchgrad.reports.summary.NumberText;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The chart of a comparison: ratios with their intervals. */
final class ComparisonCharts {
  private static final String NOTE =
      "Above 1 a run is faster than the baseline. A thin line is the ratio's 95 % confidence"
          + " interval, over forks.";

  private final double threshold;

  /**
   * Charts.
   *
   * @param threshold of practical equality, 0.05 for five percent
   */
  ComparisonCharts(double threshold) {
    this.threshold = threshold;
  }

  /**
   * Each kernel's geometric mean, of each comparison: a series for each verdict.
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
    List<String> places = new ArrayList<>();
    Map<Verdict, List<Chart.Point>> points = new EnumMap<>(Verdict.class);
    for (String kernel : kernels) {
      comparisons.forEach(
          (name, comparison) ->
              comparison.kernels().stream()
                  .filter(mean -> mean.kernel().equals(kernel))
                  .forEach(
                      mean -> {
                        Ratio ratio = mean.ratio();
                        points
                            .computeIfAbsent(ratio.verdict(threshold), verdict -> new ArrayList<>())
                            .add(RatioAxis.point(places.size(), ratio));
                        places.add(comparisons.size() > 1 ? kernel + ", " + name : kernel);
                      }));
    }
    List<Chart.Series> series = new ArrayList<>();
    points.forEach(
        (verdict, of) ->
            series.add(
                new Chart.Series(
                    VerdictMarks.word(verdict),
                    Chart.Kind.DOTS,
                    VerdictMarks.colour(verdict),
                    of)));
    return chart("means", "Geometric mean of each kernel's ratios", places, series);
  }

  private Chart chart(String name, String title, List<String> places, List<Chart.Series> drawn) {
    List<Chart.Series> series = new ArrayList<>(drawn);
    double low = 1 / (1 + threshold);
    double high = 1 + threshold;
    series.add(
        new Chart.Series(
            threshold > 0
                ? "within " + NumberText.three(100 * threshold) + " %: same"
                : "the baseline",
            Chart.Kind.LINE,
            KernelColours.LIMIT,
            List.of(
                new Chart.Point(-0.5, 1, low, high),
                new Chart.Point(places.size() - 0.5, 1, low, high))));
    Chart.Axis axis = RatioAxis.of("times the baseline", series);
    return new Chart(
        name,
        title,
        NOTE + (RatioAxis.isExceeded(axis, series) ? RatioAxis.NOTE : ""),
        Chart.Axis.of("", places),
        axis,
        series);
  }

  /**
   * What shapes of a table have in common.
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

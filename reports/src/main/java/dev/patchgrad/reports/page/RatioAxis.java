package dev.patchgrad.reports.page;

import dev.patchgrad.reports.statistics.Interval;
import dev.patchgrad.reports.statistics.Ratio;
import java.util.Collection;
import java.util.List;

/**
 * The axis of ratios with their intervals: it shows all ratios, and of an interval what is near.
 *
 * <p>Two forks that differ give an interval over many powers of ten. That is correct, but on an
 * axis with all of it nothing else can be read.
 */
final class RatioAxis {
  /** The note of a chart with intervals that go on beyond it. */
  static final String NOTE = " A bar that reaches the edge goes on beyond it.";

  /** An interval is shown up to this many times the furthest ratio. */
  private static final double REACH = 4;

  /** Beyond this range the axis is logarithmic. */
  private static final double FAR = 2;

  /** The ends of a linear axis are multiples of this. */
  private static final double STEP = 0.05;

  private RatioAxis() {}

  /**
   * The axis.
   *
   * @param label of the axis
   * @param drawn that it must show, at least one with a point
   * @return logarithmic, between powers of two or ten; linear where all is near 1
   */
  static Chart.Axis of(String label, Collection<Chart.Series> drawn) {
    List<Chart.Point> points = drawn.stream().flatMap(series -> series.points().stream()).toList();
    double least = points.stream().mapToDouble(Chart.Point::y).min().orElse(1);
    double most = points.stream().mapToDouble(Chart.Point::y).max().orElse(1);
    double low =
        Math.max(points.stream().mapToDouble(Chart.Point::low).min().orElse(1), least / REACH);
    double high =
        Math.min(points.stream().mapToDouble(Chart.Point::high).max().orElse(1), most * REACH);
    if (high / low <= FAR) {
      // A logarithmic axis, which ends at whole powers, would be mostly empty.
      return Chart.Axis.linear(label)
          .between(STEP * (Math.ceil(low / STEP) - 1), STEP * (Math.floor(high / STEP) + 1));
    }
    double base = high / low <= Chart.Axis.OCTAVES ? 2 : 10;
    double first = Math.floor(exponent(low, base) - 0.05);
    double last = Math.ceil(exponent(high, base) + 0.05);
    return Chart.Axis.logarithmic(label).between(Math.pow(base, first), Math.pow(base, last));
  }

  /** Whether an interval goes on beyond the axis. */
  static boolean isExceeded(Chart.Axis axis, Collection<Chart.Series> drawn) {
    return drawn.stream()
        .flatMap(series -> series.points().stream())
        .anyMatch(
            point ->
                point.low() < axis.from().orElse(point.low())
                    || point.high() > axis.to().orElse(point.high()));
  }

  /**
   * A ratio as a point.
   *
   * @param place on the other axis
   * @param ratio with its interval, if it has one
   */
  static Chart.Point point(double place, Ratio ratio) {
    Interval interval = ratio.interval().orElse(new Interval(ratio.value(), ratio.value()));
    return new Chart.Point(place, ratio.value(), interval.low(), interval.high());
  }

  private static double exponent(double value, double base) {
    return Math.log(value) / Math.log(base);
  }
}

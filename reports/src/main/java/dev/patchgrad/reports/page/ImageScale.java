package dev.patchgrad.reports.page;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * An axis as XChart gets it, always linear. XChart's own logarithmic axes label only powers of ten,
 * of which a roofline may have none. Here the logarithms are drawn, and labelled with the numbers
 * that they are of.
 *
 * @param base of the logarithm; 0 for none
 * @param from lower end, as drawn
 * @param to upper end, as drawn
 * @param categories names of the places 0, 1, 2 …
 */
record ImageScale(double base, double from, double to, List<String> categories) {
  /** Free space at the ends of a logarithmic axis, as a share of it. */
  private static final double LOG_MARGIN = 0.04;

  /** Free space at the ends of an axis that fits its numbers, as a share of it. */
  private static final double MARGIN = 0.0203;

  static ImageScale of(
      Chart.Axis axis,
      Chart chart,
      ToDoubleFunction<Chart.Point> low,
      ToDoubleFunction<Chart.Point> high) {
    if (!axis.categories().isEmpty()) {
      return new ImageScale(0, -1, axis.categories().size(), axis.categories());
    }
    double least =
        axis.from()
            .orElse(
                chart.series().stream()
                    .flatMap(series -> series.points().stream())
                    .mapToDouble(low)
                    .min()
                    .orElseThrow());
    double most =
        axis.to()
            .orElse(
                chart.series().stream()
                    .flatMap(series -> series.points().stream())
                    .mapToDouble(high)
                    .max()
                    .orElseThrow());
    if (axis.log()) {
      // As on the page: powers of two where that makes few enough lines, else of ten.
      double base = most / least <= Chart.Axis.OCTAVES ? 2 : 10;
      ImageScale scale = new ImageScale(base, 0, 1, List.of());
      double bottom = scale.at(least);
      double top = scale.at(most);
      double margin = LOG_MARGIN * (most > least ? top - bottom : 1);
      double first = axis.from().isPresent() ? bottom : bottom - margin;
      double last = axis.to().isPresent() ? top : top + margin;
      // Two lines at least have a label.
      boolean few = Math.floor(last) - Math.ceil(first) < 1;
      return new ImageScale(
          base,
          few && axis.from().isEmpty() ? Math.floor(first) : first,
          few && axis.to().isEmpty() ? Math.max(Math.ceil(last), Math.floor(first) + 1) : last,
          List.of());
    }
    // Not a multiple of the steps between the numbers, or XChart would label these, not round
    // ones.
    double margin = MARGIN * (most > least ? most - least : 1);
    return new ImageScale(
        0,
        axis.from().isPresent() ? least : least - margin,
        axis.to().isPresent() ? most : most + margin,
        List.of());
  }

  double at(double value) {
    return base == 0 ? value : Math.log(value) / Math.log(base);
  }

  /** The label of a place; empty between the names, and between the powers. */
  String label(double drawn) {
    double whole = Math.rint(drawn);
    boolean isWhole = Math.abs(drawn - whole) < 1e-9;
    if (base == 0 && categories.isEmpty()) {
      // A remainder of adding up steps is zero.
      return number(Math.abs(drawn) < 1e-9 * (to - from) ? 0 : drawn);
    }
    if (isWhole && base > 0) {
      return base == 10 && isWide() ? "1e" + Math.round(whole) : number(Math.pow(base, whole));
    }
    if (isWhole && whole >= 0 && whole < categories.size()) {
      return categories.get((int) whole);
    }
    // XChart labels nothing where both ends of an axis have the same label.
    return drawn <= from ? " " : "";
  }

  /**
   * Whether a power of ten on it is too small or too large to be written out: then all are short.
   */
  private boolean isWide() {
    return Math.ceil(from) < -3 || Math.floor(to) >= 4;
  }

  /** Pixels from one whole number to the next, on an axis of a number of pixels. */
  int step(int pixels) {
    return (int) (pixels / (to - from));
  }

  /** As the page writes it: 0.001, 4000, 1e5. */
  private static String number(double value) {
    if (value == 0) {
      return "0";
    }
    double size = Math.abs(value);
    if (size >= 1e-3 && size < 1e4) {
      String text = String.format(Locale.ROOT, "%.4g", value);
      return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
    }
    return String.format(Locale.ROOT, "%.2e", value).replaceFirst("\\.?0*e\\+?(-?)0*", "e$1");
  }
}

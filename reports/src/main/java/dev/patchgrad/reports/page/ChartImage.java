package dev.patchgrad.reports.page;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A chart as a picture, drawn by XChart, for documents that no browser draws. */
public final class ChartImage {
  /** The colours of a picture: those of the page. */
  public enum Scheme {
    /** On white. */
    LIGHT,
    /** On the dark of GitHub's pages. */
    DARK
  }

  /** Colours by what they are for, 0xRRGGBB. */
  private record Palette(int paper, int ink, int faint, int line, List<Integer> series) {
    private static final Palette LIGHT =
        new Palette(
            0xffffff,
            0x1d2430,
            0x5b6675,
            0xd9dee6,
            List.of(
                0x0072b2, 0xd55e00, 0x009e73, 0xa8447f, 0x8c6d00, 0x6a5acd, 0x2a8fb8, 0x5b6675));

    private static final Palette DARK =
        new Palette(
            0x0d1117,
            0xe4e8ee,
            0x9aa6b5,
            0x323a46,
            List.of(
                0x56b4e9, 0xff9a4d, 0x3ecf9f, 0xe08cc0, 0xe0c341, 0xa99bff, 0x7fd0ee, 0x9aa6b5));

    static Palette of(Scheme scheme) {
      return scheme == Scheme.DARK ? DARK : LIGHT;
    }

    Color series(int colour) {
      return new Color(series.get(Math.floorMod(colour, series.size())));
    }
  }

  private static final int WIDTH = 960;

  /** The least height: a long legend needs more. */
  private static final int HEIGHT = 520;

  private static final int DASH = 8;
  private static final int GAP = 5;

  /** The height of a line of the legend. */
  private static final int LINE = 24;

  /** About the size that axes and legend leave to the plot. */
  private static final int PLOT_WIDTH = 700;

  private static final int PLOT_HEIGHT = 400;

  /** Pixels of the file for each of these, so that text is sharp on a screen of double density. */
  private static final int SCALE = 2;

  /** Marks by colour, as on the page: each series has a mark of its own as well. */
  private static final List<Marker> MARKS =
      List.of(
          SeriesMarkers.CIRCLE,
          SeriesMarkers.DIAMOND,
          SeriesMarkers.TRIANGLE_UP,
          SeriesMarkers.SQUARE,
          SeriesMarkers.TRAPEZOID,
          SeriesMarkers.TRIANGLE_DOWN,
          SeriesMarkers.RECTANGLE,
          SeriesMarkers.CIRCLE);

  private ChartImage() {}

  /**
   * Draws a chart on white.
   *
   * @param chart to draw
   * @param file a PNG, written or overwritten
   * @throws IOException if it cannot be written
   */
  public static void write(Chart chart, Path file) throws IOException {
    write(chart, file, Scheme.LIGHT);
  }

  /**
   * Draws a chart.
   *
   * @param chart to draw
   * @param file a PNG, written or overwritten
   * @param scheme of its colours
   * @throws IOException if it cannot be written
   */
  public static void write(Chart chart, Path file, Scheme scheme) throws IOException {
    int height = Math.max(HEIGHT, LINE * (chart.series().size() + 4));
    BufferedImage image =
        new BufferedImage(SCALE * WIDTH, SCALE * height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.scale(SCALE, SCALE);
      plot(chart, Palette.of(scheme)).paint(graphics, WIDTH, height);
    } finally {
      graphics.dispose();
    }
    ImageIO.write(image, "png", file.toFile());
  }

  private static XYChart plot(Chart chart, Palette palette) {
    XYChart plot =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(chart.title())
            .xAxisTitle(chart.x().label())
            .yAxisTitle(chart.y().label())
            .build();
    Color paper = new Color(palette.paper());
    Color ink = new Color(palette.ink());
    Color faint = new Color(palette.faint());
    Color line = new Color(palette.line());
    var styler = plot.getStyler();
    styler.setBaseFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 15));
    styler.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    styler.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    styler.setChartBackgroundColor(paper);
    styler.setPlotBackgroundColor(paper);
    styler.setChartFontColor(ink);
    styler.setChartTitleFontColor(ink);
    styler.setAxisTickLabelsColor(faint);
    styler.setXAxisTickLabelsColor(faint);
    styler.setYAxisTickLabelsColor(faint);
    styler.setAxisTickMarksColor(line);
    styler.setXAxisTickMarksColor(line);
    styler.setYAxisTickMarksColor(line);
    styler.setPlotGridLinesColor(line);
    styler.setPlotGridLinesStroke(new BasicStroke(.75f));
    styler.setPlotBorderColor(line);
    styler.setPlotContentSize(.97);
    styler.setErrorBarsColorSeriesColor(true);
    // Below the plot XChart has one line only, and cuts off what is longer.
    styler.setLegendPosition(Styler.LegendPosition.OutsideE);
    styler.setLegendLayout(Styler.LegendLayout.Vertical);
    styler.setLegendBackgroundColor(paper);
    styler.setLegendBorderColor(paper);
    styler.setLegendVisible(chart.series().size() > 1);
    styler.setLegendSeriesLineLength(30);
    styler.setMarkerSize(7);
    Scale x = Scale.of(chart.x(), chart, Chart.Point::x, Chart.Point::x);
    styler.setXAxisMin(x.from());
    styler.setXAxisMax(x.to());
    plot.setCustomXAxisTickLabelsFormatter(x::label);
    Scale y = Scale.of(chart.y(), chart, Chart.Point::low, Chart.Point::high);
    styler.setYAxisMin(y.from());
    styler.setYAxisMax(y.to());
    plot.setCustomYAxisTickLabelsFormatter(y::label);
    // A line between two powers would have no label.
    if (chart.x().log()) {
      styler.setXAxisTickMarkSpacingHint(Math.max(60, x.step(PLOT_WIDTH)));
    }
    if (chart.y().log()) {
      styler.setYAxisTickMarkSpacingHint(Math.max(40, y.step(PLOT_HEIGHT)));
    }
    int places = chart.x().categories().size();
    if (places > 0) {
      styler.setPlotGridVerticalLinesVisible(false);
      styler.setXAxisLabelRotation(places > 6 ? 50 : 0);
      styler.setXAxisMaxLabelCount(places + 2);
    }
    for (Chart.Series series : chart.series()) {
      add(plot, series, x, y, palette);
    }
    return plot;
  }

  private static void add(XYChart plot, Chart.Series series, Scale x, Scale y, Palette palette) {
    List<Chart.Point> points =
        series.kind() == Chart.Kind.DASHED ? apart(series.points(), x, y) : series.points();
    List<Double> places = points.stream().map(point -> x.at(point.x())).toList();
    List<Double> values = points.stream().map(point -> y.at(point.y())).toList();
    XYSeries drawn =
        series.hasIntervals()
            ? plot.addSeries(
                series.name(),
                places,
                values,
                // Error bars of XChart are symmetric.
                points.stream().map(point -> half(point, y)).toList())
            : plot.addSeries(series.name(), places, values);
    Color colour = palette.series(series.colour());
    drawn.setLineColor(colour);
    drawn.setMarkerColor(colour);
    boolean dots = series.kind() == Chart.Kind.DOTS || series.kind() == Chart.Kind.LINE_AND_DOTS;
    drawn.setMarker(
        dots ? MARKS.get(Math.floorMod(series.colour(), MARKS.size())) : SeriesMarkers.NONE);
    if (series.kind() == Chart.Kind.DOTS) {
      drawn.setLineStyle(SeriesLines.NONE);
    } else if (series.kind() == Chart.Kind.DASHED) {
      drawn.setLineStyle(
          new BasicStroke(
              2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {DASH, GAP}, 0));
    } else {
      drawn.setLineStyle(new BasicStroke(2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    }
  }

  /** Half of an interval, cut where the axis ends: XChart would draw it over the title. */
  private static double half(Chart.Point point, Scale y) {
    double half = (y.at(point.high()) - y.at(point.low())) / 2;
    double room = Math.min(y.to() - y.at(point.y()), y.at(point.y()) - y.from());
    return Math.min(half, Math.max(0, room));
  }

  /** XChart restarts its dashes at each point, so that closer points would make a solid line. */
  private static List<Chart.Point> apart(List<Chart.Point> points, Scale x, Scale y) {
    List<Chart.Point> kept = new ArrayList<>(points.subList(0, 1));
    for (Chart.Point point : points.subList(1, points.size())) {
      Chart.Point last = kept.get(kept.size() - 1);
      double right = (x.at(point.x()) - x.at(last.x())) / (x.to() - x.from()) * PLOT_WIDTH;
      double up = (y.at(point.y()) - y.at(last.y())) / (y.to() - y.from()) * PLOT_HEIGHT;
      if (Math.hypot(right, up) >= DASH + GAP) {
        kept.add(point);
      }
    }
    Chart.Point end = points.get(points.size() - 1);
    if (!kept.get(kept.size() - 1).equals(end)) {
      kept.add(end);
    }
    return kept;
  }

  /**
   * An axis as XChart gets it, always linear. XChart's own logarithmic axes label only powers of
   * ten, of which a roofline may have none. Here the logarithms are drawn, and labelled with the
   * numbers that they are of.
   *
   * @param base of the logarithm; 0 for none
   * @param from lower end, as drawn
   * @param to upper end, as drawn
   * @param categories names of the places 0, 1, 2 …
   */
  private record Scale(double base, double from, double to, List<String> categories) {
    /** Free space at the ends of an axis that fits its numbers, as a share of it. */
    private static final double MARGIN = 0.0203;

    static Scale of(
        Chart.Axis axis,
        Chart chart,
        ToDoubleFunction<Chart.Point> low,
        ToDoubleFunction<Chart.Point> high) {
      if (!axis.categories().isEmpty()) {
        return new Scale(0, -1, axis.categories().size(), axis.categories());
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
        Scale scale = new Scale(base, 0, 1, List.of());
        double first = axis.from().isPresent() ? scale.at(least) : down(scale.at(least));
        double last = axis.to().isPresent() ? scale.at(most) : -down(-scale.at(most));
        return new Scale(base, first, Math.max(last, first + 1), List.of());
      }
      // Not a multiple of the steps between the numbers, or XChart would label these, not round
      // ones.
      double margin = MARGIN * (most > least ? most - least : 1);
      return new Scale(
          0,
          axis.from().isPresent() ? least : least - margin,
          axis.to().isPresent() ? most : most + margin,
          List.of());
    }

    private static double down(double exponent) {
      return Math.floor(exponent - 0.05);
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
        return number(Math.pow(base, whole));
      }
      if (isWhole && whole >= 0 && whole < categories.size()) {
        return categories.get((int) whole);
      }
      // XChart labels nothing where both ends of an axis have the same label.
      return drawn <= from ? " " : "";
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
}

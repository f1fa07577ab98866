package dev.patchgrad.reports.page;

import dev.patchgrad.reports.run.WholeFiles;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.knowm.xchart.AnnotationText;
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
                0x0072b2, 0xd55e00, 0x009e73, 0xa8447f, 0x8c6d00, 0x6a5acd, 0x2a8fb8, 0x5b6675,
                0x0072b2, 0xd55e00, 0x5b6675));

    private static final Palette DARK =
        new Palette(
            0x0d1117,
            0xe4e8ee,
            0x9aa6b5,
            0x323a46,
            List.of(
                0x56b4e9, 0xff9a4d, 0x3ecf9f, 0xe08cc0, 0xe0c341, 0xa99bff, 0x7fd0ee, 0x9aa6b5,
                0x56b4e9, 0xff9a4d, 0x9aa6b5));

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

  /** About the width of a letter of a label. */
  private static final double LETTER = 6;

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
          SeriesMarkers.CIRCLE,
          SeriesMarkers.TRIANGLE_UP,
          SeriesMarkers.TRIANGLE_DOWN,
          SeriesMarkers.DIAMOND);

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
    WholeFiles.writeAllBytes(Map.of(file, png(chart, scheme)));
  }

  /** A chart as a PNG file's bytes. */
  static byte[] png(Chart chart, Scheme scheme) {
    int height = Math.max(HEIGHT, LINE * ((int) listed(chart) + 4));
    BufferedImage image =
        new BufferedImage(SCALE * WIDTH, SCALE * height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.scale(SCALE, SCALE);
      plot(chart, Palette.of(scheme)).paint(graphics, WIDTH, height);
    } finally {
      graphics.dispose();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory throws none
    }
    return bytes.toByteArray();
  }

  private static long listed(Chart chart) {
    return chart.series().stream().filter(Chart.Series::listed).count();
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
    styler.setLegendVisible(listed(chart) > 1);
    styler.setLegendSeriesLineLength(30);
    styler.setMarkerSize(7);
    ImageScale x = ImageScale.of(chart.x(), chart, Chart.Point::x, Chart.Point::x);
    styler.setXAxisMin(x.from());
    styler.setXAxisMax(x.to());
    plot.setCustomXAxisTickLabelsFormatter(x::label);
    ImageScale y = ImageScale.of(chart.y(), chart, Chart.Point::low, Chart.Point::high);
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
    double width = barWidth(chart);
    for (Chart.Series series : chart.series()) {
      if (series.kind() == Chart.Kind.BARS) {
        bars(plot, series, width, y, palette);
      } else {
        add(plot, series, x, y, palette);
      }
    }
    labels(plot, chart, x, y, palette);
    return plot;
  }

  /** The width of a bar, as a part of the distance of two places. */
  private static double barWidth(Chart chart) {
    long count = chart.series().stream().filter(series -> series.kind() == Chart.Kind.BARS).count();
    return 0.86 * Chart.Axis.SHARED / Math.max(1, count);
  }

  /** XChart has no bars on an axis of numbers: the filled outline of them all is the same. */
  private static void bars(
      XYChart plot, Chart.Series series, double width, ImageScale y, Palette palette) {
    List<Double> places = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    for (Chart.Point point : series.points()) {
      double value = y.at(point.y());
      places.addAll(
          List.of(
              point.x() - width / 2,
              point.x() - width / 2,
              point.x() + width / 2,
              point.x() + width / 2));
      values.addAll(List.of(y.from(), value, value, y.from()));
    }
    XYSeries drawn = plot.addSeries(series.name(), places, values);
    drawn.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Area);
    Color colour = palette.series(series.colour());
    drawn.setFillColor(colour);
    drawn.setLineColor(colour);
    // A line would join the bars along the axis.
    drawn.setLineStyle(SeriesLines.NONE);
    drawn.setMarker(SeriesMarkers.NONE);
    drawn.setShowInLegend(series.listed());
  }

  /** The labels of points, highest first, where no mark and no other label is in the way. */
  private static void labels(
      XYChart plot, Chart chart, ImageScale x, ImageScale y, Palette palette) {
    List<Chart.Point> points =
        chart.series().stream()
            .flatMap(series -> series.points().stream())
            .filter(point -> !point.label().isEmpty())
            .sorted(Comparator.comparingDouble(Chart.Point::y).reversed())
            .toList();
    List<double[]> taken = new ArrayList<>();
    for (Chart.Point point : points) {
      taken.add(
          new double[] {
            (x.at(point.x()) - x.from()) / (x.to() - x.from()) * PLOT_WIDTH,
            (y.at(point.y()) - y.from()) / (y.to() - y.from()) * PLOT_HEIGHT,
            LETTER / 2
          });
    }
    for (Chart.Point point : points) {
      double right = (x.at(point.x()) - x.from()) / (x.to() - x.from()) * PLOT_WIDTH;
      double up = (y.at(point.y()) - y.from()) / (y.to() - y.from()) * PLOT_HEIGHT;
      double half = LETTER * point.label().length() / 2;
      double[] centre = {right + half + LETTER, up, half};
      boolean free =
          taken.stream()
              .noneMatch(
                  other ->
                      Math.abs(other[0] - centre[0]) < other[2] + half + 2
                          && Math.abs(other[1] - up) < 2 * LETTER);
      if (free) {
        taken.add(centre);
        AnnotationText text =
            new AnnotationText(
                point.label(),
                x.from() + centre[0] / PLOT_WIDTH * (x.to() - x.from()),
                y.at(point.y()),
                false);
        plot.addAnnotation(text);
      }
    }
    plot.getStyler().setAnnotationTextFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
    plot.getStyler().setAnnotationTextFontColor(new Color(palette.faint()));
  }

  private static void add(
      XYChart plot, Chart.Series series, ImageScale x, ImageScale y, Palette palette) {
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
    drawn.setShowInLegend(series.listed());
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
  private static double half(Chart.Point point, ImageScale y) {
    double half = (y.at(point.high()) - y.at(point.low())) / 2;
    double room = Math.min(y.to() - y.at(point.y()), y.at(point.y()) - y.from());
    return Math.min(half, Math.max(0, room));
  }

  /** XChart restarts its dashes at each point, so that closer points would make a solid line. */
  private static List<Chart.Point> apart(List<Chart.Point> points, ImageScale x, ImageScale y) {
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
}

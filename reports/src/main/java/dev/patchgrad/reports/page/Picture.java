package dev.patchgrad.reports.page;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A figure as a picture, for documents that a browser does not draw: drawn by XChart. */
public final class Picture {
  private static final int WIDTH = 960;
  private static final int HEIGHT = 560;

  /** The page's light colours. */
  private static final List<Color> COLOURS =
      List.of(
          new Color(0x0072b2),
          new Color(0xd55e00),
          new Color(0x009e73),
          new Color(0xa8447f),
          new Color(0x8c6d00),
          new Color(0x6a5acd),
          new Color(0x2a8fb8),
          new Color(0x5b6675));

  private static final Color GRID = new Color(0xd9dee6);

  private Picture() {}

  /**
   * Draws a figure.
   *
   * @param figure to draw
   * @param file a PNG, written or overwritten
   * @throws IOException if it cannot be written
   */
  public static void write(Figure figure, Path file) throws IOException {
    Files.write(file, ChartEncoder.getBytes(chart(figure), "png"));
  }

  private static XYChart chart(Figure figure) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(figure.title())
            .xAxisTitle(figure.x().label())
            .yAxisTitle(figure.y().label())
            .build();
    var styler = chart.getStyler();
    styler.setXAxisLogarithmic(figure.x().log());
    styler.setYAxisLogarithmic(figure.y().log());
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotGridLinesColor(GRID);
    styler.setPlotBorderColor(GRID);
    styler.setLegendPosition(Styler.LegendPosition.OutsideS);
    styler.setLegendLayout(Styler.LegendLayout.Horizontal);
    styler.setLegendBorderColor(Color.WHITE);
    styler.setLegendVisible(figure.series().size() > 1);
    styler.setMarkerSize(6);
    figure.x().from().ifPresent(styler::setXAxisMin);
    figure.x().to().ifPresent(styler::setXAxisMax);
    figure.y().from().ifPresent(styler::setYAxisMin);
    figure.y().to().ifPresent(styler::setYAxisMax);
    List<String> names = figure.x().categories();
    if (!names.isEmpty()) {
      styler.setXAxisMin(-1.0);
      styler.setXAxisMax((double) names.size());
      styler.setXAxisLabelRotation(names.size() > 10 ? 50 : 0);
      styler.setXAxisMaxLabelCount(names.size() + 2);
      chart.setCustomXAxisTickLabelsFormatter(
          value -> {
            int at = (int) Math.round(value);
            return at >= 0 && at < names.size() && Math.abs(value - at) < 1e-9 ? names.get(at) : "";
          });
    }
    for (Figure.Series series : figure.series()) {
      add(chart, series);
    }
    return chart;
  }

  private static void add(XYChart chart, Figure.Series series) {
    XYSeries drawn =
        series.hasIntervals()
            ? chart.addSeries(series.name(), series.places(), series.values(), series.halves())
            : chart.addSeries(series.name(), series.places(), series.values());
    Color colour = COLOURS.get(Math.floorMod(series.colour(), COLOURS.size()));
    drawn.setLineColor(colour);
    drawn.setMarkerColor(colour);
    boolean line = series.kind() != Figure.Kind.DOTS;
    boolean dots = series.kind() == Figure.Kind.DOTS || series.kind() == Figure.Kind.LINE_AND_DOTS;
    drawn.setMarker(dots ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
    if (!line) {
      drawn.setLineStyle(SeriesLines.NONE);
    } else if (series.kind() == Figure.Kind.DASHED) {
      drawn.setLineStyle(
          new BasicStroke(
              2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {8, 5}, 0));
    } else {
      drawn.setLineStyle(new BasicStroke(2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    }
  }
}

package dev.patchgrad.bench.experiments;

import dev.patchgrad.kernel.SignFlipsKernel;
import dev.patchgrad.reports.page.Chart.Axis;
import dev.patchgrad.reports.page.Chart.Kind;
import dev.patchgrad.reports.page.Chart.Point;
import dev.patchgrad.reports.page.Chart.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What the charts of the experiments' page draw. Their titles and notes are the page's text.
 *
 * <p>A broken line has the colour of what it predicts, and a chart's note says what it is, so that
 * the legends leave it out.
 */
final class PaperCharts {
  /**
   * A chart without its text.
   *
   * @param x axis
   * @param y axis
   * @param series in the order of the legend
   */
  record Plot(Axis x, Axis y, List<Series> series) {
    Plot {
      series = List.copyOf(series);
    }
  }

  private PaperCharts() {}

  /** The charts of some results, by the names that the page's text has for them. */
  static Map<String, Plot> of(PaperResults results) {
    TwoPhases.Result phases = results.phases();
    Map<String, Plot> plots = new LinkedHashMap<>();
    plots.put("table1", shares(results.settings().table(), results.table()));
    plots.put("phases-loss", courses(phases, "population loss", TwoPhases.Point::loss, true));
    plots.put(
        "phases-angle",
        courses(
            phases,
            "phi, degrees",
            point -> Math.toDegrees(point.distance().angle().phi()),
            false));
    plots.put(
        "phases-weights", courses(phases, "|a - a*|", point -> point.distance().weights(), false));
    plots.put(
        "phases-sum",
        courses(phases, "|1^T a - 1^T a*|", point -> point.distance().weightSum(), false));
    plots.put("spurious", spurious(phases));
    plots.put("samples", distances(results.settings().samples(), results.samples()));
    plots.put("learning-curves", learningCurves(results.samples()));
    plots.put("restarts", restarts(results.restarts()));
    return plots;
  }

  private static Plot shares(SuccessTable.Settings settings, List<SuccessTable.Cell> cells) {
    List<Series> series = new ArrayList<>();
    int colour = 0;
    for (int k : settings.k()) {
      List<SuccessTable.Cell> ofK = cells.stream().filter(cell -> cell.k() == k).toList();
      series.add(
          new Series(
              "k = " + k,
              Kind.LINE_AND_DOTS,
              colour,
              ofK.stream().map(cell -> withInterval(cell.rho(), cell.share())).toList()));
      series.add(
          new Series(
                  "k = " + k + ", |a*| to 0",
                  Kind.DASHED,
                  colour,
                  ofK.stream().map(cell -> Point.of(cell.rho(), cell.limit())).toList())
              .unlisted());
      colour++;
    }
    return new Plot(
        Axis.linear("rho = (1^T a*)^2 / |a*|^2"),
        Axis.linear("share that reaches the global minimum").between(lowest(series), 1),
        series);
  }

  private static Point withInterval(double x, Share share) {
    return new Point(x, share.value(), share.low(Share.ERROR), share.high(Share.ERROR));
  }

  /** The twentieth below all shares: from 0 on, half of the chart would be empty. */
  private static double lowest(List<Series> series) {
    double least =
        series.stream()
            .flatMap(one -> one.points().stream())
            .mapToDouble(Point::low)
            .min()
            .orElse(0);
    return Math.min(Math.floor(20 * least) / 20, 0.95);
  }

  private static Plot courses(
      TwoPhases.Result result,
      String label,
      ToDoubleFunction<TwoPhases.Point> value,
      boolean predicted) {
    List<Series> series = new ArrayList<>();
    for (int i = 0; i < result.courses().size(); i++) {
      TwoPhases.Course course = result.courses().get(i);
      List<Point> points =
          course.points().stream()
              .filter(
                  point -> point.loss() > TwoPhases.LEAST_LOSS && value.applyAsDouble(point) > 0)
              .map(point -> Point.of(point.iteration(), value.applyAsDouble(point)))
              .toList();
      String name = course.name() + ", " + PaperNumbers.fixed(course.degrees(), 1) + "°";
      series.add(new Series(name, Kind.LINE, i, points));
      if (predicted) {
        TwoPhases.Point from = course.phaseTwo();
        int steps = course.lastAboveRounding().iteration() - from.iteration();
        series.add(
            new Series(
                    "predicted, " + course.name(),
                    Kind.DASHED,
                    i,
                    List.of(
                        Point.of(from.iteration(), from.loss()),
                        Point.of(
                            from.iteration() + steps,
                            from.loss() * Math.pow(result.rates().get(i), steps))))
                .unlisted());
      }
    }
    return new Plot(Axis.linear("iterations"), Axis.logarithmic(label), series);
  }

  private static Plot spurious(TwoPhases.Result result) {
    List<Point> measured =
        result.spurious().points().stream()
            .filter(point -> point.iteration() > 0)
            .map(point -> Point.of(point.iteration(), point.distance().angle().supplement()))
            .toList();
    List<Point> law =
        measured.stream()
            .filter(point -> result.law() / point.x() < Math.PI)
            .map(point -> Point.of(point.x(), result.law() / point.x()))
            .toList();
    return new Plot(
        Axis.logarithmic("iterations"),
        Axis.logarithmic("pi - phi"),
        List.of(
            new Series("measured", Kind.LINE, 0, measured),
            new Series("law", Kind.DASHED, 1, law)));
  }

  private static Plot distances(SampleSizes.Settings settings, SampleSizes.Result result) {
    List<Integer> sizes = settings.sizes();
    List<Point> filter = new ArrayList<>();
    List<Point> weights = new ArrayList<>();
    for (int n : sizes) {
      filter.add(Point.of(n, result.median(n, SampleSizes.Outcome::filter)));
      weights.add(Point.of(n, result.median(n, SampleSizes.Outcome::weights)));
    }
    List<Point> each =
        result.outcomes().stream().map(outcome -> Point.of(outcome.n(), outcome.filter())).toList();
    return new Plot(
        Axis.logarithmic("n, samples"),
        Axis.logarithmic("distance"),
        List.of(
            new Series("|w - w*|, median", Kind.LINE, 0, filter),
            new Series("|a - a*|, median", Kind.LINE, 1, weights),
            new Series("|w - w*|, each", Kind.DOTS, 0, each),
            flat("|w - w*|, population", 0, sizes, result.population().filter()),
            flat("|a - a*|, population", 1, sizes, result.population().weights())));
  }

  private static Series flat(String name, int colour, List<Integer> sizes, double value) {
    return new Series(
            name,
            Kind.DASHED,
            colour,
            List.of(Point.of(sizes.getFirst(), value), Point.of(sizes.getLast(), value)))
        .unlisted();
  }

  private static Plot learningCurves(SampleSizes.Result result) {
    List<Series> curves = new ArrayList<>();
    int colour = 0;
    for (SampleSizes.Curve curve : result.curves()) {
      List<Point> points = new ArrayList<>();
      for (int i = 0; i < curve.iterations().size(); i++) {
        // Below, it is rounding.
        if (curve.filter().get(i) > 1e-14) {
          points.add(Point.of(curve.iterations().get(i), curve.filter().get(i)));
        }
      }
      boolean population = curve.n() == 0;
      curves.add(
          new Series(
              population ? "population" : "n = " + curve.n(),
              population ? Kind.DASHED : Kind.LINE,
              colour,
              points));
      colour++;
    }
    return new Plot(Axis.linear("iterations"), Axis.logarithmic("|w - w*|"), curves);
  }

  private static Plot restarts(List<RestartCounts.Outcome> outcomes) {
    List<Series> series = new ArrayList<>();
    int colour = 0;
    for (RestartCounts.Outcome outcome : outcomes) {
      String name =
          "k = "
              + outcome.teacher().k()
              + ", rho = "
              + PaperNumbers.shortest(outcome.teacher().rho());
      List<Point> found = new ArrayList<>();
      List<Point> predicted = new ArrayList<>();
      for (int m = 1; m <= outcome.found().size(); m++) {
        found.add(withInterval(m, outcome.found().get(m - 1)));
        predicted.add(Point.of(m, outcome.predicted(m)));
      }
      series.add(new Series(name, Kind.DOTS, colour, found));
      series.add(new Series(name + ", predicted", Kind.DASHED, colour, predicted).unlisted());
      colour++;
    }
    series.add(
        new Series(
            "the four sign flips of one draw",
            Kind.DOTS,
            colour,
            outcomes.stream()
                .map(outcome -> withInterval(SignFlipsKernel.FLIPS, outcome.flips()))
                .toList()));
    return new Plot(
        Axis.linear("starts"),
        Axis.linear("probability of success").between(lowest(series), 1),
        series);
  }
}

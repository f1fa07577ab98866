package dev.patchgrad.bench.experiments;

import dev.patchgrad.reports.page.Chart;
import dev.patchgrad.reports.page.Chart.Axis;
import dev.patchgrad.reports.page.Chart.Kind;
import dev.patchgrad.reports.page.Chart.Point;
import dev.patchgrad.reports.page.Chart.Series;
import dev.patchgrad.reports.page.Page;
import dev.patchgrad.reports.page.Page.Fact;
import dev.patchgrad.reports.page.Page.Value;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The page of the experiments: what was asked, what came out, and how it compares. */
final class PaperPage {
  private PaperPage() {}

  /** The page of some results. */
  static Page of(PaperResults results, Instant time) {
    Page page =
        new Page(
            "The paper's experiments",
            "Du, Lee, Tian, Poczos, Singh: Gradient Descent Learns One-hidden-layer CNN: Don't be"
                + " Afraid of Spurious Local Minima (ICML 2018, arXiv 1712.00779), simulated.");
    page.paragraph(
        "RECALLED marks what is quoted from memory of the paper and was not compared with its text."
            + " Everything else was measured by this run. Of the paper's settings, the step size,"
            + " |a*| and the stopping rule are not recalled: those here are this project's choice.");
    table(page, results);
    phases(page, results);
    samples(page, results);
    restarts(page, results);
    times(page, results, time);
    return page;
  }

  private static void table(Page page, PaperResults results) {
    SuccessTable.Settings settings = results.settings().table();
    List<SuccessTable.Cell> cells = results.table();
    page.heading("Table 1: the share of starts that reach the global minimum");
    page.paragraph(
        "Population gradient descent from a random start: v uniform on the unit sphere, a uniform in"
            + " the ball of radius |1^T a*| |w*| / sqrt(k). One start counts; its sign flips are not"
            + " tried. A start is counted when it is proved where it goes: it has entered a set of"
            + " states that no step leaves.");
    page.facts(
        List.of(
            new Fact("p, |w*|", settings.p() + ", 1"),
            new Fact("|a*|^2", number(settings.squares())),
            new Fact("step size", number(settings.stepSize())),
            new Fact("starts of each cell", "" + settings.starts()),
            new Fact("seed", "" + settings.seed()),
            new Fact(
                "starts that stayed undecided, or diverged",
                sum(cells, cell -> cell.counts().undecided())
                    + ", "
                    + sum(cells, cell -> cell.counts().diverged())),
            new Fact(
                "steps until a start was decided, on average",
                format(
                    "%.1f",
                    cells.stream().mapToLong(cell -> cell.counts().steps()).sum()
                        / (double) sum(cells, cell -> cell.counts().starts())))));
    List<String> columns = new ArrayList<>(List.of("k"));
    settings.rho().forEach(rho -> columns.add("rho = " + number(rho)));
    List<List<Value>> rows = new ArrayList<>();
    for (int k : settings.k()) {
      List<Value> row = new ArrayList<>(List.of(Value.of("" + k, k)));
      for (SuccessTable.Cell cell : cells) {
        if (cell.k() == k) {
          String recalled =
              cell.recalled().isPresent() ? format(" (%.2f)", cell.recalled().getAsDouble()) : "";
          row.add(Value.of(format("%.3f", cell.share().value()) + recalled, cell.share().value()));
        }
      }
      rows.add(row);
    }
    page.table(
        new Page.Table(
            "Measured share, and in brackets the paper's, RECALLED; rho = (1^T a*)^2 / |a*|^2",
            columns,
            rows));
    List<SuccessTable.Cell> compared =
        cells.stream().filter(cell -> cell.recalled().isPresent()).toList();
    if (!compared.isEmpty()) {
      page.paragraph(comparison(compared));
    }
    List<Series> series = new ArrayList<>();
    int colour = 0;
    for (int k : settings.k()) {
      List<SuccessTable.Cell> ofK = cells.stream().filter(cell -> cell.k() == k).toList();
      series.add(
          new Series(
              "k = " + k,
              Kind.LINE_AND_DOTS,
              colour,
              ofK.stream()
                  .map(
                      cell ->
                          new Point(
                              cell.rho(),
                              cell.share().value(),
                              cell.share().low(Share.ERROR),
                              cell.share().high(Share.ERROR)))
                  .toList()));
      series.add(
          new Series(
              "k = " + k + ", |a*| to 0",
              Kind.DASHED,
              colour,
              ofK.stream().map(cell -> Point.of(cell.rho(), cell.limit())).toList()));
      colour++;
    }
    page.figure(
        new Chart(
            "table1",
            "Share of successful starts",
            "Dots: measured, with 95 % intervals. Broken lines: the exact share for |a*| to 0, the"
                + " probability to start within the saddle's angle.",
            Axis.linear("rho = (1^T a*)^2 / |a*|^2"),
            Axis.linear("share that reaches the global minimum").between(lowest(series), 1),
            series));
    rows = new ArrayList<>();
    for (SuccessTable.Cell cell : cells) {
      rows.add(
          List.of(
              Value.of("" + cell.k(), cell.k()),
              Value.of(number(cell.rho()), cell.rho()),
              Value.of(format("%.4f", cell.share().value()), cell.share().value()),
              Value.of(
                  format(
                      "%.4f to %.4f",
                      cell.share().low(Share.ERROR), cell.share().high(Share.ERROR)),
                  cell.share().low(Share.ERROR)),
              cell.recalled().isPresent()
                  ? Value.of(
                      format("%.2f", cell.recalled().getAsDouble()), cell.recalled().getAsDouble())
                  : Value.of("-"),
              Value.of(format("%.4f", cell.limit()), cell.limit())));
    }
    page.table(
        new Page.Table(
            "Every cell",
            List.of("k", "rho", "measured", "95 % interval", "RECALLED", "exact for |a*| to 0"),
            rows));
  }

  /** The tenth below all shares: from 0 on, half of the chart would be empty. */
  private static double lowest(List<Series> series) {
    double least =
        series.stream()
            .flatMap(one -> one.points().stream())
            .mapToDouble(Point::low)
            .min()
            .orElse(0);
    return Math.min(Math.floor(10 * least) / 10, 0.9);
  }

  private static String comparison(List<SuccessTable.Cell> cells) {
    SuccessTable.Cell furthest = cells.getFirst();
    int beyond = 0;
    for (SuccessTable.Cell cell : cells) {
      double recalled = cell.recalled().orElseThrow();
      if (Math.abs(recalled - cell.share().value())
          > Math.abs(furthest.recalled().orElseThrow() - furthest.share().value())) {
        furthest = cell;
      }
      // The recalled share has a standard error of its own, and is rounded to .01.
      double share = cell.share().value();
      double error = Math.sqrt(2 * share * (1 - share) / cell.share().trials());
      beyond += Math.abs(recalled - share) > 1.96 * error + .005 ? 1 : 0;
    }
    return format(
        "The recalled shares differ from the measured ones by at most %.3f (k = %d, rho = %s: %.3f"
            + " measured, %.2f RECALLED). %d of %d cells differ by more than two simulations of"
            + " %d starts would in 95 %% of cases, rounding to .01 included.",
        Math.abs(furthest.recalled().orElseThrow() - furthest.share().value()),
        furthest.k(),
        number(furthest.rho()),
        furthest.share().value(),
        furthest.recalled().orElseThrow(),
        beyond,
        cells.size(),
        furthest.share().trials());
  }

  private static void phases(Page page, PaperResults results) {
    TwoPhases.Settings settings = results.settings().phases();
    TwoPhases.Result result = results.phases();
    page.heading("Two phases: slow, then linear");
    page.paragraph(
        "Population gradient descent in all coordinates. RECALLED of the paper's figure: k = 20, p ="
            + " 25, a slow first phase and then linear convergence, of the angle between v and w*,"
            + " of |a - a*|, of |1^T a - 1^T a*| and of the loss. Its starts, |a*| and step size are"
            + " not recalled.");
    page.facts(
        List.of(
            new Fact("k, p, |w*|", settings.k() + ", " + settings.p() + ", 1"),
            new Fact("rho, |a*|^2", number(settings.rho()) + ", " + number(settings.squares())),
            new Fact("step size", number(settings.stepSize())),
            new Fact("seed of the starts' a", "" + settings.seed())));
    List<List<Value>> rows = new ArrayList<>();
    for (int i = 0; i < result.courses().size(); i++) {
      TwoPhases.Course course = result.courses().get(i);
      rows.add(
          List.of(
              Value.of(course.name()),
              Value.of(format("%.2f", course.degrees()), course.degrees()),
              Value.of(format("%.3f", course.overlap()), course.overlap()),
              Value.of("" + course.phaseTwo().iteration(), course.phaseTwo().iteration()),
              Value.of(format("%.5f", course.measuredRate()), course.measuredRate()),
              Value.of(format("%.5f", result.rates().get(i)), result.rates().get(i))));
    }
    page.table(
        new Page.Table(
            "The starts, and the loss's factor a step in the second phase",
            List.of(
                "start",
                "phi_0, degrees",
                "x_0 = a_0^T a*",
                "iterations until the loss is below " + number(TwoPhases.PHASE_TWO),
                "measured factor",
                "predicted factor"),
            rows));
    page.figure(
        courses(
            result,
            "phases-loss",
            "Loss",
            "Broken lines: the predicted rate of the second phase, max{(1 - eta (pi - 1)/(2 pi))^2,"
                + " (1 - eta |a*|^2 / (2 |v|^2))^2} a step, from where the loss falls below "
                + number(TwoPhases.PHASE_TWO)
                + ". Losses below "
                + number(TwoPhases.LEAST_LOSS)
                + " are not shown.",
            "population loss",
            TwoPhases.Point::loss,
            true));
    page.figure(
        courses(
            result,
            "phases-angle",
            "Angle between v and w*",
            "From beside the saddle, nothing happens for long; the angle then falls as from"
                + " anywhere else.",
            "phi, degrees",
            point -> Math.toDegrees(point.distance().angle().phi()),
            false));
    page.figure(
        courses(
            result,
            "phases-weights",
            "|a - a*|",
            "",
            "|a - a*|",
            point -> point.distance().weights(),
            false));
    page.figure(
        courses(
            result,
            "phases-sum",
            "|1^T a - 1^T a*|",
            "The sum settles first: its rate a step is 1 - eta (k + pi - 1)/(2 pi).",
            "|1^T a - 1^T a*|",
            point -> point.distance().weightSum(),
            false));
    lost(page, result);
  }

  private static Chart courses(
      TwoPhases.Result result,
      String name,
      String title,
      String note,
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
      series.add(
          new Series(format("%s, %.1f°", course.name(), course.degrees()), Kind.LINE, i, points));
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
                        from.loss() * Math.pow(result.rates().get(i), steps)))));
      }
    }
    return new Chart(name, title, note, Axis.linear("iterations"), Axis.logarithmic(label), series);
  }

  private static void lost(Page page, TwoPhases.Result result) {
    TwoPhases.Course course = result.spurious();
    TwoPhases.Point last = course.points().getLast();
    page.paragraph(
        format(
            "The fourth start (phi_0 = %.2f degrees, x_0 = %.3f) is lost to the spurious minimum,"
                + " phi = pi. There convergence is sublinear: pi - phi ~ 2 pi |v|^2 / (|x_sp| |w*|"
                + " eta t) = %.1f / t. After %d steps pi - phi = %.4g measured, %.4g by the law.",
            course.degrees(),
            course.overlap(),
            result.law(),
            last.iteration(),
            last.distance().angle().supplement(),
            result.law() / last.iteration()));
    List<Point> measured =
        course.points().stream()
            .filter(point -> point.iteration() > 0)
            .map(point -> Point.of(point.iteration(), point.distance().angle().supplement()))
            .toList();
    page.figure(
        new Chart(
            "spurious",
            "On the way to the spurious minimum",
            "Broken line: the law, which holds in the limit.",
            Axis.logarithmic("iterations"),
            Axis.logarithmic("pi - phi"),
            List.of(
                new Series("measured", Kind.LINE, 0, measured),
                new Series(
                    "law",
                    Kind.DASHED,
                    1,
                    measured.stream()
                        .filter(point -> result.law() / point.x() < Math.PI)
                        .map(point -> Point.of(point.x(), result.law() / point.x()))
                        .toList()))));
  }

  private static void samples(Page page, PaperResults results) {
    SampleSizes.Settings settings = results.settings().samples();
    SampleSizes.Result result = results.samples();
    page.heading("Learning from samples");
    page.paragraph(
        "A teacher is recovered from n Gaussian samples without noise, by mini-batches and random"
            + " restarts. A restart succeeds when it fits the samples, which needs no knowledge of"
            + " the teacher. Free are the direction of w and a: p - 1 + k = "
            + settings.unknowns()
            + " numbers; with fewer samples, many students fit. This experiment is not the paper's.");
    page.facts(
        List.of(
            new Fact("k, p, |w*|", settings.k() + ", " + settings.p() + ", 1"),
            new Fact("rho, |a*|^2", number(settings.rho()) + ", " + number(settings.squares())),
            new Fact("step size", number(settings.stepSize())),
            new Fact("samples of a step", settings.miniBatch() + ", or n where n is smaller"),
            new Fact(
                "goal",
                "a loss of " + number(settings.goal()) + " of that at a = 0, on all samples"),
            new Fact("steps of a start at most", "" + settings.iterations()),
            new Fact("starts of a search at most", "" + settings.mostStarts()),
            new Fact("data sets of each n", "" + settings.dataSets()),
            new Fact("seed", "" + settings.seed())));
    List<Integer> sizes = settings.samples().stream().distinct().sorted().toList();
    List<List<Value>> rows = new ArrayList<>();
    List<Point> filter = new ArrayList<>();
    List<Point> weights = new ArrayList<>();
    for (int n : sizes) {
      List<SampleSizes.Outcome> outcomes = result.of(n);
      double[] w = outcomes.stream().mapToDouble(SampleSizes.Outcome::filter).toArray();
      double[] a = outcomes.stream().mapToDouble(SampleSizes.Outcome::weights).toArray();
      int fits = (int) outcomes.stream().filter(SampleSizes.Outcome::fits).count();
      int near = (int) outcomes.stream().filter(outcome -> outcome.filter() < NEAR).count();
      double starts = outcomes.stream().mapToInt(SampleSizes.Outcome::starts).average().orElse(0);
      filter.add(Point.of(n, SampleSizes.median(w)));
      weights.add(Point.of(n, SampleSizes.median(a)));
      rows.add(
          List.of(
              Value.of("" + n, n),
              Value.of(fits + " of " + outcomes.size(), fits),
              Value.of(near + " of " + outcomes.size(), near),
              Value.of(format("%.1f", starts), starts),
              Value.of(format("%.2g", SampleSizes.median(w)), SampleSizes.median(w)),
              Value.of(format("%.2g", SampleSizes.median(a)), SampleSizes.median(a))));
    }
    rows.add(
        List.of(
            Value.of("population"),
            Value.of("-"),
            Value.of("-"),
            Value.of("-"),
            Value.of(format("%.2g", result.population().filter()), result.population().filter()),
            Value.of(
                format("%.2g", result.population().weights()), result.population().weights())));
    page.figure(
        new Chart(
            "samples",
            "Distance from the teacher by the number of samples",
            "Lines: median over data sets; dots: every data set's |w - w*|. Broken lines: descent on"
                + " the population, in closed form, at the same goal.",
            Axis.logarithmic("n, samples"),
            Axis.logarithmic("distance"),
            List.of(
                new Series("|w - w*|, median", Kind.LINE, 0, filter),
                new Series("|a - a*|, median", Kind.LINE, 1, weights),
                new Series(
                    "|w - w*|, each",
                    Kind.DOTS,
                    0,
                    result.outcomes().stream()
                        .map(outcome -> Point.of(outcome.n(), outcome.filter()))
                        .toList()),
                flat("|w - w*|, population", 0, sizes, result.population().filter()),
                flat("|a - a*|, population", 1, sizes, result.population().weights()))));
    page.paragraph(level(settings, result, sizes));
    page.table(
        new Page.Table(
            "By the number of samples",
            List.of(
                "n",
                "data sets fitted",
                "with |w - w*| < " + number(NEAR),
                "starts, mean",
                "|w - w*|, median",
                "|a - a*|, median"),
            rows));
    List<Series> curves = new ArrayList<>();
    int colour = 0;
    for (SampleSizes.Curve curve : result.curves()) {
      List<Point> points = new ArrayList<>();
      for (int i = 0; i < curve.iterations().size(); i++) {
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
    page.figure(
        new Chart(
            "learning-curves",
            "From one start: |w - w*| against iterations",
            "Broken line: the population. One start with x_0 > 0 and phi_0 < pi/2 for all.",
            Axis.linear("iterations"),
            Axis.logarithmic("|w - w*|"),
            curves));
  }

  /** A distance that a recovered teacher is within. */
  private static final double NEAR = 1e-3;

  private static String level(
      SampleSizes.Settings settings, SampleSizes.Result result, List<Integer> sizes) {
    int none = 0;
    int all = Integer.MAX_VALUE;
    for (int n : sizes) {
      long near = result.of(n).stream().filter(outcome -> outcome.filter() < NEAR).count();
      if (near == 0) {
        none = n;
      }
    }
    for (int i = sizes.size() - 1; i >= 0; i--) {
      int n = sizes.get(i);
      if (result.of(n).stream().allMatch(outcome -> outcome.filter() < NEAR)) {
        all = n;
      } else {
        break;
      }
    }
    return (none == 0
            ? "Some data set of every n was enough."
            : "Up to n = " + none + ", no data set gave the teacher.")
        + (all == Integer.MAX_VALUE
            ? " No n was enough in every data set."
            : " From n = " + all + " on, every data set did.")
        + " There are "
        + settings.unknowns()
        + " unknowns.";
  }

  private static Series flat(String name, int colour, List<Integer> sizes, double value) {
    return new Series(
        name,
        Kind.DASHED,
        colour,
        List.of(Point.of(sizes.getFirst(), value), Point.of(sizes.getLast(), value)));
  }

  private static void restarts(Page page, PaperResults results) {
    RestartCounts.Settings settings = results.settings().restarts();
    page.heading("Restarts");
    page.paragraph(
        "RECALLED of the paper: from a random start descent succeeds with constant probability, and"
            + " with restarts with a probability towards 1. Independent starts of which each succeeds"
            + " with probability q leave 1 - (1 - q)^m for m of them. q is estimated from starts that"
            + " are in none of the searches.");
    page.facts(
        List.of(
            new Fact("p, |w*|", settings.p() + ", 1"),
            new Fact("|a*|^2", number(settings.squares())),
            new Fact("step size", number(settings.stepSize())),
            new Fact("searches of each case", "" + settings.searches()),
            new Fact("starts that q is estimated from", "" + settings.estimate()),
            new Fact("seed", "" + settings.seed())));
    List<Series> series = new ArrayList<>();
    List<List<Value>> rows = new ArrayList<>();
    int colour = 0;
    for (RestartCounts.Outcome outcome : results.restarts()) {
      String name = "k = " + outcome.teacher().k() + ", rho = " + number(outcome.teacher().rho());
      List<Point> found = new ArrayList<>();
      List<Point> predicted = new ArrayList<>();
      for (int m = 1; m <= outcome.found().size(); m++) {
        Share share = outcome.found().get(m - 1);
        found.add(new Point(m, share.value(), share.low(Share.ERROR), share.high(Share.ERROR)));
        predicted.add(Point.of(m, outcome.predicted(m)));
      }
      series.add(new Series(name, Kind.DOTS, colour, found));
      series.add(new Series(name + ", predicted", Kind.DASHED, colour, predicted));
      colour++;
      int needed = outcome.needed(settings.wanted());
      rows.add(
          List.of(
              Value.of("" + outcome.teacher().k(), outcome.teacher().k()),
              Value.of(number(outcome.teacher().rho()), outcome.teacher().rho()),
              Value.of(format("%.4f", outcome.single().value()), outcome.single().value()),
              Value.of("" + needed, needed),
              needed <= outcome.found().size()
                  ? Value.of(
                      format("%.4f", outcome.found().get(needed - 1).value()),
                      outcome.found().get(needed - 1).value())
                  : Value.of("-"),
              Value.of(format("%.4f", outcome.flips().value()), outcome.flips().value())));
    }
    page.figure(
        new Chart(
            "restarts",
            "Probability of success by the number of starts",
            "Dots: share of simulated searches, with 95 % intervals. Broken lines: predicted.",
            Axis.linear("starts"),
            Axis.linear("probability of success").between(lowest(series), 1),
            series));
    page.table(
        new Page.Table(
            "Starts needed",
            List.of(
                "k",
                "rho",
                "q, one start",
                "starts for a probability of " + number(settings.wanted()),
                "simulated share with so many",
                "share with the four sign flips of one start"),
            rows));
    page.paragraph(
        "The four sign flips (v, a), (v, -a), (-v, a), (-v, -a) of one start: for step sizes up to"
            + " 2 pi/(k + pi - 1), one of them is certain to succeed where rho > 0.");
  }

  private static void times(Page page, PaperResults results, Instant time) {
    page.heading("Times");
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("run at", time.truncatedTo(ChronoUnit.SECONDS).toString()));
    facts.add(
        new Fact("JVM, threads", System.getProperty("java.vm.version") + ", " + results.threads()));
    for (Map.Entry<String, Double> entry : results.seconds().entrySet()) {
      facts.add(new Fact(entry.getKey(), format("%.2f s", entry.getValue())));
    }
    page.facts(facts);
    page.paragraph(
        "In a fresh JVM, with what it takes to compile. The data (CSV files and settings.json beside"
            + " this page's HTML) are the same to the bit for the same settings and seed, whatever"
            + " the number of threads; run: mvn -pl bench compile exec:exec@experiments");
  }

  private static int sum(
      List<SuccessTable.Cell> cells, java.util.function.ToIntFunction<SuccessTable.Cell> number) {
    return cells.stream().mapToInt(number).sum();
  }

  /** Shortest: 4 for 4.0, 0.25, 1.0E-10 as 1e-10. */
  private static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e9) {
      return "" + (long) value;
    }
    return Double.toString(value).replace(".0E", "e").replace('E', 'e');
  }

  // The annotation that is asked for would be a dependency of its own.
  @SuppressWarnings("AnnotateFormatMethod")
  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}

package dev.patchgrad.reports.page;

import dev.patchgrad.reports.choice.Regret;
import dev.patchgrad.reports.environment.Environment;
import dev.patchgrad.reports.environment.Hardware;
import dev.patchgrad.reports.environment.JvmFacts;
import dev.patchgrad.reports.grid.Cell;
import dev.patchgrad.reports.grid.Grid;
import dev.patchgrad.reports.grid.Row;
import dev.patchgrad.reports.grid.Suites;
import dev.patchgrad.reports.grid.Table;
import dev.patchgrad.reports.grid.Warnings;
import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.statistics.Interval;
import dev.patchgrad.reports.statistics.Ratio;
import dev.patchgrad.reports.summary.Figures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The page of a run, for deciding which kernel to use: written beside its record. */
public final class RunPage {
  /** The page, in a run's folder. */
  public static final String PAGE = "index.html";

  /** The tables for pasting, in a run's folder. */
  public static final String SUMMARY = "summary.md";

  /** The numbers, in a run's folder. */
  public static final String NUMBERS = "results.csv";

  /** Colour of a machine's limits, apart from the kernels'. */
  private static final int LIMIT_COLOUR = 7;

  private final Run run;
  private final Grid grid;
  private final List<String> kernels;

  private RunPage(Run run) {
    this.run = run;
    this.grid = Grid.of(run);
    this.kernels =
        grid.tables().stream()
            .flatMap(table -> table.rows().stream())
            .flatMap(row -> row.cells().stream())
            .map(Cell::kernel)
            .distinct()
            // By name, so that a kernel has its colour whichever is fastest.
            .sorted()
            .toList();
  }

  /**
   * Writes {@value #PAGE}, {@value #SUMMARY} and {@value #NUMBERS} into the run's folder.
   *
   * @param run that was recorded
   * @return the page's file
   * @throws IOException if a file cannot be written
   */
  public static Path write(Run run) throws IOException {
    RunPage page = new RunPage(run);
    Files.writeString(run.folder().resolve(NUMBERS), RunCsv.of(page.grid), StandardCharsets.UTF_8);
    Files.writeString(
        run.folder().resolve(SUMMARY),
        MarkdownPage.render(page.build(false)),
        StandardCharsets.UTF_8);
    Path file = run.folder().resolve(PAGE);
    HtmlPage.write(page.build(true), file);
    return file;
  }

  private Page build(boolean figures) {
    Environment environment = run.environment();
    Page page =
        new Page(
            "Gradient kernels on " + environment.machine(),
            environment.date().replace('T', ' ').replace("Z", " UTC")
                + (run.isPartial() ? ", broken off: cells are missing" : ""));
    for (String warning : Warnings.of(run, grid)) {
      page.warning(warning);
    }
    if (!grid.tables().isEmpty()) {
      page.heading("Which kernel is fastest");
      page.paragraph(
          "By how much it leads the next one, and how sure that is: the interval holds the ratio"
              + " with 95 % confidence over forks; ~ where the fastest cannot be told from the"
              + " next. Limit is the share of what this machine allows, by arithmetic or by memory.");
      grid.tables().forEach(table -> page.table(map(table)));
      grid.tables().forEach(table -> page.table(fastest(table)));
    }
    if (figures) {
      for (int at = 0; at < grid.tables().size(); at++) {
        figures(grid.tables().get(at), at, page);
      }
    }
    regret(page);
    page.heading("All cells");
    if (grid.tables().isEmpty()) {
      page.paragraph("The run holds no gradient suite; its results are in results.json.");
    } else {
      page.table(cells());
    }
    page.heading("The machine");
    page.facts(environment(environment));
    return page;
  }

  /** What was measured beside the run of the library's own choice. */
  private void regret(Page page) {
    Path file = run.folder().resolve(Regret.FILE);
    if (!Files.isRegularFile(file)) {
      return;
    }
    Regret regret = Regret.read(file);
    page.heading("How good the library's own choice is");
    page.paragraph(regret.verdict());
    List<List<Page.Value>> rows = new ArrayList<>();
    for (Regret.Shape shape : regret.shapes()) {
      rows.add(
          List.of(
              Page.Value.of(shape.precision()),
              Page.Value.of(Integer.toString(shape.p()), shape.p()),
              Page.Value.of(Integer.toString(shape.k()), shape.k()),
              Page.Value.of(Integer.toString(shape.n()), shape.n()),
              Page.Value.of(shape.chosen()),
              Page.Value.of(shape.best()),
              Page.Value.of(String.format(Locale.ROOT, "%.3f", shape.regret()), shape.regret())));
    }
    page.table(
        new Page.Table(
            "Chosen kernel's time over the fastest kernel's, " + regret.date(),
            List.of("precision", "p", "k", "n", "chosen", "fastest", "regret"),
            rows));
  }

  private Page.Table map(Table table) {
    List<Integer> columns = table.rows().stream().map(Row::k).distinct().sorted().toList();
    List<List<Page.Value>> rows = new ArrayList<>();
    for (int p : new TreeSet<>(table.rows().stream().map(Row::p).toList())) {
      List<Page.Value> line = new ArrayList<>();
      line.add(Page.Value.of(Integer.toString(p), p));
      for (int k : columns) {
        line.add(
            table.rows().stream()
                .filter(row -> row.p() == p && row.k() == k)
                .findFirst()
                .map(
                    row ->
                        new Page.Value(
                            (row.isDecided() ? "" : "~")
                                + row.fastest().kernel()
                                + row.margin()
                                    .map(margin -> " " + Figures.three(margin.value()) + "x")
                                    .orElse(""),
                            Double.NaN,
                            colour(row.fastest().kernel())))
                .orElse(Page.Value.of("not measured")));
      }
      rows.add(line);
    }
    List<String> heads = new ArrayList<>(List.of("p"));
    columns.forEach(k -> heads.add("k = " + k));
    return new Page.Table(
        "Map, " + table.title() + ": the fastest kernel and its lead over the next", heads, rows);
  }

  private Page.Table fastest(Table table) {
    List<List<Page.Value>> rows = new ArrayList<>();
    for (Row row : table.rows()) {
      Cell fastest = row.fastest();
      rows.add(
          List.of(
              Page.Value.of(Integer.toString(row.p()), row.p()),
              Page.Value.of(Integer.toString(row.k()), row.k()),
              new Page.Value(
                  (row.isDecided() ? "" : "~") + fastest.kernel(),
                  Double.NaN,
                  colour(fastest.kernel())),
              number(fastest.samplesPerSecond(), Figures.si(fastest.samplesPerSecond())),
              number(fastest.flopsPerSecond() / 1e9, three(fastest.flopsPerSecond() / 1e9)),
              number(
                  fastest.shareOfLimit().orElse(Double.NaN),
                  Figures.percent(fastest.shareOfLimit())),
              ratio(row.fastestOver(Suites.SCALAR)),
              ratio(row.fastestOver(Suites.EJML)),
              Page.Value.of(row.next().map(Cell::kernel).orElse("-")),
              ratio(row.margin())));
    }
    return new Page.Table(
        "Fastest, " + table.title(),
        List.of(
            "p",
            "k",
            "kernel",
            "samples/s",
            "GFLOP/s",
            "limit",
            "over scalar",
            "over ejml",
            "next",
            "over the next"),
        rows);
  }

  private Page.Table cells() {
    List<List<Page.Value>> rows = new ArrayList<>();
    for (Table table : grid.tables()) {
      for (Row row : table.rows()) {
        for (Cell cell : row.cells()) {
          rows.add(
              List.of(
                  Page.Value.of(table.title()),
                  Page.Value.of(Integer.toString(row.p()), row.p()),
                  Page.Value.of(Integer.toString(row.k()), row.k()),
                  new Page.Value(cell.kernel(), Double.NaN, colour(cell.kernel())),
                  number(cell.operations().median(), Figures.si(cell.operations().median())),
                  number(1e6 / cell.operations().median(), three(1e6 / cell.operations().median())),
                  number(cell.flopsPerSecond() / 1e9, three(cell.flopsPerSecond() / 1e9)),
                  number(cell.bytesPerSecond() / 1e9, three(cell.bytesPerSecond() / 1e9)),
                  number(
                      cell.shareOfLimit().orElse(Double.NaN), Figures.percent(cell.shareOfLimit())),
                  number(cell.operations().count(), Integer.toString(cell.operations().count())),
                  number(
                      cell.operations().spread(),
                      String.format(Locale.ROOT, "%.1f %%", 100 * cell.operations().spread()))));
        }
      }
    }
    return new Page.Table(
        "Medians over forks; spread is how far the forks lie apart",
        List.of(
            "batch",
            "p",
            "k",
            "kernel",
            "gradients/s",
            "µs",
            "GFLOP/s",
            "GB/s",
            "limit",
            "forks",
            "spread"),
        rows);
  }

  private void figures(Table table, int at, Page page) {
    page.heading(
        table.title().substring(0, 1).toUpperCase(Locale.ROOT) + table.title().substring(1));
    for (int k : new TreeSet<>(table.rows().stream().map(Row::k).toList())) {
      List<Row> rows = table.rows().stream().filter(row -> row.k() == k).toList();
      if (rows.size() > 1 && rows.get(0).fastest().flopsPerSecond() > 0) {
        page.figure(throughput(table, rows, "throughput-" + at + "-k" + k));
      }
    }
    List<String> names =
        table.rows().stream().map(row -> "p " + row.p() + " k " + row.k()).toList();
    ratios(table, names, "ratio-" + at).ifPresent(page::figure);
    page.figure(forks(table, names, "forks-" + at));
    roofline(table, "roofline-" + at).ifPresent(page::figure);
  }

  private Figure throughput(Table table, List<Row> rows, String name) {
    List<Figure.Series> series = new ArrayList<>();
    for (String kernel : kernels) {
      List<Figure.Point> points = new ArrayList<>();
      for (Row row : rows) {
        row.cell(kernel)
            .ifPresent(
                cell -> {
                  double flops = cell.flopsPerOperation() / 1e9;
                  points.add(
                      new Figure.Point(
                          row.p(),
                          cell.flopsPerSecond() / 1e9,
                          flops * java.util.Collections.min(cell.operations().values()),
                          flops * java.util.Collections.max(cell.operations().values())));
                });
      }
      add(series, kernel, Figure.Kind.LINE_AND_DOTS, points);
    }
    List<Figure.Point> limit = new ArrayList<>();
    for (Row row : rows) {
      Cell cell = row.fastest();
      cell.limit()
          .ifPresent(
              most -> limit.add(Figure.Point.of(row.p(), most * cell.flopsPerOperation() / 1e9)));
    }
    if (!limit.isEmpty()) {
      series.add(
          new Figure.Series("this machine's limit", Figure.Kind.DASHED, LIMIT_COLOUR, limit));
    }
    return new Figure(
        name,
        "Throughput against p, k = " + rows.get(0).k() + ", " + table.title(),
        "Medians over forks; the bars reach from the slowest fork to the fastest. A bar that is long"
            + " shows a kernel with more than one speed.",
        Figure.Axis.logarithmic("p, dimension of a patch"),
        Figure.Axis.linear("GFLOP/s"),
        series);
  }

  private Optional<Figure> ratios(Table table, List<String> names, String name) {
    List<Figure.Series> series = new ArrayList<>();
    List<String> others = kernels.stream().filter(one -> !one.equals(Suites.SCALAR)).toList();
    for (int order = 0; order < others.size(); order++) {
      List<Figure.Point> points = new ArrayList<>();
      for (int at = 0; at < table.rows().size(); at++) {
        Row row = table.rows().get(at);
        Optional<Cell> scalar = row.cell(Suites.SCALAR);
        Optional<Cell> cell = row.cell(others.get(order));
        if (scalar.isEmpty() || cell.isEmpty()) {
          continue;
        }
        Ratio ratio = Ratio.of(cell.get().operations(), scalar.get().operations());
        Interval interval = ratio.interval().orElse(new Interval(ratio.value(), ratio.value()));
        points.add(
            new Figure.Point(
                beside(at, order, others.size()), ratio.value(), interval.low(), interval.high()));
      }
      add(series, others.get(order), Figure.Kind.DOTS, points);
    }
    if (series.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Figure(
            name,
            "How much faster than the scalar kernel, " + table.title(),
            "Ratio of throughputs with its 95 % interval over forks. Where two intervals are apart,"
                + " so are the kernels.",
            Figure.Axis.of("", names),
            Figure.Axis.logarithmic("times the scalar kernel"),
            series));
  }

  private Figure forks(Table table, List<String> names, String name) {
    List<Figure.Series> series = new ArrayList<>();
    for (int order = 0; order < kernels.size(); order++) {
      List<Figure.Point> points = new ArrayList<>();
      for (int at = 0; at < table.rows().size(); at++) {
        Optional<Cell> cell = table.rows().get(at).cell(kernels.get(order));
        if (cell.isPresent()) {
          double place = beside(at, order, kernels.size());
          cell.get()
              .operations()
              .values()
              .forEach(
                  value ->
                      points.add(Figure.Point.of(place, value / cell.get().operations().median())));
        }
      }
      add(series, kernels.get(order), Figure.Kind.DOTS, points);
    }
    return new Figure(
        name,
        "Each fork, " + table.title(),
        "A dot is the median of one fork's iterations, over the median of its cell. Dots of one colour in two heaps show a kernel"
            + " that the compiler builds in two ways.",
        Figure.Axis.of("", names),
        Figure.Axis.linear("times the cell's median"),
        series);
  }

  /** Arithmetic against memory: how near the cells come to the two limits. */
  private Optional<Figure> roofline(Table table, String name) {
    Optional<Double> peak = Optional.ofNullable(grid.roofs().peakFlops().get(table.precision()));
    Optional<Double> read = Optional.ofNullable(grid.roofs().readBandwidth().get(table.level()));
    if (peak.isEmpty() || read.isEmpty()) {
      return Optional.empty();
    }
    List<Figure.Series> series = new ArrayList<>();
    ToDoubleFunction<Cell> intensity = cell -> cell.flopsPerOperation() / cell.bytesPerOperation();
    for (String kernel : kernels) {
      List<Figure.Point> points = new ArrayList<>();
      for (Row row : table.rows()) {
        row.cell(kernel)
            .filter(cell -> cell.flopsPerOperation() > 0 && cell.bytesPerOperation() > 0)
            .ifPresent(
                cell ->
                    points.add(
                        Figure.Point.of(
                            intensity.applyAsDouble(cell), cell.flopsPerSecond() / 1e9)));
      }
      add(series, kernel, Figure.Kind.DOTS, points);
    }
    double ridge = peak.get() / read.get();
    double[] places = {ridge / 8, ridge, ridge * 8};
    double[] limit = {peak.get() / 8e9, peak.get() / 1e9, peak.get() / 1e9};
    series.add(
        Figure.Series.of("this machine's limit", Figure.Kind.DASHED, LIMIT_COLOUR, places, limit));
    return Optional.of(
        new Figure(
            name,
            "Roofline, " + table.title(),
            String.format(
                Locale.ROOT,
                "Left of %.2f FLOP/byte reading the batch binds (%s GB/s here), right of it"
                    + " arithmetic (%s GFLOP/s). One gradient does about 4 operations an element.",
                ridge,
                Figures.three(read.get() / 1e9),
                Figures.three(peak.get() / 1e9)),
            Figure.Axis.logarithmic("operations for each byte read, FLOP/byte"),
            Figure.Axis.logarithmic("GFLOP/s"),
            series));
  }

  /** Kernels lie beside each other at their row's place. */
  private static double beside(int row, int order, int count) {
    return row + 0.6 * ((order + 0.5) / count - 0.5);
  }

  private void add(
      List<Figure.Series> series, String kernel, Figure.Kind kind, List<Figure.Point> points) {
    if (!points.isEmpty()) {
      series.add(new Figure.Series(kernel, kind, colour(kernel), points));
    }
  }

  private int colour(String kernel) {
    return kernels.indexOf(kernel) % LIMIT_COLOUR;
  }

  private static Page.Value number(double number, String text) {
    return Page.Value.of(text, number);
  }

  private static Page.Value ratio(Optional<Ratio> ratio) {
    return Page.Value.of(Figures.ratio(ratio), ratio.map(Ratio::value).orElse(Double.NaN));
  }

  private static String three(double value) {
    return value > 0 ? Figures.three(value) : "-";
  }

  private static List<Page.Fact> environment(Environment environment) {
    Hardware hardware = environment.hardware();
    JvmFacts jvm = environment.jvm();
    return List.of(
        new Page.Fact("processor", hardware.model() + " (" + hardware.microarchitecture() + ")"),
        new Page.Fact(
            "cores",
            hardware.physicalCores()
                + " physical, "
                + hardware.logicalCores()
                + " logical"
                + (hardware.virtual() ? ", virtual machine" : "")),
        new Page.Fact(
            "caches",
            hardware.cacheBytes().entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue() / 1024 + " KiB")
                .collect(Collectors.joining(", "))),
        new Page.Fact("memory", hardware.memoryBytes() / (1 << 20) + " MiB"),
        new Page.Fact(
            "vectors",
            "double "
                + jvm.doubleSpecies().lanes()
                + " lanes, float "
                + jvm.floatSpecies().lanes()
                + " lanes ("
                + hardware.featureTier()
                + ")"),
        new Page.Fact("pretends to be", environment.simulated()),
        new Page.Fact(
            "operating system", environment.os().name() + " " + environment.os().version()),
        new Page.Fact("JDK", jvm.vendor() + " " + jvm.version()),
        new Page.Fact(
            "JVM flags",
            jvm.flags().entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .sorted()
                .collect(Collectors.joining(" "))),
        new Page.Fact("collector", jvm.collector()),
        new Page.Fact(
            "commit",
            environment.source().commit() + (environment.source().dirty() ? " with changes" : "")),
        new Page.Fact(
            "load",
            String.format(
                Locale.ROOT,
                "%.2f before, %.2f after",
                environment.before().loadAverage(),
                environment.after().loadAverage())));
  }
}

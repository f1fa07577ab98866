package dev.patchgrad.reports.page;

import dev.patchgrad.reports.choice.Regret;
import dev.patchgrad.reports.environment.Environment;
import dev.patchgrad.reports.environment.JvmFacts;
import dev.patchgrad.reports.grid.Cell;
import dev.patchgrad.reports.grid.ClockNote;
import dev.patchgrad.reports.grid.Grid;
import dev.patchgrad.reports.grid.Table;
import dev.patchgrad.reports.grid.Warnings;
import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.run.WholeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The page of a run, which shows which kernel to use: written into the run's folder. */
public final class RunPage {
  /** The page, in a run's folder. */
  public static final String PAGE = "index.html";

  /** The tables for pasting, in a run's folder. */
  public static final String SUMMARY = "summary.md";

  /** The numbers, in a run's folder. */
  public static final String NUMBERS = "results.csv";

  private final Run run;
  private final Grid grid;
  private final RunMap map;
  private final RunTables tables;
  private final RunCharts charts;

  private RunPage(Run run) {
    this.run = run;
    this.grid = Grid.of(run);
    List<String> kernels =
        grid.tables().stream()
            .flatMap(table -> table.rows().stream())
            .flatMap(row -> row.cells().stream())
            .map(Cell::kernel)
            .distinct()
            .sorted()
            .toList();
    KernelColours colours = new KernelColours(kernels);
    this.map = new RunMap(colours);
    this.tables = new RunTables(colours);
    this.charts = new RunCharts(grid, kernels, colours);
  }

  /**
   * Writes {@value #PAGE}, {@value #SUMMARY} and {@value #NUMBERS} into the run's folder. Of
   * results that another program kept they are beside its file and named after it, as {@code
   * x-page.html} of {@code x.json}: their folder is not this project's.
   *
   * @param run that was recorded
   * @return the page's file
   * @throws IOException if a file cannot be written; then all three are as they were
   */
  public static Path write(Run run) throws IOException {
    RunPage page = new RunPage(run);
    Path file = fileOf(run, PAGE);
    // All three before any is written: what cannot be shown leaves no page beside another's
    // numbers.
    Map<Path, String> files = new LinkedHashMap<>();
    files.put(fileOf(run, NUMBERS), RunCsv.of(run, page.grid).text());
    files.put(fileOf(run, SUMMARY), MarkdownPage.render(page.build(false)));
    files.put(file, HtmlPage.render(page.build(true)));
    WholeFiles.writeAll(files);
    return file;
  }

  private static Path fileOf(Run run, String name) {
    if (run.environment().isKnown()) {
      return run.folder().resolve(name);
    }
    String results = run.resultsFile().getFileName().toString();
    String stem = results.replaceFirst("(?<=.)\\.[^.]*$", "");
    return run.resultsFile().resolveSibling(stem + "-page" + name.substring(name.indexOf('.')));
  }

  /**
   * A run's tables for pasting, as {@value #SUMMARY} has them.
   *
   * @param run that was recorded
   * @return Markdown
   */
  public static String markdown(Run run) {
    return MarkdownPage.render(new RunPage(run).build(false));
  }

  /**
   * A run's numbers, as {@value #NUMBERS} has them.
   *
   * @param run that was recorded
   * @return CSV
   */
  public static String numbers(Run run) {
    return RunCsv.of(run, Grid.of(run)).text();
  }

  /**
   * The charts of a run's page.
   *
   * @param run that was recorded
   * @return in the order of the page; each is named after what it shows, such as {@code
   *     roofline-double-l2}
   */
  public static List<Chart> charts(Run run) {
    return new RunPage(run).build(true).charts();
  }

  private Page build(boolean withCharts) {
    Environment environment = run.environment();
    if (!environment.isKnown()) {
      return ForeignPage.of(run, withCharts);
    }
    Page page =
        new Page("Gradient kernels on " + environment.machine(), subtitle())
            .mark("label", environment.label())
            .mark("quick run", environment.quick() ? "fewer shapes, shorter iterations" : "")
            .mark("changed JVM arguments", String.join(" ", environment.jvm().changedArguments()));
    if (!grid.tables().isEmpty()) {
      page.heading("Which kernel is fastest");
      page.paragraph(RunMap.words(grid.tables()));
      page.facts(
          grid.tables().stream()
              .map(table -> new Page.Fact(table.title(), RunMap.answer(table)))
              .toList());
      grid.tables().forEach(table -> page.map(map.of(table)));
      page.paragraph(RunMap.legend(grid.tables()));
    }
    warnings(page);
    if (!grid.tables().isEmpty()) {
      page.heading("The fastest in numbers");
      page.paragraph(
          "[low, high] is the 95 % interval of a ratio, over forks. limit is the share of what this"
              + " machine allows, by arithmetic or by memory. ~ marks a kernel that cannot be told"
              + " from the next, = one that is known to be about as fast.");
      ClockNote.of(run).ifPresent(page::paragraph);
      grid.tables().forEach(table -> page.table(tables.fastest(table)));
    }
    for (Table table : withCharts ? grid.tables() : List.<Table>of()) {
      List<Chart> drawn = charts.of(table);
      if (!drawn.isEmpty()) {
        page.heading("Charts, " + table.title());
        drawn.forEach(page::chart);
      }
    }
    regret(page);
    if (!grid.tables().isEmpty()) {
      page.heading("All cells");
      page.table(tables.cells(grid));
    }
    RunTables.others(run)
        .ifPresent(
            others -> {
              page.heading("Other suites");
              page.table(others);
            });
    page.heading("The machine");
    page.facts(EnvironmentFacts.of(environment));
    return page;
  }

  private String subtitle() {
    Environment environment = run.environment();
    JvmFacts jvm = environment.jvm();
    return String.format(
        Locale.ROOT,
        "%s, JDK %s, %d double or %d float lanes, %s%s",
        environment.hardware().model(),
        jvm.version(),
        jvm.doubleSpecies().lanes(),
        jvm.floatSpecies().lanes(),
        environment.dateInWords(),
        (environment.distinction().isEmpty() ? "" : ", with " + environment.distinction())
            + (run.isPartial() ? ", broken off" : ""));
  }

  /** What to doubt, below the answer. */
  private void warnings(Page page) {
    List<String> warnings = Warnings.of(run, grid);
    if (!warnings.isEmpty()) {
      page.heading("What to doubt (" + warnings.size() + ")");
      warnings.forEach(page::warning);
    }
  }

  /** How good the library's own choice is, where that was measured with the run. */
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
              tables.kernel(shape.chosen()),
              tables.kernel(shape.best()),
              Page.Value.of(String.format(Locale.ROOT, "%.3f", shape.regret()), shape.regret())));
    }
    page.table(
        new Page.Table(
            "Chosen kernel's time over the fastest kernel's, " + regret.date(),
            List.of("precision", "p", "k", "n", "chosen", "fastest", "regret"),
            rows));
  }
}

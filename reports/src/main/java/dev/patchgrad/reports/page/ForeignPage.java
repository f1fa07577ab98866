package dev.patchgrad.reports.page;

import dev.patchgrad.reports.grid.BenchmarkTable;
import dev.patchgrad.reports.grid.Grid;
import dev.patchgrad.reports.grid.Warnings;
import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.statistics.Forks;
import dev.patchgrad.reports.statistics.Interval;
import dev.patchgrad.reports.summary.NumberText;
import dev.patchgrad.reports.summary.RunWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The page of results that another program kept: each benchmark as it is named. */
final class ForeignPage {
  private ForeignPage() {}

  static Page of(Run run, boolean withCharts) {
    List<BenchmarkTable> tables = BenchmarkTable.of(run);
    Page page =
        new Page("Results of JMH: " + run.resultsFile().getFileName(), RunWords.ofForeign(run));
    page.heading("What was measured");
    page.paragraph(
        "Medians over forks. [low, high] is the 95 % interval, over forks; spread is how far the"
            + " forks differ.");
    tables.forEach(table -> page.table(table(table)));
    List<String> warnings = Warnings.of(run, Grid.of(run));
    if (!warnings.isEmpty()) {
      page.heading("What to doubt (" + warnings.size() + ")");
      warnings.forEach(page::warning);
    }
    List<Chart> charts = withCharts ? new ForeignCharts().of(tables) : List.of();
    if (!charts.isEmpty()) {
      page.heading("Charts");
      charts.forEach(page::chart);
    }
    page.heading("The machine");
    page.paragraph(
        "Unknown: the results came without a record of the machine, the JVM's flags, and of what"
            + " else ran.");
    page.facts(EnvironmentFacts.of(run.environment()));
    return page;
  }

  private static Page.Table table(BenchmarkTable table) {
    List<String> heads = new ArrayList<>(List.of("benchmark"));
    heads.addAll(table.params());
    heads.addAll(List.of(table.unit(), "low", "high", "forks", "spread", ""));
    List<List<Page.Value>> rows = new ArrayList<>();
    for (BenchmarkTable.Row row : table.rows()) {
      List<Page.Value> line = new ArrayList<>();
      line.add(Page.Value.of(row.method()));
      for (String name : table.params()) {
        String value = row.result().params().getOrDefault(name, "-");
        line.add(Page.Value.of(value, ForeignCharts.number(value).orElse(Double.NaN)));
      }
      line.addAll(row.values().map(ForeignPage::values).orElseGet(ForeignPage::none));
      line.add(
          Page.Value.of(
              row.values().isEmpty()
                  ? "no value above 0"
                  : row.notWarm().or(row::unsteady).orElse("")));
      rows.add(line);
    }
    return new Page.Table(table.title(), heads, rows);
  }

  private static List<Page.Value> values(Forks forks) {
    Optional<Interval> interval = forks.interval();
    return List.of(
        number(forks.median()),
        interval.map(ends -> number(ends.low())).orElse(Page.Value.of("-")),
        interval.map(ends -> number(ends.high())).orElse(Page.Value.of("-")),
        Page.Value.of(Integer.toString(forks.count()), forks.count()),
        Page.Value.of(String.format(Locale.ROOT, "%.1f %%", 100 * forks.spread()), forks.spread()));
  }

  private static List<Page.Value> none() {
    Page.Value dash = Page.Value.of("-");
    return List.of(dash, dash, dash, dash, dash);
  }

  private static Page.Value number(double value) {
    return Page.Value.of(NumberText.significant(value), value);
  }
}

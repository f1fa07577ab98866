package dev.patchgrad.reports.summary;

import dev.patchgrad.reports.grid.BenchmarkTable;
import dev.patchgrad.reports.grid.Grid;
import dev.patchgrad.reports.grid.Warnings;
import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.statistics.Forks;
import dev.patchgrad.reports.statistics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the console shows of results that another program kept: each benchmark as it is named. */
final class ForeignSummary {
  private ForeignSummary() {}

  static String console(Run run, Look look) {
    StringBuilder out = new StringBuilder("\n");
    out.append(look.wrap(RunWords.ofForeign(run)));
    boolean hasIntervals = false;
    for (BenchmarkTable table : BenchmarkTable.of(run)) {
      out.append('\n').append(look.wrap(table.title()));
      List<String> heads = new ArrayList<>(List.of("benchmark"));
      heads.addAll(table.params());
      heads.addAll(List.of(table.unit(), "[low, high]", "forks", "spread"));
      TextTable text = new TextTable(heads, 1 + table.params().size());
      for (BenchmarkTable.Row row : table.rows()) {
        List<String> cells = new ArrayList<>(List.of(row.method()));
        table.params().forEach(name -> cells.add(row.result().params().getOrDefault(name, "-")));
        if (row.values().isEmpty()) {
          text.note(cells, "!no value above 0");
          continue;
        }
        Forks forks = row.values().get();
        hasIntervals |= forks.count() > 1;
        cells.add(NumberText.significant(forks.median()));
        cells.add(ends(forks.interval()));
        cells.add(Integer.toString(forks.count()));
        cells.add(String.format(Locale.ROOT, "%.1f %%", 100 * forks.spread()));
        text.row(cells);
      }
      out.append(text.text(look));
    }
    out.append(
        look.wrap(
            "medians over forks"
                + (hasIntervals ? "; [low, high]: 95 % interval over forks" : "")
                + "; spread: how far the forks differ"));
    List<String> warnings = Warnings.of(run, Grid.of(run));
    out.append(warnings.isEmpty() ? "" : "\n");
    warnings.forEach(warning -> out.append(look.wrap("! " + warning)));
    out.append("\nRead from ").append(run.resultsFile()).append('\n');
    return out.toString();
  }

  private static String ends(Optional<Interval> interval) {
    return interval
        .map(
            ends ->
                "["
                    + NumberText.significant(ends.low())
                    + ", "
                    + NumberText.significant(ends.high())
                    + "]")
        .orElse("-");
  }
}

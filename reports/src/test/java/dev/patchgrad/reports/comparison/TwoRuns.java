package dev.patchgrad.reports.comparison;

import dev.patchgrad.reports.grid.Cell;
import dev.patchgrad.reports.grid.Grid;
import dev.patchgrad.reports.grid.Row;
import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.statistics.Forks;
import dev.patchgrad.reports.statistics.Interval;
import dev.patchgrad.reports.statistics.Ratio;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.commons.statistics.descriptive.Median;

/**
 * Tells what default runs are worth on this machine: how much each decides, and how far two agree
 * between which nothing was changed.
 *
 * <p>Started by {@code reports/src/test/scripts/two-runs}.
 */
final class TwoRuns {
  private static final double THRESHOLD = .05;

  private static final int PAIRS = 1000;

  private TwoRuns() {}

  /**
   * Tells of runs.
   *
   * @param words folders of two runs, and of one of an earlier version, if there is one
   */
  public static void main(String[] words) {
    if (words.length < 2 || words.length > 3) {
      throw new IllegalArgumentException("expected FIRST SECOND [BEFORE]");
    }
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    List<Run> runs = new ArrayList<>();
    for (String word : words) {
      runs.add(Run.read(Path.of(word)));
    }
    for (int i = 0; i < runs.size(); i++) {
      ofOne(List.of("first", "second", "before").get(i), runs.get(i), out);
    }
    Comparison comparison =
        Comparison.of(
            new Comparison.Named("first", runs.get(0)),
            new Comparison.Named("second", runs.get(1)),
            false);
    out.println("second against first: " + ComparisonText.counts(comparison, THRESHOLD));
    out.print(SlowdownGate.of(List.of(comparison), THRESHOLD).text());
    out.printf(
        Locale.ROOT,
        "with their forks shared out anew the gate fails in: %.1f %% of %d%n",
        100 * failingGates(comparison, THRESHOLD, PAIRS, 1),
        PAIRS);
  }

  private static void ofOne(String name, Run run, PrintStream out) {
    List<Row> rows = Grid.of(run).tables().stream().flatMap(t -> t.rows().stream()).toList();
    double[] widths =
        rows.stream()
            .flatMap(row -> row.margin().stream())
            .filter(ratio -> ratio.interval().isPresent())
            .mapToDouble(TwoRuns::width)
            .toArray();
    List<Forks> cells =
        rows.stream().flatMap(row -> row.cells().stream()).map(Cell::operations).toList();
    out.printf(
        Locale.ROOT,
        "%s: %d of %d rows decided, %d equal; interval over the next %.3f wide (median);"
            + " %d forks of %d cells, %d noisy%n",
        name,
        rows.stream().filter(Row::isDecided).count(),
        rows.size(),
        rows.stream().filter(Row::isTie).count(),
        Median.withDefaults().evaluate(widths),
        cells.stream().mapToInt(Forks::count).sum(),
        cells.size(),
        cells.stream().filter(Forks::isNoisy).count());
  }

  private static double width(Ratio ratio) {
    Interval interval = ratio.interval().orElseThrow();
    return (interval.high() - interval.low()) / ratio.value();
  }

  /**
   * The share of pairs of runs in which the gate fails, though nothing differs: the forks of both
   * recorded runs, shuffled, and shared out anew. None is taken twice, since two forks of one value
   * would look like forks without noise.
   */
  static double failingGates(Comparison recorded, double threshold, int pairs, long seed) {
    Random random = new Random(seed);
    int failing = 0;
    for (int pair = 0; pair < pairs; pair++) {
      List<ComparedCell> cells = new ArrayList<>();
      for (ComparedCell cell : recorded.cells()) {
        List<Double> both = new ArrayList<>(cell.first().values());
        both.addAll(cell.other().values());
        Collections.shuffle(both, random);
        int border = cell.first().count();
        cells.add(
            new ComparedCell(
                cell.subject(),
                cell.unit(),
                new Forks(both.subList(0, border)).after(cell.first().looks()),
                new Forks(both.subList(border, both.size())).after(cell.other().looks()),
                cell.n(),
                cell.notWarm()));
      }
      Comparison drawn =
          CellsAlone.of(recorded.first(), recorded.other(), Comparison.besideEachOther(cells));
      failing += SlowdownGate.of(List.of(drawn), threshold).passes() ? 0 : 1;
    }
    return (double) failing / pairs;
  }
}

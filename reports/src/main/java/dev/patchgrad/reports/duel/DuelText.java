package dev.patchgrad.reports.duel;

import dev.patchgrad.reports.statistics.Forks;
import dev.patchgrad.reports.statistics.Interval;
import dev.patchgrad.reports.statistics.Verdict;
import dev.patchgrad.reports.summary.Look;
import dev.patchgrad.reports.summary.MarkdownTable;
import dev.patchgrad.reports.summary.NumberText;
import dev.patchgrad.reports.summary.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A duel as text for a person: columns for the console, a table for pasting. */
public final class DuelText {
  private static final List<String> HEADS =
      List.of("benchmark", "A", "B", "B over A", "verdict", "forks", "would see");

  private DuelText() {}

  /**
   * For the console.
   *
   * @param result of the duel
   * @param look of the place
   * @return lines
   */
  public static String console(DuelResult result, Look look) {
    TextTable table = new TextTable(HEADS, 1);
    rows(result).forEach(table::row);
    StringBuilder out = new StringBuilder(table.text(look));
    out.append('\n');
    notes(result).forEach(note -> out.append(look.wrap(note)));
    return out.toString();
  }

  /**
   * For pasting into an issue or a document.
   *
   * @param result of the duel
   * @return Markdown
   */
  public static String markdown(DuelResult result) {
    StringBuilder out = new StringBuilder();
    out.append(MarkdownTable.of(HEADS, column -> column == 5 || column == 6, rows(result)));
    out.append('\n');
    notes(result).forEach(note -> out.append("- ").append(note).append('\n'));
    return out.toString();
  }

  /**
   * One row in short, while the duel goes on.
   *
   * @param row with at least one pair
   * @param verdict that stands; empty while the row is open
   * @return a line
   */
  static String progress(DuelRow row, Optional<Verdict> verdict) {
    return label(row)
        + ": "
        + ratio(row)
        + " after "
        + row.forks()
        + (row.forks() == 1 ? " pair of forks" : " pairs of forks")
        + verdict.map(found -> ", decided: " + found.word()).orElse("");
  }

  private static List<List<String>> rows(DuelResult result) {
    List<Verdict> verdicts = result.verdicts();
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < result.rows().size(); i++) {
      DuelRow row = result.rows().get(i);
      rows.add(
          List.of(
              label(row),
              score(row.a(), row),
              score(row.b(), row),
              ratio(row),
              verdicts.get(i).word(),
              Integer.toString(row.forks()),
              row.smallestSeen(DuelResult.ALPHA).map(DuelText::percent).orElse("-")));
    }
    return rows;
  }

  /**
   * What a row is.
   *
   * @param row of a duel
   * @return benchmark and parameters, with the mode where it is not the throughput
   */
  public static String label(DuelRow row) {
    return row.cell().label()
        + (row.mode().equals("thrpt") ? "" : " (" + row.mode() + ")")
        + (row.floor() ? " (A against itself)" : "");
  }

  /**
   * A side's score.
   *
   * @param forks of the side
   * @param row they belong to
   * @return their median with its unit
   */
  public static String score(List<Double> forks, DuelRow row) {
    double median = new Forks(forks).median();
    boolean small = median < .0995;
    return (small ? String.format(Locale.ROOT, "%.2e", median) : NumberText.three(median))
        + " "
        + row.unit();
  }

  /**
   * A row's ratio, in four significant digits: a duel tells differences of a percent.
   *
   * @param row of a duel
   * @return B over A, with its interval where there is one
   */
  public static String ratio(DuelRow row) {
    Optional<Interval> interval = row.interval(DuelResult.ALPHA);
    return String.format(Locale.ROOT, "%.3fx", row.ratio())
        + interval
            .map(ends -> String.format(Locale.ROOT, " [%.3f, %.3f]", ends.low(), ends.high()))
            .orElse("");
  }

  /**
   * A share in percent.
   *
   * @param share such as 0.01
   * @return such as {@code 1 %}
   */
  public static String percent(double share) {
    return NumberText.three(100 * share) + " %";
  }

  private static List<String> notes(DuelResult result) {
    List<String> notes = new ArrayList<>();
    result
        .geometricMean()
        .ifPresent(
            mean ->
                notes.add(String.format(Locale.ROOT, "geometric mean of B over A: %.3fx", mean)));
    notes.add(
        "B over A: how many times faster B is, and its 95 % interval, which holds however often one"
            + " looks");
    notes.add(
        "same: the whole interval is within "
            + percent(result.within())
            + " of 1; ~: not decided by these forks; would see: the smallest difference that so"
            + " many forks show");
    named("only in A", result.onlyInA(), notes);
    named("only in B", result.onlyInB(), notes);
    result.doubts().forEach((label, reason) -> notes.add("! " + label + ": " + reason));
    result
        .failures()
        .forEach((label, reason) -> notes.add("! " + label + " broke down: " + reason));
    return notes;
  }

  private static void named(String what, List<BenchmarkCell> cells, List<String> notes) {
    if (!cells.isEmpty()) {
      Set<String> labels = new TreeSet<>();
      cells.forEach(cell -> labels.add(cell.label()));
      notes.add("! " + what + ": " + String.join(", ", labels));
    }
  }
}

package dev.patchgrad.reports.duel;

import dev.patchgrad.reports.statistics.Verdict;
import dev.patchgrad.reports.summary.Look;
import dev.patchgrad.reports.summary.MarkdownTable;
import dev.patchgrad.reports.summary.TextTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A sweep over JVMs as text: which of them is slower for which kernel, by how much and how sure,
 * then each row.
 */
public final class SweepText {
  /** What the columns of {@link #rows} are. */
  public static final List<String> HEADS =
      List.of(
          "JVM",
          "kernel",
          "rows",
          "over the baseline",
          "slower",
          "faster",
          "same",
          "~",
          "slowest row");

  /** The parameter that names what is measured, in this project's suites. */
  private static final String KERNEL = "kernel";

  private SweepText() {}

  private record Group(String jvm, String kernel) {}

  /**
   * A row for each JVM and kernel: the geometric mean over its benchmarks, the counts of verdicts,
   * and the slowest benchmark with its interval.
   *
   * @param result of the sitting
   * @return cells in the order of {@link #HEADS}
   */
  public static List<List<String>> rows(DuelResult result) {
    List<Verdict> verdicts = result.verdicts();
    Map<Group, List<Integer>> groups = new LinkedHashMap<>();
    for (int i = 0; i < result.rows().size(); i++) {
      DuelRow row = result.rows().get(i);
      if (!row.floor()) {
        Map<String, String> params = row.cell().params();
        Group group =
            new Group(params.getOrDefault(Bout.JVM, "-"), params.getOrDefault(KERNEL, "-"));
        groups.computeIfAbsent(group, any -> new ArrayList<>()).add(i);
      }
    }
    List<List<String>> lines = new ArrayList<>();
    groups.forEach((group, indices) -> lines.add(line(group, indices, result, verdicts)));
    return lines;
  }

  private static List<String> line(
      Group group, List<Integer> indices, DuelResult result, List<Verdict> verdicts) {
    List<DuelRow> rows = indices.stream().map(result.rows()::get).toList();
    double logarithms = rows.stream().mapToDouble(row -> Math.log(row.ratio())).average().orElse(0);
    DuelRow slowest = rows.stream().min(Comparator.comparingDouble(DuelRow::ratio)).orElseThrow();
    List<String> line = new ArrayList<>();
    line.add(group.jvm());
    line.add(group.kernel());
    line.add(Integer.toString(rows.size()));
    line.add(String.format(Locale.ROOT, "%.3fx", Math.exp(logarithms)));
    for (Verdict verdict :
        List.of(Verdict.SLOWER, Verdict.FASTER, Verdict.SAME, Verdict.UNDECIDED)) {
      line.add(Long.toString(indices.stream().filter(i -> verdicts.get(i) == verdict).count()));
    }
    line.add(DuelText.ratio(slowest) + " at " + shape(slowest));
    return line;
  }

  /** A row without what its line says already. */
  private static String shape(DuelRow row) {
    return row.cell().without(List.of(Bout.JVM, KERNEL)).label();
  }

  /**
   * For the console.
   *
   * @param result of the sitting
   * @param look of the place
   * @return lines
   */
  public static String console(DuelResult result, Look look) {
    TextTable table = new TextTable(HEADS, 2);
    rows(result).forEach(table::row);
    return table.text(look) + "\n" + DuelText.console(result, look);
  }

  /**
   * For pasting into an issue or a document.
   *
   * @param result of the sitting
   * @return Markdown
   */
  public static String markdown(DuelResult result) {
    return MarkdownTable.of(HEADS, column -> column >= 2 && column <= 7, rows(result))
        + "\n"
        + DuelText.markdown(result);
  }

  /**
   * Everything, as of a duel; the other side is a line for each JVM.
   *
   * @param result of the sitting
   * @param baseline that each other JVM met
   * @param others by their names
   * @return JSON
   */
  public static String json(DuelResult result, Side baseline, Map<String, Side> others) {
    return DuelData.json(
        result,
        baseline.words(),
        others.entrySet().stream()
            .map(other -> other.getKey() + ": " + String.join(" ", other.getValue().words()))
            .toList());
  }
}

package dev.patchgrad.reports.comparison;

import dev.patchgrad.reports.environment.Environment;
import dev.patchgrad.reports.environment.JvmFacts;
import dev.patchgrad.reports.grid.SuiteNames;
import dev.patchgrad.reports.run.Result;
import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.statistics.Ratio;
import dev.patchgrad.reports.statistics.Verdict;
import dev.patchgrad.reports.summary.Look;
import dev.patchgrad.reports.summary.MarkdownTable;
import dev.patchgrad.reports.summary.MarkdownText;
import dev.patchgrad.reports.summary.NumberText;
import dev.patchgrad.reports.summary.RunWords;
import dev.patchgrad.reports.summary.TextTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A comparison as text for a person: columns for the console, tables for pasting. */
public final class ComparisonText {
  private static final List<String> CELL_COLUMNS =
      Stream.concat(Subject.COLUMNS.stream(), Stream.of("n", "first", "other", "ratio", ""))
          .toList();

  private static final List<String> MEAN_COLUMNS = List.of("geometric mean", "cells", "ratio", "");

  private static final List<String> LIMIT_COLUMNS = List.of("limit", "first", "other", "ratio");

  /** More names of kernels and suites than this are counted. */
  private static final int NAMED = 4;

  private static final Predicate<ComparedCell> IS_GRADIENT =
      cell -> cell.subject().benchmark().equals(SuiteNames.GRADIENT);

  private final Comparison comparison;
  private final double threshold;
  private final boolean changed;

  private ComparisonText(Comparison comparison, double threshold, boolean changed) {
    this.comparison = comparison;
    this.threshold = threshold;
    this.changed = changed;
  }

  /**
   * For a console of which nothing is known.
   *
   * @param comparison to show
   * @param threshold of practical equality, 0.05 for five percent
   * @return lines
   */
  public static String console(Comparison comparison, double threshold) {
    return console(comparison, threshold, false, Look.plain());
  }

  /**
   * For the console: what became faster on average, then each cell.
   *
   * @param comparison to show
   * @param threshold of practical equality, 0.05 for five percent
   * @param changed whether only the cells are listed that became faster or slower; means and counts
   *     are of all
   * @param look the width of a line, and its colours
   * @return lines
   */
  public static String console(
      Comparison comparison, double threshold, boolean changed, Look look) {
    ComparisonText text = new ComparisonText(comparison, threshold, changed);
    StringBuilder out = new StringBuilder();
    text.head().forEach(line -> out.append(look.wrap(line)));
    table(MEAN_COLUMNS, 1, text.means(), look, out);
    if (!comparison.cells().isEmpty()) {
      out.append(counts(comparison, threshold)).append('\n').append(look.wrap(text.legend()));
    }
    cells(text.heads(), text.cells(IS_GRADIENT), look, out);
    cells(text.heads(), text.cells(IS_GRADIENT.negate()), look, out);
    if (!comparison.cells().isEmpty()) {
      out.append(look.wrap("values: samples/s unless they say another unit, medians over forks"));
    }
    if (!comparison.limits().isEmpty()) {
      out.append("\nWhat the machines allow\n");
      TextTable limits = new TextTable(LIMIT_COLUMNS, 1);
      text.limits().forEach(limits::row);
      out.append(limits.text(look));
      out.append(look.wrap("the fastest fork of each loop; in no mean, no count and no gate"));
    }
    return out.toString();
  }

  /**
   * For pasting into an issue or a document.
   *
   * @param comparison to show
   * @param threshold of practical equality, 0.05 for five percent
   * @param changed whether only the cells are listed that became faster or slower; means and counts
   *     are of all
   * @return Markdown
   */
  public static String markdown(Comparison comparison, double threshold, boolean changed) {
    ComparisonText text = new ComparisonText(comparison, threshold, changed);
    StringBuilder out = new StringBuilder();
    out.append("## ")
        .append(MarkdownText.of(comparison.other().name()))
        .append(" against ")
        .append(MarkdownText.of(comparison.first().name()))
        .append("\n\n");
    text.head().forEach(line -> out.append("- ").append(MarkdownText.of(line)).append('\n'));
    pipes(MEAN_COLUMNS, text.means(), out);
    pipes(text.heads(), text.cells(IS_GRADIENT), out);
    pipes(text.heads(), text.cells(IS_GRADIENT.negate()), out);
    pipes(LIMIT_COLUMNS, text.limits(), out);
    out.append("\n- ").append(counts(comparison, threshold));
    out.append("\n- ").append(text.legend()).append('\n');
    return out.toString();
  }

  private List<String> head() {
    List<String> lines = new ArrayList<>();
    run("first", comparison.first(), lines);
    run("other", comparison.other(), lines);
    flags(lines);
    List<String> unchecked = comparison.unchecked();
    if (!unchecked.isEmpty()) {
      lines.add(
          "! not checked, since a run is known by JMH's file alone: "
              + String.join(", ", unchecked));
    }
    for (Difference difference : comparison.ignored()) {
      lines.add("! ignored, not measured alike: " + difference.text());
    }
    missing("only in first", comparison.onlyInFirst(), lines);
    missing("only in other", comparison.onlyInOther(), lines);
    missing("without the work of an operation", comparison.noQuantity(), lines);
    Map<String, Long> notWarm =
        comparison.cells().stream()
            .flatMap(cell -> cell.notWarm().stream())
            .collect(
                Collectors.groupingBy(reason -> reason, LinkedHashMap::new, Collectors.counting()));
    if (!notWarm.isEmpty()) {
      long all = comparison.cells().size();
      lines.add(
          "! not warmed up: no verdict for "
              + (all - comparison.warm().size())
              + " of "
              + all
              + " cells, such as "
              + notWarm.keySet().iterator().next());
    }
    return lines;
  }

  /** What the JVMs did otherwise: by an argument, by the release's default or by the machine. */
  private void flags(List<String> lines) {
    Environment first = comparison.first().run().environment();
    Environment other = comparison.other().run().environment();
    if (first.isKnown() && other.isKnown()) {
      List<String> differences = first.jvm().differences(other.jvm());
      if (!differences.isEmpty()) {
        lines.add("JVM flags that differ, first: " + String.join("; ", differences));
      }
    }
  }

  private static void run(String role, Comparison.Named named, List<String> lines) {
    Environment environment = named.run().environment();
    if (!environment.isKnown()) {
      lines.add(role + ": " + named.name() + ": " + RunWords.ofForeign(named.run()));
      brief(role, named.run(), lines);
      return;
    }
    JvmFacts jvm = environment.jvm();
    lines.add(
        String.format(
            Locale.ROOT,
            "%s: %s: %s, JDK %s, double %d lanes, float %d lanes, commit %s, %s",
            role,
            named.name(),
            environment.machine(),
            jvm.version(),
            jvm.doubleSpecies().lanes(),
            jvm.floatSpecies().lanes(),
            environment.source().inShort(),
            environment.date()));
    String distinction = environment.distinction();
    if (!distinction.isEmpty()) {
      lines.add(role + " is with " + distinction);
    }
    brief(role, named.run(), lines);
  }

  private static void brief(String role, Run run, List<String> lines) {
    List<String> warnings = RunWords.brief(run);
    if (!warnings.isEmpty()) {
      lines.add("! " + role + ": " + String.join("; ", warnings));
    }
  }

  /** What one run has alone is counted: it may be a whole suite. */
  private static void missing(String place, List<Subject> subjects, List<String> lines) {
    if (subjects.isEmpty()) {
      return;
    }
    List<String> names = subjects.stream().map(Subject::kernel).distinct().toList();
    lines.add(
        place
            + ", not compared: "
            + subjects.size()
            + (subjects.size() == 1 ? " cell of " : " cells of ")
            + String.join(", ", names.subList(0, Math.min(NAMED, names.size())))
            + (names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : ""));
  }

  private List<List<String>> cells(Predicate<ComparedCell> isWanted) {
    List<List<String>> rows = new ArrayList<>();
    for (ComparedCell cell : comparison.cells()) {
      String word = cell.word(threshold);
      if (!isWanted.test(cell) || (changed && !cell.isChange(threshold))) {
        continue;
      }
      List<String> row = new ArrayList<>(cell.subject().columns());
      row.add(cell.n());
      row.add(value(cell.first().median(), cell.unit()));
      row.add(value(cell.other().median(), cell.unit()));
      row.add(NumberText.ratio(Optional.of(cell.ratio())));
      row.add(word);
      rows.add(row);
    }
    return rows;
  }

  /** What another project measured has no kernels. */
  private List<String> heads() {
    List<String> heads = new ArrayList<>(CELL_COLUMNS);
    if (comparison.cells().stream().noneMatch(cell -> Result.isOwn(cell.subject().benchmark()))) {
      heads.replaceAll(
          head ->
              head.equals("kernel") ? "benchmark" : head.equals("others") ? "parameters" : head);
    }
    return heads;
  }

  /** Cells in columns. What is the same in all of them stands once, above the table. */
  private static void cells(
      List<String> columns, List<List<String>> rows, Look look, StringBuilder out) {
    List<String> heads = new ArrayList<>(columns);
    List<List<String>> kept =
        rows.stream().map(row -> (List<String>) new ArrayList<>(row)).toList();
    List<String> common = new ArrayList<>();
    int keys = Subject.COLUMNS.size();
    for (int column = keys - 1; column > 0 && rows.size() > 1; column--) {
      int at = column;
      String value = rows.get(0).get(at);
      if (!value.isEmpty() && rows.stream().allMatch(row -> row.get(at).equals(value))) {
        common.add(0, at == Subject.COLUMNS.size() - 1 ? value : heads.get(at) + " " + value);
        heads.remove(at);
        kept.forEach(row -> row.remove(at));
        keys--;
      }
    }
    if (!common.isEmpty()) {
      out.append("\nCells with ").append(String.join(", ", common));
    }
    table(heads, keys, kept, look, out);
  }

  private static String value(double value, String unit) {
    return unit.equals("samples/s") ? NumberText.si(value) : NumberText.inUnit(value, unit);
  }

  private List<List<String>> means() {
    List<List<String>> rows = new ArrayList<>();
    for (KernelMean mean : comparison.kernels()) {
      Ratio ratio = mean.ratio();
      rows.add(
          List.of(
              mean.kernel(),
              Integer.toString(mean.cells().size()),
              NumberText.ratio(Optional.of(ratio)),
              ratio.verdict(threshold).word()));
    }
    return rows;
  }

  private List<List<String>> limits() {
    List<List<String>> rows = new ArrayList<>();
    for (ComparedLimit limit : comparison.limits()) {
      List<String> row = new ArrayList<>(List.of(limit.subject().text()));
      row.add(NumberText.three(limit.first() / 1e9) + " G" + limit.unit());
      row.add(NumberText.three(limit.other() / 1e9) + " G" + limit.unit());
      row.add(NumberText.three(limit.ratio()) + "x");
      rows.add(row);
    }
    return rows;
  }

  /** How many cells have each verdict, in words. */
  static String counts(Comparison comparison, double threshold) {
    Map<String, Long> counts =
        comparison.cells().stream()
            .collect(Collectors.groupingBy(cell -> cell.word(threshold), Collectors.counting()));
    Stream<String> words =
        Stream.concat(
            Stream.of(Verdict.values()).map(Verdict::word), Stream.of(ComparedCell.NOT_WARM));
    return words
            .filter(counts::containsKey)
            .map(word -> word + " " + counts.get(word))
            .collect(Collectors.joining(", "))
        + " of "
        + comparison.cells().size()
        + " cells";
  }

  /** What the tables' signs mean: those that are there. */
  private String legend() {
    List<String> parts = new ArrayList<>(List.of("ratio: other over first"));
    List<ComparedCell> cells = comparison.cells();
    if (cells.stream().anyMatch(cell -> cell.ratio().interval().isPresent())) {
      parts.add("[low, high]: 95 % interval over forks");
    }
    if (cells.stream().anyMatch(cell -> cell.word(threshold).equals(Verdict.SAME.word()))) {
      parts.add("same: within " + NumberText.three(100 * threshold) + " %, with 95 % confidence");
    }
    if (cells.stream().anyMatch(cell -> cell.word(threshold).equals(Verdict.UNDECIDED.word()))) {
      parts.add(
          "~: undecided with these forks; measure with more ("
              + (comparison.unchecked().isEmpty() ? "-Djmh.f=10" : "-f 10")
              + ")");
    }
    return String.join("; ", parts);
  }

  private static void table(
      List<String> heads, int keys, List<List<String>> rows, Look look, StringBuilder out) {
    if (rows.isEmpty()) {
      return;
    }
    TextTable table = new TextTable(heads, keys);
    rows.forEach(table::row);
    out.append('\n').append(table.text(look));
  }

  /** A table without the columns that are empty in every row; nothing where there is no row. */
  private static void pipes(List<String> heads, List<List<String>> rows, StringBuilder out) {
    if (rows.isEmpty()) {
      return;
    }
    List<Integer> shown = new ArrayList<>();
    for (int column = 0; column < heads.size(); column++) {
      int at = column;
      if (rows.stream().anyMatch(row -> !row.get(at).isEmpty())) {
        shown.add(at);
      }
    }
    out.append('\n')
        .append(
            MarkdownTable.of(
                shown.stream().map(heads::get).toList(),
                column -> false,
                rows.stream()
                    .map(row -> shown.stream().map(row::get).map(MarkdownText::of).toList())
                    .toList()));
  }
}

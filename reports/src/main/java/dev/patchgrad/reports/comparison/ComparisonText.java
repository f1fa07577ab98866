package dev.patchgrad.reports.comparison;

import dev.patchgrad.reports.environment.Environment;
import dev.patchgrad.reports.environment.JvmFacts;
import dev.patchgrad.reports.statistics.Ratio;
import dev.patchgrad.reports.statistics.Verdict;
import dev.patchgrad.reports.summary.MarkdownTable;
import dev.patchgrad.reports.summary.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A comparison as text for a person: columns for the console, tables for pasting. */
public final class ComparisonText {
  private static final List<String> CELL_COLUMNS =
      Stream.concat(Subject.COLUMNS.stream(), Stream.of("first", "other", "ratio", "")).toList();

  private static final List<String> MEAN_COLUMNS = List.of("geometric mean", "cells", "ratio", "");

  /** The space between two columns. */
  private static final String GAP = "  ";

  private ComparisonText() {}

  /**
   * For the console.
   *
   * @param comparison to show
   * @param threshold of practical equality, 0.05 for five percent
   * @return lines
   */
  public static String console(Comparison comparison, double threshold) {
    StringBuilder out = new StringBuilder();
    head(comparison, "", out);
    out.append('\n');
    columns(withoutEmpty(CELL_COLUMNS, cells(comparison, threshold)), out);
    out.append('\n');
    columns(withoutEmpty(MEAN_COLUMNS, means(comparison, threshold)), out);
    out.append('\n');
    foot(comparison, threshold, "", out);
    return out.toString();
  }

  /**
   * For pasting into an issue or a document.
   *
   * @param comparison to show
   * @param threshold of practical equality, 0.05 for five percent
   * @return Markdown
   */
  public static String markdown(Comparison comparison, double threshold) {
    StringBuilder out = new StringBuilder();
    out.append("## ")
        .append(comparison.other().name())
        .append(" against ")
        .append(comparison.first().name())
        .append("\n\n");
    head(comparison, "- ", out);
    out.append('\n');
    out.append(pipes(withoutEmpty(MEAN_COLUMNS, means(comparison, threshold))));
    out.append('\n');
    out.append(pipes(withoutEmpty(CELL_COLUMNS, cells(comparison, threshold))));
    out.append('\n');
    foot(comparison, threshold, "- ", out);
    return out.toString();
  }

  private static void head(Comparison comparison, String bullet, StringBuilder out) {
    run("first", comparison.first(), bullet, out);
    run("other", comparison.other(), bullet, out);
    for (Difference difference : comparison.ignored()) {
      out.append(bullet).append("! ignored, not measured alike: ").append(difference.text());
      out.append('\n');
    }
    missing(comparison.onlyInFirst(), "first", bullet, out);
    missing(comparison.onlyInOther(), "other", bullet, out);
  }

  private static void run(String role, Comparison.Named named, String bullet, StringBuilder out) {
    Environment environment = named.run().environment();
    JvmFacts jvm = environment.jvm();
    out.append(bullet)
        .append(
            String.format(
                Locale.ROOT,
                "%s: %s: %s, JDK %s, double %d lanes, float %d lanes,%n    commit %s, %s%n",
                role,
                named.name(),
                environment.machine(),
                jvm.version(),
                jvm.doubleSpecies().lanes(),
                jvm.floatSpecies().lanes(),
                environment.source().inShort(),
                environment.date()));
  }

  private static void missing(
      List<Subject> subjects, String role, String bullet, StringBuilder out) {
    for (Subject subject : subjects) {
      out.append(bullet).append("! only in ").append(role).append(": ").append(subject.text());
      out.append('\n');
    }
  }

  private static List<List<String>> cells(Comparison comparison, double threshold) {
    List<List<String>> rows = new ArrayList<>();
    for (ComparedCell cell : comparison.cells()) {
      List<String> row = new ArrayList<>(cell.subject().columns());
      row.add(value(cell.first().median(), cell.unit()));
      row.add(value(cell.other().median(), cell.unit()));
      row.add(NumberText.ratio(Optional.of(cell.ratio())));
      row.add(cell.ratio().verdict(threshold).word());
      rows.add(row);
    }
    return rows;
  }

  private static String value(double value, String unit) {
    return NumberText.si(value) + (unit.equals("samples/s") ? "" : " " + unit);
  }

  private static List<List<String>> means(Comparison comparison, double threshold) {
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

  private static void foot(
      Comparison comparison, double threshold, String bullet, StringBuilder out) {
    Map<Verdict, Long> counts =
        comparison.cells().stream()
            .collect(
                Collectors.groupingBy(
                    cell -> cell.ratio().verdict(threshold),
                    () -> new TreeMap<>(),
                    Collectors.counting()));
    out.append(bullet)
        .append(
            counts.entrySet().stream()
                .map(entry -> entry.getKey().word() + " " + entry.getValue())
                .collect(Collectors.joining(", ")))
        .append(" of ")
        .append(comparison.cells().size())
        .append(" cells\n")
        .append(bullet)
        .append(
            "values: samples/s, medians over forks; ratio: other over first, above 1 where the other"
                + " is faster\n")
        .append(bullet)
        .append(
            "[low, high]: the ratio's 95 % confidence interval, over forks; same: all of it within ")
        .append(NumberText.three(100 * threshold))
        .append(" %\n")
        .append(bullet)
        .append("~: undecided with these forks; measure with more (-Djmh.f=10)\n");
  }

  /** The heading and the rows, without the columns that are empty in every row. */
  private static List<List<String>> withoutEmpty(List<String> heading, List<List<String>> rows) {
    List<List<String>> kept = new ArrayList<>();
    kept.add(new ArrayList<>());
    rows.forEach(row -> kept.add(new ArrayList<>()));
    for (int column = 0; column < heading.size(); column++) {
      int index = column;
      if (rows.stream().allMatch(row -> row.get(index).isEmpty())) {
        continue;
      }
      kept.get(0).add(heading.get(column));
      for (int row = 0; row < rows.size(); row++) {
        kept.get(row + 1).add(rows.get(row).get(column));
      }
    }
    return kept;
  }

  private static void columns(List<List<String>> table, StringBuilder out) {
    int[] widths = new int[table.get(0).size()];
    for (List<String> row : table) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    for (List<String> row : table) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < widths.length; column++) {
        String pad = " ".repeat(widths[column] - row.get(column).length());
        String text = row.get(column);
        line.append(isNumber(text) ? pad + text : text + pad).append(GAP);
      }
      out.append(line.toString().stripTrailing()).append('\n');
    }
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && Character.isDigit(text.charAt(0)) && !text.contains("[");
  }

  private static String pipes(List<List<String>> table) {
    return MarkdownTable.of(table.get(0), column -> false, table.subList(1, table.size()));
  }
}

package dev.patchgrad.reports.summary;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table as Markdown writes it. */
public final class MarkdownTable {
  private MarkdownTable() {}

  /**
   * The table's lines.
   *
   * @param heads of the columns, at least one
   * @param isNumber whether a column, by its index from 0, holds numbers: they stand to the right
   * @param rows of cells, as many as heads, which may hold markup: what others wrote goes through
   *     {@link MarkdownText} first. A vertical bar or a line end in a cell ends no cell
   * @return lines, each ending in a line feed
   */
  public static String of(List<String> heads, IntPredicate isNumber, List<List<String>> rows) {
    StringBuilder out = new StringBuilder(line(heads));
    out.append(
        IntStream.range(0, heads.size())
            .mapToObj(column -> isNumber.test(column) ? "---:" : "---")
            .collect(Collectors.joining("|", "|", "|\n")));
    rows.forEach(row -> out.append(line(row)));
    return out.toString();
  }

  private static String line(List<String> cells) {
    return cells.stream()
        .map(cell -> cell.replace("|", "\\|").replaceAll("[\\r\\n]+", " "))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }
}

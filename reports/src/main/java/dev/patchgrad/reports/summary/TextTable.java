package dev.patchgrad.reports.summary;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A table in columns of text. Where it is wider than a line, it folds: the columns that do not fit
 * follow in further parts, each of which repeats the columns that name the row.
 */
public final class TextTable {
  private final List<String> heads;
  private final int keys;
  private final List<Line> lines = new ArrayList<>();

  /** Cells, and a note that stands in place of those that are missing. */
  private record Line(List<String> cells, String note) {}

  /**
   * A table without rows.
   *
   * @param heads of the columns
   * @param keys the number of columns that name a row, the first ones
   */
  public TextTable(List<String> heads, int keys) {
    this.heads = List.copyOf(heads);
    this.keys = keys;
  }

  /**
   * Adds a row.
   *
   * @param cells as many as there are columns
   */
  public void row(List<String> cells) {
    if (cells.size() != heads.size()) {
      throw new IllegalArgumentException(
          "cells: " + cells.size() + " given; expected " + heads.size());
    }
    lines.add(new Line(List.copyOf(cells), ""));
  }

  /**
   * Adds a row that has a note in place of its values.
   *
   * @param cells the first ones
   * @param note that follows them; it may be wider than a column
   */
  public void note(List<String> cells, String note) {
    lines.add(new Line(List.copyOf(cells), note));
  }

  /**
   * The table as text.
   *
   * @param look the width of a line, and its colours
   * @return lines, each ending in a line feed; empty if there is no row
   */
  public String text(Look look) {
    if (lines.isEmpty()) {
      return "";
    }
    Columns columns = new Columns();
    List<Integer> named = columns.shown(0, keys);
    List<Integer> values = columns.shown(keys, heads.size());
    List<String> parts = new ArrayList<>();
    int from = 0;
    do {
      List<Integer> part = new ArrayList<>(named);
      int width = named.stream().mapToInt(column -> columns.widths[column] + 1).sum() - 1;
      int to = from;
      while (to < values.size()
          && (to == from || width + 1 + columns.widths[values.get(to)] <= look.width())) {
        width += 1 + columns.widths[values.get(to)];
        part.add(values.get(to++));
      }
      parts.add(part(part, columns, from == 0, look));
      from = to;
    } while (from < values.size());
    return String.join("\n", parts);
  }

  /** What holds for all cells of a column. */
  private final class Columns {
    private final int[] widths = new int[heads.size()];
    private final boolean[] empty = new boolean[heads.size()];

    /** Numbers stand to the right; a ratio with its interval is text. */
    private final boolean[] numeric = new boolean[heads.size()];

    private Columns() {
      for (int column = 0; column < widths.length; column++) {
        int at = column;
        List<String> texts =
            lines.stream()
                .filter(line -> at < line.cells().size())
                .map(line -> line.cells().get(at))
                .toList();
        empty[at] = texts.stream().allMatch(String::isEmpty);
        numeric[at] = texts.stream().allMatch(text -> text.matches("-?|[0-9][^\\[]*"));
        widths[at] =
            Math.max(
                heads.get(at).length(), texts.stream().mapToInt(String::length).max().orElse(0));
      }
    }

    private List<Integer> shown(int from, int to) {
      return IntStream.range(from, to).filter(column -> !empty[column]).boxed().toList();
    }
  }

  private String part(List<Integer> shown, Columns columns, boolean isFirst, Look look) {
    StringBuilder out = new StringBuilder();
    out.append(line(shown, columns, new Line(heads, ""), Look.plain())).append('\n');
    for (Line line : lines) {
      if (isFirst || line.note().isEmpty()) {
        out.append(line(shown, columns, line, look)).append('\n');
      }
    }
    return out.toString();
  }

  private static String line(List<Integer> shown, Columns columns, Line line, Look look) {
    StringBuilder out = new StringBuilder();
    for (int column : shown) {
      if (column >= line.cells().size()) {
        break;
      }
      out.append(out.isEmpty() ? "" : " ");
      String text = line.cells().get(column);
      String pad = " ".repeat(columns.widths[column] - text.length());
      String painted = look.paint(text);
      out.append(columns.numeric[column] ? pad + painted : painted + pad);
    }
    if (!line.note().isEmpty()) {
      out.append(' ').append(look.paint(line.note()));
    }
    return out.toString().stripTrailing();
  }
}

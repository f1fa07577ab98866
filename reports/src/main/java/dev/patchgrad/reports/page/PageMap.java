package dev.patchgrad.reports.page;

import java.util.List;

/**
 * A map: a table whose order matters, and whose cells are filled by what they say.
 *
 * @param caption above it
 * @param names heads of the columns that name a row
 * @param columns heads of the columns of cells
 * @param rows from top to bottom, as many names and cells as there are heads
 */
public record PageMap(
    String caption, List<String> names, List<String> columns, List<PageMap.Row> rows) {

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if a row has another number of names or cells than heads
   */
  public PageMap {
    names = List.copyOf(names);
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    for (Row row : rows) {
      if (row.names().size() != names.size() || row.cells().size() != columns.size()) {
        throw new IllegalArgumentException(
            String.format(
                "row: %d names and %d cells given in map '%s'; expected %d and %d",
                row.names().size(), row.cells().size(), caption, names.size(), columns.size()));
      }
    }
  }

  /**
   * A row.
   *
   * @param names of the row
   * @param cells of the row
   */
  public record Row(List<String> names, List<Cell> cells) {
    /** Copies the lists. */
    public Row {
      names = List.copyOf(names);
      cells = List.copyOf(cells);
    }
  }

  /** How a cell is filled. */
  public enum Fill {
    /** Not at all. */
    NONE,
    /** In its colour: what it says is certain. */
    PLAIN,
    /** In stripes of its colour: what it says is not certain. */
    HATCHED
  }

  /**
   * A cell.
   *
   * @param text what it says, in short
   * @param details below it, a line each
   * @param fill how it is filled
   * @param colour index of its colour; -1 for none
   */
  public record Cell(String text, List<String> details, Fill fill, int colour) {
    /** Copies the list. */
    public Cell {
      details = List.copyOf(details);
    }

    /**
     * A cell without a colour.
     *
     * @param text what it says
     * @return the cell
     */
    public static Cell of(String text) {
      return new Cell(text, List.of(), Fill.NONE, -1);
    }
  }
}

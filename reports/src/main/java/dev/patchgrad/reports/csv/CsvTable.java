package dev.patchgrad.reports.csv;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A table as it is written to a CSV file: numbers with all their digits.
 *
 * @param columns their names, at least one
 * @param rows of values, as many as columns; an empty text where a value is not known
 */
public record CsvTable(List<String> columns, List<List<String>> rows) {
  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if there is no column, or a row has another number of values
   */
  public CsvTable {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("columns: none given; expected at least 1");
    }
    for (List<String> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            "row: "
                + row.size()
                + " values given, "
                + row
                + "; expected one for each of the columns "
                + columns);
      }
    }
  }

  /**
   * A table to be filled row by row.
   *
   * @param columns their names, at least one
   * @return a builder without rows
   */
  public static Builder withColumns(String... columns) {
    return new Builder(List.of(columns));
  }

  /** The rows of a table, one at a time. Not safe for use by several threads at once. */
  public static final class Builder {
    private final List<String> columns;
    private final List<List<String>> rows = new ArrayList<>();

    private Builder(List<String> columns) {
      this.columns = columns;
    }

    /**
     * Adds a row.
     *
     * @param values as many as columns; each is written as its {@link Object#toString} gives it
     * @return this
     */
    public Builder row(Object... values) {
      rows.add(Arrays.stream(values).map(Object::toString).toList());
      return this;
    }

    /**
     * The table.
     *
     * @return the rows so far
     * @throws IllegalArgumentException if there is no column, or a row has another number of values
     */
    public CsvTable build() {
      return new CsvTable(columns, rows);
    }
  }

  /** What makes a spreadsheet take a cell for a formula, and run it. */
  private static final String FORMULA = "=+-@\t\r";

  /** A number of either sign, which is none. */
  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d+)?([eE][+-]?\\d+)?");

  /**
   * The file's text, as RFC 4180 has it but for the line ends: a line feed after each line, and
   * quotes around a value only where it holds a comma, a quote or a line end. A text that a
   * spreadsheet would run as a formula has an apostrophe before it.
   *
   * @return lines, the first with the names of the columns
   */
  public String text() {
    StringWriter text = new StringWriter();
    try (CsvWriter writer = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
      writer.writeRecord(safe(columns));
      rows.forEach(row -> writer.writeRecord(safe(row)));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringWriter throws none
    }
    return text.toString();
  }

  private static List<String> safe(List<String> values) {
    return values.stream().map(CsvTable::safe).toList();
  }

  private static String safe(String value) {
    boolean formula =
        !value.isEmpty()
            && FORMULA.indexOf(value.charAt(0)) >= 0
            && !NUMBER.matcher(value).matches();
    return formula ? "'" + value : value;
  }
}

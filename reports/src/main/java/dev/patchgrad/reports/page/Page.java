package dev.patchgrad.reports.page;

import java.util.ArrayList;
import java.util.List;

/**
 * The content of a page, from top to bottom, in whatever form it is rendered.
 *
 * <p>A builder: each method adds a block and returns the page.
 */
public final class Page {
  /** A part of a page. */
  sealed interface Block {}

  record Heading(String text) implements Block {}

  record Paragraph(String text) implements Block {}

  record Warning(String text) implements Block {}

  record Facts(List<Fact> facts) implements Block {
    Facts {
      facts = List.copyOf(facts);
    }
  }

  record Drawing(Chart chart) implements Block {}

  record Listing(Table table) implements Block {}

  record Mapped(PageMap map) implements Block {}

  /**
   * A name and its value.
   *
   * @param name such as {@code seed}
   * @param value such as {@code 42}
   */
  public record Fact(String name, String value) {}

  /**
   * A table.
   *
   * @param caption above it
   * @param columns heads of the columns
   * @param rows of cells, as many as columns
   */
  public record Table(String caption, List<String> columns, List<List<Value>> rows) {
    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if a row has another number of cells than there are columns
     */
    public Table {
      columns = List.copyOf(columns);
      rows = rows.stream().map(List::copyOf).toList();
      for (List<Value> row : rows) {
        if (row.size() != columns.size()) {
          throw new IllegalArgumentException(
              "row: "
                  + row.size()
                  + " cells given in table '"
                  + caption
                  + "'; expected "
                  + columns.size());
        }
      }
    }
  }

  /**
   * A cell of a table.
   *
   * @param text as shown
   * @param number by which it is sorted; NaN for a text
   * @param colour index of the mark before it; -1 for none
   */
  public record Value(String text, double number, int colour) {
    /**
     * A text.
     *
     * @param text as shown
     * @return the cell
     */
    public static Value of(String text) {
      return new Value(text, Double.NaN, -1);
    }

    /**
     * A number.
     *
     * @param text as shown
     * @param number by which it is sorted
     * @return the cell
     */
    public static Value of(String text, double number) {
      return new Value(text, number, -1);
    }
  }

  private final String title;
  private final String subtitle;
  private final List<Fact> marks = new ArrayList<>();
  private final List<Block> blocks = new ArrayList<>();

  /**
   * An empty page.
   *
   * @param title of the page
   * @param subtitle below it
   */
  public Page(String title, String subtitle) {
    this.title = title;
    this.subtitle = subtitle;
  }

  /**
   * Adds a line to the page's header: what tells it from pages like it.
   *
   * @param name such as {@code label}
   * @param value on one line; nothing is added where it is empty
   * @return this
   */
  public Page mark(String name, String value) {
    if (!value.isEmpty()) {
      marks.add(new Fact(name, value));
    }
    return this;
  }

  /**
   * Adds a heading, which begins a section.
   *
   * @param text of the heading
   * @return this
   */
  public Page heading(String text) {
    return add(new Heading(text));
  }

  /**
   * Adds a paragraph.
   *
   * @param text plain text
   * @return this
   */
  public Page paragraph(String text) {
    return add(new Paragraph(text));
  }

  /**
   * Adds a warning.
   *
   * @param text what to doubt, and what to do about it
   * @return this
   */
  public Page warning(String text) {
    return add(new Warning(text));
  }

  /**
   * Adds settings or facts.
   *
   * @param facts in order
   * @return this
   */
  public Page facts(List<Fact> facts) {
    return add(new Facts(facts));
  }

  /**
   * Adds a chart.
   *
   * @param chart to show
   * @return this
   * @throws IllegalArgumentException if the page has a chart of that name
   */
  public Page chart(Chart chart) {
    if (charts().stream().anyMatch(other -> other.name().equals(chart.name()))) {
      throw new IllegalArgumentException(
          "chart: '" + chart.name() + "' is on the page already; expected another name");
    }
    return add(new Drawing(chart));
  }

  /**
   * Adds a table, which a reader can sort by each of its columns.
   *
   * @param table to show
   * @return this
   */
  public Page table(Table table) {
    return add(new Listing(table));
  }

  /**
   * Adds a map.
   *
   * @param map to show
   * @return this
   */
  public Page map(PageMap map) {
    return add(new Mapped(map));
  }

  /**
   * The charts, in order.
   *
   * @return a copy
   */
  public List<Chart> charts() {
    return blocks.stream()
        .filter(Drawing.class::isInstance)
        .map(block -> ((Drawing) block).chart())
        .toList();
  }

  private Page add(Block block) {
    blocks.add(block);
    return this;
  }

  String title() {
    return title;
  }

  String subtitle() {
    return subtitle;
  }

  List<Fact> marks() {
    return List.copyOf(marks);
  }

  List<Block> blocks() {
    return List.copyOf(blocks);
  }
}

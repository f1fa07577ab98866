package dev.patchgrad.bench.experiments;

import dev.patchgrad.reports.page.Chart;
import dev.patchgrad.reports.page.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableBody;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.BulletList;
import org.commonmark.node.Document;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.text.TextContentRenderer;

/**
 * Reads a page from Markdown and charts: a title, a line below it, then headings, paragraphs, lists
 * of facts, charts and tables.
 *
 * <p>A fact is an item {@code - name: value}. An image is a chart: its address is the name, and the
 * text below it in the same paragraph is the note. A heading of the third level is the caption of
 * the table that follows; a column that is aligned to the right holds numbers. Whatever else
 * Markdown has is refused, so that no character is taken for markup that was meant as text.
 */
final class PageReader {
  /** The number that a cell's text begins with. */
  private static final Pattern NUMBER = Pattern.compile("^-?\\d+(\\.\\d+)?(e[-+]?\\d+)?");

  private final String source;
  private final Map<String, PaperCharts.Plot> plots;

  /**
   * A reader.
   *
   * @param source that errors name
   * @param plots of all charts, by their names
   */
  PageReader(String source, Map<String, PaperCharts.Plot> plots) {
    this.source = source;
    this.plots = plots;
  }

  /**
   * Reads.
   *
   * @param markdown of the whole page
   * @return the page
   * @throws IllegalArgumentException if there is something else in it, or a chart is missing
   */
  Page read(String markdown) {
    Node document =
        Parser.builder().extensions(List.of(TablesExtension.create())).build().parse(markdown);
    List<Node> blocks = children(document);
    if (blocks.size() < 2
        || !(blocks.get(0) instanceof Heading title && title.getLevel() == 1)
        || !(blocks.get(1) instanceof Paragraph subtitle)) {
      throw new IllegalArgumentException(source + ": expected a title and a paragraph first");
    }
    Page page = new Page(text(title), text(subtitle));
    Optional<String> caption = Optional.empty();
    for (Node block : blocks.subList(2, blocks.size())) {
      if (caption.isPresent() && !(block instanceof TableBlock)) {
        throw refused(block, "expected a table below its caption '" + caption.get() + "'");
      }
      if (block instanceof Heading heading && heading.getLevel() == 3) {
        caption = Optional.of(text(heading));
      } else if (block instanceof TableBlock table) {
        page.table(table(caption.orElse(""), table));
        caption = Optional.empty();
      } else {
        add(block, page);
      }
    }
    Set<String> drawn = page.charts().stream().map(Chart::name).collect(Collectors.toSet());
    if (!drawn.equals(plots.keySet())) {
      throw new IllegalArgumentException(
          source + ": charts " + drawn + " given; expected all of " + plots.keySet());
    }
    return page;
  }

  private void add(Node block, Page page) {
    switch (block) {
      case Heading heading -> page.heading(section(heading));
      case BulletList list -> page.facts(children(list).stream().map(this::fact).toList());
      case Paragraph paragraph -> {
        if (paragraph.getFirstChild() instanceof Image image) {
          page.chart(chart(image));
        } else {
          page.paragraph(text(paragraph));
        }
      }
      default -> throw refused(block, "expected a heading, a paragraph, a list or a table");
    }
  }

  private String section(Heading heading) {
    if (heading.getLevel() != 2) {
      throw refused(heading, "expected a section's heading, of level 2");
    }
    return text(heading);
  }

  private Page.Fact fact(Node item) {
    List<Node> parts = children(item);
    String text = parts.size() == 1 && parts.get(0) instanceof Paragraph line ? text(line) : "";
    int colon = text.indexOf(": ");
    if (colon < 0) {
      throw refused(item, "expected a name, a colon and a value");
    }
    return new Page.Fact(text.substring(0, colon), text.substring(colon + 2));
  }

  private Chart chart(Image image) {
    String name = image.getDestination();
    PaperCharts.Plot plot = plots.get(name);
    if (plot == null) {
      throw refused(image, "expected a chart of " + plots.keySet() + ", not '" + name + "'");
    }
    StringBuilder note = new StringBuilder();
    for (Node node = image.getNext(); node != null; node = node.getNext()) {
      append(node, note);
    }
    return new Chart(name, text(image), note.toString().strip(), plot.x(), plot.y(), plot.series());
  }

  private Page.Table table(String caption, TableBlock table) {
    List<String> columns = new ArrayList<>();
    List<List<Page.Value>> rows = new ArrayList<>();
    for (Node part : children(table)) {
      for (Node row : children(part)) {
        if (part instanceof TableHead) {
          children(row).forEach(cell -> columns.add(text(cell)));
        } else if (part instanceof TableBody && row instanceof TableRow) {
          rows.add(children(row).stream().map(cell -> value((TableCell) cell)).toList());
        }
      }
    }
    return new Page.Table(caption, columns, rows);
  }

  private Page.Value value(TableCell cell) {
    String text = text(cell);
    return cell.getAlignment() == TableCell.Alignment.RIGHT
        ? NUMBER
            .matcher(text)
            .results()
            .findFirst()
            .map(MatchResult::group)
            .map(number -> Page.Value.of(text, Double.parseDouble(number)))
            .orElse(Page.Value.of(text))
        : Page.Value.of(text);
  }

  private static List<Node> children(Node parent) {
    List<Node> children = new ArrayList<>();
    for (Node child = parent.getFirstChild(); child != null; child = child.getNext()) {
      children.add(child);
    }
    return children;
  }

  private String text(Node parent) {
    StringBuilder text = new StringBuilder();
    children(parent).forEach(child -> append(child, text));
    return text.toString().strip();
  }

  private void append(Node node, StringBuilder text) {
    switch (node) {
      case Text plain -> text.append(plain.getLiteral());
      case SoftLineBreak ignored -> text.append(' ');
      default -> throw refused(node, "expected plain text");
    }
  }

  private IllegalArgumentException refused(Node node, String expected) {
    Node block = node;
    while (!(block.getParent() instanceof Document)) {
      block = block.getParent();
    }
    String text = TextContentRenderer.builder().build().render(block);
    return new IllegalArgumentException(source + ": '" + text + "' given; " + expected);
  }
}

package dev.patchgrad.reports.page;

import dev.patchgrad.reports.run.WholeFiles;
import dev.patchgrad.reports.summary.MarkdownTable;
import dev.patchgrad.reports.summary.MarkdownText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A page as Markdown, with its charts as pictures beside it. */
public final class MarkdownPage {
  private MarkdownPage() {}

  /**
   * Renders a page.
   *
   * @param page to render
   * @return Markdown, which names a picture {@code NAME.png} for each chart
   */
  public static String render(Page page) {
    StringBuilder out = new StringBuilder();
    out.append("# ").append(escape(page.title())).append("\n\n");
    if (!page.subtitle().isEmpty()) {
      out.append(escape(page.subtitle())).append("\n\n");
    }
    for (Page.Fact mark : page.marks()) {
      out.append("- ").append(escape(mark.name())).append(": ");
      out.append(escape(mark.value())).append('\n');
    }
    out.append(page.marks().isEmpty() ? "" : "\n");
    for (Page.Block block : page.blocks()) {
      block(block, out);
    }
    return out.toString().stripTrailing() + "\n";
  }

  /**
   * Renders a page into a folder, with a picture for each chart.
   *
   * @param page to render
   * @param file of the Markdown; the pictures are written beside it
   * @throws IOException if a file cannot be written; then none is
   */
  public static void write(Page page, Path file) throws IOException {
    Map<Path, byte[]> files = new LinkedHashMap<>();
    for (Chart chart : page.charts()) {
      files.put(
          file.resolveSibling(chart.name() + ".png"),
          ChartImage.png(chart, ChartImage.Scheme.LIGHT));
    }
    files.put(file, render(page).getBytes(StandardCharsets.UTF_8));
    WholeFiles.writeAllBytes(files);
  }

  private static void block(Page.Block block, StringBuilder out) {
    if (block instanceof Page.Heading heading) {
      out.append("## ").append(escape(heading.text())).append("\n\n");
    } else if (block instanceof Page.Paragraph paragraph) {
      out.append(escape(paragraph.text())).append("\n\n");
    } else if (block instanceof Page.Warning warning) {
      out.append("> **Note:** ").append(escape(warning.text())).append("\n\n");
    } else if (block instanceof Page.Facts facts) {
      for (Page.Fact fact : facts.facts()) {
        out.append("- ").append(escape(fact.name())).append(": ");
        out.append(escape(fact.value())).append('\n');
      }
      out.append('\n');
    } else if (block instanceof Page.Drawing drawing) {
      Chart chart = drawing.chart();
      out.append("![").append(escape(chart.title())).append("](").append(chart.name());
      out.append(".png)\n\n");
      if (!chart.note().isEmpty()) {
        out.append(escape(chart.note())).append("\n\n");
      }
    } else if (block instanceof Page.Listing listing) {
      table(listing.table(), out);
    } else if (block instanceof Page.Mapped mapped) {
      table(asTable(mapped.map()), out);
    }
  }

  /** A map as a table: the details of a cell follow its text. */
  private static Page.Table asTable(PageMap map) {
    List<String> heads = new ArrayList<>(map.names());
    heads.addAll(map.columns());
    List<List<Page.Value>> rows = new ArrayList<>();
    for (PageMap.Row row : map.rows()) {
      List<Page.Value> line = new ArrayList<>(row.names().stream().map(Page.Value::of).toList());
      for (PageMap.Cell cell : row.cells()) {
        String details = String.join(", ", cell.details());
        line.add(Page.Value.of(cell.text() + (details.isEmpty() ? "" : ": " + details)));
      }
      rows.add(line);
    }
    return new Page.Table(map.caption(), heads, rows);
  }

  private static void table(Page.Table table, StringBuilder out) {
    if (!table.caption().isEmpty()) {
      out.append("**").append(escape(table.caption())).append("**\n\n");
    }
    out.append(
            MarkdownTable.of(
                escaped(table.columns()),
                column ->
                    table.rows().stream().anyMatch(row -> !Double.isNaN(row.get(column).number())),
                table.rows().stream()
                    .map(row -> escaped(row.stream().map(Page.Value::text).toList()))
                    .toList()))
        .append('\n');
  }

  private static List<String> escaped(List<String> texts) {
    return texts.stream().map(MarkdownPage::escape).toList();
  }

  /** Escapes what Markdown would read as markup, and joins the lines of a text. */
  static String escape(String text) {
    return MarkdownText.of(text);
  }
}

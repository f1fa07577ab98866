package dev.patchgrad.reports.page;

import dev.patchgrad.reports.json.Json;
import dev.patchgrad.reports.run.WholeFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * A page as one HTML file that needs nothing else: style, script, charts and data are in it.
 *
 * <p>Apache ECharts draws the charts. Their data are in the page as JSON.
 */
public final class HtmlPage {
  private static final String LIBRARY = "/META-INF/resources/webjars/echarts/5.3.1/";

  /** A fact of more characters gets a line of its own. */
  private static final int LONG = 80;

  private HtmlPage() {}

  /**
   * Renders a page.
   *
   * @param page to render
   * @return HTML
   */
  public static String render(Page page) {
    StringBuilder out = new StringBuilder();
    out.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<meta name=\"color-scheme\" content=\"light dark\">\n")
        // A browser asks for an icon where none is named, and reports the failure.
        .append("<link rel=\"icon\" href=\"data:,\">\n<title>")
        .append(escape(page.title()))
        .append("</title>\n<style>\n")
        .append(resource("page.css"))
        .append("</style>\n</head>\n<body>\n<main>\n<header>\n<h1>")
        .append(escape(page.title()))
        .append("</h1>\n<p>")
        .append(escape(page.subtitle()))
        .append("</p>\n");
    for (Page.Fact mark : page.marks()) {
      out.append("<p class=\"mark\"><b>").append(escape(mark.name())).append(":</b> ");
      out.append(escape(mark.value())).append("</p>\n");
    }
    out.append("</header>\n");
    contents(page, out);
    blocks(page, out);
    boolean charts = !page.charts().isEmpty();
    if (charts) {
      out.append("<footer>Charts by Apache ECharts (Apache License 2.0), in this file.</footer>\n");
    }
    out.append("</main>\n<script type=\"application/json\" id=\"charts\">")
        // Within a script element only "</" could end it.
        .append(Json.writeCompact(page.charts()).replace("<", "\\u003c"))
        .append("</script>\n");
    if (charts) {
      out.append("<script>\n");
      notice("NOTICE", out);
      notice("licenses/LICENSE-d3", out);
      out.append(resource(LIBRARY + "dist/echarts.min.js")).append('\n');
      out.append(resource("charts.js")).append("</script>\n");
    }
    out.append("<script>\n").append(resource("tables.js")).append("</script>\n</body>\n</html>\n");
    return out.toString();
  }

  /** The terms of the library, in front of its code. */
  private static void notice(String name, StringBuilder out) {
    out.append("/*\n").append(resource(LIBRARY + name)).append("\n*/\n");
  }

  /** Links to the sections, where there are three or more. */
  private static void contents(Page page, StringBuilder out) {
    List<String> headings =
        page.blocks().stream()
            .filter(Page.Heading.class::isInstance)
            .map(block -> ((Page.Heading) block).text())
            .toList();
    if (headings.size() < 3) {
      return;
    }
    out.append("<nav aria-label=\"Sections\">\n");
    for (int at = 0; at < headings.size(); at++) {
      out.append("<a href=\"#section-").append(at).append("\">");
      out.append(escape(headings.get(at))).append("</a>\n");
    }
    out.append("</nav>\n");
  }

  /** Charts that follow each other are side by side where there is room, and so are maps. */
  private static void blocks(Page page, StringBuilder out) {
    String open = "";
    int section = 0;
    for (Page.Block block : page.blocks()) {
      String group =
          block instanceof Page.Drawing ? "charts" : block instanceof Page.Mapped ? "maps" : "";
      if (!group.equals(open)) {
        out.append(open.isEmpty() ? "" : "</div>\n");
        out.append(group.isEmpty() ? "" : "<div class=\"" + group + "\">\n");
        open = group;
      }
      if (block instanceof Page.Heading heading) {
        out.append("<h2 id=\"section-").append(section++).append("\">");
        out.append(escape(heading.text())).append("</h2>\n");
      } else {
        block(block, out);
      }
    }
    out.append(open.isEmpty() ? "" : "</div>\n");
  }

  /**
   * Renders a page into a file.
   *
   * @param page to render
   * @param file written whole, or replaced
   * @throws IOException if it cannot be written
   */
  public static void write(Page page, Path file) throws IOException {
    WholeFiles.write(file, render(page));
  }

  private static void block(Page.Block block, StringBuilder out) {
    if (block instanceof Page.Paragraph paragraph) {
      out.append("<p>").append(escape(paragraph.text())).append("</p>\n");
    } else if (block instanceof Page.Warning warning) {
      out.append("<p class=\"warning\" role=\"note\">")
          .append(escape(warning.text()))
          .append("</p>\n");
    } else if (block instanceof Page.Facts facts) {
      out.append("<dl>\n");
      for (Page.Fact fact : facts.facts()) {
        out.append(fact.value().length() > LONG ? "<div class=\"wide\"><dt>" : "<div><dt>")
            .append(escape(fact.name()))
            .append("</dt><dd>")
            .append(escape(fact.value()))
            .append("</dd></div>\n");
      }
      out.append("</dl>\n");
    } else if (block instanceof Page.Drawing drawing) {
      chart(drawing.chart(), out);
    } else if (block instanceof Page.Listing listing) {
      HtmlTable.table(listing.table(), out);
    } else if (block instanceof Page.Mapped mapped) {
      HtmlTable.map(mapped.map(), out);
    }
  }

  private static void chart(Chart chart, StringBuilder out) {
    // Many named places need the whole width.
    boolean wide = chart.x().categories().size() > 4;
    out.append(wide ? "<figure class=\"wide\">\n<h3>" : "<figure>\n<h3>")
        .append(escape(chart.title()))
        .append("</h3>\n<div class=\"chart\" id=\"chart-")
        .append(chart.name())
        .append("\" role=\"img\" aria-label=\"")
        .append(escape(chart.title()))
        .append("\"></div>\n<figcaption>")
        .append(escape(chart.note()))
        .append("</figcaption>\n</figure>\n");
  }

  /** Text for the content of an element or an attribute in double quotes. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static String resource(String name) {
    try (InputStream stream = HtmlPage.class.getResourceAsStream(name)) {
      return new String(
          Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}

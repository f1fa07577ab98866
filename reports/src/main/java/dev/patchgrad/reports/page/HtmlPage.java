package dev.patchgrad.reports.page;

import dev.patchgrad.reports.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * A page as one HTML file that needs nothing else: style, script, charts and data are within.
 *
 * <p>The charts are Apache ECharts'; a figure's data stand in the page as JSON.
 */
public final class HtmlPage {
  private static final String CHARTS =
      "/META-INF/resources/webjars/echarts/5.3.1/dist/echarts.min.js";

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
        .append("</p>\n</header>\n");
    for (Page.Block block : page.blocks()) {
      block(block, out);
    }
    out.append("</main>\n<script type=\"application/json\" id=\"figures\">")
        // Within a script element only "</" could end it.
        .append(Json.writeCompact(page.figures()).replace("<", "\\u003c"))
        .append("</script>\n");
    if (!page.figures().isEmpty()) {
      out.append("<script>\n").append(resource(CHARTS)).append("\n</script>\n");
    }
    out.append("<script>\n").append(resource("page.js")).append("</script>\n</body>\n</html>\n");
    return out.toString();
  }

  /**
   * Renders a page into a file.
   *
   * @param page to render
   * @param file written, or overwritten
   * @throws IOException if it cannot be written
   */
  public static void write(Page page, Path file) throws IOException {
    Files.writeString(file, render(page), StandardCharsets.UTF_8);
  }

  private static void block(Page.Block block, StringBuilder out) {
    if (block instanceof Page.Heading heading) {
      out.append("<h2>").append(escape(heading.text())).append("</h2>\n");
    } else if (block instanceof Page.Paragraph paragraph) {
      out.append("<p>").append(escape(paragraph.text())).append("</p>\n");
    } else if (block instanceof Page.Warning warning) {
      out.append("<p class=\"warning\" role=\"note\">")
          .append(escape(warning.text()))
          .append("</p>\n");
    } else if (block instanceof Page.Facts facts) {
      out.append("<dl>\n");
      for (Page.Fact fact : facts.facts()) {
        out.append("<div><dt>")
            .append(escape(fact.name()))
            .append("</dt><dd>")
            .append(escape(fact.value()))
            .append("</dd></div>\n");
      }
      out.append("</dl>\n");
    } else if (block instanceof Page.Picture picture) {
      figure(picture.figure(), out);
    } else if (block instanceof Page.Listing listing) {
      table(listing.table(), out);
    }
  }

  private static void figure(Figure figure, StringBuilder out) {
    out.append("<figure>\n<h3>")
        .append(escape(figure.title()))
        .append("</h3>\n<div class=\"chart\" id=\"figure-")
        .append(figure.name())
        .append("\" role=\"img\" aria-label=\"")
        .append(escape(figure.title()))
        .append("\"></div>\n<figcaption>")
        .append(escape(figure.note()))
        .append("</figcaption>\n</figure>\n");
  }

  private static void table(Page.Table table, StringBuilder out) {
    out.append("<div class=\"table\" tabindex=\"0\"><table>\n<caption>")
        .append(escape(table.caption()))
        .append("</caption>\n<thead><tr>");
    for (int column = 0; column < table.columns().size(); column++) {
      int at = column;
      boolean number = table.rows().stream().anyMatch(row -> !Double.isNaN(row.get(at).number()));
      out.append(number ? "<th class=\"number\"" : "<th")
          .append(" scope=\"col\"><button type=\"button\">")
          .append(escape(table.columns().get(column)))
          .append("</button></th>");
    }
    out.append("</tr></thead>\n<tbody>\n");
    for (List<Page.Value> row : table.rows()) {
      out.append("<tr>");
      for (Page.Value value : row) {
        if (Double.isNaN(value.number())) {
          out.append("<td>");
        } else {
          out.append("<td class=\"number\" data-value=\"").append(value.number()).append("\">");
        }
        if (value.colour() >= 0) {
          out.append("<i class=\"c").append(value.colour() % 8).append("\"></i>");
        }
        out.append(escape(value.text())).append("</td>");
      }
      out.append("</tr>\n");
    }
    out.append("</tbody>\n</table></div>\n");
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

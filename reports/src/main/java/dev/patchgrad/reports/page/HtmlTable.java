package dev.patchgrad.reports.page;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Tables and maps of a page in HTML. */
final class HtmlTable {
  /** A table of more rows scrolls within its own box, with its heads in sight. */
  private static final int LONG = 24;

  /** The share of a map's width that its cells take, in percent; its rows' names have the rest. */
  private static final int WIDTH = 90;

  /** An interval, which stays on one line where its cell is narrow. */
  private static final Pattern INTERVAL = Pattern.compile("\\[[^\\]]*\\]");

  private HtmlTable() {}

  /** A table, which a reader can sort by each of its columns. */
  static void table(Page.Table table, StringBuilder out) {
    begin("listing" + (table.rows().size() > LONG ? " long" : ""), table.caption(), out);
    List<Boolean> numbers = new ArrayList<>();
    out.append("<thead><tr>");
    for (int column = 0; column < table.columns().size(); column++) {
      int at = column;
      numbers.add(table.rows().stream().anyMatch(row -> !Double.isNaN(row.get(at).number())));
      out.append(numbers.get(column) ? "<th class=\"number\" scope=\"col\">" : "<th scope=\"col\">")
          .append("<button type=\"button\">")
          .append(HtmlPage.escape(table.columns().get(column)))
          .append("</button></th>");
    }
    out.append("</tr></thead>\n<tbody>\n");
    for (List<Page.Value> row : table.rows()) {
      out.append("<tr>");
      for (int column = 0; column < row.size(); column++) {
        cell(row.get(column), numbers.get(column), out);
      }
      out.append("</tr>\n");
    }
    end(out);
  }

  /** A map, whose order matters. */
  static void map(PageMap map, StringBuilder out) {
    begin("listing map", map.caption(), out);
    out.append("<thead><tr>");
    for (String head : map.names()) {
      out.append("<th scope=\"col\">").append(HtmlPage.escape(head)).append("</th>");
    }
    for (String head : map.columns()) {
      // As wide as each other, as far as their cells allow.
      out.append("<th scope=\"col\" style=\"width:").append(WIDTH / map.columns().size());
      out.append("%\">").append(HtmlPage.escape(head)).append("</th>");
    }
    out.append("</tr></thead>\n<tbody>\n");
    for (PageMap.Row row : map.rows()) {
      out.append("<tr>");
      for (String name : row.names()) {
        out.append("<th scope=\"row\">").append(HtmlPage.escape(name)).append("</th>");
      }
      row.cells().forEach(cell -> cell(cell, out));
      out.append("</tr>\n");
    }
    end(out);
  }

  private static void begin(String classes, String text, StringBuilder out) {
    String caption = HtmlPage.escape(text);
    out.append("<section class=\"").append(classes).append("\">\n");
    if (!caption.isEmpty()) {
      // Outside of the box that scrolls, so that a phone shows all of it.
      out.append("<h3>").append(caption).append("</h3>\n");
    }
    out.append(
            "<div class=\"frame\"><div class=\"table\" tabindex=\"0\" role=\"region\""
                + " aria-label=\"")
        .append(caption.isEmpty() ? "table" : caption)
        .append("\"><table>\n");
  }

  private static void end(StringBuilder out) {
    out.append("</tbody>\n</table></div></div>\n</section>\n");
  }

  /** A cell of a table; a missing number is aligned as the numbers are. */
  private static void cell(Page.Value value, boolean amongNumbers, StringBuilder out) {
    List<String> classes = new ArrayList<>();
    if (amongNumbers) {
      classes.add("number");
    }
    if (value.colour() >= 0) {
      classes.add(colour(value.colour()));
    }
    open(classes, out);
    if (!Double.isNaN(value.number())) {
      out.append(" data-value=\"").append(value.number()).append('"');
    }
    out.append('>').append(value.colour() >= 0 ? "<i></i>" : "");
    out.append(HtmlPage.escape(value.text())).append("</td>");
  }

  /** A cell of a map; its details are below its text, so that the map stays narrow. */
  private static void cell(PageMap.Cell cell, StringBuilder out) {
    List<String> classes = new ArrayList<>();
    if (cell.colour() >= 0) {
      classes.add(colour(cell.colour()));
    }
    switch (cell.fill()) {
      case PLAIN -> classes.add("sure");
      case HATCHED -> classes.add("tie");
      case NONE -> {}
    }
    open(classes, out);
    out.append('>')
        .append(cell.fill() == PageMap.Fill.PLAIN && cell.colour() >= 0 ? "<i></i>" : "");
    out.append(HtmlPage.escape(cell.text()))
        .append(
            cell.details().stream()
                .map(
                    detail ->
                        "<small>"
                            + INTERVAL
                                .matcher(HtmlPage.escape(detail))
                                .replaceAll("<span>$0</span>")
                            + "</small>")
                .collect(Collectors.joining()))
        .append("</td>");
  }

  private static void open(List<String> classes, StringBuilder out) {
    out.append("<td");
    if (!classes.isEmpty()) {
      out.append(" class=\"").append(String.join(" ", classes)).append('"');
    }
  }

  private static String colour(int colour) {
    return "c" + colour % Chart.COLOURS;
  }
}

package dev.patchgrad.reports.summary;

import dev.patchgrad.reports.grid.PeerComparison;
import dev.patchgrad.reports.grid.PeerComparison.PeerCell;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the summary says of a suite of other libraries and C. */
final class PeerText {
  private PeerText() {}

  /** Writes the table of the cells of one suite, and who wins; nothing where there are none. */
  static void write(List<PeerCell> cells, Look look, StringBuilder out) {
    if (cells.isEmpty()) {
      return;
    }
    boolean many = cells.get(0).students() > 0;
    List<String> peers = PeerComparison.peers(cells);
    out.append("\nPatchgrad's fastest kernel over other libraries and C")
        .append(many ? ", many students\n" : "\n");
    List<String> heads = new ArrayList<>(List.of("precision", "level", "p", "k", "n"));
    if (many) {
      heads.add("students");
    }
    heads.add("kernel");
    int words = heads.size();
    peers.forEach(peer -> heads.add("over " + peer));
    TextTable text = new TextTable(heads, words);
    for (PeerCell cell : cells) {
      List<String> line = new ArrayList<>(List.of(cell.precision(), cell.level()));
      line.addAll(List.of(Integer.toString(cell.p()), Integer.toString(cell.k())));
      line.add(cell.n() > 0 ? Integer.toString(cell.n()) : "-");
      if (many) {
        line.add(Integer.toString(cell.students()));
      }
      line.add(cell.kernel());
      peers.forEach(peer -> line.add(NumberText.ratio(Optional.ofNullable(cell.over().get(peer)))));
      text.row(line);
    }
    out.append(text.text(look));
    List<String> won =
        cells.stream()
            .filter(cell -> !cell.winners().isEmpty())
            .map(cell -> String.join(" and ", cell.winners()) + " at " + where(cell))
            .toList();
    out.append(
        look.wrap(
            won.isEmpty()
                ? "No other library wins any of the " + cells.size() + " cells."
                : "! Another library or C wins "
                    + won.size()
                    + " of "
                    + cells.size()
                    + " cells: "
                    + String.join("; ", won)
                    + "."));
  }

  private static String where(PeerCell cell) {
    return "p "
        + cell.p()
        + ", k "
        + cell.k()
        + (cell.students() > 0 ? ", " + cell.students() + " students" : "")
        + ", "
        + cell.precision()
        + ", "
        + cell.level();
  }
}

package dev.patchgrad.reports.profile;

import dev.patchgrad.reports.environment.Environment;
import dev.patchgrad.reports.environment.Hardware;
import dev.patchgrad.reports.grid.PeerComparison;
import dev.patchgrad.reports.grid.PeerComparison.PeerCell;
import dev.patchgrad.reports.grid.Row;
import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.summary.MarkdownTable;
import dev.patchgrad.reports.summary.MarkdownText;
import dev.patchgrad.reports.summary.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Patchgrad's fastest kernel over other libraries and C, as tables for a document. */
public final class PeerTables {
  /** Where the tables are in a document. */
  public static final MarkedPart PART =
      new MarkedPart("<!-- peers: written by \"patchgrad peers\" -->", "<!-- end of peers -->");

  private PeerTables() {}

  /**
   * The tables: for each run one of one student, and one of many.
   *
   * @param runs in the order of the tables
   * @return Markdown, ending in a line feed
   */
  public static String markdown(List<Run> runs) {
    if (runs.isEmpty()) {
      return "None is recorded yet.\n";
    }
    return runs.stream().map(PeerTables::tables).collect(Collectors.joining("\n"));
  }

  /**
   * A document with the tables in their place.
   *
   * @param document with the lines of {@link #PART}
   * @param runs to show
   * @return the document with the tables between those lines; empty if it lacks them
   */
  public static Optional<String> within(String document, List<Run> runs) {
    return PART.replaced(document, markdown(runs));
  }

  private static String tables(Run run) {
    PeerComparison comparison = PeerComparison.of(run);
    return heading(run)
        + table("One student", comparison.cells(false), false)
        + table("Many students", comparison.cells(true), true);
  }

  private static String heading(Run run) {
    Environment environment = run.environment();
    Hardware hardware = environment.hardware();
    return "**`"
        + Profile.idOf(environment)
        + "`**: "
        + MarkdownText.of(hardware.model())
        + ", "
        + MarkdownText.of(hardware.microarchitecture())
        + ".\nMeasured on "
        + environment.day()
        + " from commit "
        + environment.source().shortCommit()
        + ".\n";
  }

  private static String table(String title, List<PeerCell> cells, boolean many) {
    if (cells.isEmpty()) {
      return "";
    }
    List<String> peers = PeerComparison.peers(cells);
    List<String> heads = new ArrayList<>(List.of("precision", "level", "p", "k", "n"));
    if (many) {
      heads.add("students");
    }
    int words = heads.size();
    heads.add("fastest");
    heads.addAll(peers);
    List<List<String>> lines = new ArrayList<>();
    for (PeerCell cell : cells) {
      List<String> line = new ArrayList<>(List.of(cell.precision(), MarkdownText.of(cell.level())));
      line.add(Integer.toString(cell.p()));
      line.add(Integer.toString(cell.k()));
      line.add(cell.n() + (cell.n() < Row.FEW ? "*" : ""));
      if (many) {
        line.add(Integer.toString(cell.students()));
      }
      line.add(cell.kernel());
      peers.forEach(peer -> line.add(NumberText.ratio(Optional.ofNullable(cell.over().get(peer)))));
      lines.add(line);
    }
    return "\n"
        + title
        + ", "
        + won(cells)
        + ":\n\n"
        + MarkdownTable.of(heads, column -> column > 1 && column != words, lines);
  }

  private static String won(List<PeerCell> cells) {
    long faster = cells.stream().filter(cell -> cell.winners().isEmpty()).count();
    return String.format(Locale.ROOT, "fastest in %d of %d cells", faster, cells.size());
  }
}

package dev.patchgrad.reports.summary;

import dev.patchgrad.reports.environment.Environment;
import dev.patchgrad.reports.environment.Hardware;
import dev.patchgrad.reports.environment.JvmFacts;
import dev.patchgrad.reports.grid.Cell;
import dev.patchgrad.reports.grid.Cliffs;
import dev.patchgrad.reports.grid.Grid;
import dev.patchgrad.reports.grid.PeerComparison;
import dev.patchgrad.reports.grid.Row;
import dev.patchgrad.reports.grid.SuiteNames;
import dev.patchgrad.reports.grid.Table;
import dev.patchgrad.reports.grid.Warnings;
import dev.patchgrad.reports.run.Result;
import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.statistics.Ratio;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the console shows when a run has ended, in at most 120 columns. */
public final class Summary {
  private static final String FORMAT = "%5s %4s %s%-12s %9s %7s%s %-18s %-18s %s%n";

  /** The widest line. */
  static final int WIDTH = 120;

  private Summary() {}

  /**
   * The summary.
   *
   * @param run that was recorded
   * @return lines; the last ones name the folder
   */
  public static String console(Run run) {
    Grid grid = Grid.of(run);
    StringBuilder out = new StringBuilder();
    out.append(machine(run.environment())).append('\n');
    for (Table table : grid.tables()) {
      table(table, out);
    }
    others(run, grid, out);
    legend(grid, out);
    for (String warning : Warnings.of(run, grid)) {
      wrap("! " + warning, out);
    }
    out.append('\n')
        .append(run.isPartial() ? "Broken off; what was measured is in " : "Recorded in ");
    out.append(run.folder()).append('\n');
    return out.toString();
  }

  private static String machine(Environment environment) {
    Hardware hardware = environment.hardware();
    JvmFacts jvm = environment.jvm();
    return String.format(
        Locale.ROOT,
        "%n%s: %s (%s), %d cores%s%nJDK %s, double %d lanes, float %d lanes, commit %s",
        environment.machine(),
        hardware.model(),
        hardware.microarchitecture(),
        hardware.physicalCores(),
        hardware.virtual() ? ", virtual machine" : "",
        jvm.version(),
        jvm.doubleSpecies().lanes(),
        jvm.floatSpecies().lanes(),
        environment.source().inShort());
  }

  private static void table(Table table, StringBuilder out) {
    boolean limits =
        table.rows().stream().anyMatch(row -> row.fastest().shareOfLimit().isPresent());
    out.append('\n').append("Fastest gradient kernel, ").append(table.title()).append('\n');
    out.append(
        String.format(
            Locale.ROOT,
            FORMAT,
            "p",
            "k",
            " ",
            "kernel",
            "samples/s",
            "GFLOP/s",
            limits ? "  limit" : "",
            "over scalar",
            "over ejml",
            "over the next"));
    for (Row row : table.rows()) {
      Cell fastest = row.fastest();
      out.append(
          String.format(
              Locale.ROOT,
              FORMAT,
              row.p(),
              row.k(),
              row.isDecided() ? " " : "~",
              fastest.kernel(),
              NumberText.si(fastest.samplesPerSecond()),
              fastest.flopsPerSecond() > 0 ? NumberText.three(fastest.flopsPerSecond() / 1e9) : "-",
              limits ? String.format("%7s", NumberText.percent(fastest.shareOfLimit())) : "",
              against(row, SuiteNames.SCALAR),
              against(row, SuiteNames.EJML),
              next(row)));
    }
  }

  private static String against(Row row, String kernel) {
    return row.fastest().kernel().equals(kernel)
        ? "itself"
        : NumberText.ratio(row.fastestOver(kernel));
  }

  private static String next(Row row) {
    Optional<Ratio> margin = row.margin();
    return margin.isEmpty()
        ? "-"
        : row.next().orElseThrow().kernel() + " " + NumberText.ratio(margin);
  }

  /** What the tables of the gradient suite do not show: the roofs, and the other suites. */
  private static void others(Run run, Grid grid, StringBuilder out) {
    if (!grid.roofs().peakFlops().isEmpty() || !grid.roofs().readBandwidth().isEmpty()) {
      out.append('\n').append("What this machine allows: ");
      String peak = roofs(grid.roofs().peakFlops(), 1e9, "GFLOP/s");
      String read = roofs(grid.roofs().readBandwidth(), 1e9, "GB/s read");
      out.append(peak).append(peak.isEmpty() || read.isEmpty() ? "" : "; ").append(read);
      out.append('\n');
    }
    cliffs(Cliffs.of(run), out);
    peers(PeerComparison.of(run).cells(), out);
    List<Result> rest =
        run.results().stream()
            .filter(result -> !SuiteNames.ROOFS.contains(result.benchmark()))
            .filter(result -> !result.benchmark().equals(SuiteNames.CLIFF))
            .filter(result -> !result.benchmark().equals(SuiteNames.PEER))
            .filter(result -> !result.benchmark().equals(SuiteNames.GRADIENT) || !result.isRate())
            .toList();
    if (!rest.isEmpty()) {
      out.append('\n');
      wrap(rest.size() + " further results are in the folder, but not in these tables.", out);
    }
  }

  private static void peers(List<PeerComparison.PeerCell> cells, StringBuilder out) {
    if (cells.isEmpty()) {
      return;
    }
    List<String> peers =
        PeerComparison.PEERS.stream()
            .filter(peer -> cells.stream().anyMatch(cell -> cell.over().containsKey(peer)))
            .toList();
    out.append("\nPatchgrad's fastest kernel over other libraries\n");
    StringBuilder head =
        new StringBuilder(
            String.format(
                Locale.ROOT, "%-6s %-6s %5s %4s  %-12s", "", "level", "p", "k", "kernel"));
    peers.forEach(peer -> head.append(String.format(Locale.ROOT, " %-22s", "over " + peer)));
    out.append(head.toString().stripTrailing()).append('\n');
    for (PeerComparison.PeerCell cell : cells) {
      StringBuilder line =
          new StringBuilder(
              String.format(
                  Locale.ROOT,
                  "%-6s %-6s %5d %4d  %-12s",
                  cell.precision(),
                  cell.level(),
                  cell.p(),
                  cell.k(),
                  cell.kernel()));
      peers.forEach(
          peer ->
              line.append(
                  String.format(
                      Locale.ROOT,
                      " %-22s",
                      NumberText.ratio(Optional.ofNullable(cell.over().get(peer))))));
      out.append(line.toString().stripTrailing()).append('\n');
    }
    List<String> won =
        cells.stream()
            .filter(cell -> !cell.winners().isEmpty())
            .map(
                cell ->
                    String.join(" and ", cell.winners())
                        + " at p "
                        + cell.p()
                        + ", k "
                        + cell.k()
                        + ", "
                        + cell.precision()
                        + ", "
                        + cell.level())
            .toList();
    wrap(
        won.isEmpty()
            ? "No other library wins any of the " + cells.size() + " cells."
            : "! Another library wins "
                + won.size()
                + " of "
                + cells.size()
                + " cells: "
                + String.join("; ", won)
                + ".",
        out);
  }

  private static void cliffs(Cliffs cliffs, StringBuilder out) {
    if (cliffs.cells() == 0) {
      return;
    }
    out.append('\n');
    wrap(
        String.format(
            Locale.ROOT,
            "Cliffs: %d of %d cells (worst: the fastest fork is %.2fx the slowest, %.2f bytes allocated"
                + " per gradient)",
            cliffs.broken().size(),
            cliffs.cells(),
            cliffs.worstSpread(),
            cliffs.mostAllocated()),
        out);
    cliffs.broken().forEach(line -> wrap("! " + line, out));
  }

  private static String roofs(Map<String, Double> roofs, double unit, String name) {
    return roofs.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> entry.getKey() + " " + NumberText.three(entry.getValue() / unit))
            .collect(Collectors.joining(", "))
        + (roofs.isEmpty() ? "" : " " + name);
  }

  private static void legend(Grid grid, StringBuilder out) {
    List<Row> rows = grid.tables().stream().flatMap(table -> table.rows().stream()).toList();
    if (rows.isEmpty()) {
      return;
    }
    out.append('\n');
    boolean intervals = rows.stream().anyMatch(row -> hasInterval(row.margin()));
    if (intervals) {
      wrap("[low, high]: the ratio's 95 % confidence interval, over forks.", out);
    }
    long undecided = rows.stream().filter(row -> !row.isDecided()).count();
    if (undecided > 0) {
      wrap(
          "~ the fastest cannot be told from the next ("
              + undecided
              + " of "
              + rows.size()
              + (rows.size() == 1 ? " row)." : " rows)."),
          out);
    }
  }

  private static boolean hasInterval(Optional<Ratio> ratio) {
    return ratio.isPresent() && ratio.get().interval().isPresent();
  }

  private static void wrap(String text, StringBuilder out) {
    int column = 0;
    for (String word : text.split(" ")) {
      if (column > 0 && column + 1 + word.length() > WIDTH) {
        out.append("\n  ");
        column = 2;
      } else if (column > 0) {
        out.append(' ');
        column++;
      }
      out.append(word);
      column += word.length();
    }
    out.append('\n');
  }
}

package dev.patchgrad.reports.summary;

import dev.patchgrad.reports.environment.Environment;
import dev.patchgrad.reports.environment.Hardware;
import dev.patchgrad.reports.environment.JvmFacts;
import dev.patchgrad.reports.grid.Cell;
import dev.patchgrad.reports.grid.Cliffs;
import dev.patchgrad.reports.grid.ClockNote;
import dev.patchgrad.reports.grid.Grid;
import dev.patchgrad.reports.grid.PeerComparison;
import dev.patchgrad.reports.grid.Row;
import dev.patchgrad.reports.grid.SuiteNames;
import dev.patchgrad.reports.grid.Table;
import dev.patchgrad.reports.grid.Warmth;
import dev.patchgrad.reports.grid.Warnings;
import dev.patchgrad.reports.run.Result;
import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.statistics.Ratio;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the console shows when a run has ended. */
public final class Summary {
  private static final List<String> HEADS =
      List.of(
          "p",
          "k",
          "n",
          " kernel",
          "samples/s",
          "GFLOP/s",
          "limit",
          "over scalar",
          "over ejml",
          "over the next");

  /** The columns that name a row: p, k, n and the kernel. */
  private static final int KEYS = 4;

  private Summary() {}

  /**
   * The summary, for a place of which nothing is known.
   *
   * @param run that was recorded
   * @return lines; the last ones name the folder
   */
  public static String console(Run run) {
    return console(run, Look.plain());
  }

  /**
   * The summary.
   *
   * @param run that was recorded
   * @param look the width of a line, and its colours
   * @return lines; the last ones name the folder. Of results that another program kept it is each
   *     benchmark as it is named
   */
  public static String console(Run run, Look look) {
    if (!run.environment().isKnown()) {
      return ForeignSummary.console(run, look);
    }
    Grid grid = Grid.of(run);
    StringBuilder out = new StringBuilder("\n");
    machine(run.environment(), look, out);
    for (Table table : grid.tables()) {
      table(table, look, out);
    }
    others(run, grid, look, out);
    List<String> warnings = Warnings.of(run, grid);
    if (!warnings.isEmpty()) {
      out.append('\n');
    }
    warnings.forEach(warning -> out.append(look.wrap("! " + warning)));
    out.append('\n')
        .append(run.isPartial() ? "Broken off; what was measured is in " : "Recorded in ");
    out.append(run.folder()).append('\n');
    return out.toString();
  }

  /**
   * The tables of the fastest gradient kernels alone.
   *
   * @param run so far
   * @param look the width of a line, and its colours
   * @return lines; empty where the run has no such suite
   */
  public static String tables(Run run, Look look) {
    StringBuilder out = new StringBuilder();
    for (Table table : Grid.of(run).tables()) {
      table(table, look, out);
    }
    return out.toString();
  }

  private static void machine(Environment environment, Look look, StringBuilder out) {
    Hardware hardware = environment.hardware();
    JvmFacts jvm = environment.jvm();
    out.append(
        look.wrap(
            String.format(
                Locale.ROOT,
                "%s: %s (%s), %d cores%s",
                environment.machine(),
                hardware.model(),
                hardware.microarchitectureInWords(),
                hardware.physicalCores(),
                hardware.virtual() ? ", virtual machine" : "")));
    out.append(
        look.wrap(
            String.format(
                Locale.ROOT,
                "JDK %s, double %d lanes, float %d lanes, commit %s",
                jvm.version(),
                jvm.doubleSpecies().lanes(),
                jvm.floatSpecies().lanes(),
                environment.source().inShort())));
    if (!environment.distinction().isEmpty()) {
      out.append(look.wrap("with " + environment.distinction()));
    }
  }

  private static void table(Table table, Look look, StringBuilder out) {
    boolean limits =
        table.rows().stream().anyMatch(row -> row.fastest().shareOfLimit().isPresent());
    out.append('\n').append("Fastest gradient kernel, ").append(table.title()).append('\n');
    TextTable text = new TextTable(HEADS, KEYS);
    for (Row row : table.rows()) {
      List<String> shape = List.of(Integer.toString(row.p()), Integer.toString(row.k()), n(row));
      if (!row.isRanked()) {
        text.note(shape, "!" + Warmth.NO_RANKING);
        continue;
      }
      Cell fastest = row.fastest();
      List<String> cells = new ArrayList<>(shape);
      cells.add((row.mark() + " ").charAt(0) + fastest.kernel());
      cells.add(NumberText.si(fastest.samplesPerSecond()));
      cells.add(
          fastest.flopsPerSecond() > 0 ? NumberText.three(fastest.flopsPerSecond() / 1e9) : "-");
      cells.add(limits ? NumberText.percent(fastest.shareOfLimit()) : "");
      cells.add(against(row, SuiteNames.SCALAR));
      cells.add(against(row, SuiteNames.EJML));
      cells.add(next(row));
      text.row(cells);
    }
    out.append(text.text(look));
    String legend = legend(table);
    if (!legend.isEmpty()) {
      out.append(look.wrap(legend));
    }
  }

  /** The size of the batch, with a mark where it is too small to count with the others. */
  private static String n(Row row) {
    return (row.samples() > 0 ? Long.toString(row.samples()) : "-") + (row.isFew() ? "*" : "");
  }

  private static String legend(Table table) {
    List<String> parts = new ArrayList<>();
    List<Row> counted =
        table.rows().stream().filter(row -> row.isRanked() && !row.isFew()).toList();
    long ties = counted.stream().filter(Row::isTie).count();
    long undecided = counted.stream().filter(row -> !row.isDecided() && !row.isTie()).count();
    if (table.rows().stream().anyMatch(row -> hasInterval(row.margin()))) {
      parts.add("[low, high] 95 % interval");
    }
    if (undecided > 0) {
      parts.add(
          "~ the fastest cannot be told from the next ("
              + undecided
              + " of "
              + counted.size()
              + ")");
    }
    if (ties > 0) {
      parts.add(
          String.format(
              Locale.ROOT,
              "= as fast as the next within %.0f %% (%d of %d)",
              100 * Row.SAME_WITHIN,
              ties,
              counted.size()));
    }
    if (table.rows().stream().anyMatch(Row::isFew)) {
      parts.add("* fewer than " + Row.FEW + " samples: not counted with the others");
    }
    return String.join("; ", parts);
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
  private static void others(Run run, Grid grid, Look look, StringBuilder out) {
    if (!grid.roofs().peakFlops().isEmpty() || !grid.roofs().readBandwidth().isEmpty()) {
      String peak = roofs(grid.roofs().peakFlops(), 1e9, "GFLOP/s");
      String read = roofs(grid.roofs().readBandwidth(), 1e9, "GB/s read");
      out.append('\n')
          .append(
              look.wrap(
                  "What this machine allows: "
                      + peak
                      + (peak.isEmpty() || read.isEmpty() ? "" : "; ")
                      + read));
    }
    ClockNote.of(run).ifPresent(note -> out.append('\n').append(look.wrap(note)));
    cliffs(Cliffs.of(run), look, out);
    peers(PeerComparison.of(run), look, out);
    List<Result> rest =
        run.results().stream()
            .filter(result -> !SuiteNames.ROOFS.contains(result.benchmark()))
            .filter(result -> !result.benchmark().equals(SuiteNames.CLIFF))
            .filter(result -> !SuiteNames.PEERS.contains(result.benchmark()))
            .filter(result -> !result.benchmark().equals(SuiteNames.GRADIENT) || !result.isRate())
            .toList();
    if (!rest.isEmpty()) {
      out.append('\n');
      out.append(
          look.wrap(rest.size() + " further results are in the folder, but not in these tables."));
    }
  }

  private static void peers(PeerComparison comparison, Look look, StringBuilder out) {
    if (comparison.notWarm() > 0) {
      out.append('\n')
          .append(
              look.wrap(
                  "! Other libraries: " + comparison.notWarm() + " cells " + Warmth.NO_RANKING));
    }
    PeerText.write(comparison.cells(false), look, out);
    PeerText.write(comparison.cells(true), look, out);
  }

  private static void cliffs(Cliffs cliffs, Look look, StringBuilder out) {
    if (cliffs.cells() == 0) {
      return;
    }
    out.append('\n');
    out.append(
        look.wrap(
            String.format(
                Locale.ROOT,
                "Cliffs: %d of %d cells (worst: the fastest fork is %.2fx the slowest, %.2f bytes allocated"
                    + " per gradient)",
                cliffs.broken().size(),
                cliffs.cells(),
                cliffs.worstSpread(),
                cliffs.mostAllocated())));
    cliffs.broken().forEach(line -> out.append(look.wrap("! " + line)));
  }

  private static String roofs(Map<String, Double> roofs, double unit, String name) {
    return roofs.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> entry.getKey() + " " + NumberText.three(entry.getValue() / unit))
            .collect(Collectors.joining(", "))
        + (roofs.isEmpty() ? "" : " " + name);
  }

  private static boolean hasInterval(Optional<Ratio> ratio) {
    return ratio.isPresent() && ratio.get().interval().isPresent();
  }
}

package dev.patchgrad.reports.profile;

import dev.patchgrad.reports.environment.Environment;
import dev.patchgrad.reports.environment.Hardware;
import dev.patchgrad.reports.grid.Cell;
import dev.patchgrad.reports.grid.DefaultGrid;
import dev.patchgrad.reports.grid.Grid;
import dev.patchgrad.reports.grid.Roofs;
import dev.patchgrad.reports.grid.Row;
import dev.patchgrad.reports.grid.SuiteNames;
import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.summary.MarkdownTable;
import dev.patchgrad.reports.summary.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How near each kernel comes to what each recorded machine allows, as tables for the document that
 * describes the kernels.
 */
public final class LimitShares {
  /** Where the tables are in a document. */
  public static final MarkedPart PART =
      new MarkedPart(
          "<!-- share of the limit: written by \"patchgrad kernels\" -->",
          "<!-- end of share of the limit -->");

  private static final String LEGEND =
      "Each cell has the share of the machine's limit and, in brackets, GFLOP/s. Both are medians over"
          + " forks, in one thread,\nwith the batch in "
          + DefaultGrid.LEVEL
          + ". The fastest kernel is bold; a ~ before it says that it cannot be told from the next.\nA !"
          + " after a cell says that it was not warmed up: its line has no ranking.\nn is the number of"
          + " samples of a batch; a * after it marks fewer than "
          + Row.FEW
          + ", which say little about larger batches.\n";

  private LimitShares() {}

  /**
   * The tables: for each profile a line for each precision, p and k, and a column for each kernel.
   *
   * @param profiles in the order of the tables
   * @return Markdown, ending in a line feed
   */
  public static String markdown(List<Profile> profiles) {
    if (profiles.isEmpty()) {
      return "None is recorded yet.\n";
    }
    return LEGEND
        + profiles.stream()
            .map(profile -> "\n" + heading(profile) + "\n" + table(profile.run()))
            .collect(Collectors.joining());
  }

  /**
   * A document with the tables in their place.
   *
   * @param document with the lines of {@link #PART}
   * @param profiles to show
   * @return the document with the tables between those lines; empty if it lacks them
   */
  public static Optional<String> within(String document, List<Profile> profiles) {
    return PART.replaced(document, markdown(profiles));
  }

  private static String heading(Profile profile) {
    Environment environment = profile.run().environment();
    Hardware hardware = environment.hardware();
    Roofs roofs = Roofs.of(profile.run(), 1);
    List<String> limits = new ArrayList<>();
    new TreeMap<>(roofs.peakFlops())
        .forEach(
            (precision, flops) ->
                limits.add(NumberText.three(flops / 1e9) + " GFLOP/s " + precision));
    Optional.ofNullable(roofs.readBandwidth().get(DefaultGrid.LEVEL))
        .ifPresent(
            bytes ->
                limits.add(NumberText.three(bytes / 1e9) + " GB/s read from " + DefaultGrid.LEVEL));
    return "**`"
        + profile.id()
        + "`**: "
        + hardware.model()
        + ", "
        + hardware.microarchitectureInWords()
        + ", vectors of "
        + environment.jvm().doubleSpecies().bits()
        + " bits"
        + (environment.simulates() ? ", simulated (" + environment.simulated() + ")" : "")
        + ".\nMeasured on "
        + environment.day()
        + " from commit "
        + environment.source().shortCommit()
        + (limits.isEmpty() ? ". The limits were not measured" : ". Limits: ")
        + String.join(", ", limits)
        + ".\n";
  }

  private static String table(Run run) {
    Grid grid = Grid.of(run);
    List<String> kernels =
        run.results().stream()
            .filter(result -> result.benchmark().equals(SuiteNames.GRADIENT))
            .map(result -> result.params().getOrDefault(SuiteNames.KERNEL, ""))
            .distinct()
            .toList();
    List<String> heads = new ArrayList<>(List.of("precision", "p", "k", "n"));
    heads.addAll(kernels);
    List<List<String>> lines = new ArrayList<>();
    for (String precision : DefaultGrid.PRECISIONS) {
      for (Row row : DefaultGrid.rows(grid, precision)) {
        List<String> line = new ArrayList<>();
        line.add(precision);
        line.add(Integer.toString(row.p()));
        line.add(Integer.toString(row.k()));
        line.add(row.samples() > 0 ? row.samples() + (row.isFew() ? "*" : "") : "-");
        kernels.forEach(
            kernel -> line.add(row.cell(kernel).map(cell -> cell(row, cell)).orElse("-")));
        lines.add(line);
      }
    }
    return MarkdownTable.of(heads, column -> column > 0, lines);
  }

  private static String cell(Row row, Cell cell) {
    String text =
        NumberText.percent(cell.shareOfLimit())
            + " ("
            + NumberText.three(cell.flopsPerSecond() / 1e9)
            + ")";
    if (!row.isRanked()) {
      return cell.notWarm().isPresent() ? text + "!" : text;
    }
    return cell.equals(row.fastest()) ? (row.isDecided() ? "" : "~") + "**" + text + "**" : text;
  }
}

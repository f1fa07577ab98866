package dev.patchgrad.reports.profile;

import dev.patchgrad.reports.environment.Environment;
import dev.patchgrad.reports.environment.Hardware;
import dev.patchgrad.reports.grid.DefaultGrid;
import dev.patchgrad.reports.grid.Grid;
import dev.patchgrad.reports.grid.Row;
import dev.patchgrad.reports.grid.SuiteNames;
import dev.patchgrad.reports.statistics.Ratio;
import dev.patchgrad.reports.summary.MarkdownTable;
import dev.patchgrad.reports.summary.MarkdownText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The recorded profiles as a table, for the document that shows them. */
public final class ProfileTable {
  /** Where the table is in a document. */
  public static final MarkedPart PART =
      new MarkedPart(
          "<!-- profiles: written by `record`, not by hand -->", "<!-- end of profiles -->");

  private static final List<String> HEADS =
      List.of(
          "profile",
          "processor",
          "vectors, bits",
          "JDK",
          "kernels",
          "fastest over scalar, double",
          "float",
          "measured",
          "commit");

  private ProfileTable() {}

  /**
   * The table.
   *
   * @param profiles in the order of the lines
   * @return Markdown, ending in a line feed
   */
  public static String markdown(List<Profile> profiles) {
    return profiles.isEmpty()
        ? "None is recorded yet.\n"
        : MarkdownTable.of(
            HEADS, column -> false, profiles.stream().map(ProfileTable::line).toList());
  }

  private static List<String> line(Profile profile) {
    Environment environment = profile.run().environment();
    Hardware hardware = environment.hardware();
    Grid grid = Grid.of(profile.run());
    return List.of(
        "[`" + profile.id() + "`](profiles/" + profile.id() + ")",
        MarkdownText.of(hardware.model().trim())
            + ", "
            + MarkdownText.of(hardware.microarchitectureInWords())
            + ", "
            + hardware.physicalCores()
            + " cores"
            + (hardware.virtual() ? ", virtual" : ""),
        environment.jvm().doubleSpecies().bits()
            + (environment.simulates()
                ? ", simulated (" + MarkdownText.of(environment.simulated()) + ")"
                : ""),
        MarkdownText.of(environment.jvm().version()),
        Long.toString(kernels(grid)),
        speedUp(grid, "double"),
        speedUp(grid, "float"),
        environment.day(),
        MarkdownText.of(environment.source().shortCommit()));
  }

  /**
   * A document with the table in its place.
   *
   * @param document with the lines of {@link #PART}
   * @param profiles to show
   * @return the document with the table between those lines; empty if it lacks them
   */
  public static Optional<String> within(String document, List<Profile> profiles) {
    return PART.replaced(document, markdown(profiles));
  }

  private static long kernels(Grid grid) {
    return DefaultGrid.rows(grid, DefaultGrid.PRECISIONS.get(0)).stream()
        .mapToLong(row -> row.cells().size())
        .max()
        .orElse(0);
  }

  /** Geometric mean over the shapes of the default grid that have a ranking. */
  private static String speedUp(Grid grid, String precision) {
    double logarithms =
        DefaultGrid.rows(grid, precision).stream()
            .filter(Row::isRanked)
            .mapToDouble(
                row ->
                    row.fastestOver(SuiteNames.SCALAR).map(Ratio::value).map(Math::log).orElse(0.0))
            .average()
            .orElse(Double.NaN);
    return Double.isNaN(logarithms)
        ? "-"
        : String.format(Locale.ROOT, "%.1fx", Math.exp(logarithms));
  }
}

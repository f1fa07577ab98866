package dev.patchgrad.reports.profile;

import dev.patchgrad.reports.environment.Environment;
import dev.patchgrad.reports.environment.Hardware;
import dev.patchgrad.reports.environment.JvmFacts;
import dev.patchgrad.reports.grid.DefaultGrid;
import dev.patchgrad.reports.grid.Grid;
import dev.patchgrad.reports.grid.Row;
import dev.patchgrad.reports.grid.SuiteNames;
import dev.patchgrad.reports.grid.Table;
import dev.patchgrad.reports.statistics.Ratio;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The recorded profiles as a table, for the document that shows them. */
public final class ProfileTable {
  /** The line before the table in a document. */
  public static final String BEGIN = "<!-- profiles: written by `record`, not by hand -->";

  /** The line after it. */
  public static final String END = "<!-- end of profiles -->";

  private ProfileTable() {}

  /**
   * The table.
   *
   * @param profiles in the order of the lines
   * @return Markdown, ending in a newline
   */
  public static String markdown(List<Profile> profiles) {
    if (profiles.isEmpty()) {
      return "None is recorded yet.\n";
    }
    StringBuilder out = new StringBuilder();
    out.append("| profile | processor | vectors, bits | JDK | kernels | fastest over scalar, ");
    out.append("double | float | measured | commit |\n|---|---|---|---|---|---|---|---|---|\n");
    for (Profile profile : profiles) {
      Environment environment = profile.run().environment();
      Hardware hardware = environment.hardware();
      JvmFacts jvm = environment.jvm();
      Grid grid = Grid.of(profile.run());
      out.append(
          String.format(
              Locale.ROOT,
              "| [`%s`](profiles/%s) | %s, %s, %d cores%s | %d%s | %s | %d | %s | %s | %s | %s |%n",
              profile.id(),
              profile.id(),
              cell(hardware.model()),
              cell(hardware.microarchitecture()),
              hardware.physicalCores(),
              hardware.virtual() ? ", virtual" : "",
              jvm.doubleSpecies().bits(),
              environment.simulated().equals(Environment.NOT_SIMULATED)
                  ? ""
                  : ", simulated (" + cell(environment.simulated()) + ")",
              cell(jvm.version()),
              kernels(grid),
              speedUp(grid, "double"),
              speedUp(grid, "float"),
              environment.date().substring(0, "2026-11-23".length()),
              environment.source().commit().substring(0, 12)));
    }
    return out.toString().replace(System.lineSeparator(), "\n");
  }

  /**
   * A document with the table in its place.
   *
   * @param document with the lines {@link #BEGIN} and {@link #END}
   * @param profiles to show
   * @return the document with the table between them; empty if it has no such lines
   */
  public static Optional<String> within(String document, List<Profile> profiles) {
    int begin = document.indexOf(BEGIN);
    int end = document.indexOf(END);
    if (begin < 0 || end < begin) {
      return Optional.empty();
    }
    return Optional.of(
        document.substring(0, begin + BEGIN.length())
            + "\n\n"
            + markdown(profiles)
            + "\n"
            + document.substring(end));
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").trim();
  }

  private static long kernels(Grid grid) {
    return defaultRows(grid, DefaultGrid.PRECISIONS.get(0)).stream()
        .mapToLong(row -> row.cells().size())
        .max()
        .orElse(0);
  }

  /** Geometric mean over the default grid. */
  private static String speedUp(Grid grid, String precision) {
    double logarithms =
        defaultRows(grid, precision).stream()
            .mapToDouble(
                row ->
                    row.fastestOver(SuiteNames.SCALAR).map(Ratio::value).map(Math::log).orElse(0.0))
            .average()
            .orElse(Double.NaN);
    return String.format(Locale.ROOT, "%.1fx", Math.exp(logarithms));
  }

  private static List<Row> defaultRows(Grid grid, String precision) {
    return grid.tables().stream()
        .filter(table -> table.precision().equals(precision))
        .filter(table -> table.level().equals(DefaultGrid.LEVEL))
        .filter(table -> table.threads() == 1)
        .limit(1)
        .map(Table::rows)
        .flatMap(List::stream)
        .filter(row -> DefaultGrid.PATCH_DIMENSIONS.contains(row.p()))
        .filter(row -> DefaultGrid.PATCHES.contains(row.k()))
        .toList();
  }
}

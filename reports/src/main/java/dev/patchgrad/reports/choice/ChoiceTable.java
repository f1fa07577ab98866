package dev.patchgrad.reports.choice;

import dev.patchgrad.reports.environment.Environment;
import dev.patchgrad.reports.environment.Hardware;
import dev.patchgrad.reports.environment.HardwareProbe;
import dev.patchgrad.reports.grid.Cell;
import dev.patchgrad.reports.grid.Grid;
import dev.patchgrad.reports.grid.Row;
import dev.patchgrad.reports.grid.Table;
import dev.patchgrad.reports.json.BadRecordException;
import dev.patchgrad.reports.profile.Profile;
import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.run.RunFolder;
import dev.patchgrad.reports.statistics.Interval;
import dev.patchgrad.reports.statistics.Ratio;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The text that core's chooser reads: which processors, and how the kernels compare on each, at
 * every point that was measured. Core's class of the same name describes the form.
 */
public final class ChoiceTable {
  /** The version of the form that this code writes. */
  public static final int VERSION = 1;

  /** Where the table lies, from the project's folder. */
  public static final String RESOURCE = "core/src/main/resources/dev/patchgrad/choice/choices.tsv";

  /**
   * A kernel slower than the fastest by more is so beyond the noise, however wide the interval of
   * few forks: nobody should get it for its simplicity.
   */
  private static final double NOISE = 1.05;

  private ChoiceTable() {}

  /**
   * The table of some runs.
   *
   * @param runs of different machines, or of one machine over different points
   * @return its text; lines end in a line feed
   * @throws BadRecordException naming the folder if a run broke off or has no gradient suite, or a
   *     kernel was measured twice at one point of one machine
   * @throws IllegalArgumentException if there is no run
   */
  public static String of(List<Run> runs) {
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("runs: none given; expected at least 1");
    }
    StringBuilder text = new StringBuilder();
    line(text, "patchgrad-choices", VERSION);
    text.append("# Written by the command choose from recorded runs: change those, not this.\n");
    Map<String, Environment> machines = new LinkedHashMap<>();
    for (Run run : runs) {
      machines.putIfAbsent(Profile.idOf(run.environment()), run.environment());
    }
    microarchitectures(machines.values(), text);
    machines.forEach((id, environment) -> machine(id, environment, text));
    Set<List<Object>> seen = new LinkedHashSet<>();
    for (Run run : runs) {
      times(run, seen, text);
    }
    return text.toString();
  }

  private static void microarchitectures(Iterable<Environment> environments, StringBuilder text) {
    Set<List<String>> seen = new LinkedHashSet<>();
    for (Environment environment : environments) {
      Hardware hardware = environment.hardware();
      String name = hardware.microarchitecture();
      if (!name.equals("unknown")
          && seen.add(List.of(name, hardware.vendor(), hardware.family()))) {
        line(
            text,
            "microarchitecture",
            name,
            hardware.vendor(),
            hardware.family(),
            String.join(",", HardwareProbe.modelsOfSameMicroarchitecture(hardware)));
      }
    }
  }

  private static void machine(String id, Environment environment, StringBuilder text) {
    Hardware hardware = environment.hardware();
    line(
        text,
        "machine",
        id,
        hardware.microarchitecture(),
        hardware.vendor(),
        hardware.model(),
        hardware.family(),
        hardware.familyModel(),
        hardware.physicalCores(),
        hardware.logicalCores(),
        environment.instructions(),
        environment.jvm().floatSpecies().bits(),
        environment.simulated(),
        environment.jvm().version(),
        environment.date());
  }

  private static void times(Run run, Set<List<Object>> seen, StringBuilder text) {
    if (run.isPartial()) {
      throw new BadRecordException(run.folder(), "", "broke off; expected a whole run");
    }
    Grid grid = Grid.of(run);
    if (grid.tables().isEmpty()) {
      throw new BadRecordException(
          run.folder().resolve(RunFolder.RESULTS), "", "has no result of the gradient suite");
    }
    for (Table table : grid.tables()) {
      for (Row row : table.rows()) {
        for (Cell cell : row.cells()) {
          List<Object> point =
              List.of(
                  Profile.idOf(run.environment()),
                  table.precision(),
                  1,
                  table.threads(),
                  row.p(),
                  row.k(),
                  samples(run, cell),
                  cell.kernel());
          if (!seen.add(point)) {
            throw new BadRecordException(
                run.folder().resolve(RunFolder.RESULTS),
                "",
                "has a kernel at a point that is there already: " + point);
          }
          List<Object> fields = new ArrayList<>(List.of("time"));
          fields.addAll(point);
          Ratio slowdown = Ratio.of(row.fastest().operations(), cell.operations());
          fields.add(String.format(Locale.ROOT, "%.4f", Math.max(1, slowdown.value())));
          fields.add(isWithinNoise(slowdown) ? "within" : "beyond");
          line(text, fields.toArray());
        }
      }
    }
  }

  private static int samples(Run run, Cell cell) {
    if (cell.samplesPerOperation() < 1) {
      throw new BadRecordException(
          run.folder().resolve(RunFolder.ENVIRONMENT), "work", "does not say how many samples");
    }
    return (int) cell.samplesPerOperation();
  }

  private static boolean isWithinNoise(Ratio slowdown) {
    // One fork has no interval: then nearness alone decides.
    return slowdown.value() <= NOISE
        && slowdown.interval().map((Interval interval) -> interval.contains(1)).orElse(true);
  }

  private static void line(StringBuilder text, Object... fields) {
    List<String> clean = new ArrayList<>();
    for (Object field : fields) {
      // A processor may call itself anything; a tab or line feed would be another field or line.
      clean.add(String.valueOf(field).replaceAll("[\\t\\r\\n]+", " "));
    }
    text.append(String.join("\t", clean)).append('\n');
  }
}

package dev.patchgrad.reports.grid;

import dev.patchgrad.reports.environment.Environment;
import dev.patchgrad.reports.grid.Warnings.Kind;
import dev.patchgrad.reports.grid.Warnings.Warning;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What a reader should doubt because of the machine, and of what else went on there. */
public final class MachineWarnings {
  /** A share of stolen processor time that visibly shifts a median. */
  private static final double STEAL = 0.01;

  /** A share of all cores, used by other programs, that competes with a run on one of them. */
  private static final double BUSY = 0.1;

  /** A load per core that does, where a record knows no more. */
  private static final double BUSY_LOAD = 0.5;

  private MachineWarnings() {}

  /**
   * What is to be doubted of a run that has not begun: reasons to wait with it.
   *
   * @param environment of the run
   * @return sentences; empty if there is nothing to doubt
   */
  public static List<String> beforehand(Environment environment) {
    List<Warning> warnings = new ArrayList<>();
    busy(environment, warnings);
    notes(environment, warnings);
    return warnings.stream().map(Warning::text).toList();
  }

  /**
   * The warnings.
   *
   * @param environment of the run
   * @return empty if there is nothing to doubt
   */
  static List<Warning> of(Environment environment) {
    List<Warning> warnings = new ArrayList<>();
    double steal = environment.after().stealSince(environment.before());
    if (steal > STEAL) {
      warnings.add(
          new Warning(
              Kind.BUSY,
              String.format(Locale.ROOT, "other machines took %.1f %% of the time", 100 * steal),
              String.format(
                  Locale.ROOT,
                  "Other machines on this host took %.1f %% of the processor time. Repeat at a"
                      + " quieter time, or on a dedicated machine.",
                  100 * steal)));
    }
    busy(environment, warnings);
    double others = environment.othersDuring();
    if (others > BUSY) {
      warnings.add(
          new Warning(
              Kind.BUSY,
              String.format(Locale.ROOT, "other programs took %.0f %% of the time", 100 * others),
              String.format(
                  Locale.ROOT,
                  "Other programs used %.0f %% of the processor time during the run. Close them, then"
                      + " repeat; top shows which they are.",
                  100 * others)));
    }
    notes(environment, warnings);
    return warnings;
  }

  private static void notes(Environment environment, List<Warning> warnings) {
    String masked = environment.hardware().masked();
    if (!masked.isEmpty()) {
      warnings.add(
          new Warning(
              Kind.NOTE,
              "",
              "This processor cannot be what its model number says ("
                  + masked
                  + "), so the machine is named by what it has."));
    }
    Stream.concat(environment.hardware().cacheNotes().stream(), environment.notes().stream())
        .forEach(note -> warnings.add(new Warning(Kind.NOTE, "", note)));
  }

  private static void busy(Environment environment, List<Warning> warnings) {
    double busy = environment.busyBefore();
    if (busy > BUSY) {
      warnings.add(
          new Warning(
              Kind.BUSY,
              String.format(Locale.ROOT, "%.0f %% busy just before it", 100 * busy),
              String.format(
                  Locale.ROOT,
                  "The machine was busy just before the run: other programs used %.0f %% of the"
                      + " processor time. Close them, then repeat; top shows which they are.",
                  100 * busy)));
    }
    // Records from before the watch have the load alone, in which the build counts that began it.
    double load = environment.before().loadAverage();
    int cores = Math.max(1, environment.hardware().logicalCores());
    if (Double.isNaN(busy) && load > BUSY_LOAD * cores) {
      warnings.add(
          new Warning(
              Kind.BUSY,
              String.format(Locale.ROOT, "load %.1f on %d cores before it", load, cores),
              String.format(
                  Locale.ROOT,
                  "The load before the run was high (%.1f on %d cores), perhaps from the build that"
                      + " started it. If other programs were at work, close them, then repeat.",
                  load,
                  cores)));
    }
  }
}

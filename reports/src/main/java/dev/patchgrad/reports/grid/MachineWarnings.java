package dev.patchgrad.reports.grid;

import dev.patchgrad.reports.environment.Environment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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
    List<String> warnings = new ArrayList<>();
    busy(environment, warnings);
    warnings.addAll(environment.hardware().cacheNotes());
    warnings.addAll(environment.notes());
    return warnings;
  }

  /**
   * The warnings.
   *
   * @param environment of the run
   * @return sentences; empty if there is nothing to doubt
   */
  static List<String> of(Environment environment) {
    List<String> warnings = new ArrayList<>();
    double steal = environment.after().stealSince(environment.before());
    if (steal > STEAL) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "Other machines on this host took %.1f %% of the processor time. Repeat at a quieter"
                  + " time, or on a dedicated machine.",
              100 * steal));
    }
    busy(environment, warnings);
    double others = environment.othersDuring();
    if (others > BUSY) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "Other programs used %.0f %% of the processor time during the run. Close them, then"
                  + " repeat; top shows which they are.",
              100 * others));
    }
    warnings.addAll(environment.hardware().cacheNotes());
    warnings.addAll(environment.notes());
    return warnings;
  }

  private static void busy(Environment environment, List<String> warnings) {
    double busy = environment.busyBefore();
    if (busy > BUSY) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "The machine was busy just before the run: other programs used %.0f %% of the"
                  + " processor time. Close them, then repeat; top shows which they are.",
              100 * busy));
    }
    // Records from before the watch have the load alone, in which the build counts that began it.
    double load = environment.before().loadAverage();
    int cores = Math.max(1, environment.hardware().logicalCores());
    if (Double.isNaN(busy) && load > BUSY_LOAD * cores) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "The load before the run was high (%.1f on %d cores), perhaps from the build that"
                  + " started it. If other programs were at work, close them, then repeat.",
              load,
              cores));
    }
  }
}

package dev.patchgrad.reports.environment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Processor time of this program and of its children that have ended: what a run used itself, in
 * contrast to what other programs took beside it.
 */
final class OwnTime {
  /** Of Linux's clock in /proc: it has 100 ticks a second wherever this project's JDK runs. */
  private static final long MILLIS_PER_TICK = 10;

  /** After the program's name: user and system time, and the same of its ended children. */
  private static final int FIRST = 11;

  private static final int COUNTS = 4;

  private OwnTime() {}

  /**
   * The time until now.
   *
   * @return ms; -1 where this system does not tell it of children
   */
  static long millis() {
    Path file = Path.of("/proc/self/stat");
    try {
      return Files.isReadable(file)
          ? millis(Files.readString(file, StandardCharsets.ISO_8859_1))
          : SystemState.UNKNOWN.ownTicks();
    } catch (IOException e) {
      return SystemState.UNKNOWN.ownTicks();
    }
  }

  /** The time that a line of {@code /proc/PID/stat} tells, ms; -1 for another line. */
  static long millis(String line) {
    // The name stands in parentheses, and may hold spaces and parentheses itself.
    String[] fields = line.substring(line.lastIndexOf(')') + 1).trim().split(" ", -1);
    if (fields.length < FIRST + COUNTS) {
      return SystemState.UNKNOWN.ownTicks();
    }
    long ticks = 0;
    try {
      for (int i = FIRST; i < FIRST + COUNTS; i++) {
        ticks += Long.parseLong(fields[i]);
      }
    } catch (NumberFormatException e) {
      return SystemState.UNKNOWN.ownTicks();
    }
    return ticks * MILLIS_PER_TICK;
  }
}

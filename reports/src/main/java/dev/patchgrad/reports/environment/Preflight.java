package dev.patchgrad.reports.environment;

import dev.patchgrad.reports.json.BadRecordException;
import dev.patchgrad.reports.json.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What the forks' JVM reported of itself and of the work, before anything was measured.
 *
 * @param jvm its facts
 * @param setFlags names of the JVM's flags in {@code jvm} that somebody set: on the command line,
 *     in a file, or in the environment
 * @param work of one operation of each cell
 * @param leftOut why this machine has no such contender, a line for each that is left out
 */
public record Preflight(JvmFacts jvm, Set<String> setFlags, List<Work> work, List<String> leftOut) {
  /** Copies the collections. */
  public Preflight {
    setFlags = Set.copyOf(setFlags);
    work = List.copyOf(work);
    leftOut = List.copyOf(leftOut);
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @param json the text
   * @return the facts
   * @throws BadRecordException if a component is missing or of another type
   */
  public static Preflight fromJson(String json) {
    return Json.read(json, Path.of("preflight"), Preflight.class);
  }

  /**
   * As JSON, on one line.
   *
   * @return the text
   */
  public String toJson() {
    return Json.writeCompact(this);
  }
}

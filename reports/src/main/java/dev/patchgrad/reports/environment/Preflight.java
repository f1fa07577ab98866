package dev.patchgrad.reports.environment;

import dev.patchgrad.reports.json.BadRecordException;
import dev.patchgrad.reports.json.Json;
import java.nio.file.Path;
import java.util.List;

/**
 * What the forks' JVM reported of itself and of the work, before anything was measured.
 *
 * @param jvm its facts
 * @param work of one operation of each cell
 */
public record Preflight(JvmFacts jvm, List<Work> work) {
  /** Copies the list. */
  public Preflight {
    work = List.copyOf(work);
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

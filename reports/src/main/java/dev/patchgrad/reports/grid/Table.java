package dev.patchgrad.reports.grid;

import dev.patchgrad.reports.run.Result;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All p and k of one precision and memory level, with all other parameters the same.
 *
 * @param precision float or double
 * @param level memory level of the batch; empty where the run has no such parameter
 * @param others further parameters and their values
 * @param mode of JMH in which it was measured: thrpt or avgt
 * @param threads that ran the benchmark at the same time
 * @param rows in order of p, then k
 */
public record Table(
    String precision,
    String level,
    Map<String, String> others,
    String mode,
    int threads,
    List<Row> rows) {
  /** Copies the collections. */
  public Table {
    others = Collections.unmodifiableMap(new TreeMap<>(others));
    rows = List.copyOf(rows);
  }

  /**
   * What distinguishes this table from others.
   *
   * @return such as {@code double, L2}, or {@code double, data x.npy@1f0a9b3c5d7e, n 5000}
   */
  public String title() {
    StringBuilder title = new StringBuilder(precision);
    boolean own = others.containsKey(Result.DATA);
    if (!level.isEmpty() && !own) {
      title.append(", ").append(level);
    }
    others.forEach((name, value) -> title.append(", ").append(name).append(' ').append(value));
    if (own) {
      // No level's name gives the size of a user's batch.
      title.append(", n ").append(Math.round(rows.get(0).fastest().samplesPerOperation()));
    }
    if (!mode.equals(Result.THROUGHPUT)) {
      title.append(", mode ").append(mode);
    }
    if (threads != 1) {
      title.append(", ").append(threads).append(" threads");
    }
    return title.toString();
  }
}

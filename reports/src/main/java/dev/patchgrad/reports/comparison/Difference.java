package dev.patchgrad.reports.comparison;

/**
 * One way in which two runs were not measured alike.
 *
 * @param key such as {@code warmupIterations} or {@code params.p}
 * @param first run's value or values
 * @param other run's
 */
public record Difference(String key, String first, String other) {
  /**
   * For a person.
   *
   * @return such as {@code params.p: 8, 64 | 8}
   */
  public String text() {
    return key + ": " + first + " | " + other;
  }
}

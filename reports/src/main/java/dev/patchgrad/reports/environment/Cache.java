package dev.patchgrad.reports.environment;

/**
 * One of the processor's caches, as one core sees it.
 *
 * @param level 1 for the nearest to the core
 * @param kind data, instruction, unified or unknown
 * @param bytes its size
 */
public record Cache(int level, String kind, long bytes) {
  /**
   * A cache.
   *
   * @throws IllegalArgumentException if level or size is negative
   */
  public Cache {
    Facts.requireCount("level", level);
    Facts.requireCount("bytes", bytes);
  }

  /**
   * Whether the data that a kernel reads pass through it.
   *
   * @return false for an instruction cache
   */
  public boolean holdsData() {
    return !kind.equals("instruction") && !kind.equals("trace");
  }
}

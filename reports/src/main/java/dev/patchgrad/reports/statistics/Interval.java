package dev.patchgrad.reports.statistics;

/**
 * An interval of ratios.
 *
 * @param low its lower end
 * @param high its upper end
 */
public record Interval(double low, double high) {
  /**
   * Whether the interval includes a ratio.
   *
   * @param ratio to look for
   * @return true at its ends as well
   */
  public boolean contains(double ratio) {
    return low <= ratio && ratio <= high;
  }
}

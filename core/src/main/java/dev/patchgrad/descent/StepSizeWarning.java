package dev.patchgrad.descent;

import java.util.Locale;

/**
 * A step size at or above the bound from which on descent cannot converge to the global minimum.
 *
 * @param stepSize eta
 * @param bound see {@link StepSize}
 */
public record StepSizeWarning(double stepSize, double bound) {
  /**
   * A line for a log.
   *
   * @return what is wrong, and what to do
   */
  public String message() {
    return String.format(
        Locale.ROOT,
        "eta: %.4g given; below %.4g, the stable bound at this start, descent can converge",
        stepSize,
        bound);
  }
}

package dev.patchgrad.descent;

import java.io.Serial;
import java.io.Serializable;

/**
 * How many of a number of starts went where.
 *
 * @param global starts that reach the global minimum
 * @param spurious starts that reach the spurious point
 * @param undecided starts that no step of those allowed decided
 * @param diverged starts whose numbers did not stay finite
 * @param steps of all starts together, until each was decided
 */
public record BasinCounts(int global, int spurious, int undecided, int diverged, long steps)
    implements Serializable {
  @Serial private static final long serialVersionUID = 1;

  /** No starts. */
  public static final BasinCounts NONE = new BasinCounts(0, 0, 0, 0, 0);

  /**
   * All starts.
   *
   * @return their number
   */
  public int starts() {
    return global + spurious + undecided + diverged;
  }

  /**
   * These starts and others.
   *
   * @param other the others
   * @return the counts of both
   */
  public BasinCounts plus(BasinCounts other) {
    return new BasinCounts(
        global + other.global,
        spurious + other.spurious,
        undecided + other.undecided,
        diverged + other.diverged,
        steps + other.steps);
  }

  /** These starts and one more. */
  BasinCounts plus(Basin basin, int itsSteps) {
    return new BasinCounts(
        global + (basin == Basin.GLOBAL ? 1 : 0),
        spurious + (basin == Basin.SPURIOUS ? 1 : 0),
        undecided + (basin == Basin.UNDECIDED ? 1 : 0),
        diverged + (basin == Basin.DIVERGED ? 1 : 0),
        steps + itsSteps);
  }
}

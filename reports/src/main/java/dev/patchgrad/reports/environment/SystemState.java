package dev.patchgrad.reports.environment;

/**
 * How busy the machine was at one moment. Ticks count the processor time of all cores since the
 * system's start, so that only the difference of two states has a meaning.
 *
 * @param loadAverage of the last minute; 0 where the system does not say
 * @param stealTicks that the hypervisor gave to other machines, ms
 * @param idleTicks without work, ms
 * @param totalTicks of any kind, ms
 * @param ownTicks that the program which records the run has used, with its children that have
 *     ended, ms; negative where the system does not say
 */
public record SystemState(
    double loadAverage, long stealTicks, long idleTicks, long totalTicks, long ownTicks) {
  /** Stands where nobody looked. */
  public static final SystemState UNKNOWN = new SystemState(0, 0, 0, 0, -1);

  /**
   * Whether somebody looked.
   *
   * @return false for {@link #UNKNOWN}
   */
  public boolean isKnown() {
    return totalTicks > 0;
  }

  /**
   * The share of processor time that was taken from this machine since an earlier state.
   *
   * @param earlier state of the same machine
   * @return from 0 to 1; NaN when no time passed between the two
   */
  public double stealSince(SystemState earlier) {
    return share(stealTicks - earlier.stealTicks, earlier);
  }

  /**
   * The share of processor time that was not idle since an earlier state, stolen time included.
   *
   * @param earlier state of the same machine
   * @return from 0 to 1; NaN when no time passed between the two
   */
  public double busySince(SystemState earlier) {
    return 1 - share(idleTicks - earlier.idleTicks, earlier);
  }

  /**
   * The share of processor time that programs on this machine used since an earlier state.
   *
   * @param earlier state of the same machine
   * @return from 0 to 1; NaN when no time passed between the two
   */
  public double usedSince(SystemState earlier) {
    return busySince(earlier) - stealSince(earlier);
  }

  /**
   * The share of processor time that programs used since an earlier state, without the program that
   * records the run, and its children.
   *
   * @param earlier state of the same machine, seen by the same program
   * @return from 0 to 1; NaN when no time passed between the two, or the system does not say
   */
  public double othersSince(SystemState earlier) {
    if (ownTicks < 0 || earlier.ownTicks < 0) {
      return Double.NaN;
    }
    // Each count is rounded to the kernel's clock: the difference of small ones may be negative.
    return Math.max(0, usedSince(earlier) - share(ownTicks - earlier.ownTicks, earlier));
  }

  private double share(long ticks, SystemState earlier) {
    long passed = totalTicks - earlier.totalTicks;
    return passed <= 0 ? Double.NaN : (double) ticks / passed;
  }
}

package dev.patchgrad.reports.environment;

/**
 * How busy the machine was at one moment. Ticks count the processor time of all cores since the
 * system's start, so that only the difference of two states has a meaning.
 *
 * @param loadAverage of the last minute; 0 where the system does not say
 * @param stealTicks that the hypervisor gave to other machines, ms
 * @param idleTicks without work, ms
 * @param totalTicks of any kind, ms
 */
public record SystemState(double loadAverage, long stealTicks, long idleTicks, long totalTicks) {
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
   * The share of processor time that was used since an earlier state.
   *
   * @param earlier state of the same machine
   * @return from 0 to 1; NaN when no time passed between the two
   */
  public double busySince(SystemState earlier) {
    return 1 - share(idleTicks - earlier.idleTicks, earlier);
  }

  private double share(long ticks, SystemState earlier) {
    long passed = totalTicks - earlier.totalTicks;
    return passed <= 0 ? Double.NaN : (double) ticks / passed;
  }
}

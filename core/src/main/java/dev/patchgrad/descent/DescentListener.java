package dev.patchgrad.descent;

/** Told where runs are, every so many iterations: for progress, or to record a trajectory. */
@FunctionalInterface
public interface DescentListener {
  /**
   * A run is here.
   *
   * @param point the iteration, loss and norms
   */
  void at(DescentPoint point);
}

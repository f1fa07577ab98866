package dev.patchgrad.descent;

/** Told how far a pass over a data set is, on the thread that waits for it. */
@FunctionalInterface
public interface PassListener {
  /**
   * A pass is here.
   *
   * @param progress so far
   */
  void at(PassProgress progress);
}

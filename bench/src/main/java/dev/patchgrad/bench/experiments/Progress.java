package dev.patchgrad.bench.experiments;

/** Is told how far a piece of work has come. */
@FunctionalInterface
interface Progress {
  /** Tells nobody. */
  Progress NONE = (done, all) -> {};

  /**
   * Another part is done.
   *
   * @param done parts that are done
   * @param all parts
   */
  void at(int done, int all);
}

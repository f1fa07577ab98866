package dev.patchgrad.descent;

import java.util.function.Supplier;

/** An objective that one descent has to itself from its start to its end. */
interface OwnedObjective extends Objective {
  /**
   * Takes it for the calling thread, until {@link #release}.
   *
   * @throws IllegalStateException if another thread has it
   */
  void claim();

  /** Gives it back. */
  void release();

  /** Runs a descent on an objective that nobody else may touch meanwhile. */
  static <T> T during(Objective objective, Supplier<T> descent) {
    if (!(objective instanceof OwnedObjective owned)) {
      return descent.get();
    }
    owned.claim();
    try {
      return descent.get();
    } finally {
      owned.release();
    }
  }
}

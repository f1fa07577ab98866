package dev.patchgrad.descent;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** An objective that one descent has to itself from its start to its end. */
interface OwnedObjective extends Objective {
  /**
   * Takes it for the calling thread, until {@link #release}.
   *
   * @param cancelled asked where an evaluation takes long; if it says so, that throws a {@link
   *     java.util.concurrent.CancellationException}
   * @throws IllegalStateException if another thread has it
   */
  void claim(BooleanSupplier cancelled);

  /** Gives it back. */
  void release();

  /** Runs a descent on an objective that nobody else may touch meanwhile. */
  static <T> T during(Objective objective, BooleanSupplier cancelled, Supplier<T> descent) {
    if (!(objective instanceof OwnedObjective owned)) {
      return descent.get();
    }
    owned.claim(cancelled);
    try {
      return descent.get();
    } finally {
      owned.release();
    }
  }
}

package dev.patchgrad.descent;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a second thread where scratch space, or a position in the data, serves one. The first
 * goes on undisturbed, and when it is done, another may come. A thread may enter more than once.
 */
final class OneThread {
  private final String what;
  private final AtomicReference<@Nullable Thread> owner = new AtomicReference<>();

  /** How often the owner has entered; only the owner touches it. */
  private int depth;

  /**
   * Nobody's yet.
   *
   * @param what begins the refusal, such as {@code "objective"}
   */
  OneThread(String what) {
    this.what = what;
  }

  /**
   * Begins what {@link #leave} ends.
   *
   * @throws IllegalStateException if another thread is at it
   */
  void enter() {
    Thread self = Thread.currentThread();
    Thread other = owner.compareAndExchange(null, self);
    if (other != null && other != self) {
      throw new IllegalStateException(
          what
              + ": in use by thread '"
              + other.getName()
              + "'; expected one thread at a time, so one for each thread");
    }
    depth++;
  }

  /** Ends it. */
  void leave() {
    depth--;
    if (depth == 0) {
      owner.set(null);
    }
  }
}

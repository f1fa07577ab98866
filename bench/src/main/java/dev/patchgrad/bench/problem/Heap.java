package dev.patchgrad.bench.problem;

import java.util.Locale;

/**
 * The heap that a cell's arrays have to fit into.
 *
 * @param bytes that this JVM may use
 */
public record Heap(long bytes) {
  /** What JMH and the agreement check's block in double take. */
  private static final long OTHERS = 64 << 20;

  /**
   * The heap of this JVM.
   *
   * @return its limit
   */
  public static Heap ofThisJvm() {
    return new Heap(Runtime.getRuntime().maxMemory());
  }

  /**
   * Refuses arrays that are too large.
   *
   * @param what takes them, a parameter and its value
   * @param needed bytes of all arrays together
   * @return the same bytes
   * @throws IllegalArgumentException if this heap has no room for them; the message says what takes
   *     how much, and how much there is
   */
  public double requireRoom(String what, double needed) {
    double room = bytes * 0.9 - OTHERS;
    if (room <= 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "heap: this JVM has %d MiB, and needs at least %.0f MiB before any batch;"
                  + " -jvmArgsAppend -Xmx gives more",
              bytes >> 20,
              Math.ceil(OTHERS / 0.9 / (1 << 20))));
    }
    if (needed > room) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s takes %.0f MiB of heap; expected at most %.0f MiB, what this JVM has; "
                  + "-jvmArgsAppend -Xmx gives more",
              what,
              needed / (1 << 20),
              room / (1 << 20)));
    }
    return needed;
  }
}

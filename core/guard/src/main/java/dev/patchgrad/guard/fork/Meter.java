package dev.patchgrad.guard.fork;

import com.sun.management.ThreadMXBean;
import dev.patchgrad.guard.fork.Entry.Reading;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.function.Executable;

/** Calls a call over and over, on this thread, and counts. */
final class Meter {
  /** Until C1's code counts the types at call sites, which begins after 200 calls. */
  private static final int MIXED_CALLS = 300;

  private static final long MIXED_NANOS = 10_000_000;

  /**
   * Long enough that a clean window tells a call that allocates at times from one that does not.
   */
  private static final long WINDOW_NANOS = 2_000_000;

  private static final int CLEAN_WINDOWS = 3;

  private static final long TIMED_WINDOW_NANOS = 20_000_000;

  private static final int TIMED_WINDOWS = 10;

  private Meter() {}

  /** Calls it for a moment, so that call sites which others share have seen its types. */
  static void mix(Executable call) throws Throwable {
    long end = System.nanoTime() + MIXED_NANOS;
    for (int i = 0; i < MIXED_CALLS && System.nanoTime() < end; i++) {
      call.execute();
    }
  }

  /**
   * Calls it until it allocates less than a byte a call, in three windows one after the other, or
   * until the time is over. It is this thread's own time on a processor: on a busy machine C2 comes
   * no further than this thread.
   *
   * @param allThreads whether the bytes of all threads count, or those of this one
   * @return bytes a call in the last windows
   * @throws UnsupportedOperationException if this JVM does not count what a thread allocates
   */
  static Reading allocation(String id, Executable call, Duration longest, boolean allThreads)
      throws Throwable {
    ThreadMXBean threads = counter();
    long start = System.nanoTime();
    long end = processorTime(threads) + longest.toNanos();
    long calls = 0;
    long atOnce = 1;
    int clean = 0;
    double perCall;
    do {
      long before = allocated(threads, allThreads);
      long began = System.nanoTime();
      for (long i = 0; i < atOnce; i++) {
        call.execute();
      }
      long took = System.nanoTime() - began;
      perCall = (double) (allocated(threads, allThreads) - before) / atOnce;
      calls += atOnce;
      if (perCall >= 1) {
        clean = 0;
      } else if (took >= WINDOW_NANOS) {
        clean++;
      }
      if (took < WINDOW_NANOS) {
        atOnce *= 2;
      } else if (took > 8 * WINDOW_NANOS && atOnce > 1) {
        atOnce /= 2;
      }
    } while (clean < CLEAN_WINDOWS && processorTime(threads) < end);
    return new Reading(id, perCall, calls, (System.nanoTime() - start) * 1e-9);
  }

  /**
   * Calls it for a time, and then for ten windows.
   *
   * @return nanoseconds a call in the best window
   */
  static Reading time(String id, Executable call, Duration warmUp) throws Throwable {
    long start = System.nanoTime();
    long end = start + warmUp.toNanos();
    long calls = 0;
    long atOnce = 1;
    double best = Double.POSITIVE_INFINITY;
    int windows = 0;
    while (windows < TIMED_WINDOWS) {
      long began = System.nanoTime();
      for (long i = 0; i < atOnce; i++) {
        call.execute();
      }
      long took = System.nanoTime() - began;
      calls += atOnce;
      if (began >= end) {
        best = Math.min(best, (double) took / atOnce);
        windows++;
      }
      if (took < TIMED_WINDOW_NANOS) {
        atOnce *= 2;
      } else if (took > 4 * TIMED_WINDOW_NANOS && atOnce > 1) {
        atOnce /= 2;
      }
    }
    return new Reading(id, best, calls, (System.nanoTime() - start) * 1e-9);
  }

  /**
   * Nanoseconds that this thread has spent on a processor, or of the clock where none are told.
   *
   * @param threads looked up before: that allocates
   */
  static long processorTime(java.lang.management.ThreadMXBean threads) {
    return threads.isCurrentThreadCpuTimeSupported()
        ? threads.getCurrentThreadCpuTime()
        : System.nanoTime();
  }

  private static long allocated(ThreadMXBean threads, boolean allThreads) {
    return allThreads
        ? threads.getTotalThreadAllocatedBytes()
        : threads.getCurrentThreadAllocatedBytes();
  }

  private static ThreadMXBean counter() {
    if (ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads
        && threads.isThreadAllocatedMemorySupported()) {
      threads.setThreadAllocatedMemoryEnabled(true);
      return threads;
    }
    throw new UnsupportedOperationException(
        "this JVM does not count what a thread allocates: use one of HotSpot");
  }
}

package dev.patchgrad.bench.launch;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The interrupt of this program by a signal (SIGTERM, SIGINT, a closed terminal). It ends the JVMs
 * that measure, and waits until the program has ended by itself: with its record, and with nothing
 * left behind.
 */
final class Interrupt {
  /** For a page of many charts, on a busy machine. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Duration STEP = Duration.ofMillis(20);

  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean requested;

  /**
   * The interrupt of this JVM.
   *
   * @return not requested yet; {@link #ended} must be called before this JVM exits
   */
  static Interrupt ofThisProgram() {
    Interrupt interrupt = new Interrupt();
    Runtime.getRuntime().addShutdownHook(new Thread(interrupt::request, "patchgrad-interrupt"));
    return interrupt;
  }

  /** Asks the program to end, and returns when it has, or when patience is out. */
  void request() {
    requested = true;
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (!ended.await(STEP.toMillis(), TimeUnit.MILLISECONDS) && System.nanoTime() < deadline) {
        // Again and again: a JVM may be starting at this moment. What it has measured so far of an
        // iteration is lost in any case.
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the program is to end. */
  boolean isRequested() {
    return requested;
  }

  /** Says that the program has ended: nothing of it is left to be done. */
  void ended() {
    ended.countDown();
  }
}

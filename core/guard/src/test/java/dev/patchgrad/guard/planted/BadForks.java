package dev.patchgrad.guard.planted;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchgrad.guard.CallUnderTest;
import dev.patchgrad.guard.NoAllocation;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Guarded calls whose forks do not come to an end, or not to a good one, or differ. */
public final class BadForks {
  private static final boolean IN_A_FORK = System.getProperty("patchgrad.guard.fork") != null;

  private static final boolean IN_THE_SECOND_FORK =
      Integer.getInteger("patchgrad.guard.fork", 0) == 1;

  Object kept = "";

  BadForks() {}

  @Test
  @NoAllocation(forks = 1, timeoutSeconds = 1, jvmArgs = "-Dhang=true")
  void hangs() throws InterruptedException {
    Thread.sleep(1_000_000);
  }

  @Test
  @NoAllocation(forks = 1, jvmArgs = "-Dhalt=true")
  void halts() {
    Runtime.getRuntime().halt(7);
  }

  @Test
  @NoAllocation(warmUpMillis = 100, jvmArgs = "-Dtwo=true")
  void allocatesInOneFork() {
    if (IN_THE_SECOND_FORK) {
      kept = new Object();
    }
  }

  @Test
  @NoAllocation(forks = 1)
  void failsInTheFork() {
    assertEquals(false, IN_A_FORK, "runs in a fork");
  }

  @Test
  @NoAllocation(forks = 1)
  void abortsInTheFork() {
    assumeTrue(!IN_A_FORK, "not in a fork");
  }

  @Test
  @NoAllocation(forks = 1)
  void callUnderTestNotUsed(CallUnderTest call) {}

  @Test
  @NoAllocation(warmUpMillis = 100, jvmArgs = "-Dtwo=true", allThreads = true)
  void allocatesInAnotherThread(CallUnderTest call) throws Throwable {
    callAnother(call);
  }

  @Test
  @NoAllocation(warmUpMillis = 100, jvmArgs = "-Dtwo=true")
  void allocatesUnseenInAnotherThread(CallUnderTest call) throws Throwable {
    callAnother(call);
  }

  /**
   * A call that waits while another thread makes an object, in one fork: one so large that a
   * recording has each, as on a busy machine there are few such calls.
   */
  private void callAnother(CallUnderTest call) throws Throwable {
    AtomicInteger asked = new AtomicInteger();
    AtomicInteger made = new AtomicInteger();
    Thread maker =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  while (asked.get() >= 0) {
                    if (made.get() != asked.get()) {
                      if (IN_THE_SECOND_FORK) {
                        kept = new byte[1 << 16];
                      }
                      made.incrementAndGet();
                    }
                    Thread.onSpinWait();
                  }
                });
    call.repeat(
        () -> {
          int number = asked.incrementAndGet();
          while (made.get() != number) {
            Thread.onSpinWait();
          }
        });
    asked.set(-1);
    maker.join();
  }

  @Test
  @NoAllocation(forks = 0)
  void noForks() {}
}

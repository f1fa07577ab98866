package dev.patchgrad.choice;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/** What threads allocate, by which compiled vector code is told from code that makes objects. */
final class Allocation {
  private static final Optional<ThreadMXBean> THREADS =
      ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads
              && threads.isThreadAllocatedMemorySupported()
          ? Optional.of(threads)
          : Optional.empty();

  private Allocation() {}

  /**
   * The bytes that this thread has allocated since it began.
   *
   * @return bytes; 0 in a JVM that does not count them, where no thread seems to allocate then
   */
  static long ofThisThread() {
    return THREADS.isPresent() ? THREADS.get().getCurrentThreadAllocatedBytes() : 0;
  }
}

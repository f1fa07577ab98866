package dev.patchgrad.choice;

import com.sun.management.ThreadMXBean;
import dev.patchgrad.internal.Lack;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/** What threads allocate, by which compiled vector code is told from code that makes objects. */
final class Allocation {
  /** Loaded only where it is called for: a Java runtime may lack the classes that count. */
  private static final class Counter {
    static final Optional<ThreadMXBean> THREADS =
        ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads
                && threads.isThreadAllocatedMemorySupported()
            ? Optional.of(threads)
            : Optional.empty();
  }

  private Allocation() {}

  /**
   * Refuses a Java runtime that was linked without the classes that count.
   *
   * @throws UnsupportedOperationException if it has no module jdk.management
   */
  static void requireCounted() {
    if (ModuleLayer.boot().findModule("jdk.management").isEmpty()) {
      throw new Lack(
              "this Java runtime has no module jdk.management",
              "use one that has it, or KernelChooser.choose")
          .refusal("measure: compiled kernels are told by what they allocate");
    }
  }

  /**
   * The bytes that this thread has allocated since it began.
   *
   * @return bytes; 0 in a JVM that does not count them, where no thread seems to allocate then
   */
  static long ofThisThread() {
    return Counter.THREADS.isPresent() ? Counter.THREADS.get().getCurrentThreadAllocatedBytes() : 0;
  }
}

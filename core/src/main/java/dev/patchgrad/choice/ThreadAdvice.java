package dev.patchgrad.choice;

import java.util.Locale;
import java.util.Optional;

/** What threads do with a workload, in words, or could do where there is one. */
final class ThreadAdvice {
  private static final double MIB = 1024 * 1024;

  private ThreadAdvice() {}

  /**
   * What to say of a choice.
   *
   * @return a step of its explanation; empty for one thread, unless memory keeps it waiting
   */
  static Optional<String> of(Workload workload, Machine machine) {
    if (workload.threads() > 1) {
      return Optional.of(shared(workload));
    }
    // The kernel for many students waits for memory once for all of them.
    boolean fromMemory = machine.lastKib() > 0 && workload.patchBytes() > 1024L * machine.lastKib();
    if (workload.students() > 1 || machine.logicalCores() < 2 || !fromMemory) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "the patches, %.1f MiB, come from memory, since the last cache has %.1f MiB: there two"
                + " threads are mostly faster than one, by BatchLoss.of(batch).threads(2), and"
                + " float twice as fast as double",
            workload.patchBytes() / MIB,
            machine.lastKib() / 1024.0));
  }

  private static String shared(Workload workload) {
    return workload.students() == 1
        ? workload.threads()
            + " threads share the samples, where that is faster: the kernel measures it as it runs"
        : "each of "
            + workload.threads()
            + " threads takes "
            + workload.studentsOfAThread()
            + " of the students, with a kernel of its own";
  }
}

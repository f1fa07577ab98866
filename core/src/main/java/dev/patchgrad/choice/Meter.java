package dev.patchgrad.choice;

/** What kernels are measured by: the time, and what a thread allocates. */
interface Meter {
  /** The clock and the counts of this JVM. */
  Meter OF_THIS_JVM =
      new Meter() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public long allocated() {
          return Allocation.ofThisThread();
        }
      };

  /** Nanoseconds since any time, the same for all threads. */
  long nanos();

  /** Bytes that the calling thread has allocated since it began. */
  long allocated();
}

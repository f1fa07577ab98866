package dev.patchgrad.network;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.function.IntToLongFunction;

/**
 * Finds how many bytes of an array come before its first element: 16 in a usual JVM, 12 for floats
 * with compact object headers, 20 or 24 without compressed class pointers.
 *
 * <p>It measures that, by no flag and without {@code Unsafe}: the thread's count of allocated bytes
 * grows by header and elements, rounded up to the alignment of objects. Over lengths of one whole
 * alignment the least difference to the elements' bytes is the header, since one of them leaves
 * nothing to round up. So it holds in a JVM whose headers nobody knows yet.
 */
final class ArrayHeader {
  /** What is assumed where a JVM does not count, or counts nonsense. */
  private static final int USUAL_BYTES = 16;

  private static final int LEAST_BYTES = 8;
  private static final int MOST_BYTES = 32;

  /** The largest alignment of objects that HotSpot can be told. */
  private static final int MOST_ALIGNMENT = 256;

  private ArrayHeader() {}

  /** The bytes before the first element; a multiple of the bytes of an element. */
  static int bytes(Precision precision) {
    try {
      ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
      if (threads == null
          || !threads.isThreadAllocatedMemorySupported()
          || !threads.isThreadAllocatedMemoryEnabled()) {
        return USUAL_BYTES;
      }
      return of(precision.bytes(), length -> allocated(threads, precision, length));
    } catch (UnsupportedOperationException | LinkageError e) {
      return USUAL_BYTES; // another JVM than HotSpot, or one without the management module
    }
  }

  /**
   * The same from what a JVM counts.
   *
   * @param elementBytes of an element
   * @param allocated bytes by which the count grows for an array, by its length
   */
  static int of(int elementBytes, IntToLongFunction allocated) {
    long least = MOST_BYTES + 1L;
    for (int length = 1; length <= MOST_ALIGNMENT / elementBytes; length++) {
      least = Math.min(least, allocated.applyAsLong(length) - (long) length * elementBytes);
    }
    boolean plausible = least >= LEAST_BYTES && least <= MOST_BYTES && least % elementBytes == 0;
    return plausible ? (int) least : USUAL_BYTES;
  }

  private static long allocated(ThreadMXBean threads, Precision precision, int length) {
    long before = threads.getCurrentThreadAllocatedBytes();
    Object array = precision == Precision.FLOAT ? new float[length] : new double[length];
    try {
      return threads.getCurrentThreadAllocatedBytes() - before;
    } finally {
      // Else a compiler might not allocate what nobody uses.
      Reference.reachabilityFence(array);
    }
  }
}

package dev.patchgrad.network;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Tells where the elements of arrays really lie, in a JVM of its own. C's memmove returns where it
 * moved something to, and may be handed an array of the heap.
 */
final class CacheLinesMain {
  private static final int ARRAYS = 5;

  /** Below what is stretched, and above; the last is larger than a region of a small heap. */
  private static final int[] SIZES_KIB = {130, 600, 3000};

  private CacheLinesMain() {}

  /**
   * Prints a line for each precision and size: how many of some arrays have their first used
   * element on a cache line, before and after a collection.
   */
  @SuppressWarnings("restricted")
  public static void main(String[] arguments) throws Throwable {
    Linker linker = Linker.nativeLinker();
    MethodHandle memmove =
        linker.downcallHandle(
            linker.defaultLookup().find("memmove").orElseThrow(),
            FunctionDescriptor.of(
                ValueLayout.JAVA_LONG,
                ValueLayout.ADDRESS,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_LONG),
            Linker.Option.critical(true));
    for (Precision precision : Precision.values()) {
      for (int kib : SIZES_KIB) {
        int length = CacheLines.arrayLength(kib * 1024 / precision.bytes(), precision);
        MemorySegment[] arrays = new MemorySegment[ARRAYS];
        int[][] between = new int[ARRAYS][];
        for (int i = 0; i < ARRAYS; i++) {
          between[i] = new int[5 + 2 * i]; // so that arrays do not follow each other
          arrays[i] =
              precision == Precision.FLOAT
                  ? MemorySegment.ofArray(new float[length])
                  : MemorySegment.ofArray(new double[length]);
        }
        int before = onLines(arrays, memmove, precision);
        System.gc();
        System.out.printf(
            "%s, %d KiB: %d and %d of %d, header %d%n",
            precision.label(),
            kib,
            before,
            onLines(arrays, memmove, precision),
            between.length,
            ArrayHeader.bytes(precision));
      }
    }
  }

  private static int onLines(MemorySegment[] arrays, MethodHandle memmove, Precision precision)
      throws Throwable {
    int count = 0;
    for (MemorySegment array : arrays) {
      long address = (long) memmove.invokeExact(array, array, 0L);
      count += (address + (long) CacheLines.lead(precision) * precision.bytes()) % 64 == 0 ? 1 : 0;
    }
    return count;
  }
}

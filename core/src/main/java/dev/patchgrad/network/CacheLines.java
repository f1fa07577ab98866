package dev.patchgrad.network;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/**
 * How an array is made so that its vectors lie on cache lines, as far as a JVM lets one.
 *
 * <p>A vector as wide as a cache line that straddles two of them costs half of the L1 bandwidth,
 * and 0.55 of the L2 bandwidth on an Emerald Rapids Xeon (2026-11-24, pure read loop). An array's
 * elements start some bytes after its address, {@link ArrayHeader} finds how many. So some elements
 * are left unused, after which a line begins, if the array itself begins on one. That depends on
 * the collector (seen with JDK 25, 2026-11-27):
 *
 * <ul>
 *   <li>G1 gives an array of at least half a region a region of its own;
 *   <li>Shenandoah gives one of more than a region its own regions;
 *   <li>ZGC puts arrays above 256 KiB on addresses that are multiples of at least 512;
 *   <li>Serial and Parallel put any array anywhere, and move it. With {@code
 *       -XX:ObjectAlignmentInBytes=64} every array begins on a line, under these as well.
 * </ul>
 *
 * <p>A smaller array is stretched to that size. Other arrays are no worse for the unused elements.
 */
final class CacheLines {
  private static final int LINE_BYTES = 64;

  /** Below it an array is not stretched: that much padding is not worth it. */
  private static final int STRETCHED_BYTES = 128 * 1024;

  private static final int FLOAT_HEADER_BYTES = ArrayHeader.bytes(Precision.FLOAT);
  private static final int DOUBLE_HEADER_BYTES = ArrayHeader.bytes(Precision.DOUBLE);

  /** The least size of an array that begins on a line; 0 where all do, or no size helps. */
  private static final long OWN_PLACE_BYTES = ownPlaceBytes();

  private CacheLines() {}

  /** The elements to leave unused before the first. */
  static int lead(Precision precision) {
    int header = precision == Precision.FLOAT ? FLOAT_HEADER_BYTES : DOUBLE_HEADER_BYTES;
    return (LINE_BYTES - header) / precision.bytes();
  }

  /** The length of an array that holds so many elements after the lead. */
  static int arrayLength(int elements, Precision precision) {
    int length = elements + lead(precision);
    if ((long) length * precision.bytes() < STRETCHED_BYTES) {
      return length;
    }
    return (int) Math.max(length, OWN_PLACE_BYTES / precision.bytes());
  }

  private static long ownPlaceBytes() {
    try {
      HotSpotDiagnosticMXBean vm =
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
      if (vm == null || number(vm, "ObjectAlignmentInBytes") >= LINE_BYTES) {
        return 0;
      }
      if (is(vm, "UseG1GC")) {
        return number(vm, "G1HeapRegionSize") / 2 + LINE_BYTES;
      }
      if (is(vm, "UseZGC")) {
        return 256 * 1024 + LINE_BYTES;
      }
      // The last: some JDKs come without it, and refuse the question.
      return is(vm, "UseShenandoahGC")
          ? shenandoahRegionBytes(number(vm, "MaxHeapSize")) + LINE_BYTES
          : 0;
    } catch (IllegalArgumentException | LinkageError e) {
      // Another JVM than HotSpot, one without that collector, or without the management module:
      // nothing is known, so nothing is stretched.
      return 0;
    }
  }

  /** As Shenandoah sizes them: a 2048th of the heap, a power of two from 256 KiB to 32 MiB. */
  private static long shenandoahRegionBytes(long heapBytes) {
    return Math.clamp(Long.highestOneBit(heapBytes / 2048), 256L << 10, 32L << 20);
  }

  private static boolean is(HotSpotDiagnosticMXBean vm, String flag) {
    return Boolean.parseBoolean(vm.getVMOption(flag).getValue());
  }

  private static long number(HotSpotDiagnosticMXBean vm, String flag) {
    return Long.parseLong(vm.getVMOption(flag).getValue());
  }
}

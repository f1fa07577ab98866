package dev.patchgrad.network;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/**
 * How an array is made so that its vectors lie on cache lines, as far as a JVM lets one.
 *
 * <p>An array's elements start 16 bytes after its address, so a vector as wide as a cache line
 * straddles two of them at every load: half of the L1 bandwidth, and 0.55 of the L2 bandwidth on an
 * Emerald Rapids Xeon (2026-11-24, pure read loop). G1, the default collector, gives an array of at
 * least half a region a region of its own, which starts on a cache line; leaving the first 48 bytes
 * of such an array unused puts what follows on one too. Other arrays are no worse for it.
 */
final class CacheLines {
  private static final int LINE_BYTES = 64;
  private static final int HEADER_BYTES = 16;

  /** Below it an array is not stretched to half a region: that much padding is not worth it. */
  private static final int STRETCHED_BYTES = 128 * 1024;

  /** The least size of an array that G1 gives a region of its own; 0 under other collectors. */
  private static final long OWN_REGION_BYTES = ownRegionBytes();

  private CacheLines() {}

  /** The elements to leave unused before the first. */
  static int lead(Precision precision) {
    return (LINE_BYTES - HEADER_BYTES) / precision.bytes();
  }

  /** The length of an array that holds so many elements after the lead. */
  static int arrayLength(int elements, Precision precision) {
    int length = elements + lead(precision);
    if ((long) length * precision.bytes() < STRETCHED_BYTES) {
      return length;
    }
    return (int) Math.max(length, OWN_REGION_BYTES / precision.bytes());
  }

  private static long ownRegionBytes() {
    try {
      HotSpotDiagnosticMXBean vm =
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
      if (vm == null || !Boolean.parseBoolean(vm.getVMOption("UseG1GC").getValue())) {
        return 0;
      }
      return Long.parseLong(vm.getVMOption("G1HeapRegionSize").getValue()) / 2 + LINE_BYTES;
    } catch (IllegalArgumentException | LinkageError e) {
      // Another JVM than HotSpot, or one without the management module: nothing is known, so
      // nothing
      // is stretched.
      return 0;
    }
  }
}

package dev.patchgrad.network;

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

  private CacheLines() {}

  /** The elements to leave unused before the first. */
  static int lead(Precision precision) {
    return (LINE_BYTES - HEADER_BYTES) / precision.bytes();
  }

  /** The length of an array that holds so many elements after the lead. */
  static int arrayLength(int elements, Precision precision) {
    return elements + lead(precision);
  }
}

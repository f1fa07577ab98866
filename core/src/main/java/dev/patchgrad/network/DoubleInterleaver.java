package dev.patchgrad.network;

/** Moves double samples between row-major and interleaved order. */
final class DoubleInterleaver {
  /**
   * Coordinates moved at a time: each of the lanes' source rows then gives whole cache lines, and
   * the block that is written stays in L1.
   */
  private static final int BLOCK = 64;

  private DoubleInterleaver() {}

  /** Rows [n][length] into groups [n/lanes][length][lanes] from an offset on; padding is left. */
  static void interleave(double[] rows, double[] groups, int offset, int n, int length, int lanes) {
    for (int first = 0; first < n; first += lanes) {
      int present = Math.min(lanes, n - first);
      for (int block = 0; block < length; block += BLOCK) {
        int end = Math.min(length, block + BLOCK);
        for (int lane = 0; lane < present; lane++) {
          int from = (first + lane) * length;
          int to = offset + first * length + lane;
          for (int c = block; c < end; c++) {
            groups[to + c * lanes] = rows[from + c];
          }
        }
      }
    }
  }

  /** Groups [n/lanes][length][lanes] from an offset on into rows [n][length]. */
  static void deinterleave(
      double[] groups, int offset, double[] rows, int n, int length, int lanes) {
    for (int first = 0; first < n; first += lanes) {
      int present = Math.min(lanes, n - first);
      for (int block = 0; block < length; block += BLOCK) {
        int end = Math.min(length, block + BLOCK);
        for (int lane = 0; lane < present; lane++) {
          int to = (first + lane) * length;
          int from = offset + first * length + lane;
          for (int c = block; c < end; c++) {
            rows[to + c] = groups[from + c * lanes];
          }
        }
      }
    }
  }
}

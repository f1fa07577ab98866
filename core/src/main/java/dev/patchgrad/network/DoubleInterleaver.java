package dev.patchgrad.network;

/** Moves double samples between row-major and interleaved order. */
final class DoubleInterleaver {
  /**
   * Coordinates moved at a time: each of the lanes' source rows then gives whole cache lines, and
   * the block that is written stays in L1.
   */
  private static final int BLOCK = 64;

  private DoubleInterleaver() {}

  /**
   * rows [n][length] into groups [n/lanes][length][lanes]; the last group's padding is left as it
   * is.
   */
  static void interleave(double[] rows, double[] groups, int n, int length, int lanes) {
    for (int first = 0; first < n; first += lanes) {
      int present = Math.min(lanes, n - first);
      for (int block = 0; block < length; block += BLOCK) {
        int end = Math.min(length, block + BLOCK);
        for (int lane = 0; lane < present; lane++) {
          int from = (first + lane) * length;
          int to = first * length + lane;
          for (int c = block; c < end; c++) {
            groups[to + c * lanes] = rows[from + c];
          }
        }
      }
    }
  }

  /** groups [n/lanes][length][lanes] into rows [n][length]; padding is left out. */
  static void deinterleave(double[] groups, double[] rows, int n, int length, int lanes) {
    for (int first = 0; first < n; first += lanes) {
      int present = Math.min(lanes, n - first);
      for (int block = 0; block < length; block += BLOCK) {
        int end = Math.min(length, block + BLOCK);
        for (int lane = 0; lane < present; lane++) {
          int to = (first + lane) * length;
          int from = first * length + lane;
          for (int c = block; c < end; c++) {
            rows[to + c] = groups[from + c * lanes];
          }
        }
      }
    }
  }
}

package dev.patchgrad.network;

/** Moves double patches between row-major and other layouts, a block of L1's size at a time. */
final class DoubleRelayout {
  /**
   * Coordinates moved at a time: each source row then gives whole cache lines, and the block that
   * is written, of as many samples as lie side by side, stays in L1.
   */
  private static final int BLOCK = 64;

  private DoubleRelayout() {}

  /**
   * Fills a batch of another layout from rows [n][k][p] that start at an offset; what is padding
   * stays as it is.
   */
  static void fromRows(double[] rows, int offset, DoubleBatch to) {
    Layout layout = to.layout();
    int k = to.k();
    int p = to.p();
    int lanes = layout.lanes();
    int stored = (int) layout.storedElements(p);
    if (lanes == 1) {
      for (int patch = 0; patch < to.n() * k; patch++) {
        System.arraycopy(rows, offset + patch * p, to.patches(), to.offset() + patch * stored, p);
      }
      return;
    }
    // Runs of elements that follow each other in both layouts: whole samples where nothing is
    // padded.
    int run = stored == p ? k * p : p;
    int runs = k * p / run;
    int storedRun = stored == p ? run : stored;
    for (int first = 0; first < to.n(); first += lanes) {
      for (int part = 0; part < runs; part++) {
        int group = to.offset() + (first / lanes * runs + part) * storedRun * lanes;
        for (int block = 0; block < run; block += BLOCK) {
          int end = Math.min(run, block + BLOCK);
          for (int lane = 0; lane < Math.min(lanes, to.n() - first); lane++) {
            scatter(
                rows,
                offset + ((first + lane) * runs + part) * run + block,
                to.patches(),
                group + block * lanes + lane,
                end - block,
                lanes);
          }
        }
      }
    }
  }

  /** Fills rows [n][k][p] from a batch of another layout. */
  static void toRows(DoubleBatch from, double[] rows) {
    Layout layout = from.layout();
    int k = from.k();
    int p = from.p();
    int lanes = layout.lanes();
    int stored = (int) layout.storedElements(p);
    for (int i = 0; i < from.n(); i++) {
      for (int j = 0; j < k; j++) {
        int source = from.offset() + (i / lanes * k + j) * stored * lanes + i % lanes;
        gather(from.patches(), source, rows, (i * k + j) * p, p, lanes);
      }
    }
  }

  private static void scatter(
      double[] from, int source, double[] to, int target, int count, int stride) {
    for (int c = 0; c < count; c++) {
      to[target + c * stride] = from[source + c];
    }
  }

  private static void gather(
      double[] from, int source, double[] to, int target, int count, int stride) {
    for (int c = 0; c < count; c++) {
      to[target + c] = from[source + c * stride];
    }
  }
}

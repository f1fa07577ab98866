package dev.patchgrad.kernel;

/**
 * Where in a batch the four runs of samples lie that a kernel takes side by side, each a stream of
 * its own for the hardware, which fetches ahead within a page.
 */
final class FourStreams {
  private FourStreams() {}

  /**
   * How far apart they lie: as far as it takes for a stream each, and no further, or as far as four
   * places let them lie.
   *
   * @param count runs that there are
   * @param size elements of a run, at least 1
   * @param apart elements that lie between two places at least, where there are as many
   * @return runs from one place to the next; 0 where there are fewer than four
   */
  static int distance(int count, int size, int apart) {
    int quarter = count / 4;
    int most = 1 + (apart - 1) / size;
    return quarter / Math.max(1, quarter / most);
  }
}

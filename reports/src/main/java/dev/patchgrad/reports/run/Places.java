package dev.patchgrad.reports.run;

import java.util.ArrayList;
import java.util.List;

/**
 * Which iterations of a fork measured the same place in memory, and how fast that place is when
 * nothing disturbs it.
 *
 * <p>A neighbour on the host slows a core down for milliseconds or for seconds, and nothing makes
 * code faster than it is. So of several iterations over the same place the fastest tells most of
 * the code, and least of the neighbour (Chen and Revels, Robust benchmarking in noisy environments,
 * 2016, arXiv:1608.04295).
 */
public final class Places {
  /**
   * Copies of a batch that the iterations of the gradient suite take in turn: one for each place
   * that an array of doubles may have on a cache line.
   */
  public static final int COUNT = 8;

  private Places() {}

  /**
   * The fastest iteration at each place.
   *
   * @param iterations of a fork, in the order in which they were measured
   * @param largerIsFaster whether they are rates, and not times
   * @return at most {@link #COUNT} values; the iterations themselves where there are no more
   */
  public static List<Double> fastest(List<Double> iterations, boolean largerIsFaster) {
    return indicesOfFastest(iterations, largerIsFaster).stream().map(iterations::get).toList();
  }

  /**
   * Which iterations were the fastest at each place.
   *
   * @param iterations of a fork, in the order in which they were measured
   * @param largerIsFaster whether they are rates, and not times
   * @return at most {@link #COUNT} indices
   */
  static List<Integer> indicesOfFastest(List<Double> iterations, boolean largerIsFaster) {
    List<Integer> fastest = new ArrayList<>();
    for (int i = 0; i < iterations.size(); i++) {
      if (i < COUNT) {
        fastest.add(i);
        continue;
      }
      double before = iterations.get(fastest.get(i % COUNT));
      double value = iterations.get(i);
      if (largerIsFaster ? value > before : value < before) {
        fastest.set(i % COUNT, i);
      }
    }
    return fastest;
  }
}

package dev.patchgrad.reports.page;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The colour of each kernel. A page of some kernels shows each as a page of all does, so the first
 * ones keep theirs by name; a new one takes the next colour, and needs no line here.
 */
public final class KernelColours {
  /** The colour of a machine's limits, which no kernel has. */
  public static final int LIMIT = 7;

  /**
   * The order of colours: those that stay furthest apart for colour-blind eyes go to the kernels
   * that compete for being the fastest.
   */
  private static final List<String> FIRST =
      List.of("vector", "interleaved", "single-touch", "ejml", "scalar");

  private final Map<String, Integer> colours = new TreeMap<>();

  /**
   * Gives colours.
   *
   * @param kernels their names
   */
  public KernelColours(Collection<String> kernels) {
    List<String> order = new ArrayList<>(FIRST);
    for (String kernel : new TreeSet<>(kernels)) {
      if (!order.contains(kernel)) {
        order.add(kernel);
      }
    }
    for (String kernel : order) {
      colours.put(kernel, order.indexOf(kernel) % LIMIT);
    }
  }

  /**
   * A kernel's colour.
   *
   * @param kernel its name
   * @return an index, as charts and tables take it; -1 for a kernel that was not named
   */
  public int of(String kernel) {
    return colours.getOrDefault(kernel, -1);
  }
}

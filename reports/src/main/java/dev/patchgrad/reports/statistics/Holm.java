package dev.patchgrad.reports.statistics;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Many tests together: among ninety cells, some differ by chance alone. Holm's step-down method
 * keeps the probability of any false finding at a given level, however the tests depend on each
 * other (Scandinavian Journal of Statistics 6(2), 1979).
 */
public final class Holm {
  private Holm() {}

  /**
   * Which of the tests have a finding.
   *
   * @param probabilities of what was observed if there is nothing to find, by test
   * @param level the probability of any false finding among all of them
   * @return indices of the tests that have a finding
   */
  public static Set<Integer> findings(List<Double> probabilities, double level) {
    List<Integer> ascending =
        IntStream.range(0, probabilities.size())
            .boxed()
            .sorted(Comparator.comparingDouble(probabilities::get))
            .toList();
    Set<Integer> found = new HashSet<>();
    for (int rank = 0; rank < ascending.size(); rank++) {
      int test = ascending.get(rank);
      if (!(probabilities.get(test) <= level / (ascending.size() - rank))) {
        break;
      }
      found.add(test);
    }
    return found;
  }
}

package dev.patchgrad.descent;

import dev.patchgrad.network.Checks;
import dev.patchgrad.network.Student;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Descent from one random start after the other until one reaches its goal, some of them at a time:
 * all that are active take one pass over the data, and where one is given up the next begins.
 *
 * @param descent whose goal is what a start is to reach; give up what is lost by {@link
 *     GradientDescent#givingUp}
 * @param initialisation of the starts
 * @param together the runs that are active at a time, at least 1
 * @param mostStarts after which the search ends; at least 1
 */
public record Restarts(
    GradientDescent descent, Initialisation initialisation, int together, int mostStarts) {
  /**
   * What a search came to.
   *
   * @param reached the run that reached the goal; of several at the same iteration, the one that
   *     started first
   * @param starts that were begun
   * @param results of all starts that were begun, in their order; those that were still under way
   *     when one reached the goal are cancelled
   */
  public record Found(Optional<DescentResult> reached, int starts, List<DescentResult> results) {}

  /** Checks the values. */
  public Restarts {
    Checks.requirePositive("together", together);
    Checks.requirePositive("mostStarts", mostStarts);
    Checks.requireLength(
        "initialisation: k", initialisation.k(), descent.objective().k(), "k of the objective");
    Checks.requireLength(
        "initialisation: p", initialisation.p(), descent.objective().p(), "p of the objective");
  }

  /**
   * Searches. The i-th start depends on the seed and i alone, not on how many run together.
   *
   * @param seed of the starts
   * @return what was found; nothing is reached where all starts ended otherwise, or the search was
   *     cancelled
   */
  public Found search(long seed) {
    SplittableRandom root = new SplittableRandom(seed);
    LockstepRuns runs = new LockstepRuns(descent);
    List<Optional<DescentResult>> results = new ArrayList<>();
    boolean[] over = {false};
    LockstepRuns.Ended ended =
        (run, result) -> {
          results.set(run, Optional.of(result));
          over[0] |= result.ending() == Ending.REACHED || result.ending() == Ending.CANCELLED;
        };
    while (!over[0]) {
      while (runs.size() < together && results.size() < mostStarts) {
        Student start = initialisation.draw(root.split());
        runs.add(start);
        results.add(Optional.empty());
      }
      if (!runs.areActive()) {
        break;
      }
      runs.judge(ended);
      if (over[0]) {
        runs.cancel(ended);
      }
      runs.move();
    }
    List<DescentResult> all = results.stream().map(Optional::orElseThrow).toList();
    return new Found(
        all.stream().filter(result -> result.ending() == Ending.REACHED).findFirst(),
        all.size(),
        all);
  }

  /**
   * How many independent starts reach the goal at least once with a wanted probability: the least m
   * with 1 - (1 - q)^m at least P, log(1 - P) / log(1 - q) rounded up.
   *
   * @param wanted P, at least 0 and below 1
   * @param each q, the probability that one start reaches it; above 0, at most 1
   * @return m, at least 1
   * @throws IllegalArgumentException if a probability is out of its range, or m is too large for an
   *     int
   */
  public static int needed(double wanted, double each) {
    if (!(wanted >= 0 && wanted < 1)) {
      throw new IllegalArgumentException(
          "wanted: " + wanted + " given; expected a probability of at least 0 and below 1");
    }
    if (!(each > 0 && each <= 1)) {
      throw new IllegalArgumentException(
          "each: " + each + " given; expected a probability above 0 and at most 1");
    }
    // log1p keeps the digits of a small q. Where the quotient is whole but for rounding, it counts.
    double starts = each == 1 ? 1 : Math.log1p(-wanted) / Math.log1p(-each);
    if (starts > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "each: "
              + each
              + " given; expected one that needs at most "
              + Integer.MAX_VALUE
              + " starts");
    }
    return (int) Math.max(1, Math.ceil(starts * (1 - 1e-12)));
  }
}

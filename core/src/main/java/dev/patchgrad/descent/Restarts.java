package dev.patchgrad.descent;

import dev.patchgrad.internal.Checks;
import dev.patchgrad.kernel.SignFlipsKernel;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Descent from one random start after the other until one reaches its goal. A draw is a random (v,
 * a); it gives one start, or four {@link #withSignFlips with sign flips}.
 *
 * <p>Some draws may descend {@link #together}. All their starts take one pass over the data, and
 * where the last start of a draw is given up, the next draw begins.
 *
 * <p>An immutable setting; {@link #mostDraws}, {@link #together} and {@link #withSignFlips} give
 * another. Threads may share it as far as they may share its descent.
 */
public final class Restarts {
  /** The draws after which a search ends, where nothing else is said. */
  public static final int MOST_DRAWS = 100;

  private final GradientDescent descent;
  private final Initialisation initialisation;
  private final int mostDraws;
  private final int together;
  private final boolean signFlips;

  /**
   * What a search came to.
   *
   * @param reached the run that reached the goal; of several at the same iteration, the one that
   *     started first
   * @param draws that were begun
   * @param results of all starts that were begun, in their order: draw by draw, and within a draw
   *     in the order of {@link Initialisation#signFlips}; those that were still under way when one
   *     reached the goal are cancelled
   */
  public record Found(Optional<DescentResult> reached, int draws, List<DescentResult> results) {
    /**
     * The starts that were begun.
     *
     * @return the draws, or four times as many with sign flips
     */
    public int starts() {
      return results.size();
    }
  }

  /**
   * A search by single starts, one draw at a time, of at most {@value #MOST_DRAWS} draws.
   *
   * @param descent whose goal is what a start is to reach; give up what is lost by {@link
   *     GradientDescent#givingUp}
   * @param initialisation of the starts
   * @return the setting
   * @throws IllegalArgumentException if k or p of the initialisation is not the objective's
   */
  public static Restarts of(GradientDescent descent, Initialisation initialisation) {
    return new Restarts(descent, initialisation, MOST_DRAWS);
  }

  Restarts(GradientDescent descent, Initialisation initialisation, int mostDraws) {
    this(descent, initialisation, mostDraws, 1, false);
  }

  private Restarts(
      GradientDescent descent,
      Initialisation initialisation,
      int mostDraws,
      int together,
      boolean signFlips) {
    Checks.requirePositive("mostDraws", mostDraws);
    Checks.requireLength(
        "initialisation: k", initialisation.k(), descent.objective().k(), "k of the objective");
    Checks.requireLength(
        "initialisation: p", initialisation.p(), descent.objective().p(), "p of the objective");
    this.descent = descent;
    this.initialisation = initialisation;
    this.mostDraws = mostDraws;
    this.together = together;
    this.signFlips = signFlips;
  }

  /**
   * Ends the search after another number of draws.
   *
   * @param draws at least 1
   * @return the setting
   * @throws IllegalArgumentException if the number is below 1
   */
  public Restarts mostDraws(int draws) {
    return new Restarts(descent, initialisation, draws, together, signFlips);
  }

  /**
   * Lets several draws descend at a time.
   *
   * @param draws under way at a time, at least 1
   * @return the setting
   * @throws IllegalArgumentException if the number is below 1
   */
  public Restarts together(int draws) {
    return new Restarts(
        descent, initialisation, mostDraws, Checks.requirePositive("together", draws), signFlips);
  }

  /**
   * Starts from all four sign flips (v, a), (v, -a), (-v, a), (-v, -a) of each draw, which descend
   * together (Du et al. 2018, section 2).
   *
   * <p>On the population loss one draw is then enough: almost surely one of its four starts reaches
   * the global minimum, if it is drawn as {@link Initialisation#of(Teacher)} says and eta is at
   * most {@link Reduction#signFlipsBound}, as {@link StepSize#derived} is. Where 1^T a* = 0, a is
   * 0, and two of the four starts are the same as the other two.
   *
   * @return the setting
   */
  public Restarts withSignFlips() {
    return new Restarts(descent, initialisation, mostDraws, together, true);
  }

  /**
   * Searches. The i-th draw depends on the seed and i alone: not on how many descend together, nor
   * on whether its signs are flipped.
   *
   * @param seed of the draws
   * @return what was found; nothing is reached where all starts ended otherwise, or the search was
   *     cancelled
   * @throws IllegalArgumentException if a draw's |v| is far from the labels' scale and the
   *     iterations too few for that; nothing is computed then
   * @throws IllegalStateException if the objective is for one thread, and another is at it
   */
  public Found search(long seed) {
    return OwnedObjective.during(
        descent.objective(), descent::isCancelled, () -> searchOwned(seed));
  }

  private Found searchOwned(long seed) {
    SplittableRandom root = new SplittableRandom(seed);
    Search search = new Search(signFlips ? SignFlipsKernel.FLIPS : 1);
    LockstepRuns runs = new LockstepRuns(descent);
    int draws = 0;
    while (!search.isOver) {
      while (search.drawsUnderWay() < together && draws < mostDraws) {
        Student start = initialisation.draw(root.split());
        if (signFlips) {
          runs.addSignFlips(start);
        } else {
          runs.add(start);
        }
        search.begins(draws);
        draws++;
      }
      if (!runs.areActive()) {
        break;
      }
      runs.judge(search);
      if (search.isOver) {
        runs.cancel(search);
      }
      runs.move();
    }
    List<DescentResult> results = search.results.stream().map(Optional::orElseThrow).toList();
    return new Found(
        results.stream().filter(result -> result.ending() == Ending.REACHED).findFirst(),
        draws,
        results);
  }

  @Override
  public String toString() {
    return "Restarts[descent="
        + descent
        + ", initialisation="
        + initialisation
        + ", mostDraws="
        + mostDraws
        + ", together="
        + together
        + (signFlips ? ", with sign flips" : "")
        + "]";
  }

  /** Keeps the results of a search, and which draws are under way. */
  private static final class Search implements LockstepRuns.Ended {
    private final int startsOfDraw;
    private final List<Optional<DescentResult>> results = new ArrayList<>();

    /** How many starts of a draw are still under way; a draw without any is not in it. */
    private final Map<Integer, Integer> underWay = new HashMap<>();

    private boolean isOver;

    Search(int startsOfDraw) {
      this.startsOfDraw = startsOfDraw;
    }

    int drawsUnderWay() {
      return underWay.size();
    }

    void begins(int draw) {
      underWay.put(draw, startsOfDraw);
      for (int start = 0; start < startsOfDraw; start++) {
        results.add(Optional.empty());
      }
    }

    @Override
    public void accept(int run, DescentResult result) {
      results.set(run, Optional.of(result));
      underWay.computeIfPresent(run / startsOfDraw, (draw, left) -> left == 1 ? null : left - 1);
      isOver |= result.ending() == Ending.REACHED || result.ending() == Ending.CANCELLED;
    }
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

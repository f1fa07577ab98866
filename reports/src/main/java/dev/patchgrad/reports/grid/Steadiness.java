package dev.patchgrad.reports.grid;

import dev.patchgrad.reports.run.Result;
import dev.patchgrad.reports.statistics.Holm;
import dev.patchgrad.reports.statistics.Step;
import dev.patchgrad.reports.statistics.Trend;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Which results still trend, or step, while they are measured: then the median of a fork is that of
 * two levels, and tells neither.
 *
 * <p>Each result is tested for a {@link Trend} over its forks, and each fork for a {@link Step}.
 * Holm's method over all tests of a run keeps the probability of any false finding at {@link
 * #LEVEL}, however many cells there are. What is found and smaller than {@link #LEAST} is not told.
 */
public final class Steadiness {
  /** The probability that a run in which all is steady has any finding; at most this. */
  static final double LEVEL = 0.05;

  /** A change that is no larger matters to no verdict of three forks. */
  static final double LEAST = 0.03;

  private record Test(Result result, double probability, double change, Supplier<String> words) {}

  /** By the result itself, and not by what equals it: to compare all values costs more. */
  private final IdentityHashMap<Result, String> doubts = new IdentityHashMap<>();

  private Steadiness() {}

  /**
   * Tests the results of a run together.
   *
   * @param results all of them; those of single shots, or without values, are not tested
   * @return what {@link #doubt} asks
   */
  public static Steadiness of(List<Result> results) {
    List<Test> tests = new ArrayList<>();
    for (Result result : results) {
      if (result.isMeasured() && !result.mode().equals(Result.SINGLE_SHOT)) {
        test(result, tests);
      }
    }
    Set<Integer> found = Holm.findings(tests.stream().map(Test::probability).toList(), LEVEL);
    Steadiness steadiness = new Steadiness();
    for (int i = 0; i < tests.size(); i++) {
      Test test = tests.get(i);
      if (found.contains(i) && Math.abs(test.change()) >= LEAST) {
        steadiness.doubts.putIfAbsent(test.result(), test.words().get());
      }
    }
    return steadiness;
  }

  /**
   * Why a result is not steady.
   *
   * @param result one of those that were tested
   * @return what changes, and the test that shows it, in words; empty if it is steady, as far as
   *     its iterations tell
   */
  public Optional<String> doubt(Result result) {
    return Optional.ofNullable(doubts.get(result));
  }

  /** A trend before steps: of a fork that rises each half lies on another level, too. */
  private static void test(Result result, List<Test> tests) {
    List<Course> forks = Course.of(result, Course.MOST);
    Trend trend = Trend.of(forks.stream().map(Course::values).toList());
    tests.add(
        new Test(
            result,
            trend.probability(),
            trend.change(),
            () ->
                String.format(
                    Locale.ROOT,
                    "%s by %.1f %% from the first half of its forks to the second (Mann-Kendall test)",
                    trend.change() > 0 ? "speeds up" : "slows down",
                    100 * Math.abs(trend.change()))));
    for (int i = 0; i < forks.size(); i++) {
      int fork = i + 1;
      int each = forks.get(i).each();
      Optional<Step> step = Step.of(forks.get(i).values());
      step.ifPresent(
          found ->
              tests.add(
                  new Test(
                      result,
                      found.probability(),
                      found.change(),
                      () ->
                          String.format(
                              Locale.ROOT,
                              "steps by %+.1f %% after iteration %d of fork %d (t test at each place)",
                              100 * found.change(),
                              found.after() * each,
                              fork))));
    }
  }
}

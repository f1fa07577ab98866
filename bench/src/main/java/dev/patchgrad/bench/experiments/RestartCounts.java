package dev.patchgrad.bench.experiments;

import dev.patchgrad.descent.Basin;
import dev.patchgrad.descent.BasinCounts;
import dev.patchgrad.descent.ReducedDescent;
import dev.patchgrad.descent.ReducedStarts;
import dev.patchgrad.descent.ReducedState;
import dev.patchgrad.descent.Reduction;
import dev.patchgrad.descent.Restarts;
import dev.patchgrad.population.FilterAngle;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * The probability that at least one of m random starts reaches the global minimum: 1 - (1 - q)^m
 * with q of one start, and the share of searches that succeeded; and what the paper's four sign
 * flips of a start add.
 */
final class RestartCounts {
  private RestartCounts() {}

  /**
   * A teacher's class.
   *
   * @param k patches
   * @param rho of the teacher
   */
  record Case(int k, double rho) {}

  /**
   * What is asked.
   *
   * @param cases to look at
   * @param p dimension of a patch
   * @param squares N = |a*|^2
   * @param stepSize eta
   * @param searches of each case, simulated
   * @param mostStarts of a search
   * @param estimate starts that q is estimated from, none of which is in a search
   * @param wanted probability of success that a number of starts is derived for
   * @param mostSteps of a start
   * @param seed any
   */
  record Settings(
      List<Case> cases,
      int p,
      double squares,
      double stepSize,
      int searches,
      int mostStarts,
      int estimate,
      double wanted,
      int mostSteps,
      long seed) {
    Settings {
      cases = List.copyOf(cases);
      Require.notEmpty("cases", cases);
      for (Case one : cases) {
        // The same rules for a cell as in the table.
        tableOf(one, p, squares, stepSize, searches, mostSteps);
      }
      Require.positive("starts of a search", mostStarts);
      Require.positive("starts of the estimate", estimate);
      Require.within("wanted", wanted, 0, Math.nextDown(1), "a probability below 1");
      if ((long) searches * mostStarts > 100_000_000) {
        throw new IllegalArgumentException(
            "searches: "
                + searches
                + " of "
                + mostStarts
                + " starts given; expected at most 100000000 starts");
      }
    }
  }

  /**
   * What one case gave.
   *
   * @param teacher its class
   * @param single the share of single starts that succeed, from the estimate
   * @param found share of searches that succeeded within 1, 2, … starts
   * @param flips share of starts of which at least one of the four sign flips succeeds
   */
  record Outcome(Case teacher, Share single, List<Share> found, Share flips) {
    /** 1 - (1 - q)^m. */
    double predicted(int starts) {
      return 1 - Math.pow(1 - single.value(), starts);
    }

    /** The least number of starts that succeeds with a wanted probability. */
    int needed(double wanted) {
      return Restarts.needed(wanted, single.value());
    }
  }

  private static SuccessTable.Settings tableOf(
      Case one, int p, double squares, double stepSize, int starts, int mostSteps) {
    return new SuccessTable.Settings(
        List.of(one.k()), List.of(one.rho()), p, squares, stepSize, starts, mostSteps, 0);
  }

  /** Simulates all cases. */
  static List<Outcome> run(Settings settings, StudyThreads threads, Progress progress)
      throws InterruptedException {
    SplittableRandom root = new SplittableRandom(settings.seed());
    List<Callable<Outcome>> tasks = new ArrayList<>();
    for (Case one : settings.cases()) {
      SplittableRandom random = root.split();
      tasks.add(() -> outcome(settings, one, random));
    }
    return threads.all(tasks, progress);
  }

  private static Outcome outcome(Settings settings, Case one, SplittableRandom random) {
    Reduction reduction =
        SuccessTable.reduction(
            tableOf(
                one,
                settings.p(),
                settings.squares(),
                settings.stepSize(),
                settings.searches(),
                settings.mostSteps()),
            one.k(),
            one.rho());
    ReducedDescent descent = new ReducedDescent(reduction);
    BasinCounts estimate =
        descent.descend(
            new ReducedStarts(reduction, settings.p(), random.split())::next,
            settings.estimate(),
            settings.mostSteps());

    int most = settings.mostStarts();
    int[] first = new int[settings.searches()];
    java.util.Arrays.fill(first, most);
    descent.descend(
        new ReducedStarts(reduction, settings.p(), random.split())::next,
        settings.searches() * most,
        settings.mostSteps(),
        (basin, start) -> {
          if (basin == Basin.GLOBAL) {
            first[start / most] = Math.min(first[start / most], start % most);
          }
        });
    int[] foundWithin = new int[most];
    for (int start : first) {
      for (int m = start; m < most; m++) {
        foundWithin[m]++;
      }
    }
    List<Share> found = new ArrayList<>();
    for (int successes : foundWithin) {
      found.add(new Share(successes, settings.searches()));
    }

    boolean[] flipped = new boolean[settings.searches()];
    descent.descend(
        signFlips(new ReducedStarts(reduction, settings.p(), random.split())),
        4 * settings.searches(),
        settings.mostSteps(),
        (basin, start) -> flipped[start / 4] |= basin == Basin.GLOBAL);
    int successes = 0;
    for (boolean success : flipped) {
      successes += success ? 1 : 0;
    }
    return new Outcome(
        one,
        new Share(estimate.global(), estimate.starts()),
        List.copyOf(found),
        new Share(successes, settings.searches()));
  }

  /** Of each start (v, a), (v, -a), (-v, a), (-v, -a), one after the other. */
  private static Supplier<ReducedState> signFlips(ReducedStarts starts) {
    return new Supplier<>() {
      private ReducedState start = starts.next();
      private int next;

      @Override
      public ReducedState get() {
        if (next == 4) {
          start = starts.next();
          next = 0;
        }
        FilterAngle angle = start.angle();
        if (next >= 2) {
          angle =
              angle.phi() <= angle.supplement()
                  ? FilterAngle.ofSupplement(angle.phi())
                  : FilterAngle.ofRadians(angle.supplement());
        }
        int sign = next % 2 == 0 ? 1 : -1;
        next++;
        return new ReducedState(angle, start.norm(), sign * start.overlap(), sign * start.sum());
      }
    };
  }

  /** The data, a row for each case and number of starts. */
  static Csv csv(List<Outcome> outcomes) {
    Csv.Builder csv =
        new Csv.Builder(
            "restarts",
            "k",
            "rho",
            "starts",
            "predicted",
            "simulated",
            "simulated_low",
            "simulated_high",
            "searches",
            "single_start",
            "with_sign_flips");
    for (Outcome outcome : outcomes) {
      for (int m = 1; m <= outcome.found().size(); m++) {
        Share found = outcome.found().get(m - 1);
        csv.row(
            outcome.teacher().k(),
            outcome.teacher().rho(),
            m,
            outcome.predicted(m),
            found.value(),
            found.low(Share.ERROR),
            found.high(Share.ERROR),
            found.trials(),
            outcome.single().value(),
            outcome.flips().value());
      }
    }
    return csv.build();
  }
}

package dev.patchgrad.bench.experiments;

import dev.patchgrad.descent.Basin;
import dev.patchgrad.descent.BasinCounts;
import dev.patchgrad.descent.GradientDescent;
import dev.patchgrad.descent.Objective;
import dev.patchgrad.descent.ReducedDescent;
import dev.patchgrad.descent.Reduction;
import dev.patchgrad.descent.Restarts;
import dev.patchgrad.descent.StepSize;
import dev.patchgrad.descent.StopRule;
import dev.patchgrad.network.Teacher;
import dev.patchgrad.reports.csv.CsvTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;

/**
 * The probability that at least one of m random starts reaches the global minimum: 1 - (1 - q)^m
 * with q of one start, and the share of searches that succeeded; and beside independent starts, the
 * paper's four sign flips of one.
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

    /** The descent of a case. */
    Reduction reduction(Case one) {
      return SuccessTable.reduction(
          tableOf(one, p, squares, stepSize, searches, mostSteps), one.k(), one.rho());
    }
  }

  /**
   * What one case gave.
   *
   * @param teacher its class
   * @param single the share of single starts that succeed, from the estimate
   * @param found share of searches that succeeded within 1, 2, … starts
   * @param flips share of searches that succeeded within one draw of four sign flips
   */
  record Outcome(Case teacher, Share single, List<Share> found, Share flips) {
    /** 1 - (1 - q)^m. */
    double predicted(int starts) {
      return 1 - Math.pow(1 - single.value(), starts);
    }

    /** The share of searches that succeeded within some starts, if so many were simulated. */
    Optional<Share> found(int starts) {
      return starts <= found.size() ? Optional.of(found.get(starts - 1)) : Optional.empty();
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
    Reduction reduction = settings.reduction(one);
    ReducedDescent descent = ReducedDescent.of(reduction);
    BasinCounts estimate =
        descent.descend(
            PaperTeachers.starts(reduction, settings.p(), random.split())::next,
            settings.estimate(),
            settings.mostSteps());

    int most = settings.mostStarts();
    int[] first = new int[settings.searches()];
    Arrays.fill(first, most);
    descent.descend(
        PaperTeachers.starts(reduction, settings.p(), random.split())::next,
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

    return new Outcome(
        one,
        new Share(estimate.global(), estimate.starts()),
        List.copyOf(found),
        signFlips(settings, one, random.split()));
  }

  /** Searches of one draw, by the four sign flips of a start in all coordinates. */
  private static Share signFlips(Settings settings, Case one, SplittableRandom random) {
    Teacher teacher = PaperTeachers.of(one.k(), settings.p(), one.rho(), settings.squares());
    GradientDescent descent =
        GradientDescent.of(Objective.population(teacher), StopRule.inBasin(Basin.GLOBAL))
            .stepSize(StepSize.of(settings.stepSize()))
            .mostIterations(settings.mostSteps())
            .givingUp(StopRule.inBasin(Basin.SPURIOUS));
    Restarts restarts =
        Restarts.of(descent, PaperTeachers.starts(teacher)).mostDraws(1).withSignFlips();
    int successes = 0;
    for (int search = 0; search < settings.searches(); search++) {
      successes += restarts.search(random.nextLong()).reached().isPresent() ? 1 : 0;
    }
    return new Share(successes, settings.searches());
  }

  /** The data, a row for each case and number of starts. */
  static CsvTable csv(List<Outcome> outcomes) {
    CsvTable.Builder csv =
        CsvTable.withColumns(
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

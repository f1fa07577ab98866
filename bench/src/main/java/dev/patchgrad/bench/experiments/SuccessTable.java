package dev.patchgrad.bench.experiments;

import dev.patchgrad.descent.BasinCounts;
import dev.patchgrad.descent.ReducedDescent;
import dev.patchgrad.descent.Reduction;
import dev.patchgrad.population.CriticalPoints;
import dev.patchgrad.population.FilterAngle;
import dev.patchgrad.reports.csv.CsvTable;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * The share of random starts from which population gradient descent reaches the global minimum, by
 * k and rho = (1^T a*)^2 / |a*|^2: the paper's Table 1. One start counts, without its sign flips.
 */
final class SuccessTable {
  /** Starts that share a generator. Part of what a seed means: a change gives other starts. */
  private static final int BLOCK = 500;

  private SuccessTable() {}

  /**
   * What is asked.
   *
   * @param k patches, one a row
   * @param rho one a column, 0 to the smallest k
   * @param p dimension of a patch, at least 2
   * @param squares N = |a*|^2; |w*| is 1
   * @param stepSize eta
   * @param starts of each cell
   * @param mostSteps of a start
   * @param seed any
   */
  record Settings(
      List<Integer> k,
      List<Double> rho,
      int p,
      double squares,
      double stepSize,
      int starts,
      int mostSteps,
      long seed) {
    Settings {
      k = List.copyOf(k);
      rho = List.copyOf(rho);
      Require.notEmpty("k", k);
      Require.notEmpty("rho", rho);
      for (int patches : k) {
        Require.positive("k", patches);
        for (double ratio : rho) {
          Require.within("rho", ratio, 0, patches, "since (1^T a*)^2 <= k |a*|^2");
        }
      }
      if (p < 2) {
        throw new IllegalArgumentException(
            "p: " + p + " given; expected at least 2, or the filter cannot turn");
      }
      Require.positive("|a*|^2", squares);
      for (int patches : k) {
        Require.stableStep(stepSize, new Reduction(patches, 1, 0, squares, 1).stableBound(1));
      }
      Require.positive("starts", starts);
      Require.positive("most steps", mostSteps);
    }
  }

  /**
   * A cell of the table.
   *
   * @param k patches
   * @param rho of the teacher
   * @param counts where its starts went
   * @param limit the share for |a*| to 0, exactly
   * @param recalled the paper's share as recalled, where there is one
   */
  record Cell(int k, double rho, BasinCounts counts, double limit, OptionalDouble recalled) {
    /** Starts that reach the global minimum; what is undecided did not. */
    Share share() {
      return new Share(counts.global(), counts.starts());
    }
  }

  /** The cells, row by row. */
  static List<Cell> run(Settings settings, StudyThreads threads, Progress progress)
      throws InterruptedException {
    SplittableRandom root = new SplittableRandom(settings.seed());
    List<Callable<BasinCounts>> tasks = new ArrayList<>();
    int blocks = (settings.starts() + BLOCK - 1) / BLOCK;
    for (int k : settings.k()) {
      for (double rho : settings.rho()) {
        Reduction reduction = reduction(settings, k, rho);
        for (int block = 0; block < blocks; block++) {
          SplittableRandom generator = root.split();
          int starts = Math.min(BLOCK, settings.starts() - block * BLOCK);
          tasks.add(
              () ->
                  ReducedDescent.of(reduction)
                      .descend(
                          PaperTeachers.starts(reduction, settings.p(), generator)::next,
                          starts,
                          settings.mostSteps()));
        }
      }
    }
    List<BasinCounts> counts = threads.all(tasks, progress);
    List<Cell> cells = new ArrayList<>();
    for (int k : settings.k()) {
      for (double rho : settings.rho()) {
        int first = cells.size() * blocks;
        BasinCounts all =
            counts.subList(first, first + blocks).stream()
                .reduce(BasinCounts.NONE, BasinCounts::plus);
        cells.add(
            new Cell(
                k,
                rho,
                all,
                limit(k, rho, settings.p()),
                RecalledTable.share(k, rho, settings.p())));
      }
    }
    return cells;
  }

  /** The descent of a cell: |w*| = 1, 1^T a* at least 0. */
  static Reduction reduction(Settings settings, int k, double rho) {
    return new Reduction(
        k, 1, Math.sqrt(rho * settings.squares()), settings.squares(), settings.stepSize());
  }

  /**
   * The share for |a*| to 0: a settles before the angle moves, and what counts is whether v starts
   * within the saddle's angle phi_s. The density of the starting angle is proportional to
   * sin^(p-2), so its sin^2 follows the beta distribution of (p - 1)/2 and 1/2.
   *
   * @param k patches
   * @param rho of the teacher
   * @param p dimension of a patch, at least 2
   * @return P(phi_0 &lt; phi_s)
   */
  static double limit(int k, double rho, int p) {
    FilterAngle border = CriticalPoints.saddleAngle(k, rho);
    double tail =
        BetaDistribution.of((p - 1) / 2.0, .5).cumulativeProbability(border.sin() * border.sin())
            / 2;
    return border.cos() >= 0 ? tail : 1 - tail;
  }

  /** The data, a row for each cell. */
  static CsvTable csv(List<Cell> cells) {
    CsvTable.Builder csv =
        CsvTable.withColumns(
            "k",
            "rho",
            "starts",
            "global",
            "spurious",
            "undecided",
            "diverged",
            "steps",
            "share",
            "share_low",
            "share_high",
            "limit_of_small_weights",
            "recalled_from_the_paper");
    for (Cell cell : cells) {
      BasinCounts counts = cell.counts();
      Share share = cell.share();
      csv.row(
          cell.k(),
          cell.rho(),
          counts.starts(),
          counts.global(),
          counts.spurious(),
          counts.undecided(),
          counts.diverged(),
          counts.steps(),
          share.value(),
          share.low(Share.ERROR),
          share.high(Share.ERROR),
          cell.limit(),
          cell.recalled().isPresent() ? cell.recalled().getAsDouble() : "");
    }
    return csv.build();
  }
}

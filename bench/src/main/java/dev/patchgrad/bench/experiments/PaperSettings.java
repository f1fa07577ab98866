package dev.patchgrad.bench.experiments;

import java.util.List;

/**
 * The settings of all experiments.
 *
 * @param table of successful starts
 * @param phases of learning
 * @param samples that a teacher is recovered from
 * @param restarts until success
 */
record PaperSettings(
    SuccessTable.Settings table,
    TwoPhases.Settings phases,
    SampleSizes.Settings samples,
    RestartCounts.Settings restarts) {
  /** |a*|^2 at which the table agrees best with what is recalled of the paper's. */
  static final double SQUARES = .25;

  /** Below 4 pi/(100 + pi - 1), the stable bound of the largest k. */
  static final double STEP_SIZE = .1;

  /** Starts of a cell, as in the paper. */
  static final int STARTS = 5000;

  /** Far above what any start needed: 100 steps decide most. */
  private static final int MOST_STEPS = 100_000;

  /**
   * The paper's settings, with what is not recalled of them as here.
   *
   * @param seed any; each experiment takes another from it
   * @param starts of a cell of the table
   * @param squares |a*|^2 of the table and the restarts
   * @param stepSize eta of the table and the restarts
   * @return the settings
   * @throws IllegalArgumentException if a value is refused, before any work
   */
  static PaperSettings of(long seed, int starts, double squares, double stepSize) {
    return new PaperSettings(
        new SuccessTable.Settings(
            List.of(25, 36, 49, 64, 81, 100),
            List.of(0., 1., 4., 9., 16., 25.),
            6,
            squares,
            stepSize,
            starts,
            MOST_STEPS,
            seed),
        new TwoPhases.Settings(20, 25, 4, 1, .1, 800, 200_000, seed + 1),
        new SampleSizes.Settings(
            4,
            8,
            1,
            1,
            .1,
            List.of(4, 6, 8, 10, 11, 12, 14, 16, 20, 24, 32, 48, 64, 128, 256, 512, 1024, 4096),
            15,
            32,
            1e-10,
            4000,
            20,
            seed + 2),
        new RestartCounts.Settings(
            List.of(
                new RestartCounts.Case(25, 0),
                new RestartCounts.Case(25, 4),
                new RestartCounts.Case(64, 9),
                new RestartCounts.Case(100, 16)),
            6,
            squares,
            stepSize,
            4000,
            8,
            20_000,
            .99,
            MOST_STEPS,
            seed + 3));
  }
}

package dev.patchgrad.reports.environment;

/**
 * The rounds in which the forks of a run are measured: in each, one fork of every cell that is
 * still wanted, in a random order.
 *
 * @param seed of the order; 0 where there were no rounds
 * @param looks after how many of the rounds the run might end because it is sure; 1 where the
 *     number of forks was fixed beforehand
 */
public record Rounds(long seed, int looks) {
  /** Runs whose cells were measured one after the other, each with all of its forks. */
  public static final Rounds NONE = new Rounds(0, 1);

  /**
   * Checks the looks.
   *
   * @throws IllegalArgumentException if there is none, or more than a thousand
   */
  public Rounds {
    if (looks < 1 || looks > 1000) {
      throw new IllegalArgumentException("looks: " + looks + " given; expected 1 to 1000");
    }
  }
}

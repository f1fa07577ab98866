package dev.patchgrad.reports.statistics;

import java.util.List;
import java.util.OptionalDouble;

/**
 * Whether forks became faster while they were measured, as code does that the compiler has not done
 * with.
 */
public final class SpeedUp {
  /**
   * In half of the forks or more. A neighbour disturbs one fork, and of the recorded profiles no
   * cell comes near to it in two.
   */
  private static final double IN_HALF = 1.25;

  /** In a single fork: compiled code is faster by far more, and noise by less. */
  private static final double IN_ONE = 2;

  private SpeedUp() {}

  /**
   * How many times faster a fork ended than it began. Halves, since single iterations differ by
   * where their data lie in memory.
   *
   * @param speeds of a fork's iterations, above 0, more being faster
   * @return the last half of them over the first, by their medians; 1 for a single one
   */
  public static double of(List<Double> speeds) {
    if (speeds.size() < 2) {
      return 1;
    }
    int half = speeds.size() / 2;
    return new Forks(speeds.subList(speeds.size() - half, speeds.size())).median()
        / new Forks(speeds.subList(0, half)).median();
  }

  /**
   * Whether forks were not warm.
   *
   * @param speedUps of each fork
   * @return the largest of them, if half of the forks became faster, or one of them by far; else
   *     empty
   */
  public static OptionalDouble ofColdForks(List<Double> speedUps) {
    double largest = speedUps.stream().mapToDouble(value -> value).max().orElse(1);
    long faster = speedUps.stream().filter(ratio -> ratio > IN_HALF).count();
    return largest > IN_ONE || (faster > 0 && 2 * faster >= speedUps.size())
        ? OptionalDouble.of(largest)
        : OptionalDouble.empty();
  }
}

package dev.patchgrad.reports.comparison;

import dev.patchgrad.reports.statistics.Forks;
import dev.patchgrad.reports.statistics.Ratio;
import dev.patchgrad.reports.statistics.UsualNoise;
import dev.patchgrad.reports.statistics.Verdict;
import java.util.Optional;

/**
 * One subject in both runs.
 *
 * @param subject what was measured
 * @param unit of the values: {@code samples/s}, or {@code ops/s} where an operation is the same on
 *     every machine and a sample means nothing; JMH's own, such as {@code us/op}, where nothing is
 *     known of one of the runs
 * @param first run's values, by fork
 * @param other run's values, by fork
 * @param n samples of an operation in the first run, and where it differs in the other: {@code 512}
 *     or {@code 512, 256}; empty where there are none
 * @param notWarm in which run it was not warm, and by which test; empty if it was warm in both
 */
public record ComparedCell(
    Subject subject, String unit, Forks first, Forks other, String n, Optional<String> notWarm) {
  /** The word in place of a verdict where a cell was not warm. */
  public static final String NOT_WARM = "not warm";

  /**
   * How much faster the other run is.
   *
   * @return the ratio, above 1 where the other is faster; without an interval where the cell was
   *     not warm, so that nothing is concluded from it
   */
  public Ratio ratio() {
    Ratio ratio = Ratio.of(numerator(), denominator());
    return notWarm.isPresent() ? new Ratio(ratio.value(), Optional.empty()) : ratio;
  }

  /**
   * The same cell, beside others of the same two runs.
   *
   * @param ofFirst noise of the first run's cells
   * @param ofOther noise of the other run's cells
   * @return the cell, whose interval rests on more forks than its own
   */
  ComparedCell beside(UsualNoise ofFirst, UsualNoise ofOther) {
    return new ComparedCell(
        subject, unit, first.beside(ofFirst), other.beside(ofOther), n, notWarm);
  }

  /**
   * Whether the values are times: then the smaller is the faster.
   *
   * @return true for a unit such as {@code us/op}
   */
  public boolean isTime() {
    return unit.endsWith("/op");
  }

  /** What is divided, so that the ratio says how much faster the other run is. */
  Forks numerator() {
    return isTime() ? first : other;
  }

  /** By what it is divided. */
  Forks denominator() {
    return isTime() ? other : first;
  }

  /**
   * Whether it became faster or slower.
   *
   * @param threshold of practical equality, 0.05 for five percent
   * @return false where it is the same, or nothing is known
   */
  public boolean isChange(double threshold) {
    String word = word(threshold);
    return word.equals(Verdict.FASTER.word()) || word.equals(Verdict.SLOWER.word());
  }

  /**
   * The verdict as a table shows it.
   *
   * @param threshold of practical equality, 0.05 for five percent
   * @return {@link Verdict#word}, or {@link #NOT_WARM}
   */
  public String word(double threshold) {
    return notWarm.isPresent() ? NOT_WARM : ratio().verdict(threshold).word();
  }
}

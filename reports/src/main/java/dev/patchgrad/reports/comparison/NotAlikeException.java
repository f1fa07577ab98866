package dev.patchgrad.reports.comparison;

import java.util.List;
import java.util.stream.Collectors;

/** A refusal of two runs that were not measured alike, whose numbers cannot be compared. */
public final class NotAlikeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Difference> differences;

  /** Whether they have numbers to compare all the same. */
  private final boolean canBeForced;

  /**
   * A refusal.
   *
   * @param first name of the one run
   * @param other name of the other
   * @param differences at least one
   * @param canBeForced whether they have numbers to compare all the same
   */
  public NotAlikeException(
      String first, String other, List<Difference> differences, boolean canBeForced) {
    super(
        first
            + " and "
            + other
            + " were not measured alike; "
            + differences.stream().map(Difference::text).collect(Collectors.joining("; ")));
    this.differences = List.copyOf(differences);
    this.canBeForced = canBeForced;
  }

  /**
   * Whether they have numbers that can be compared all the same.
   *
   * @return false where no cell is in both
   */
  public boolean canBeForced() {
    return canBeForced;
  }

  /**
   * How they differ.
   *
   * @return at least one
   */
  public List<Difference> differences() {
    return differences;
  }
}

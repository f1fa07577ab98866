package dev.patchgrad.reports.comparison;

import java.util.List;
import java.util.stream.Collectors;

/** A refusal of two runs that were not measured alike, whose numbers cannot be compared. */
public final class NotAlikeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Difference> differences;

  /**
   * A refusal.
   *
   * @param first name of the one run
   * @param other name of the other
   * @param differences at least one
   */
  public NotAlikeException(String first, String other, List<Difference> differences) {
    super(
        first
            + " and "
            + other
            + " were not measured alike; "
            + differences.stream().map(Difference::text).collect(Collectors.joining("; ")));
    this.differences = List.copyOf(differences);
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

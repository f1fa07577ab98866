package dev.patchgrad.internal;

import java.util.Arrays;

/** An array in words that fit a log's line: all of a short one, the start and length of another. */
public final class ArrayText {
  private static final int MOST = 8;

  private ArrayText() {}

  /**
   * Writes the elements, or the first ones.
   *
   * @param values any
   * @return such as {@code [1.0, 2.0]}, or {@code [1.0, 2.0, … 64 elements]}
   */
  public static String of(double[] values) {
    if (values.length <= MOST) {
      return Arrays.toString(values);
    }
    String first = Arrays.toString(Arrays.copyOf(values, MOST));
    return first.substring(0, first.length() - 1) + ", … " + values.length + " elements]";
  }
}

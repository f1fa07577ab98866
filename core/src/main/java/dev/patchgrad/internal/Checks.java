package dev.patchgrad.internal;

/**
 * The refusals that several rooms share, each naming the argument, its value and what is expected.
 */
public final class Checks {
  private Checks() {}

  /**
   * Refuses a count below one.
   *
   * @param name the argument's name
   * @param value its value
   * @return the value
   * @throws IllegalArgumentException if the value is below 1
   */
  public static int requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + ": " + value + " given; expected at least 1");
    }
    return value;
  }

  /**
   * Refuses an array of another length.
   *
   * @param name the argument's name
   * @param length the array's length
   * @param expected the length that it must have
   * @param meaning what the expected length is, such as {@code "n * k * p"}
   * @throws IllegalArgumentException if they differ
   */
  public static void requireLength(String name, long length, long expected, String meaning) {
    if (length != expected) {
      throw new IllegalArgumentException(
          name + ": length " + length + " given; expected " + meaning + " = " + expected);
    }
  }

  /**
   * Refuses an element that is NaN or infinite.
   *
   * @param name the argument's name
   * @param values the array
   * @throws IllegalArgumentException if an element is not finite; the message gives its index
   */
  public static void requireFinite(String name, double[] values) {
    if (DotProduct.of(values, values) < Double.POSITIVE_INFINITY) {
      return;
    }
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw notFinite(name, i, values[i]);
      }
    }
  }

  /**
   * Refuses an element that is NaN or infinite.
   *
   * @param name the argument's name
   * @param values the array
   * @throws IllegalArgumentException if an element is not finite; the message gives its index
   */
  public static void requireFinite(String name, float[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw notFinite(name, i, values[i]);
      }
    }
  }

  /**
   * The Euclidean norm, without overflow or underflow on the way.
   *
   * @param values the vector
   * @return the norm; 0 only if every element is 0
   */
  public static double norm(double[] values) {
    double squares = DotProduct.of(values, values);
    // Squares between these bounds neither overflowed nor lost digits to subnormal numbers.
    if (squares > 0x1p-960 && squares < Double.POSITIVE_INFINITY) {
      return Math.sqrt(squares);
    }
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    if (largest == 0) {
      return 0;
    }
    squares = 0;
    for (double value : values) {
      double scaled = value / largest;
      squares += scaled * scaled;
    }
    return largest * Math.sqrt(squares);
  }

  private static IllegalArgumentException notFinite(String name, int index, double value) {
    return new IllegalArgumentException(
        name + "[" + index + "]: " + value + " given; expected a finite number");
  }
}

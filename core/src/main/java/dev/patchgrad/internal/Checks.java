package dev.patchgrad.internal;

import java.util.List;

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
   * @return the norm; 0 only if every element is 0, infinite if it is beyond the largest double
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
    if (largest == 0 || !(largest < Double.POSITIVE_INFINITY)) {
      return largest;
    }
    // A power of two rounds nothing, so that vectors that differ by one have norms that do.
    int exponent = Math.getExponent(largest);
    double unit = Math.scalb(1.0, -exponent);
    squares = 0;
    for (double value : values) {
      double scaled = value * unit;
      squares += scaled * scaled;
    }
    return Math.scalb(Math.sqrt(squares), exponent);
  }

  /**
   * Refuses the length of a vector that is divided by, where it is not a number of full precision.
   *
   * @param name the vector's name
   * @param norm its Euclidean norm; above 0, not NaN
   * @throws IllegalArgumentException if the norm is above the largest double, or below the smallest
   *     normal one: it has too few digits then
   */
  public static void requireNormal(String name, double norm) {
    if (!(norm >= Double.MIN_NORMAL && norm <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          name
              + ": |"
              + name
              + "| = "
              + (norm > Double.MAX_VALUE ? "more than a double holds" : String.valueOf(norm))
              + " given; expected "
              + Double.MIN_NORMAL
              + " to "
              + Double.MAX_VALUE);
    }
  }

  /**
   * Refuses an output that is there twice: the second result would overwrite the first.
   *
   * @param name of the list
   * @param objects that are written
   * @throws IllegalArgumentException naming both places
   */
  @SuppressWarnings("ReferenceEquality") // of two objects with equal values both are written
  public static void requireDistinct(String name, List<?> objects) {
    for (int i = 1; i < objects.size(); i++) {
      for (int other = 0; other < i; other++) {
        if (objects.get(other) == objects.get(i)) {
          throw new IllegalArgumentException(
              name
                  + "["
                  + i
                  + "]: the same object as "
                  + name
                  + "["
                  + other
                  + "] given; expected another");
        }
      }
    }
  }

  private static IllegalArgumentException notFinite(String name, int index, double value) {
    return new IllegalArgumentException(
        name + "[" + index + "]: " + value + " given; expected a finite number");
  }
}

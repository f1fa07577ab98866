package dev.patchgrad.bench.problem;

import dev.patchgrad.internal.Checks;
import dev.patchgrad.network.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads a cell's parameters, and gathers all that is wrong instead of stopping at the first. */
public final class ParameterReader {
  private final Map<String, String> params;
  private final List<String> refusals = new ArrayList<>();
  private boolean goodElsewhere = true;

  /**
   * A reader.
   *
   * @param params values by name, as JMH writes them
   */
  public ParameterReader(Map<String, String> params) {
    this.params = params;
  }

  /**
   * The text of a parameter.
   *
   * @param name of the parameter
   * @return its text
   * @throws IllegalStateException if the cell has no such parameter
   */
  public String text(String name) {
    String text = params.get(name);
    if (text == null) {
      throw new IllegalStateException("a suite reads '" + name + "', which is none of " + params);
    }
    return text;
  }

  /**
   * A count of at least 1.
   *
   * @param name of the parameter
   * @return the count; 1 where it is refused
   */
  public int count(String name) {
    return check(
        () -> {
          String text = text(name);
          try {
            int count = Checks.requirePositive(name, Integer.parseInt(text));
            // One way to write a number, or 8 and 08 would be two cells of one shape.
            if (text.equals(Integer.toString(count))) {
              return count;
            }
          } catch (NumberFormatException e) {
            throw noCount(name, text, e);
          }
          throw noCount(name, text, null);
        },
        1);
  }

  private static IllegalArgumentException noCount(
      String name, String text, @Nullable NumberFormatException cause) {
    return new IllegalArgumentException(
        name + ": '" + text + "' given; expected a whole number from 1 to " + Integer.MAX_VALUE,
        cause);
  }

  /**
   * The parameter {@code precision}.
   *
   * @return the precision; double where it is refused
   */
  public Precision precision() {
    return check(() -> Precision.ofLabel(text("precision")), Precision.DOUBLE);
  }

  /**
   * A value that throws IllegalArgumentException where the parameters do not allow it.
   *
   * @param <T> its type
   * @param value computes it
   * @param otherwise its stand-in where it is refused, for the checks that follow
   * @return the value, or its stand-in
   */
  public <T> T check(Supplier<T> value, T otherwise) {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      goodElsewhere &= e instanceof NotOnThisMachineException;
      refusals.add(String.valueOf(e.getMessage()));
      return otherwise;
    }
  }

  /**
   * Whether nothing was refused so far.
   *
   * @return true where all that was read is good
   */
  public boolean isSound() {
    return refusals.isEmpty();
  }

  /**
   * Ends the reading.
   *
   * @throws BadParametersException if anything was refused, with a line for each
   */
  public void requireSound() throws BadParametersException {
    if (!isSound()) {
      throw new BadParametersException(refusals, goodElsewhere);
    }
  }
}

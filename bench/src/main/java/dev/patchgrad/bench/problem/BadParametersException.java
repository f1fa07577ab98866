package dev.patchgrad.bench.problem;

import java.util.List;

/** Parameters that cannot be measured: one line for each that is wrong. */
public final class BadParametersException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<String> lines;
  private final boolean goodElsewhere;

  BadParametersException(List<String> lines) {
    this(lines, false);
  }

  /**
   * Bad parameters.
   *
   * @param lines one for each
   * @param goodElsewhere whether another machine could measure them
   */
  BadParametersException(List<String> lines, boolean goodElsewhere) {
    super(String.join("\n", lines));
    this.lines = List.copyOf(lines);
    this.goodElsewhere = goodElsewhere;
  }

  /**
   * What is wrong.
   *
   * @return lines, each of which names a parameter, its value and what was expected
   */
  public List<String> lines() {
    return lines;
  }

  /**
   * Whether nothing is wrong but this machine, which lacks what is asked for.
   *
   * @return true where another machine could measure these parameters
   */
  public boolean goodElsewhere() {
    return goodElsewhere;
  }
}

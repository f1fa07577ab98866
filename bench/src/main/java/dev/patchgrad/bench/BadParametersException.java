package dev.patchgrad.bench;

import java.util.List;

/** Parameters that cannot be measured: one line for each that is wrong. */
final class BadParametersException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<String> lines;

  BadParametersException(List<String> lines) {
    super(String.join("\n", lines));
    this.lines = List.copyOf(lines);
  }

  /** What is wrong: each line names a parameter, its value and what was expected. */
  List<String> lines() {
    return lines;
  }
}

package dev.patchgrad.bench.launch;

import java.util.List;

/** A command line that cannot be run: one line for each thing that is wrong with it. */
final class UsageException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<String> lines;

  UsageException(List<String> lines) {
    super(String.join("\n", lines));
    this.lines = List.copyOf(lines);
  }

  UsageException(String line) {
    this(List.of(line));
  }

  /** What is wrong: each line names an option, its value and what was expected. */
  List<String> lines() {
    return lines;
  }
}

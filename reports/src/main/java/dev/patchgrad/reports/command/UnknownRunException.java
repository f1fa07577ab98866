package dev.patchgrad.reports.command;

import java.util.List;

/** A word that matches no run, or more than one. */
final class UnknownRunException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnknownRunException(String word, List<String> known, boolean ambiguous) {
    super(
        "RUN: '"
            + word
            + "' given, which matches "
            + (ambiguous
                ? "several runs: "
                : "no run; expected a folder that holds environment.json, ")
            + (ambiguous
                ? ""
                : known.isEmpty() ? "or the id of a run (there are none)" : "or one of: ")
            + String.join(", ", known));
  }
}

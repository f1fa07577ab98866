package dev.patchgrad.reports.command;

import java.util.List;

/** A word that means no run, or more than one. */
final class UnknownRunException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnknownRunException(String word, List<String> known, boolean ambiguous) {
    super(
        "RUN: '"
            + word
            + "' given, which means "
            + (ambiguous ? "several: " : "none; expected a folder that holds environment.json, ")
            + (ambiguous
                ? ""
                : known.isEmpty() ? "or the id of a run (there is none)" : "or one of: ")
            + String.join(", ", known));
  }
}

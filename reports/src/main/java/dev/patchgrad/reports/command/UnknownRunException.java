package dev.patchgrad.reports.command;

import java.util.List;

/** A word that means no run, or more than one. */
final class UnknownRunException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** More names than this are counted: the list is there to choose from. */
  private static final int NAMED = 12;

  private UnknownRunException(String message) {
    super(message);
  }

  /** A word that means none. */
  static UnknownRunException none(String word, List<String> known) {
    return new UnknownRunException(
        "there is no run '"
            + word
            + "'. "
            + (known.isEmpty()
                ? "There is none at all yet: measure one with mvn -pl bench jmh:benchmark, or give the"
                    + " folder of one"
                : "Give the folder of one, or the beginning of one of these: " + named(known)));
  }

  /** A word that means several. */
  static UnknownRunException several(String word, List<String> found) {
    return new UnknownRunException(
        "'" + word + "' is the beginning of several runs. Give more of one: " + named(found));
  }

  /** No word, where there is no profile to go by. */
  static UnknownRunException noProfile() {
    return new UnknownRunException(
        "there is no recorded profile. Record one with record latest, or name the runs to take");
  }

  private static String named(List<String> names) {
    return String.join(", ", names.subList(0, Math.min(NAMED, names.size())))
        + (names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "");
  }
}

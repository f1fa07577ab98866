package dev.patchgrad.guard.hygiene;

/**
 * A place where a rule does not hold.
 *
 * @param rule that is broken
 * @param place class and member, as a stack trace names them
 * @param file of the source, without its folder
 * @param line of the source; 0 where the byte code does not tell
 * @param what was found
 */
record Finding(Rule rule, String place, String file, int line, String what) {
  /** In the form of a stack trace, so that an IDE links it. */
  @Override
  public String toString() {
    return "%s(%s%s) %s".formatted(place, file, line == 0 ? "" : ":" + line, what);
  }
}

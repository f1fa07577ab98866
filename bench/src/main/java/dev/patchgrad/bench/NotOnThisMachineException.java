package dev.patchgrad.bench;

/**
 * A parameter's value that means something, but not here, such as vectors wider than this JVM's: a
 * sweep over all values leaves it out.
 */
final class NotOnThisMachineException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  NotOnThisMachineException(String message) {
    super(message);
  }
}

package dev.patchgrad.bench.problem;

/**
 * A parameter's value that means something, but not here, such as vectors wider than this JVM's: a
 * sweep over all values leaves it out.
 */
public final class NotOnThisMachineException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  /**
   * A refusal.
   *
   * @param message names the parameter, its value, and what this machine has
   */
  public NotOnThisMachineException(String message) {
    super(message);
  }
}

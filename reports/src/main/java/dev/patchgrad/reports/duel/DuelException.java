package dev.patchgrad.reports.duel;

/** A duel that cannot be fought, or a side of it that broke down; the message says why. */
public final class DuelException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * A failure.
   *
   * @param message what went wrong, and what to do
   */
  public DuelException(String message) {
    super(message);
  }
}

package dev.patchgrad.reports.statistics;

/** What an interval of a ratio allows to conclude. */
public enum Verdict {
  /** The whole interval lies above 1. */
  FASTER("faster"),
  /** The whole interval lies below 1. */
  SLOWER("slower"),
  /** Both ends are so near to 1 that the difference does not matter, each with 95 % confidence. */
  SAME("same"),
  /** The interval includes 1, and values that matter: these forks do not decide it. */
  UNDECIDED("~");

  private final String word;

  Verdict(String word) {
    this.word = word;
  }

  /**
   * The verdict as a table shows it.
   *
   * @return faster, slower, same or ~
   */
  public String word() {
    return word;
  }
}

package dev.patchgrad.reports.environment;

/**
 * The state of the source that was measured.
 *
 * @param commit its hash; {@code unknown} outside of a repository
 * @param dirty whether files that are built or run differed from that commit; false where the
 *     commit is unknown. Documents and recorded profiles do not count, as they are written between
 *     runs
 */
public record Revision(String commit, boolean dirty) {
  /**
   * A state.
   *
   * @throws IllegalArgumentException if the commit is no text
   */
  public Revision {
    Facts.requireText("commit", commit);
  }

  /** What stands for the state where git gives none. */
  public static final Revision UNKNOWN = new Revision("unknown", false);

  /**
   * The commit in short.
   *
   * @return its first 12 digits
   */
  public String shortCommit() {
    return commit.substring(0, Math.min(12, commit.length()));
  }

  /**
   * The state in short, for a person.
   *
   * @return such as {@code 0123456789ab} or {@code 0123456789ab with changes}
   */
  public String inShort() {
    return shortCommit() + (dirty ? " with changes" : "");
  }
}

package dev.patchgrad.reports.json;

import java.nio.file.Path;

/** A record that cannot be used: which file, which key of it, and why. */
public final class BadRecordException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The file that was read. */
  private final String file;

  /** Where in the file. */
  private final String key;

  /** What was found and what was expected. */
  private final String reason;

  /**
   * A refusal.
   *
   * @param file that was read
   * @param key where in the file, as a path such as {@code [3].primaryMetric.rawData}; empty for
   *     the whole file
   * @param reason what was found and what was expected
   */
  public BadRecordException(Path file, String key, String reason) {
    super(file + ": " + (key.isEmpty() ? "" : key + ": ") + reason);
    this.file = file.toString();
    this.key = key;
    this.reason = reason;
  }

  /**
   * The file that was read.
   *
   * @return its path
   */
  public String file() {
    return file;
  }

  /**
   * Where in the file.
   *
   * @return a path such as {@code [3].primaryMetric.rawData}; empty for the whole file
   */
  public String key() {
    return key;
  }

  /**
   * Why it was refused.
   *
   * @return what was found and what was expected
   */
  public String reason() {
    return reason;
  }
}

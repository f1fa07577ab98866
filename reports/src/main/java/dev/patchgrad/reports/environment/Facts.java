package dev.patchgrad.reports.environment;

import dev.patchgrad.reports.json.PlainText;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** What the facts of a record must be, so that whatever shows them can rely on it. */
final class Facts {
  /** The word for what nobody knows. */
  static final String UNKNOWN = "unknown";

  /** The longest text; the longest that was seen is a processor's name of 50. */
  private static final int MOST_CHARACTERS = 1000;

  /** Of time, in UTC: a day is its first ten characters. */
  private static final String INSTANT = "\\d{4}-\\d\\d-\\d\\dT.*Z";

  /** More than any operation does, and far from where a product of two overflows. */
  private static final double MOST_WORK = 1e18;

  private Facts() {}

  static void requireInstant(String key, String value) {
    try {
      Instant.parse(value);
    } catch (DateTimeParseException e) {
      throw noInstant(key, value);
    }
    if (!value.matches(INSTANT)) {
      throw noInstant(key, value);
    }
  }

  private static IllegalArgumentException noInstant(String key, String value) {
    return new IllegalArgumentException(
        key
            + ": '"
            + PlainText.inShort(value)
            + "' found; expected an instant such as 2026-11-23T12:00:00Z");
  }

  static void requireText(String key, String value) {
    if (value.isBlank() || value.length() > MOST_CHARACTERS) {
      throw new IllegalArgumentException(
          key
              + ": '"
              + PlainText.inShort(value)
              + "' found; expected a text of at most "
              + MOST_CHARACTERS
              + " characters");
    }
  }

  static void requireCount(String key, long value) {
    if (value < 0) {
      throw new IllegalArgumentException(
          key + ": " + value + " found; expected a whole number of at least 0");
    }
  }

  static void requireWork(String key, double value) {
    if (!(value >= 0 && value <= MOST_WORK)) {
      throw new IllegalArgumentException(
          key
              + ": "
              + value
              + " given; expected a finite number, at least 0, at most "
              + MOST_WORK);
    }
  }
}

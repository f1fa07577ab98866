package dev.patchgrad.bench.experiments;

import java.util.Locale;

/** How the experiments' page writes its numbers. */
final class PaperNumbers {
  private PaperNumbers() {}

  /** With this many digits after the point, as a share or a time. */
  static String fixed(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  /** With this many digits that count, as a distance: 1.4, 0.0083, 2.6e-05. */
  static String significant(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "g", value);
  }

  /** With as many digits as it has, as a setting: 4 for 4.0, 0.25, 1e-10. */
  static String shortest(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e9) {
      return "" + (long) value;
    }
    return Double.toString(value).replace(".0E", "e").replace('E', 'e');
  }
}

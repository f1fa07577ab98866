package dev.patchgrad.reports.summary;

import dev.patchgrad.reports.statistics.Interval;
import dev.patchgrad.reports.statistics.Ratio;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Numbers as a person reads them, with three significant digits. */
public final class NumberText {
  /** Below it, three decimals are 0.000. */
  private static final double LEAST_DECIMAL = 0.0005;

  /** Below it, three decimals are fewer than three digits. */
  private static final double LEAST_THREE = 0.1;

  /** Below it, zeros are hard to count. */
  private static final double LEAST_PLAIN = 1e-6;

  private static final String[] PREFIXES = {"", " k", " M", " G", " T", " P"};

  private NumberText() {}

  /**
   * A number with three significant digits and an SI prefix.
   *
   * @param value at least 0
   * @return such as {@code 12.3 M}; {@code -} for 0, which stands for not known
   */
  public static String si(double value) {
    if (!(value > 0)) {
      return "-";
    }
    int prefix = 0;
    double scaled = value;
    // 999.5 and more would be written with four digits.
    while (scaled >= 999.5 && prefix < PREFIXES.length - 1) {
      scaled /= 1000;
      prefix++;
    }
    return three(scaled) + PREFIXES[prefix];
  }

  /**
   * A number with three significant digits.
   *
   * @param value at least 0
   * @return such as {@code 0.123}, {@code 1.23}, {@code 12.3}, {@code 1234}; and {@code 1.23e-04}
   *     for what three decimals would show as nothing
   */
  public static String three(double value) {
    if (value > 0 && value < LEAST_DECIMAL) {
      return String.format(Locale.ROOT, "%.2e", value);
    }
    int decimals = value >= 99.95 ? 0 : value >= 9.995 ? 1 : value >= 0.9995 ? 2 : 3;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /**
   * A number in its unit.
   *
   * @param value at least 0
   * @param unit as JMH writes it; a prefix is put before a rate per second alone, as other units
   *     have their own
   * @return such as {@code 12.3 M ops/s} or {@code 1234 us/op}
   */
  public static String inUnit(double value, String unit) {
    return (unit.endsWith("/s") ? si(value) : significant(value)) + " " + unit;
  }

  /**
   * A number with three significant digits, however small: of a unit that was given by others.
   *
   * @param value at least 0
   * @return such as {@code 0.000532} or {@code 1234}; {@code 1.23e-07} below a millionth
   */
  public static String significant(double value) {
    return value < LEAST_PLAIN || value >= LEAST_THREE
        ? three(value)
        : BigDecimal.valueOf(value).round(new MathContext(3, RoundingMode.HALF_UP)).toPlainString();
  }

  /**
   * A ratio and its interval.
   *
   * @param ratio if any
   * @return such as {@code 3.42x [3.21, 3.65]}; {@code -} for none
   */
  public static String ratio(Optional<Ratio> ratio) {
    if (ratio.isEmpty()) {
      return "-";
    }
    String value = three(ratio.get().value()) + "x";
    Optional<Interval> interval = ratio.get().interval();
    return interval.isEmpty()
        ? value
        : value + " [" + three(interval.get().low()) + ", " + three(interval.get().high()) + "]";
  }

  /**
   * A share in percent.
   *
   * @param share 1 for all, if any
   * @return such as {@code 85 %}; {@code -} for none
   */
  public static String percent(OptionalDouble share) {
    return share.isEmpty() ? "-" : String.format(Locale.ROOT, "%.0f %%", 100 * share.getAsDouble());
  }
}

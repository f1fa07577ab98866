package dev.patchgrad.reports.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a share: {@code 5%} or {@code 0.05}. */
final class ShareConverter implements ITypeConverter<Double> {
  ShareConverter() {}

  @Override
  public Double convert(String text) {
    String trimmed = text.trim();
    boolean percent = trimmed.endsWith("%");
    String number = percent ? trimmed.substring(0, trimmed.length() - 1).trim() : trimmed;
    double value;
    try {
      value = Double.parseDouble(number) / (percent ? 100 : 1);
    } catch (NumberFormatException e) {
      throw refusal(text);
    }
    // A share of 1 or more is probably a slip, such as 5 for 5%.
    if (!(value >= 0 && value < 1)) {
      throw refusal(text);
    }
    return value;
  }

  private static TypeConversionException refusal(String text) {
    return new TypeConversionException(
        "'" + text + "' given; expected a share such as 5% or 0.05, below 100%");
  }
}

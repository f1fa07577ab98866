package dev.patchgrad.reports.command;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads one of an enum's values by its word, in whatever case; a refusal lists the words as help
 * and completion show them.
 *
 * @param <E> the enum, whose text is its word
 */
final class EnumWords<E extends Enum<E>> implements ITypeConverter<E> {
  private final Class<E> type;

  EnumWords(Class<E> type) {
    this.type = type;
  }

  @Override
  public E convert(String text) {
    E[] values = type.getEnumConstants();
    for (E value : values) {
      if (value.toString().equals(text.toLowerCase(Locale.ROOT))) {
        return value;
      }
    }
    throw new TypeConversionException(
        "'"
            + text
            + "' given; expected one of "
            + Stream.of(values).map(Object::toString).collect(Collectors.joining(", ")));
  }
}

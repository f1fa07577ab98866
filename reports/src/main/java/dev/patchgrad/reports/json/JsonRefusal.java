package dev.patchgrad.reports.json;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.MismatchedInputException;

/**
 * Says in this project's words why JSON was refused: the file, the key, the value, what belongs
 * there.
 */
final class JsonRefusal {
  /** What only the author of the parser would know: names of its switches, and its own places. */
  private static final Pattern JARGON =
      Pattern.compile(
          " of `(?:int|long)`|, from `[^`]*`|: enable `.*| \\(start marker at [^)]*\\)[^)]*\\)");

  private JsonRefusal() {}

  static BadRecordException of(JacksonException thrown, Path origin) {
    return new BadRecordException(origin, key(thrown), reason(thrown));
  }

  private static String key(JacksonException thrown) {
    StringBuilder key = new StringBuilder();
    for (JacksonException.Reference step : thrown.getPath()) {
      if (step.getPropertyName() == null) {
        key.append('[').append(step.getIndex()).append(']');
      } else {
        key.append(key.isEmpty() ? "" : ".").append(PlainText.inShort(step.getPropertyName()));
      }
    }
    return key.toString();
  }

  private static String reason(JacksonException thrown) {
    // A record's own refusal is wrapped; its message is the clearer one.
    if (thrown.getCause() instanceof IllegalArgumentException refusal
        && refusal.getMessage() != null) {
      return PlainText.inShort(refusal.getMessage());
    }
    String where =
        thrown.getLocation() == null ? "" : " (line " + thrown.getLocation().getLineNr() + ")";
    if (thrown instanceof InvalidNullException) {
      return "is null; expected a value" + where;
    }
    if (thrown instanceof InvalidFormatException format) {
      return "'"
          + PlainText.inShort(String.valueOf(format.getValue()))
          + "' found; expected "
          + words(format.getTargetType())
          + where;
    }
    String message = thrown.getOriginalMessage();
    if (thrown instanceof MismatchedInputException mismatch) {
      if (message.startsWith("Cannot ")) {
        return "expected " + words(mismatch.getTargetType()) + where;
      }
      if (message.startsWith("Missing ")) {
        return "is missing" + where;
      }
      if (message.startsWith("Null value ")) {
        return "is null; expected a value" + where;
      }
      if (message.startsWith("Trailing token ")) {
        return "has more after its end; expected one value" + where;
      }
      if (message.startsWith("No content ")) {
        return "is empty; expected JSON";
      }
    }
    return PlainText.inShort(JARGON.matcher(message).replaceAll("")) + where;
  }

  private static String words(Class<?> type) {
    if (type == int.class || type == long.class) {
      return "a whole number";
    }
    if (type == double.class || type == Double.class) {
      return "a number";
    }
    if (type == boolean.class) {
      return "true or false";
    }
    if (type == String.class) {
      return "a text";
    }
    if (type.isEnum()) {
      return "one of "
          + Arrays.stream(type.getEnumConstants())
              .map(String::valueOf)
              .collect(Collectors.joining(", "));
    }
    if (type.isArray() || Collection.class.isAssignableFrom(type)) {
      return "a list";
    }
    return Map.class.isAssignableFrom(type) || type.isRecord() ? "an object" : "another value";
  }
}

package dev.patchgrad.reports.json;

import java.nio.file.Path;
import java.util.Locale;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What a text must be before a record is made of it: JSON of bounded depth and length, in which no
 * object has a name twice, and no text has a character that cannot be written again or that would
 * steer a terminal.
 */
final class JsonText {
  /** The longest text within a record. */
  static final int MOST_CHARACTERS = 1 << 16;

  /** Deeper than any record, and far from what a thread's stack holds. */
  static final int MOST_DEPTH = 100;

  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxDocumentLength(Json.MOST_BYTES)
                  .maxNestingDepth(MOST_DEPTH)
                  .maxStringLength(MOST_CHARACTERS)
                  .maxNameLength(1000)
                  .build())
          .build();

  private JsonText() {}

  /**
   * Refuses a text that is none of these.
   *
   * @throws tools.jackson.core.JacksonException if it is no such JSON
   * @throws BadRecordException naming the key of a text with a bad character
   */
  static void require(String json, Path origin) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.PROPERTY_NAME || token == JsonToken.VALUE_STRING) {
          require(parser.getString(), parser.streamReadContext(), origin);
        }
      }
    }
  }

  private static void require(String text, TokenStreamContext place, Path origin) {
    for (int at = 0; at < text.length(); at++) {
      char character = text.charAt(at);
      boolean pair =
          at + 1 < text.length() && Character.isSurrogatePair(character, text.charAt(at + 1));
      if (pair) {
        at++;
      } else if (Character.isSurrogate(character)) {
        throw refusal(character, "half of a character", place, origin);
      } else if (Character.isISOControl(character) && "\t\n\r".indexOf(character) < 0) {
        throw refusal(character, "a control character", place, origin);
      }
    }
  }

  private static BadRecordException refusal(
      char character, String kind, TokenStreamContext place, Path origin) {
    return new BadRecordException(
        origin,
        key(place),
        String.format(Locale.ROOT, "has U+%04X, %s; expected text without", (int) character, kind));
  }

  /** A place in the text, such as {@code [3].params.p}. */
  private static String key(TokenStreamContext place) {
    TokenStreamContext parent = place.getParent();
    if (parent == null) {
      return "";
    }
    String before = key(parent);
    if (place.inArray()) {
      return before + "[" + place.getCurrentIndex() + "]";
    }
    String name = place.currentName();
    if (name == null) {
      return before;
    }
    return (before.isEmpty() ? "" : before + ".") + PlainText.visible(name);
  }
}

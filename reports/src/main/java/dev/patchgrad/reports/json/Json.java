package dev.patchgrad.reports.json;

import com.fasterxml.jackson.annotation.Nulls;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * How this project writes and reads JSON: strict about what it declares, and bounded in what it
 * takes. {@link JsonText} says what a text must be before anything is made of it.
 */
public final class Json {
  /**
   * The largest file that is read: a record of 18,000 forks, at 7 KiB each, which take about ten
   * hours.
   */
  static final int MOST_BYTES = 128 << 20;

  /**
   * Refuses a record with a missing or a null component, keeps the order of components, and ignores
   * what it does not know, so that an older reader can read a record with a newer field. A value of
   * another type is refused, not turned into the declared one: a text is no number, and 1.5 is no
   * count.
   */
  private static final JsonMapper STRICT =
      JsonMapper.builder(JsonText.FACTORY)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .changeDefaultNullHandling(nulls -> nulls.withContentNulls(Nulls.FAIL))
          .build();

  /** For files of other programs: what a record lacks is null, and the record decides. */
  private static final JsonMapper LENIENT =
      STRICT
          .rebuild()
          .disable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .build();

  private static final JsonMapper COMPACT =
      STRICT.rebuild().disable(SerializationFeature.INDENT_OUTPUT).build();

  private Json() {}

  /**
   * A value as indented JSON.
   *
   * @param value a record, a map, a list …
   * @return its JSON, ending in a newline
   */
  public static String write(Object value) {
    return STRICT.writeValueAsString(value) + "\n";
  }

  /**
   * A value as JSON on one line.
   *
   * @param value a record, a map, a list …
   * @return its JSON
   */
  public static String writeCompact(Object value) {
    return COMPACT.writeValueAsString(value);
  }

  /**
   * A value from JSON in which each component of each record must be present.
   *
   * @param <T> its type
   * @param json the text
   * @param origin the file that the text came from, for messages
   * @param type its class
   * @return the value
   * @throws BadRecordException if the text is no JSON, or a component is missing, null or of
   *     another type, or the record refuses it
   */
  public static <T> T read(String json, Path origin, Class<T> type) {
    return read(STRICT, json, origin, type);
  }

  /**
   * A value from JSON that an older version may have written: what that version did not write yet
   * takes a default, and each other component must be present.
   *
   * @param <T> its type
   * @param json the text
   * @param origin the file that the text came from, for messages
   * @param type its class
   * @param defaults by key; the key of a component within another object is {@code object.name}
   * @return the value
   * @throws BadRecordException as {@link #read(String, Path, Class)}
   */
  public static <T> T read(String json, Path origin, Class<T> type, Map<String, ?> defaults) {
    BadRecordException refusal;
    try {
      return read(json, origin, type);
    } catch (BadRecordException e) {
      refusal = e;
    }
    if (!(read(json, origin, JsonNode.class) instanceof ObjectNode root)) {
      throw refusal;
    }
    boolean complete = true;
    for (Map.Entry<String, ?> entry : defaults.entrySet()) {
      int dot = entry.getKey().indexOf('.');
      JsonNode parent = dot < 0 ? root : root.path(entry.getKey().substring(0, dot));
      String name = entry.getKey().substring(dot + 1);
      if (parent instanceof ObjectNode object && !object.has(name)) {
        object.set(name, STRICT.valueToTree(entry.getValue()));
        complete = false;
      }
    }
    if (complete) {
      throw refusal;
    }
    return read(STRICT.writeValueAsString(root), origin, type);
  }

  /**
   * A value from JSON that another program wrote: components that it lacks are null.
   *
   * @param <T> its type
   * @param json the text
   * @param origin the file that the text came from, for messages
   * @param type its class
   * @return the value
   * @throws BadRecordException if the text is no JSON, or a component is of another type, or the
   *     record refuses it
   */
  public static <T> T readForeign(String json, Path origin, Class<T> type) {
    return read(LENIENT, json, origin, type);
  }

  /**
   * A text with its strings replaced; numbers, names and order stay.
   *
   * @param json the text
   * @param origin the file that the text came from, for messages
   * @param replacement of a string, from its key, such as {@code [3].jvmArgs[0]}, and itself
   * @return indented JSON, ending in a newline
   * @throws BadRecordException if the text is no JSON
   */
  public static String mapStrings(String json, Path origin, BinaryOperator<String> replacement) {
    return write(mapped("", read(json, origin, JsonNode.class), replacement));
  }

  private static JsonNode mapped(String key, JsonNode node, BinaryOperator<String> replacement) {
    if (node.isString()) {
      return StringNode.valueOf(replacement.apply(key, node.stringValue()));
    }
    if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, mapped(key + "[" + i + "]", array.get(i), replacement));
      }
    } else if (node instanceof ObjectNode object) {
      for (String name : List.copyOf(object.propertyNames())) {
        String inner = key.isEmpty() ? name : key + "." + name;
        object.set(name, mapped(inner, object.get(name), replacement));
      }
    }
    return node;
  }

  /**
   * A file's text.
   *
   * @param file in UTF-8, of at most 128 MiB
   * @return its text
   * @throws BadRecordException if there is no such file, or it is no text
   * @throws UncheckedIOException if it cannot be read, or is larger
   */
  public static String text(Path file) {
    try (InputStream stream = Files.newInputStream(file)) {
      // Not by the file's size: a device or a pipe says 0, and never ends.
      byte[] bytes = stream.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new IOException(
            file
                + ": has more than "
                + (MOST_BYTES >> 20)
                + " MiB; expected a record of at most that");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (NoSuchFileException e) {
      throw new BadRecordException(file, "", "there is no such file");
    } catch (CharacterCodingException e) {
      throw new BadRecordException(file, "", "is not text in UTF-8");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> T read(JsonMapper mapper, String json, Path origin, Class<T> type) {
    try {
      JsonText.require(json, origin);
      T value = mapper.readValue(json, type);
      if (value == null) {
        throw new BadRecordException(origin, "", "is null; expected " + type.getSimpleName());
      }
      return value;
    } catch (JacksonException e) {
      throw JsonRefusal.of(e, origin);
    }
  }
}

package dev.patchgrad.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What the header of an .npy file says of its array.
 *
 * @param description of an element, with its byte order
 * @param type of an element
 * @param fortranOrder whether the first index varies fastest
 * @param shape lengths
 */
record NpyEntries(String description, NpyType type, boolean fortranOrder, List<Long> shape) {
  private static final Set<String> KEYS = Set.of("descr", "fortran_order", "shape");

  /**
   * Reads a header.
   *
   * @param file for messages
   * @param text of the dictionary
   * @throws IllegalArgumentException if it is none, or says what no array of numbers is; the
   *     message names the file, what was found and what was expected
   */
  static NpyEntries of(Path file, String text) {
    Map<String, Object> entries;
    try {
      entries = PythonLiteral.dictionary(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
    if (!entries.keySet().equals(KEYS)) {
      throw NpyFile.refuse(
          file, "keys " + entries.keySet(), "the keys descr, fortran_order and shape alone");
    }
    String description = description(file, entry(entries, "descr"));
    return new NpyEntries(
        description,
        type(file, description),
        order(file, entry(entries, "fortran_order")),
        shape(file, entry(entries, "shape")));
  }

  private static Object entry(Map<String, Object> entries, String key) {
    return Objects.requireNonNull(entries.get(key));
  }

  private static String description(Path file, Object value) {
    if (!(value instanceof String description) || description.isEmpty()) {
      String found = value instanceof PythonLiteral.Structure fields ? fields.text() : "" + value;
      throw NpyFile.refuse(file, "dtype " + found, "one number an element, such as float32");
    }
    return description;
  }

  private static NpyType type(Path file, String description) {
    return NpyType.of(description)
        .orElseThrow(
            () ->
                NpyFile.refuse(
                    file,
                    "dtype '" + description + "'",
                    "float16, float32, float64, integers or bool"));
  }

  private static boolean order(Path file, Object value) {
    if (!(value instanceof Boolean order)) {
      throw NpyFile.refuse(file, "fortran_order " + value, "True or False");
    }
    return order;
  }

  private static List<Long> shape(Path file, Object value) {
    if (!(value instanceof List<?> lengths)
        || !lengths.stream().allMatch(length -> length instanceof Long known && known >= 0)) {
      throw NpyFile.refuse(file, "shape " + value, "a tuple of lengths, each at least 0");
    }
    return lengths.stream().map(Long.class::cast).toList();
  }
}

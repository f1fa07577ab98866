package dev.patchgrad.bench.experiments;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table of data, as it is written to a file: numbers with all their digits.
 *
 * @param name of the file, without its ending
 * @param header names of the columns
 * @param rows each as long as the header
 */
record Csv(String name, List<String> header, List<List<Object>> rows) {
  Csv {
    header = List.copyOf(header);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<Object> row : rows) {
      if (row.size() != header.size()) {
        throw new IllegalArgumentException(
            "row of " + name + ": " + row + " given; expected columns " + header);
      }
    }
  }

  /** A table's rows, one at a time. */
  static final class Builder {
    private final String name;
    private final List<String> header;
    private final List<List<Object>> rows = new ArrayList<>();

    Builder(String name, String... header) {
      this.name = name;
      this.header = List.of(header);
    }

    Builder row(Object... values) {
      rows.add(Arrays.asList(values));
      return this;
    }

    Csv build() {
      return new Csv(name, header, rows);
    }
  }

  /** The file's text. No value here holds a comma or a quote. */
  String text() {
    StringBuilder text = new StringBuilder(String.join(",", header)).append('\n');
    for (List<Object> row : rows) {
      text.append(row.stream().map(Object::toString).collect(Collectors.joining(","))).append('\n');
    }
    return text.toString();
  }
}

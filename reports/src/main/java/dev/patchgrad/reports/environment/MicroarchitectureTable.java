package dev.patchgrad.reports.environment;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the processors of each microarchitecture can do. The table is core's own file, {@code
 * microarchitectures.tsv}, which says in its remarks what a line holds: the build copies it, since
 * core needs a newer Java than this module.
 *
 * @param extensions of the instruction set that tell processors apart, the most telling first
 * @param generic how the names of processors begin that an emulator makes up
 * @param entries by the microarchitecture's name
 */
record MicroarchitectureTable(
    List<Extension> extensions, List<String> generic, Map<String, Entry> entries) {
  private static final String RESOURCE = "microarchitectures.tsv";

  /** Stands for nothing, or for what is not checked. */
  private static final String NONE = "-";

  /**
   * An extension of the instruction set.
   *
   * @param name as Linux spells it
   * @param words for a reader
   * @param tag in the name of a machine; empty for none
   */
  record Extension(String name, String words, String tag) {}

  /**
   * One microarchitecture.
   *
   * @param vendor of its processors, as they name themselves
   * @param extensions that some of its processors have, by their names
   * @param l1Bytes sizes of the L1 data cache; empty where they are not checked
   * @param l2Bytes sizes of L2, as one core sees it; empty where they are not checked
   */
  record Entry(String vendor, Set<String> extensions, Set<Long> l1Bytes, Set<Long> l2Bytes) {}

  /** Read once: reading many records must not read it as often. */
  private static final class Resource {
    static final MicroarchitectureTable TABLE = read();
  }

  /**
   * The table that this module comes with.
   *
   * @throws IllegalStateException if it is not beside this class, or holds a line of another kind
   */
  static MicroarchitectureTable ofThisModule() {
    return Resource.TABLE;
  }

  private static MicroarchitectureTable read() {
    List<Extension> extensions = new ArrayList<>();
    List<String> generic = new ArrayList<>();
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (String line : lines()) {
      String[] fields = line.split("\t", -1);
      switch (fields[0]) {
        case "extension" ->
            extensions.add(
                new Extension(fields[1], fields[2], fields[3].equals(NONE) ? "" : fields[3]));
        case "generic" -> generic.add(fields[1]);
        case "microarchitecture" ->
            entries.put(
                fields[1],
                new Entry(fields[2], words(fields[3]), bytes(fields[4]), bytes(fields[5])));
        default -> throw new IllegalStateException(RESOURCE + ": '" + line + "'");
      }
    }
    return new MicroarchitectureTable(extensions, generic, entries);
  }

  private static List<String> lines() {
    try (InputStream stream = MicroarchitectureTable.class.getResourceAsStream(RESOURCE)) {
      if (stream == null) {
        throw new IllegalStateException(RESOURCE + " is not on the class path");
      }
      return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))
          .lines()
          .skip(1)
          .filter(line -> !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> words(String field) {
    return field.equals(NONE) ? Set.of() : Set.of(field.split(" "));
  }

  private static Set<Long> bytes(String kib) {
    Set<Long> bytes = new LinkedHashSet<>();
    words(kib).forEach(size -> bytes.add(Long.parseLong(size) << 10));
    return bytes;
  }
}

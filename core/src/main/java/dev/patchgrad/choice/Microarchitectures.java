package dev.patchgrad.choice;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What the processors of a microarchitecture can do, so that a model number which a hypervisor made
 * up is found out. The table is in a file, {@code microarchitectures.tsv}, which the reports read
 * as well; its remarks say what a line holds.
 */
final class Microarchitectures {
  private static final TabSeparatedFormat FORMAT =
      new TabSeparatedFormat(
          "a table of microarchitectures", "patchgrad-microarchitectures", 1, Set.of());

  private static final String RESOURCE = "microarchitectures.tsv";

  /** Stands for nothing, or for what is not checked. */
  private static final String NONE = "-";

  private record Extension(String name, String words) {}

  private record Entry(Set<String> extensions, List<Integer> l1Kib, List<Integer> l2Kib) {}

  private final List<Extension> extensions = new ArrayList<>();
  private final List<String> generic = new ArrayList<>();
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private Microarchitectures() {}

  private static final class Resource {
    static final Microarchitectures TABLE = read();
  }

  /** The table that this library comes with. */
  static Microarchitectures ofThisLibrary() {
    return Resource.TABLE;
  }

  private static Microarchitectures read() {
    Microarchitectures table = new Microarchitectures();
    try (InputStream stream = Microarchitectures.class.getResourceAsStream(RESOURCE)) {
      FORMAT.read(
          new InputStreamReader(Objects.requireNonNull(stream, RESOURCE), StandardCharsets.UTF_8),
          RESOURCE,
          table::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return table;
  }

  private void add(TabSeparatedFormat.Line line) {
    switch (line.kind()) {
      case "extension" ->
          extensions.add(new Extension(line.requireFields(4).text(1), line.text(2)));
      case "generic" -> generic.add(line.requireFields(2).text(1));
      case "microarchitecture" ->
          entries.put(
              line.requireFields(6).text(1),
              new Entry(Set.copyOf(words(line.text(3))), kib(line.text(4)), kib(line.text(5))));
      default ->
          throw new IllegalArgumentException("expected extension, generic or microarchitecture");
    }
  }

  private static List<String> words(String field) {
    return field.equals(NONE) ? List.of() : List.of(field.split(" "));
  }

  private static List<Integer> kib(String field) {
    return words(field).stream().map(Integer::valueOf).toList();
  }

  /** The extensions that tell processors apart, as Linux spells them, the most telling first. */
  List<String> extensionNames() {
    return extensions.stream().map(Extension::name).toList();
  }

  /**
   * What a machine has that no processor of a microarchitecture has.
   *
   * @param name of the microarchitecture
   * @param machine whose facts are known, some of them or none
   * @return in words, such as {@code AMX, L2 of 2048 KiB}; empty where nothing contradicts, or the
   *     table does not have the name
   */
  Optional<String> contradiction(String name, Machine machine) {
    Entry entry = entries.get(name);
    if (entry == null) {
      return Optional.empty();
    }
    List<String> found = new ArrayList<>();
    if (generic.stream().anyMatch(machine.model()::startsWith)) {
      found.add("the name " + machine.model());
    }
    extensions.stream()
        .filter(each -> machine.extensions().contains(each.name()))
        .filter(each -> !entry.extensions().contains(each.name()))
        .forEach(each -> found.add(each.words()));
    cache("L1", machine.l1Kib(), entry.l1Kib()).ifPresent(found::add);
    cache("L2", machine.l2Kib(), entry.l2Kib()).ifPresent(found::add);
    return found.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", found));
  }

  private static Optional<String> cache(String level, int kib, List<Integer> expected) {
    return kib == 0 || expected.isEmpty() || expected.contains(kib)
        ? Optional.empty()
        : Optional.of(level + " of " + kib + " KiB");
  }
}

package dev.patchgrad.choice;

import dev.patchgrad.internal.Lack;
import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.Precision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The kernels to choose from, and those that would be among them in another JVM.
 *
 * @param layouts by name, the simplest kernel first
 * @param missing why the others are left out, by name
 */
record Candidates(Map<String, Layout> layouts, Map<String, String> missing) {
  /** Those for one student that this JVM can run, in a precision. */
  static Candidates of(Precision precision) {
    return of(Workload.of(precision).k(1).p(1).n(1));
  }

  /**
   * Those for a workload that this JVM can run: with several threads, those that can be divided;
   * with several students, the one that takes one pass for all as well, the last.
   */
  static Candidates of(Workload workload) {
    boolean divided = workload.students() == 1 && workload.threads() > 1;
    Map<String, Layout> layouts = new LinkedHashMap<>();
    Map<String, String> missing = new LinkedHashMap<>();
    List<String> names = new ArrayList<>(Kernels.names());
    if (workload.students() > 1) {
      names.add(Kernels.STUDENTS);
    }
    for (String name : names) {
      Optional<String> reason = Kernels.missing(name, workload.precision());
      if (reason.isPresent()) {
        missing.put(name, reason.get());
      } else if (!divided || Kernels.isDivisible(name)) {
        layouts.put(name, layout(name, workload.precision()));
      }
    }
    return new Candidates(layouts, missing);
  }

  private static Layout layout(String name, Precision precision) {
    return name.equals(Kernels.STUDENTS)
        ? Kernels.createStudents(precision).layout()
        : Kernels.create(name, precision).layout();
  }

  /**
   * The layouts on a machine: as many samples side by side, and elements in a multiple, as its
   * vectors have lanes.
   *
   * @param machine whose vectors count, where they are known
   * @param layouts by name, in this JVM
   */
  static Map<String, Layout> withVectorsOf(
      Machine machine, Precision precision, Map<String, Layout> layouts) {
    int lanes = machine.vectorBits() / Byte.SIZE / precision.bytes();
    if (lanes < 1) {
      return layouts;
    }
    Map<String, Layout> there = new LinkedHashMap<>();
    layouts.forEach(
        (name, here) ->
            there.put(
                name, new Layout(here.lanes() > 1 ? lanes : 1, here.multiple() > 1 ? lanes : 1)));
    return there;
  }

  /** Those that need no vectors; the others are missing for lack of something. */
  Candidates withoutVectors(Lack lack) {
    Map<String, Layout> plain = new LinkedHashMap<>(layouts);
    Map<String, String> more = new LinkedHashMap<>(missing);
    layouts.keySet().stream()
        .filter(Kernels::usesVectors)
        .forEach(
            name -> {
              plain.remove(name);
              more.put(name, lack.reason());
            });
    return new Candidates(plain, more);
  }

  /** Each reason with the kernels of some that are missing for it; empty where none is missing. */
  Optional<String> missingInWords(Predicate<String> some) {
    Map<String, List<String>> byReason =
        missing.keySet().stream()
            .filter(some)
            .collect(
                Collectors.groupingBy(
                    name -> missing.getOrDefault(name, ""),
                    LinkedHashMap::new,
                    Collectors.toList()));
    return byReason.isEmpty()
        ? Optional.empty()
        : Optional.of(
            byReason.entrySet().stream()
                .map(
                    entry ->
                        entry.getKey()
                            + ", which is needed by "
                            + String.join(", ", entry.getValue()))
                .collect(Collectors.joining("; ")));
  }
}

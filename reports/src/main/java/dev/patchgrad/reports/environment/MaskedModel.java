package dev.patchgrad.reports.environment;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether a processor is what its model number says. A hypervisor may tell another model than the
 * host has, and mostly an older one: then the processor can do what no such model could.
 *
 * <p>What a processor has and its model never had contradicts the model. What it lacks does not,
 * since a hypervisor may hide any extension. A cache contradicts where no core has one of a size
 * that the model comes with.
 */
final class MaskedModel {
  private MaskedModel() {}

  /**
   * What contradicts the model.
   *
   * @param hardware of the machine, whose microarchitecture is that of its model number
   * @return such as {@code model masked: says Rocket Lake, has AMX, L2 of 2 MiB; as Sapphire Rapids
   *     has}; empty where nothing contradicts, or no table has the microarchitecture
   */
  static Optional<String> words(Hardware hardware) {
    MicroarchitectureTable table = MicroarchitectureTable.ofThisModule();
    String says = hardware.microarchitecture();
    MicroarchitectureTable.Entry entry = table.entries().get(says);
    if (entry == null) {
      return Optional.empty();
    }
    List<String> truths = new ArrayList<>();
    if (table.generic().stream().anyMatch(hardware.model()::startsWith)) {
      truths.add("is called " + hardware.model().trim());
    }
    List<String> surplus = contradictions(hardware, entry, table);
    if (!surplus.isEmpty()) {
      truths.add("has " + String.join(", ", surplus));
    }
    if (truths.isEmpty()) {
      return Optional.empty();
    }
    List<String> fitting = surplus.isEmpty() ? List.of() : fitting(hardware, table);
    return Optional.of(
        "model masked: says "
            + says
            + ", "
            + String.join(", ", truths)
            + (fitting.isEmpty() ? "" : "; as do " + String.join(", ", fitting)));
  }

  /** The most telling extension of a processor, as a part of a name; empty where it has none. */
  static String tag(Hardware hardware) {
    Set<String> has = extensions(hardware);
    return MicroarchitectureTable.ofThisModule().extensions().stream()
        .filter(extension -> has.contains(extension.name()) && !extension.tag().isEmpty())
        .map(MicroarchitectureTable.Extension::tag)
        .findFirst()
        .orElse("");
  }

  private static List<String> contradictions(
      Hardware hardware, MicroarchitectureTable.Entry entry, MicroarchitectureTable table) {
    List<String> found = new ArrayList<>();
    Set<String> has = extensions(hardware);
    table.extensions().stream()
        .filter(each -> has.contains(each.name()) && !entry.extensions().contains(each.name()))
        .forEach(each -> found.add(each.words()));
    Map<String, NavigableSet<Long>> sizes = hardware.cacheSizes();
    cache("L1", sizes, entry.l1Bytes()).ifPresent(found::add);
    cache("L2", sizes, entry.l2Bytes()).ifPresent(found::add);
    return found;
  }

  private static Optional<String> cache(
      String level, Map<String, NavigableSet<Long>> sizes, Set<Long> expected) {
    NavigableSet<Long> found = sizes.getOrDefault(level, new TreeSet<>());
    return found.isEmpty() || expected.isEmpty() || found.stream().anyMatch(expected::contains)
        ? Optional.empty()
        : Optional.of(level + " of " + CacheSize.inWords(found.first()));
  }

  /** The microarchitectures that nothing contradicts, and that hide none of what they have. */
  private static List<String> fitting(Hardware hardware, MicroarchitectureTable table) {
    return table.entries().entrySet().stream()
        .filter(each -> each.getValue().vendor().equals(hardware.vendor()))
        .filter(each -> contradictions(hardware, each.getValue(), table).isEmpty())
        .filter(each -> !each.getValue().l2Bytes().isEmpty())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** What the record says; records from before extensions were kept have the widest vectors. */
  private static Set<String> extensions(Hardware hardware) {
    Set<String> has = new LinkedHashSet<>(hardware.extensions());
    switch (hardware.featureTier()) {
      case "avx512" -> has.addAll(List.of("avx512f", "avx2", "avx"));
      case "avx2" -> has.addAll(List.of("avx2", "avx"));
      case "avx", "sve" -> has.add(hardware.featureTier());
      default -> {
        // The others have no extension that the table tells of.
      }
    }
    return has;
  }
}

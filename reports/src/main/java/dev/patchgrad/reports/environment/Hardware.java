package dev.patchgrad.reports.environment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The machine below the operating system.
 *
 * @param vendor of the processor, as it names itself, such as {@code GenuineIntel}
 * @param model the processor's name; on virtual machines often a generic one
 * @param microarchitecture such as {@code Emerald Rapids}; {@code unknown} where no table has it,
 *     or where the model number is not the processor's own
 * @param family of the processor, as the vendor counts it
 * @param familyModel the model within the family
 * @param stepping of the model
 * @param physicalCores that this system sees
 * @param logicalCores that this system sees
 * @param featureTier the widest vector instructions: avx512, avx2, avx, sse, sve, neon or unknown
 * @param caches by level, as one core sees them
 * @param memoryBytes main memory that this system sees
 * @param virtual whether this is a virtual machine
 * @param hypervisor its name; {@code none} on bare metal, {@code unknown} where it hides its name
 * @param extensions of the instruction set that tell processors apart, such as {@code amx_tile}, as
 *     Linux spells them; empty where nothing told them
 * @param masked what the model number says and what contradicts it, such as {@code model masked:
 *     says Rocket Lake, has AMX}; empty where nothing does
 */
public record Hardware(
    String vendor,
    String model,
    String microarchitecture,
    String family,
    String familyModel,
    String stepping,
    int physicalCores,
    int logicalCores,
    String featureTier,
    List<Cache> caches,
    long memoryBytes,
    boolean virtual,
    String hypervisor,
    List<String> extensions,
    String masked) {

  /** Stands where no record says anything of the machine. */
  static final Hardware UNKNOWN =
      new Hardware(
          Facts.UNKNOWN,
          Facts.UNKNOWN,
          Facts.UNKNOWN,
          Facts.UNKNOWN,
          Facts.UNKNOWN,
          Facts.UNKNOWN,
          0,
          0,
          Facts.UNKNOWN,
          List.of(),
          0,
          false,
          Facts.UNKNOWN,
          List.of(),
          "");

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if a count is negative, or the microarchitecture or the
   *     instructions have no name, or one that is too long
   */
  public Hardware {
    caches = List.copyOf(caches);
    extensions = List.copyOf(extensions);
    // A system may leave the others empty, and an id does without them.
    Facts.requireText("featureTier", featureTier);
    Facts.requireText("microarchitecture", microarchitecture);
    Facts.requireCount("physicalCores", physicalCores);
    Facts.requireCount("logicalCores", logicalCores);
    Facts.requireCount("memoryBytes", memoryBytes);
  }

  /**
   * This machine with a microarchitecture that nothing contradicts.
   *
   * @return the same where its extensions and caches can be those of its model; else without the
   *     microarchitecture, and with what contradicts it
   */
  Hardware checked() {
    return MaskedModel.words(this)
        .map(
            words ->
                new Hardware(
                    vendor,
                    model,
                    Facts.UNKNOWN,
                    family,
                    familyModel,
                    stepping,
                    physicalCores,
                    logicalCores,
                    featureTier,
                    caches,
                    memoryBytes,
                    virtual,
                    hypervisor,
                    extensions,
                    words))
        .orElse(this);
  }

  /**
   * The microarchitecture for a reader.
   *
   * @return its name; what the model number says and what contradicts it where that is so
   */
  public String microarchitectureInWords() {
    return masked.isEmpty() ? microarchitecture : masked;
  }

  /** No processor has a smaller one: some systems say 0, or nonsense, for what they do not know. */
  private static final long SMALLEST_CACHE = 4 << 10;

  /**
   * Sizes of the caches that hold data. Where cores differ, the smallest counts: a batch that fits
   * it fits all.
   *
   * @return bytes by name of the level: {@code L1}, {@code L2} …; no entry where the system does
   *     not say
   */
  public Map<String, Long> cacheBytes() {
    Map<String, Long> bytes = new TreeMap<>();
    cacheSizes().forEach((level, sizes) -> bytes.put(level, sizes.first()));
    return bytes;
  }

  /**
   * What a reader should know of the caches: that cores differ, or that the system tells no sizes.
   *
   * @return sentences; empty where there is nothing to tell
   */
  public List<String> cacheNotes() {
    List<String> notes = new ArrayList<>();
    Map<String, NavigableSet<Long>> sizes = cacheSizes();
    sizes.forEach(
        (level, found) -> {
          if (found.size() > 1) {
            notes.add(
                "The cores have "
                    + level
                    + " caches of different sizes, from "
                    + kib(found.first())
                    + " to "
                    + kib(found.last())
                    + ". The smallest decides the size of a batch. To measure one kind of core, pin"
                    + " the run to it, as with taskset.");
          }
        });
    List<String> silent = Stream.of("L1", "L2").filter(level -> !sizes.containsKey(level)).toList();
    if (!silent.isEmpty()) {
      notes.add(
          "This system does not tell the size of "
              + String.join(" and ", silent)
              + ", so usual sizes were assumed. Give the size of the batch, as in"
              + " -Dbench.level=512KiB.");
    }
    return notes;
  }

  private static String kib(long bytes) {
    return bytes / 1024 + " KiB";
  }

  /** Sizes of the caches that hold data, by name of the level. */
  Map<String, NavigableSet<Long>> cacheSizes() {
    Map<String, NavigableSet<Long>> sizes = new TreeMap<>();
    for (Cache cache : caches) {
      if (cache.holdsData() && cache.bytes() >= SMALLEST_CACHE) {
        sizes.computeIfAbsent("L" + cache.level(), level -> new TreeSet<>()).add(cache.bytes());
      }
    }
    return sizes;
  }
}

package dev.patchgrad.reports.environment;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The machine below the operating system.
 *
 * @param vendor of the processor, as it names itself, such as {@code GenuineIntel}
 * @param model the processor's name; on virtual machines often a generic one
 * @param microarchitecture such as {@code Emerald Rapids}; {@code unknown} where no table has it
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
    String hypervisor) {

  /** Copies the list. */
  public Hardware {
    caches = List.copyOf(caches);
  }

  /**
   * Sizes of the caches that hold data.
   *
   * @return bytes by name of the level: {@code L1}, {@code L2} …; no entry where the system does
   *     not say
   */
  public Map<String, Long> cacheBytes() {
    Map<String, Long> bytes = new TreeMap<>();
    for (Cache cache : caches) {
      if (cache.holdsData()) {
        bytes.merge("L" + cache.level(), cache.bytes(), Math::max);
      }
    }
    return bytes;
  }
}

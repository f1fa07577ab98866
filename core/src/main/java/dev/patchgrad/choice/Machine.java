package dev.patchgrad.choice;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What decides on a machine which kernel is fastest: its processor, and the vectors that this JVM
 * makes of it.
 *
 * @param vendor of the processor, as it names itself, such as {@code AuthenticAMD}
 * @param model the processor's name
 * @param family of the processor, as the vendor counts it
 * @param familyModel the model within the family
 * @param physicalCores that this system sees; 0 if unknown
 * @param logicalCores that this system sees; 0 if unknown
 * @param instructions the widest vector instructions that the JVM uses: avx512, avx2, avx, sse,
 *     sve, neon or unknown; followed by {@code -without-fma} where it has no fused multiply-add
 * @param vectorBits of the JVM's preferred vectors; 0 without the Vector API
 * @param extensions of the instruction set that tell processors apart, such as {@code amx_tile}, as
 *     Linux spells them; empty where this system does not tell
 * @param l1Kib size of the L1 data cache, in KiB, of the smallest core; 0 if unknown
 * @param l2Kib size of L2 as one core sees it, in KiB, of the smallest core; 0 if unknown
 * @param lastKib size of the last cache before memory, in KiB, of the smallest; 0 if unknown
 */
public record Machine(
    String vendor,
    String model,
    String family,
    String familyModel,
    int physicalCores,
    int logicalCores,
    String instructions,
    int vectorBits,
    List<String> extensions,
    int l1Kib,
    int l2Kib,
    int lastKib) {
  /** What stands for a fact that this system does not tell. */
  public static final String UNKNOWN = "unknown";

  /** What the instructions end with where there is no fused multiply-add. */
  static final String WITHOUT_FMA = "-without-fma";

  /** Copies the list. */
  public Machine {
    extensions = List.copyOf(extensions);
  }

  /**
   * A machine of whose extensions and caches nothing is known.
   *
   * @param vendor as above
   * @param model as above
   * @param family as above
   * @param familyModel as above
   * @param physicalCores as above
   * @param logicalCores as above
   * @param instructions as above
   * @param vectorBits as above
   */
  public Machine(
      String vendor,
      String model,
      String family,
      String familyModel,
      int physicalCores,
      int logicalCores,
      String instructions,
      int vectorBits) {
    this(
        vendor,
        model,
        family,
        familyModel,
        physicalCores,
        logicalCores,
        instructions,
        vectorBits,
        List.of(),
        0,
        0,
        0);
  }

  /**
   * This machine, in this JVM.
   *
   * @return its facts; what could not be found is {@link #UNKNOWN} or 0
   */
  public static Machine ofThisJvm() {
    return new MachineProbe(Path.of("/"), System.getProperties(), System.getenv()).machine();
  }

  /** Whether all of its processor's facts are known. */
  boolean isKnown() {
    return !processor().containsValue(UNKNOWN) && physicalCores > 0 && logicalCores > 0;
  }

  /** Facts of the processor by name, in the order of the record. */
  private Map<String, String> processor() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("vendor", vendor);
    facts.put("model", model);
    facts.put("family", family);
    facts.put("model number", familyModel);
    return facts;
  }

  /** All facts by name, in the order of the record. */
  Map<String, String> facts() {
    Map<String, String> facts = processor();
    facts.put("physical cores", Integer.toString(physicalCores));
    facts.put("logical cores", Integer.toString(logicalCores));
    facts.put("instructions", instructions);
    facts.put("vector bits", Integer.toString(vectorBits));
    return facts;
  }

  /** Whether the JVM has an instruction for a fused multiply-add. */
  boolean hasFma() {
    return !instructions.endsWith(WITHOUT_FMA);
  }

  /** Such as {@code avx2 in vectors of 256 bits}. */
  String vectorsInWords() {
    return instructions + " in vectors of " + vectorBits + " bits";
  }

  /**
   * Whether it is the same hardware with the same vectors. What is unknown of either does not
   * count: tables from before extensions and caches were recorded have none.
   */
  boolean isSameAs(Machine other) {
    return facts().equals(other.facts())
        && (extensions.isEmpty()
            || other.extensions.isEmpty()
            || Set.copyOf(extensions).equals(Set.copyOf(other.extensions)))
        && (l1Kib == 0 || other.l1Kib == 0 || l1Kib == other.l1Kib)
        && (l2Kib == 0 || other.l2Kib == 0 || l2Kib == other.l2Kib);
  }

  /** Whether vector code is the same on both. */
  boolean hasVectorsOf(Machine other) {
    return instructions.equals(other.instructions) && vectorBits == other.vectorBits;
  }

  @Override
  public String toString() {
    return model
        + " ("
        + vendor
        + ", family "
        + family
        + ", model "
        + familyModel
        + "), "
        + (physicalCores > 0 ? physicalCores : UNKNOWN)
        + " cores, "
        + (logicalCores > 0 ? logicalCores : UNKNOWN)
        + " threads, "
        + instructions
        + ", vectors of "
        + vectorBits
        + " bits";
  }
}

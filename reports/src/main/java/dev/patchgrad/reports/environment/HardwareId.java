package dev.patchgrad.reports.environment;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A name for a machine that does not change: {@code intel-emerald-rapids-2c-avx512}.
 *
 * <p>It holds what decides which kernel is fastest, and what a reader would ask first:
 *
 * <ul>
 *   <li>the vendor;
 *   <li>the processor's designation ({@code epyc-9r14}), where its name has one. A virtual machine
 *       often says only "Intel(R) Xeon(R) Processor"; then nothing;
 *   <li>the microarchitecture; where it is unknown, family and model by number;
 *   <li>physical cores, and logical ones where they differ;
 *   <li>the widest vector instructions.
 * </ul>
 *
 * <p>Where a hypervisor tells a model that the processor cannot be, neither designation nor
 * microarchitecture is true. Then the name says what is: the most telling extension of the
 * instruction set, and the size of L2: {@code intel-amx-2c-avx512-l2-2m}.
 *
 * <p>It leaves out heap, JDK, operating system and commit, which change on one machine; memory and
 * the last-level cache, which a virtual machine's host may size anew at each start; stepping and
 * clock, which do not change the answer; and the caches next to a core, which follow from the
 * microarchitecture. The environment records all of these.
 */
public final class HardwareId {
  /** A token that names one processor of a series: it contains a digit. */
  private static final Pattern DESIGNATION =
      Pattern.compile("[a-z]*-?\\d[a-z0-9]*(-\\d[a-z0-9]*)?");

  /** Tokens with a digit that are no designation: clocks, core counts, generations, versions. */
  private static final Pattern NO_DESIGNATION =
      Pattern.compile("[\\d.]+[gm]hz|\\d+-core|\\d+(st|nd|rd|th)|v?\\d+(\\.\\d+)*+\\+|\\d");

  private HardwareId() {}

  /**
   * The name.
   *
   * @param hardware of the machine
   * @return lower case letters, digits and single hyphens: safe as a folder's name
   */
  public static String of(Hardware hardware) {
    StringBuilder id = new StringBuilder(vendor(hardware.vendor()));
    if (!hardware.masked().isEmpty()) {
      append(id, MaskedModel.tag(hardware));
      appendCores(id, hardware);
      Optional.ofNullable(hardware.cacheBytes().get("L2"))
          .ifPresent(bytes -> append(id, "l2-" + CacheSize.inName(bytes)));
      return id.toString();
    }
    String designation = designation(hardware.model());
    append(id, designation);
    if (hardware.microarchitecture().equals("unknown")) {
      if (designation.isEmpty()) {
        append(id, "family" + slug(hardware.family()) + "-model" + slug(hardware.familyModel()));
      }
    } else {
      append(id, slug(hardware.microarchitecture()));
    }
    appendCores(id, hardware);
    return id.toString();
  }

  private static void appendCores(StringBuilder id, Hardware hardware) {
    append(id, hardware.physicalCores() + "c");
    if (hardware.logicalCores() != hardware.physicalCores()) {
      id.append(hardware.logicalCores()).append('t');
    }
    append(id, slug(hardware.featureTier()));
  }

  private static void append(StringBuilder id, String part) {
    if (!part.isEmpty()) {
      id.append('-').append(part);
    }
  }

  private static String vendor(String vendor) {
    return switch (vendor) {
      case "GenuineIntel" -> "intel";
      case "AuthenticAMD" -> "amd";
      case "HygonGenuine" -> "hygon";
      default -> {
        String first = slug(vendor).replaceAll("-(inc|corporation|corp|ltd|limited)\\b.*", "");
        yield first.isEmpty() ? "unknown" : first;
      }
    };
  }

  private static String designation(String model) {
    String lower =
        model.toLowerCase(Locale.ROOT).replaceAll("\\((r|tm|c)\\)", " ").replaceAll("@.*", "");
    if (lower.contains("qemu") || lower.contains("virtual cpu")) {
      return "";
    }
    StringBuilder found = new StringBuilder();
    for (String token : lower.trim().split("[\\s,()]+")) {
      Matcher matcher = DESIGNATION.matcher(token);
      if (matcher.matches() && !NO_DESIGNATION.matcher(token).matches()) {
        found.append(found.isEmpty() ? "" : "-").append(token);
      }
    }
    return slug(found.toString());
  }

  /** Lower case letters, digits and single hyphens. */
  static String slug(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
  }
}

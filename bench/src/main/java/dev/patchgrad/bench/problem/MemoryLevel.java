package dev.patchgrad.bench.problem;

import dev.patchgrad.bench.launch.ForkFlags;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many bytes of patches a batch is to have, so that it lies in a named level of memory.
 *
 * <p>The launcher tells the sizes of the caches as system properties. A level that it did not tell
 * counts as 32 KiB (L1), 1 MiB (L2), 32 MiB (L3).
 *
 * @param l1 bytes of the first-level data cache of a core
 * @param l2 bytes of the second-level cache of a core
 * @param l3 bytes of the last-level cache
 */
public record MemoryLevel(long l1, long l2, long l3) {
  private static final long KIB = 1024;
  private static final long MIB = 1024 * KIB;
  private static final long GIB = 1024 * MIB;

  /** Enough to be out of any cache of today by four times; more costs set-up time alone. */
  private static final long DRAM_AT_MOST = GIB;

  private static final Pattern SIZE = Pattern.compile("(\\d{1,15})(B|KiB|MiB|GiB)");

  /**
   * The levels that the launcher told.
   *
   * @param properties of this JVM
   * @return the levels
   * @throws IllegalArgumentException if a size is no positive number
   */
  public static MemoryLevel of(Properties properties) {
    return new MemoryLevel(
        size(properties, "L1", 32 * KIB),
        size(properties, "L2", MIB),
        size(properties, "L3", 32 * MIB));
  }

  private static long size(Properties properties, String level, long otherwise) {
    String name = ForkFlags.CACHE_PROPERTY + level;
    String text = properties.getProperty(name);
    if (text == null) {
      return otherwise;
    }
    if (!text.matches("[1-9]\\d{0,14}")) {
      throw new IllegalArgumentException(name + ": '" + text + "' given; expected bytes");
    }
    return Long.parseLong(text);
  }

  /**
   * The bytes that fill a level, and stay in it: half of L1 or L2, so that parameters and sums have
   * room beside; four times L2, but no more than half-way from L2 to L3, for L3; four times the
   * last level, at most 1 GiB, for DRAM.
   *
   * @param level L1, L2, L3, DRAM, or a size such as {@code 64KiB}
   * @return bytes, at least 1
   * @throws IllegalArgumentException if it is none of these
   */
  public long bytes(String level) {
    return switch (level) {
      case "L1" -> l1 / 2;
      case "L2" -> l2 / 2;
      case "L3" -> Math.min(4 * l2, l2 + Math.max(0, l3 - l2) / 2);
      case "DRAM" -> Math.min(4 * Math.max(l2, l3), DRAM_AT_MOST);
      default -> explicit(level);
    };
  }

  private static long explicit(String level) {
    Matcher matcher = SIZE.matcher(level);
    if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
      throw new IllegalArgumentException(
          "level: '"
              + level
              + "' given; expected L1, L2, L3, DRAM or a size such as 64KiB, 2MiB, 1GiB");
    }
    long unit =
        switch (matcher.group(2)) {
          case "KiB" -> KIB;
          case "MiB" -> MIB;
          case "GiB" -> GIB;
          default -> 1;
        };
    long count = Long.parseLong(matcher.group(1));
    if (count > Long.MAX_VALUE / unit) {
      throw new IllegalArgumentException(
          "level: '" + level + "' given; expected fewer bytes than there are in any memory");
    }
    return count * unit;
  }
}

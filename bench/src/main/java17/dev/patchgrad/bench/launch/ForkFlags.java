package dev.patchgrad.bench.launch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The flags of the JVMs that measure: what they need, and what they are told of the machine. */
public final class ForkFlags {
  /** Without it there is no Vector API. */
  public static final String VECTOR_MODULE = "--add-modules=jdk.incubator.vector";

  /** JMH 1.37 reads fields through Unsafe; without this flag JDK 24 and newer warn in each fork. */
  public static final String UNSAFE = "--sun-misc-unsafe-memory-access=allow";

  /** Libraries that load native code do so without a warning. */
  public static final String NATIVE = "--enable-native-access=ALL-UNNAMED";

  /**
   * Prefix of the system properties that tell a fork the sizes of the caches; the level's name
   * follows, such as {@code L2}, and the value is in bytes.
   */
  public static final String CACHE_PROPERTY = "patchgrad.cache.";

  /** The system property that tells a fork the file of the user's own batch. */
  public static final String DATA_PROPERTY = "patchgrad.data";

  private ForkFlags() {}

  /**
   * What goes before all other flags, so that a user's flags are added and replace none.
   *
   * @param cacheBytes sizes by name of the level
   * @param asked the user's own flags to prepend
   * @return the flags
   */
  static List<String> prepended(Map<String, Long> cacheBytes, List<String> asked) {
    List<String> flags = new ArrayList<>(List.of(VECTOR_MODULE, UNSAFE, NATIVE));
    cacheBytes.forEach((level, bytes) -> flags.add("-D" + CACHE_PROPERTY + level + "=" + bytes));
    flags.addAll(asked);
    return flags;
  }
}

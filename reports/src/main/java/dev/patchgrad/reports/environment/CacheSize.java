package dev.patchgrad.reports.environment;

/** The size of a cache, for a reader and in a name. */
final class CacheSize {
  private static final long MIB = 1 << 20;

  private CacheSize() {}

  /** Such as {@code 2 MiB} or {@code 1280 KiB}. */
  static String inWords(long bytes) {
    return isWholeMib(bytes) ? bytes / MIB + " MiB" : bytes / 1024 + " KiB";
  }

  /** Such as {@code 2m} or {@code 1280k}. */
  static String inName(long bytes) {
    return isWholeMib(bytes) ? bytes / MIB + "m" : bytes / 1024 + "k";
  }

  private static boolean isWholeMib(long bytes) {
    return bytes >= MIB && bytes % MIB == 0;
  }
}

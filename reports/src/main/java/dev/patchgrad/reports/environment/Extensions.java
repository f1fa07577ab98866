package dev.patchgrad.reports.environment;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The extensions of the instruction set that a processor has, by one spelling.
 *
 * <p>Linux writes {@code avx512_bf16}, macOS {@code AVX512BF16} or {@code hw.optional.arm.FEAT_SVE:
 * 1}, and Windows {@code PF_AVX512F_INSTRUCTIONS_AVAILABLE}, of few extensions alone.
 */
final class Extensions {
  /** What a system writes around a name: macOS a path and a value, Windows what it is. */
  private static final Pattern AROUND =
      Pattern.compile(
          "(?:pf_)?(?:arm_)?(?:hw\\.optional\\.)?(?:arm\\.)?(?:feat_)?(.*?)"
              + "(?:_instructions)?(?:_available)?(?:[:=]\\s*1)?");

  private Extensions() {}

  /**
   * Those of a processor.
   *
   * @param flags as the system writes them, some on one line
   * @return names as Linux spells them, the most telling first; empty where the system tells none
   */
  static List<String> of(List<String> flags) {
    Set<String> found =
        flags.stream()
            // A line of Linux begins with what it is, such as "flags\t\t: ".
            .flatMap(line -> line.replaceFirst("^[Ff](?:lags|eatures)\\s*:", "").lines())
            .flatMap(line -> Pattern.compile("\\s+(?!1$)").splitAsStream(line.trim()))
            .map(Extensions::plain)
            .collect(Collectors.toSet());
    return MicroarchitectureTable.ofThisModule().extensions().stream()
        .map(MicroarchitectureTable.Extension::name)
        .filter(name -> found.contains(squeezed(name)))
        .toList();
  }

  private static String plain(String flag) {
    // On macOS, AVX is AVX1.0; without the point it would read as AVX10.
    String lower = flag.toLowerCase(Locale.ROOT).replace("avx1.0", "avx");
    Matcher matcher = AROUND.matcher(lower);
    return squeezed(matcher.matches() ? matcher.group(1) : lower);
  }

  private static String squeezed(String name) {
    return name.replaceAll("[^a-z0-9]", "");
  }
}

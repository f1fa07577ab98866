package dev.patchgrad.reports.environment;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * What a recorded JVM compiled vector code to. The rule is in a file, {@code
 * vector-instructions.properties}, which is core's own: the build copies it, since core needs a
 * newer Java than this module.
 */
final class VectorInstructions {
  private VectorInstructions() {}

  /**
   * The widest instructions of a JVM.
   *
   * @param architecture of the operating system, as Java names it
   * @param flags of HotSpot by name
   * @return their name; {@code unknown} where the rule has none
   */
  static String of(String architecture, Map<String, String> flags) {
    Properties rule = PropertiesResource.read("vector-instructions.properties");
    String widest =
        Stream.of("UseAVX", "UseSVE")
            .map(name -> rule.getProperty(architecture + "." + key(name, flags)))
            .filter(Objects::nonNull)
            .findFirst()
            .orElse("unknown");
    return widest + rule.getProperty(key("UseFMA", flags), "");
  }

  private static String key(String name, Map<String, String> flags) {
    return name + Optional.ofNullable(flags.get(name)).map(value -> "." + value).orElse("");
  }
}

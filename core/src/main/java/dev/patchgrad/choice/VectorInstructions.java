package dev.patchgrad.choice;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a JVM compiles vector code to: its flags may allow less than the processor has. The rule is
 * in a file, {@code vector-instructions.properties}, which the reports read as well.
 */
final class VectorInstructions {
  private static final String RESOURCE = "vector-instructions.properties";

  private VectorInstructions() {}

  /**
   * The widest instructions of a JVM.
   *
   * @param architecture of the operating system, as Java names it
   * @param flag of HotSpot by name; empty where it has none
   * @return avx512, avx2, avx, sse, sve, neon or unknown; followed by {@link Machine#WITHOUT_FMA}
   *     where the JVM uses no fused multiply-add
   */
  static String of(String architecture, Function<String, Optional<String>> flag) {
    Properties rule = rule();
    String widest =
        Stream.of("UseAVX", "UseSVE")
            .map(name -> rule.getProperty(architecture + "." + key(name, flag)))
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(Machine.UNKNOWN);
    return widest + rule.getProperty(key("UseFMA", flag), "");
  }

  private static String key(String name, Function<String, Optional<String>> flag) {
    return name + flag.apply(name).map(value -> "." + value).orElse("");
  }

  private static Properties rule() {
    Properties rule = new Properties();
    try (InputStream stream = VectorInstructions.class.getResourceAsStream(RESOURCE)) {
      rule.load(Objects.requireNonNull(stream, RESOURCE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rule;
  }
}

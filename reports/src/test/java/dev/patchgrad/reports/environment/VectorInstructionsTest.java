package dev.patchgrad.reports.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

final class VectorInstructionsTest {
  /** Core's own examples: of a recorded JVM this module says what core says of a running one. */
  @ParameterizedTest
  @CsvFileSource(
      files = "../core/src/test/resources/dev/patchgrad/choice/vector-instructions.csv",
      numLinesToSkip = 1)
  void aRecordedJvmHasTheInstructionsThatCoreFindsInARunningOne(
      String architecture, String flags, String instructions) {
    Map<String, String> byName = new TreeMap<>();
    for (String flag : flags.split(" ", -1)) {
      int equals = flag.indexOf('=');
      if (equals > 0) {
        byName.put(flag.substring(0, equals), flag.substring(equals + 1));
      }
    }
    assertThat(VectorInstructions.of(architecture, byName)).isEqualTo(instructions);
  }
}

package dev.patchgrad.choice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class VectorInstructionsTest {
  /** The reports' rule, for recorded JVMs, is held to the same examples. */
  @ParameterizedTest
  @CsvFileSource(resources = "vector-instructions.csv", numLinesToSkip = 1)
  void theyAreThoseThatTheJvmUses(String architecture, String flags, String instructions) {
    assertThat(
            VectorInstructions.of(
                architecture,
                name ->
                    Arrays.stream(flags.split(" ", -1))
                        .filter(flag -> flag.startsWith(name + "="))
                        .map(flag -> flag.substring(name.length() + 1))
                        .findFirst()))
        .isEqualTo(instructions);
  }

  @ParameterizedTest
  @CsvFileSource(resources = "vector-instructions.csv", numLinesToSkip = 1)
  void withoutFusedMultiplyAddAMachineHasNone(
      String architecture, String flags, String instructions) {
    Machine machine = new Machine("v", "m", "1", "1", 1, 1, instructions, 256);
    assertThat(machine.hasFma())
        .as(architecture)
        .isEqualTo(!Arrays.asList(flags.split(" ", -1)).contains("UseFMA=false"));
  }
}

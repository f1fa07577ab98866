package dev.patchgrad.choice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What systems and processors that no test runs on tell of themselves, as it was recorded. */
class RecordedMachinesTest {
  @TempDir private Path root;

  private Machine machine(Map<String, String> variables) {
    return new MachineProbe(root, new Properties(), variables).machine();
  }

  /** As in a container, which shows /proc alone. */
  @ParameterizedTest
  @CsvSource({
    "zen4-virtual, AuthenticAMD, 25, 17, 2",
    "graviton3, ARM, 8, 0xd40, 2",
    "altra, ARM, 8, 0xd0c, 4",
    "apple-linux, Apple, 8, 0x022, 1",
    "riscv, unknown, unknown, unknown, 1",
  })
  void linuxTellsTheProcessor(String file, String vendor, String family, String model, int threads)
      throws IOException {
    Path cpuinfo = root.resolve("proc/cpuinfo");
    Files.createDirectories(cpuinfo.getParent());
    try (InputStream recorded = getClass().getResourceAsStream("recorded/" + file + ".cpuinfo")) {
      Files.copy(Objects.requireNonNull(recorded, file), cpuinfo);
    }
    Machine machine = machine(Map.of());
    assertThat(machine.vendor()).isEqualTo(vendor);
    assertThat(machine.family()).isEqualTo(family);
    assertThat(machine.familyModel()).isEqualTo(model);
    assertThat(machine.logicalCores()).isEqualTo(threads);
  }

  /** A processor of ARM, and whatever else has no stepping, is not known by it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "AMD64 Family 25 Model 97 Stepping 2, AuthenticAMD | AuthenticAMD | 25 | 97",
        "Intel64 Family 6 Model 154 Stepping 3, GenuineIntel | GenuineIntel | 6 | 154",
        "ARMv8 (64-bit) Family 8 Model 51 Revision 0, QEMU | unknown | unknown | unknown",
        "'' | unknown | unknown | unknown",
      })
  void windowsTellsItInAVariable(
      String identifier, String vendor, String family, String familyModel) {
    Machine machine = machine(Map.of("PROCESSOR_IDENTIFIER", identifier));
    assertThat(machine.vendor()).isEqualTo(vendor);
    assertThat(machine.family()).isEqualTo(family);
    assertThat(machine.familyModel()).isEqualTo(familyModel);
    assertThat(machine.logicalCores()).isEqualTo(Runtime.getRuntime().availableProcessors());
  }
}

package dev.patchgrad.choice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineProbeTest {
  @TempDir private Path root;

  private void file(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Machine probe(Map<String, String> variables) {
    return new MachineProbe(root, new Properties(), variables).machine();
  }

  @Test
  void linuxTellsAnX86InCpuinfoAndItsCoresInSys() throws IOException {
    file(
        "proc/cpuinfo",
        """
        processor\t: 0
        vendor_id\t: GenuineIntel
        cpu family\t: 6
        model\t\t: 207
        model name\t: Intel(R) Xeon(R) Platinum 8581C CPU @ 2.10GHz
        power management:

        processor\t: 1
        vendor_id\t: GenuineIntel
        """);
    for (int processor = 0; processor < 4; processor++) {
      String topology = "sys/devices/system/cpu/cpu" + processor + "/topology/";
      file(topology + "core_id", processor / 2 + "\n");
      file(topology + "physical_package_id", "0\n");
    }
    Machine machine = probe(Map.of());
    assertThat(machine.vendor()).isEqualTo("GenuineIntel");
    assertThat(machine.model()).isEqualTo("Intel(R) Xeon(R) Platinum 8581C CPU @ 2.10GHz");
    assertThat(machine.family()).isEqualTo("6");
    assertThat(machine.familyModel()).isEqualTo("207");
    assertThat(machine.physicalCores()).isEqualTo(2);
    assertThat(machine.logicalCores()).isEqualTo(4);
    assertThat(machine.isKnown()).isTrue();
  }

  @Test
  void extensionsAndTheSmallestCachesAreTold() throws IOException {
    file("proc/cpuinfo", "processor: 0\nflags: fpu avx2 amx_tile avx512f\nprocessor: 1\n");
    String[] sizes = {"48K", "2M", "32K", "1280K"};
    for (int processor = 0; processor < 2; processor++) {
      String cpu = "sys/devices/system/cpu/cpu" + processor;
      file(cpu + "/topology/core_id", processor + "\n");
      String[] types = {"Data", "Instruction", "Unified", "Unified"};
      for (int index = 0; index < types.length; index++) {
        String cache = cpu + "/cache/index" + index + "/";
        file(cache + "level", Math.max(1, index) + "\n");
        file(cache + "type", types[index] + "\n");
        String size = index == 1 ? "8K" : index == 3 ? "24M" : sizes[2 * processor + index / 2];
        file(cache + "size", size + "\n");
      }
    }
    Machine machine = probe(Map.of());
    assertThat(machine.extensions()).containsExactly("amx_tile", "avx512f", "avx2");
    assertThat(machine.l1Kib()).isEqualTo(32);
    assertThat(machine.l2Kib()).isEqualTo(1280);
    assertThat(machine.lastKib()).isEqualTo(24 * 1024);
  }

  @Test
  void aSystemThatHidesThemTellsNoExtensionsAndNoCaches() throws IOException {
    file("proc/cpuinfo", "processor: 0\nFeatures: fp asimd sve2\n");
    assertThat(probe(Map.of()).extensions()).containsExactly("sve2");
    assertThat(probe(Map.of()).l1Kib()).isZero();
    assertThat(new MachineProbe(root.resolve("none"), new Properties(), Map.of()).machine())
        .extracting(Machine::extensions, Machine::l2Kib, Machine::lastKib)
        .containsExactly(List.of(), 0, 0);
  }

  @Test
  void coresOfTwoPackagesWithTheSameNumberAreTwo() throws IOException {
    file("proc/cpuinfo", "processor: 0\nprocessor: 1\n");
    file("sys/devices/system/cpu/cpu0/topology/core_id", "0\n");
    file("sys/devices/system/cpu/cpu0/topology/physical_package_id", "0\n");
    file("sys/devices/system/cpu/cpu1/topology/core_id", "0\n");
    file("sys/devices/system/cpu/cpu1/topology/physical_package_id", "1\n");
    assertThat(probe(Map.of()).physicalCores()).isEqualTo(2);
  }

  @Test
  void aProcessorThatIsSwitchedOffHidesNoneBehindIt() throws IOException {
    file("proc/cpuinfo", "processor: 0\nprocessor: 2\n");
    file("sys/devices/system/cpu/present", "0-2\n");
    file("sys/devices/system/cpu/cpu0/topology/core_id", "0\n");
    file("sys/devices/system/cpu/cpu2/topology/core_id", "2\n");
    assertThat(probe(Map.of()).logicalCores()).isEqualTo(2);
  }

  @Test
  void linuxTellsAnArmByNumbersAndTheNameStaysUnknown() throws IOException {
    file(
        "proc/cpuinfo",
        """
        processor       : 0
        CPU implementer : 0x41
        CPU architecture: 8
        CPU variant     : 0x3
        CPU part        : 0xd0c
        """);
    Machine machine = probe(Map.of());
    assertThat(machine.vendor()).isEqualTo("ARM");
    assertThat(machine.family()).isEqualTo("8");
    assertThat(machine.familyModel()).isEqualTo("0xd0c");
    assertThat(machine.model()).isEqualTo("unknown");
    assertThat(machine.isKnown()).isFalse();
  }

  /** An ARM of 32 bits names its processor by the word that others number it with. */
  @Test
  void withoutSysTheNumberedProcessorsAreCounted() throws IOException {
    file(
        "proc/cpuinfo",
        """
        Processor       : ARMv7 Processor rev 4
        processor       : 0
        processor       : 1
        processor       : 2
        """);
    assertThat(probe(Map.of()).logicalCores()).isEqualTo(3);
    assertThat(probe(Map.of()).physicalCores()).isZero();
  }

  @Test
  void aFlagOfThisJvmIsToldByItsName() {
    assertThat(MachineProbe.flag("UseCompiler")).contains("true");
    assertThat(MachineProbe.flag("UseNoSuchThing")).isEmpty();
  }

  @Test
  void windowsTellsTheMicroarchitectureInAVariable() {
    Machine machine =
        probe(
            Map.of("PROCESSOR_IDENTIFIER", "Intel64 Family 6 Model 154 Stepping 3, GenuineIntel"));
    assertThat(machine.vendor()).isEqualTo("GenuineIntel");
    assertThat(machine.family()).isEqualTo("6");
    assertThat(machine.familyModel()).isEqualTo("154");
    assertThat(machine.isKnown()).isFalse();
  }

  @Test
  void anotherSystemTellsTheVectorsAlone() {
    Machine machine = probe(Map.of());
    assertThat(machine.vendor()).isEqualTo("unknown");
    assertThat(machine.isKnown()).isFalse();
    assertThat(machine.vectorBits()).isGreaterThanOrEqualTo(64);
  }

  @Test
  void thisMachineHasVectors() {
    assertThat(Machine.ofThisJvm().vectorBits()).isGreaterThanOrEqualTo(64);
    assertThat(Optional.of(Machine.ofThisJvm())).contains(Machine.ofThisJvm());
  }
}

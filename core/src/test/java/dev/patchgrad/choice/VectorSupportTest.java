package dev.patchgrad.choice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.internal.Lack;
import java.util.Arrays;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JVMs told apart by what they say of themselves: names and flags as JDK 25 gives them. */
class VectorSupportTest {
  private static Optional<Lack> missing(String name, String info, String flags) {
    Properties system = new Properties();
    system.setProperty("java.vm.name", name);
    system.setProperty("java.vm.info", info);
    return VectorSupport.missingCompiler(
        system,
        flag ->
            Arrays.stream(flags.split(" ", -1))
                .filter(each -> each.startsWith(flag + "="))
                .map(each -> each.substring(flag.length() + 1))
                .findFirst());
  }

  @ParameterizedTest
  @CsvSource({
    "'mixed mode, sharing', TieredCompilation=true TieredStopAtLevel=4 UseCompiler=true",
    "'compiled mode', TieredCompilation=true TieredStopAtLevel=4 UseCompiler=true",
    // C2 alone: the level says nothing.
    "mixed mode, TieredCompilation=false TieredStopAtLevel=1 UseCompiler=true",
    "mixed mode, UseJVMCICompiler=false EnableVectorSupport=true",
    // A runtime without jdk.management tells no flag.
    "mixed mode, ''"
  })
  void whereC2CompilesNothingIsMissing(String info, String flags) {
    assertThat(missing("OpenJDK 64-Bit Server VM", info, flags)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "OpenJDK 64-Bit Server VM, interpreted mode, '', without a compiler, -Xint",
    "OpenJDK 64-Bit Server VM, mixed mode, UseCompiler=false, without a compiler, -Xint",
    "OpenJDK 64-Bit Server VM, 'mixed mode, emulated-client', '', without C2, TieredStopAtLevel",
    "OpenJDK 64-Bit Server VM, mixed mode, TieredCompilation=true TieredStopAtLevel=3, without C2,"
        + " TieredStopAtLevel",
    "OpenJDK 64-Bit Server VM, mixed mode, UseJVMCICompiler=true, another compiler,"
        + " -XX:-UseJVMCICompiler",
    "OpenJDK 64-Bit Server VM, mixed mode, EnableVectorSupport=false, -XX:-EnableVectorSupport,"
        + " remove",
    "Eclipse OpenJ9 VM, JRE 25, '', Eclipse OpenJ9 VM, -Dpatchgrad.kernel",
    "OpenJDK 64-Bit Minimal VM, mixed mode, '', Minimal VM, Server VM"
  })
  void whereNotTheReasonAndTheRemedyAreTold(
      String name, String info, String flags, String reason, String remedy) {
    Lack lack = missing(name, info, flags).orElseThrow();
    assertThat(lack.reason()).contains(reason);
    assertThat(lack.remedy()).contains(remedy);
  }

  /** The tests run with the Vector API on HotSpot with C2, or measure nothing. */
  @Test
  void thisJvmLacksNothing() {
    assertThat(VectorSupport.missing()).isEmpty();
  }
}

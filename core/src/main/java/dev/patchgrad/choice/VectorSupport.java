package dev.patchgrad.choice;

import dev.patchgrad.internal.Lack;
import dev.patchgrad.internal.VectorApi;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;

/**
 * Whether vector code is fast in this JVM: it has the Vector API, and C2 to compile it. The
 * interpreter and C1 make an object of each vector, and plain loops are then faster; of other
 * compilers nothing is measured.
 */
final class VectorSupport {
  private static final String OR_NAME_ONE = "or name a kernel by -D" + KernelChooser.PROPERTY;

  private VectorSupport() {}

  /** What this JVM lacks; empty where vector code is fast. */
  static Optional<Lack> missing() {
    return VectorApi.missing()
        .or(() -> missingCompiler(System.getProperties(), MachineProbe::flag));
  }

  /**
   * Why C2 does not compile vector code here.
   *
   * @param system properties of the JVM
   * @param flag of HotSpot by name; empty where it has none, or does not tell
   */
  static Optional<Lack> missingCompiler(
      Properties system, Function<String, Optional<String>> flag) {
    String vm = system.getProperty("java.vm.name", "");
    String info = system.getProperty("java.vm.info", "");
    if (!vm.contains("Server VM")) {
      return lack(
          "this JVM, " + (vm.isEmpty() ? "of no name" : vm) + ", has no C2",
          "use HotSpot's Server VM, " + OR_NAME_ONE);
    }
    if (is(flag, "UseJVMCICompiler", "true")) {
      return lack(
          "this JVM runs another compiler than C2", "add -XX:-UseJVMCICompiler, " + OR_NAME_ONE);
    }
    if (info.contains("interpreted mode") || is(flag, "UseCompiler", "false")) {
      return lack("this JVM runs without a compiler", "remove -Xint or what else turns it off");
    }
    if (info.contains("emulated-client") || stopsBeforeC2(flag)) {
      return lack(
          "this JVM runs without C2", "remove -XX:TieredStopAtLevel or what else turns it off");
    }
    if (is(flag, "EnableVectorSupport", "false")) {
      return lack("this JVM runs with -XX:-EnableVectorSupport", "remove this flag");
    }
    return Optional.empty();
  }

  private static Optional<Lack> lack(String reason, String remedy) {
    return Optional.of(new Lack(reason, remedy));
  }

  private static boolean is(Function<String, Optional<String>> flag, String name, String value) {
    return flag.apply(name).equals(Optional.of(value));
  }

  /** Levels 1 to 3 are C1's; without tiers the level does not count. */
  private static boolean stopsBeforeC2(Function<String, Optional<String>> flag) {
    return is(flag, "TieredCompilation", "true")
        && flag.apply("TieredStopAtLevel").filter(level -> level.matches("[0-3]")).isPresent();
  }
}

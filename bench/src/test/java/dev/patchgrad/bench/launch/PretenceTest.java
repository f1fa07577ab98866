package dev.patchgrad.bench.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.reports.environment.JvmFacts;
import dev.patchgrad.reports.environment.Species;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a machine is made to look like a lesser one. */
class PretenceTest {
  private static final Map<String, String> AVX512 =
      Map.of("UseAVX", "3", "UseSSE", "4", "MaxVectorSize", "64", "UseFMA", "true");

  private static JvmFacts jvm(Map<String, String> flags) {
    return new JvmFacts(
        "vendor", "25", "name", "G1", 2, flags, new Species(64, 2), new Species(64, 1), List.of());
  }

  @Test
  void whatWasSetToLessIsNamedAndNotWhatFollowsFromIt() {
    Map<String, String> avx =
        Map.of("UseAVX", "1", "UseSSE", "4", "MaxVectorSize", "32", "UseFMA", "false");
    assertThat(Pretence.of(jvm(avx), Set.of("UseAVX"), jvm(AVX512))).contains("UseAVX=1");
    assertThat(Pretence.of(jvm(avx), Set.of("UseAVX", "UseFMA"), jvm(AVX512)))
        .contains("UseAVX=1 -UseFMA");
  }

  @Test
  void whatIsLessForAReasonThatNobodyKnowsIsNamedAsItIs() {
    Map<String, String> avx =
        Map.of("UseAVX", "2", "UseSSE", "4", "MaxVectorSize", "32", "UseFMA", "true");
    assertThat(Pretence.of(jvm(avx), Set.of(), jvm(AVX512))).contains("MaxVectorSize=32 UseAVX=2");
  }

  @Test
  void theMachinesOwnValuesAreNoPretence() {
    assertThat(Pretence.of(jvm(AVX512), Set.of("UseAVX", "MaxVectorSize"), jvm(AVX512))).isEmpty();
    // HotSpot uses less than the processor has, on some: to ask for more is no lesser machine.
    Map<String, String> cautious =
        Map.of("UseAVX", "2", "UseSSE", "4", "MaxVectorSize", "32", "UseFMA", "true");
    assertThat(Pretence.of(jvm(AVX512), Set.of("UseAVX"), jvm(cautious))).isEmpty();
  }

  /** By this JVM's own class path, as Maven's tests have it; no fork is started. */
  static String simulated(String... flags) throws Exception {
    Properties system = new Properties();
    system.setProperty("java.class.path", System.getProperty("java.class.path"));
    List<String> arguments = new ArrayList<>();
    for (String flag : flags) {
      arguments.addAll(List.of("-jvmArgsAppend", flag));
    }
    LaunchOptions options = LaunchOptions.parse(arguments, new Properties());
    ForkJvm jvm = ForkJvm.of(options, Optional.empty(), system, Map.of());
    return Plan.ofNoBenchmark(options, jvm).environment().simulated();
  }

  /** What no flag of the command line says: the forks' JVM reports it. */
  @Test
  void aFlagFromAFileIsFound(@TempDir Path folder) throws Exception {
    assertThat(simulated()).isEqualTo("none");
    Path options = Files.writeString(folder.resolve("vm.options"), "-XX:MaxVectorSize=8\n");
    assertThat(simulated("-XX:VMOptionsFile=" + options)).isEqualTo("MaxVectorSize=8");
    assertThat(simulated("@" + options)).isEqualTo("MaxVectorSize=8");
  }

  @Test
  void aFlagFromTheEnvironmentIsFound() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Simulated.class.getName());
    builder.environment().put("JAVA_TOOL_OPTIONS", "-XX:MaxVectorSize=8");
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).contains("simulated: MaxVectorSize=8");
  }

  /** In a process of its own, as a JVM cannot change its environment. */
  static final class Simulated {
    public static void main(String[] arguments) throws Exception {
      System.out.println("simulated: " + simulated());
    }
  }
}

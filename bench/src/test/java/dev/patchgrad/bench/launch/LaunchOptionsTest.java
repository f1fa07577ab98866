package dev.patchgrad.bench.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** The command line. */
class LaunchOptionsTest {
  private static LaunchOptions parse(String... arguments) throws UsageException {
    return LaunchOptions.parse(List.of(arguments), new Properties());
  }

  private static List<String> refusal(String... arguments) {
    return catchThrowableOfType(UsageException.class, () -> parse(arguments)).lines();
  }

  @Test
  void shortFormsAmongTheArgumentsAreValuesOfParameters() throws UsageException {
    LaunchOptions options = parse("-Dbench.p=8, 64,8", "-Dbench.kernel=scalar", "-f", "2", "Name");
    assertThat(options.params())
        .isEqualTo(Map.of("p", List.of("8", "64"), "kernel", List.of("scalar")));
    assertThat(options.jmh().getForkCount().get()).isEqualTo(2);
    assertThat(options.jmh().getIncludes()).containsExactly("Name");
  }

  @Test
  void shortFormsOfTheJvmAreTheSame() throws UsageException {
    Properties system = new Properties();
    system.setProperty("bench.k", "16");
    system.setProperty("bench.runs", "/some/where");
    system.setProperty("unrelated", "x");
    LaunchOptions options = LaunchOptions.parse(List.of("-Dbench.k=64"), system);
    assertThat(options.params()).isEqualTo(Map.of("k", List.of("64")));
    assertThat(options.runs()).contains("/some/where");
    assertThat(options.commandLine()).containsExactly("-Dbench.k=64", "-Dbench.runs=/some/where");
  }

  @Test
  void mavensArgumentCarriesTheJdkAndCommas() throws UsageException {
    String text = "jdk=/jdk 25/bin/java\nbench.p=8,64\nbench.simulated=a=b";
    LaunchOptions options =
        parse(LaunchOptions.FROM_MAVEN + URLEncoder.encode(text, StandardCharsets.UTF_8));
    assertThat(options.java()).contains("/jdk 25/bin/java");
    assertThat(options.params()).isEqualTo(Map.of("p", List.of("8", "64")));
    assertThat(options.simulated()).contains("a=b");
    assertThat(options.commandLine()).containsExactly("-Dbench.p=8,64", "-Dbench.simulated=a=b");
  }

  @Test
  void theUsersJavaBeatsMavens() throws UsageException {
    String text = "jdk=/maven/java\nbench.java=/user/java";
    assertThat(
            parse(LaunchOptions.FROM_MAVEN + URLEncoder.encode(text, StandardCharsets.UTF_8))
                .java())
        .isEqualTo(Optional.of("/user/java"));
  }

  @Test
  void formerNamesMeanThoseOfToday() throws UsageException {
    LaunchOptions options =
        parse("-Dbench.restarts=16", "-p", "restarts=8", "GradientBenchmark|RestartsBenchmark");
    assertThat(options.params()).isEqualTo(Map.of("students", List.of("16")));
    assertThat(options.values("students")).contains(List.of("8"));
    assertThat(options.jmh().getIncludes()).containsExactly("GradientBenchmark|StudentsBenchmark");
  }

  @Test
  void whatCannotBeUnderstoodIsRefused() {
    assertThat(refusal("-Dbench.p=8,,64"))
        .containsExactly("bench.p: '8,,64' given; expected values separated by commas");
    assertThat(refusal("-Dbench.p"))
        .containsExactly("bench.p: '' given; expected values separated by commas");
    assertThat(refusal("-nonsense")).singleElement().asString().contains("nonsense", "-h lists");
    assertThat(refusal("-i", "many")).singleElement().asString().contains("many");
    assertThat(refusal("a(b")).singleElement().asString().contains("'a(b'", "regular expression");
    assertThat(refusal("-f", "0"))
        .containsExactly(
            "f: 0 given; expected at least 1, since this JVM is not the one that measures");
  }
}

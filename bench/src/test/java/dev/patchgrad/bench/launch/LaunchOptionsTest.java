package dev.patchgrad.bench.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line. */
class LaunchOptionsTest {
  @TempDir private Path folder;

  /** What Maven's side passes: the name of a file, which it writes as this does. */
  static String maven(Path folder, Map<String, String> facts) throws IOException {
    Properties properties = new Properties();
    properties.putAll(facts);
    Path file = folder.resolve("launch.properties");
    try (OutputStream stream = Files.newOutputStream(file)) {
      properties.store(stream, null);
    }
    return LaunchOptions.FROM_MAVEN + file;
  }

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
  void mavensFileCarriesTheJdkTheDirectoryAndCommas() throws UsageException, IOException {
    LaunchOptions options =
        parse(
            maven(
                folder,
                Map.of(
                    "jdk", "/jdk 25/bin/java",
                    "directory", "/some where",
                    "bench.p", "8,64",
                    "bench.simulated", "a=b",
                    "bench.runs", "/r\u00fcns, mine\nor not",
                    "jmh.benchmarks", "Gradient,-p,k=64,-p,restarts=8")),
            "-f",
            "2");
    assertThat(options.java()).contains("/jdk 25/bin/java");
    assertThat(options.directory()).isEqualTo(Path.of("/some where").toAbsolutePath());
    assertThat(options.params()).isEqualTo(Map.of("p", List.of("8", "64")));
    assertThat(options.simulated()).contains("a=b");
    assertThat(options.runs()).contains("/r\u00fcns, mine\nor not");
    assertThat(options.commandLine())
        .containsExactly(
            "-Dbench.p=8,64",
            "-Dbench.runs=/r\u00fcns, mine\nor not",
            "-Dbench.simulated=a=b",
            "Gradient",
            "-p",
            "k=64",
            "-p",
            "students=8",
            "-f",
            "2");
    assertThat(options.jmh().getIncludes()).containsExactly("Gradient");
    assertThat(options.values("k")).contains(List.of("64"));
  }

  @Test
  void theUsersJavaBeatsMavens() throws UsageException, IOException {
    LaunchOptions options =
        parse(
            maven(
                folder,
                Map.of("jdk", "/maven/java", "directory", "/", "bench.java", "/user/java")));
    assertThat(options.java()).contains("/user/java");
  }

  @Test
  void aFileOfMavensThatIsMissingIsRefused() {
    assertThat(refusal(LaunchOptions.FROM_MAVEN + folder.resolve("none")))
        .singleElement()
        .asString()
        .contains("none cannot be read", "expected the file that the build writes");
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

  @Test
  void theProjectIsMavensWhicheverFolderItWasCalledIn() throws UsageException, IOException {
    String file =
        maven(
            folder,
            Map.of(
                "jdk",
                "/a/java",
                "directory",
                "/elsewhere",
                "project",
                "/projects/patchgrad",
                "jmh.o",
                "log.txt",
                "jmh.rff",
                "results.json"));
    LaunchOptions options =
        parse(file, "-o", "/projects/patchgrad/bench/log.txt", "-rff", "results.json");
    assertThat(options.project()).isEqualTo(Path.of("/projects/patchgrad"));
    assertThat(options.directory()).isEqualTo(Path.of("/elsewhere"));
    // As typed: the plugin makes one of the two absolute, below its own folder.
    assertThat(options.commandLine()).containsExactly("-o", "log.txt", "-rff", "results.json");
    assertThat(options.jmh().getOutput().get()).isEqualTo("/elsewhere/log.txt");
    assertThat(options.jmh().getResult().get()).isEqualTo("/elsewhere/results.json");
    assertThat(parse(file, "-rf", "csv").jmh().getResult().get())
        .isEqualTo("/elsewhere/jmh-result.csv");
  }

  @Test
  void jmhsOwnPropertiesArriveThroughMaven() throws UsageException, IOException {
    LaunchOptions options = parse(maven(folder, Map.of("jmh.ignoreLock", "true", "jmh.f", "1")));
    assertThat(options.jmhProperties()).isEqualTo(Map.of("jmh.ignoreLock", "true"));
    assertThat(options.commandLine()).containsExactly("-Djmh.ignoreLock=true");
  }

  @Test
  void aPropertyThatNobodyReadsIsRefused() throws IOException {
    assertThat(refusal(maven(folder, Map.of("jmh.forks", "1", "jmh.version", "1.37"))))
        .singleElement()
        .asString()
        .startsWith("-Djmh.forks: there is no such option; expected -Djmh. and one of benchmarks,")
        .contains("-Djmh.benchmarks=PATTERN,-option,value");
  }

  @Test
  void aHomeFolderIsTheUsers() throws UsageException {
    assertThat(parse("-Dbench.runs=~/runs").runs())
        .contains(Path.of(System.getProperty("user.home"), "runs").toString());
    assertThat(parse("-Dbench.runs=~/runs").commandLine()).containsExactly("-Dbench.runs=~/runs");
  }

  @Test
  void aLabelIsOneShortLine() throws UsageException {
    assertThat(parse("-Dbench.label= before, really ").label()).isEqualTo("before, really");
    assertThat(parse().label()).isEmpty();
    assertThat(refusal("-Dbench.label=a\nb"))
        .containsExactly("-Dbench.label: 'a?b' given; give at most 60 characters, on one line");
    assertThat(refusal("-Dbench.label=" + "a".repeat(61))).hasSize(1);
  }

  @Test
  void theTimeOfARunIsAPositiveNumberOfMinutes() throws UsageException {
    assertThat(parse().time()).isEmpty();
    assertThat(parse("-Dbench.minutes=10").time()).contains(Duration.ofMinutes(10));
    assertThat(parse("-Dbench.minutes=0.5").time()).contains(Duration.ofSeconds(30));
    for (String bad : List.of("0", "-1", "ten", "1e3", "NaN", "12345")) {
      assertThat(refusal("-Dbench.minutes=" + bad))
          .containsExactly(
              "-Dbench.minutes: '" + bad + "' given; give a number above 0, such as 10 or 2.5");
    }
  }

  @Test
  void whatNeedsAValueHasOne() {
    for (String name : List.of("java", "label", "minutes", "runs", "simulated")) {
      assertThat(refusal("-Dbench." + name + "="))
          .containsExactly("-Dbench." + name + ": give it a value, or leave it out");
    }
    assertThat(refusal("-Dbench.simulated=--"))
        .singleElement()
        .asString()
        .contains("give a name with letters or digits");
  }

  @Test
  void whatWouldMultiplyEveryFigureIsRefused() {
    assertThat(refusal("-opi", "10"))
        .singleElement()
        .asString()
        .startsWith("opi: 10 given, which would multiply every figure; leave it out");
  }

  /** A record takes none of them, and would say so once all is measured. */
  @Test
  void aValueLongerThanARecordTakesIsRefusedAtOnceAndNotRepeated() throws UsageException {
    String words = "a word ".repeat(6000).strip();
    assertThat(refusal("-Dbench.level=L2," + words))
        .containsExactly(
            "bench.level: a value of " + words.length() + " characters given; give at most 100");
    LaunchOptions options = parse("-p", "level=" + words);
    assertThat(catchThrowableOfType(UsageException.class, () -> options.values("level")).lines())
        .containsExactly(
            "bench.level: a value of " + words.length() + " characters given; give at most 100");
    assertThat(refusal("-Dbench.simulated=" + "zen".repeat(100)))
        .containsExactly("-Dbench.simulated: a value of 300 characters given; give at most 100");
    assertThat(parse("-Dbench.level=" + "1".repeat(100)).params()).hasSize(1);
  }
}

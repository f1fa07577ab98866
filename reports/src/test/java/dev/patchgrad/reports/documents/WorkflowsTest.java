package dev.patchgrad.reports.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The workflows can be read, name only what exists, and cover what is promised: nothing here runs
 * them.
 */
final class WorkflowsTest {
  private static final Path ROOT = Project.here().folder();
  private static final Path FOLDER = ROOT.resolve(".github/workflows");

  private static final Pattern PINNED =
      Pattern.compile("\\s*(?:- )?uses: [\\w.-]+/[\\w./-]+@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+");

  /** What GitHub fills in. */
  private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{.*?}}");

  private static final Pattern SCRIPT =
      Pattern.compile("(?<![\\w/-])(?:\\./|\\.ci/|bin/|core/|bench/)[\\w./-]+");

  private static List<Path> workflows() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().toList();
    }
  }

  /** Mappings and lists, as YAML has them. */
  private static Object yaml(Path file) throws IOException {
    return Objects.requireNonNull(
        new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file)));
  }

  /** What stands at a path of keys; fails where nothing does. */
  private static Object at(Object from, String... keys) {
    Object value = from;
    for (String key : keys) {
      assertThat(value).isInstanceOf(Map.class);
      value = value instanceof Map<?, ?> map ? map.get(key) : null;
      assertThat(value).as(key).isNotNull();
    }
    return Objects.requireNonNull(value);
  }

  private static List<String> texts(Object list) {
    assertThat(list).isInstanceOf(List.class);
    return list instanceof List<?> values
        ? values.stream().map(String::valueOf).toList()
        : List.of();
  }

  private static Collection<?> jobs(Path file) throws IOException {
    return at(yaml(file), "jobs") instanceof Map<?, ?> jobs ? jobs.values() : List.of();
  }

  /** The scripts of a workflow's steps, with VALUE for what is filled in. */
  private static List<String> scripts(Path file) throws IOException {
    List<String> scripts = new ArrayList<>();
    for (Object job : jobs(file)) {
      for (Object step : at(job, "steps") instanceof List<?> steps ? steps : List.of()) {
        if (step instanceof Map<?, ?> map && map.containsKey("run")) {
          scripts.add(EXPRESSION.matcher(String.valueOf(map.get("run"))).replaceAll("VALUE"));
        }
      }
    }
    return scripts;
  }

  @Test
  void thereAreTheFourThatAreDescribed() throws IOException {
    assertThat(workflows())
        .extracting(file -> file.getFileName().toString())
        .containsExactly("ci.yml", "codeql.yml", "nightly.yml", "profile.yml");
    assertThat(at(yaml(ROOT.resolve(".github/dependabot.yml")), "version")).isEqualTo(2);
  }

  /** A tag can be moved to other code; a commit cannot. The comment is what dependabot goes by. */
  @ParameterizedTest
  @MethodSource("workflows")
  void everyActionIsPinnedToACommit(Path file) throws IOException {
    assertThat(Files.readAllLines(file).stream().filter(line -> line.contains("uses:")))
        .isNotEmpty()
        .allMatch(line -> PINNED.matcher(line).matches());
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void everyJobEndsAndMayOnlyRead(Path file) throws IOException {
    assertThat(at(yaml(file), "permissions", "contents")).isEqualTo("read");
    for (Object job : jobs(file)) {
      assertThat(at(job, "timeout-minutes")).isInstanceOf(Integer.class);
      assertThat(at(job, "strategy", "fail-fast")).isEqualTo(false);
    }
  }

  /** Maven's and the tool's command lines are read as those of the documents are. */
  @ParameterizedTest
  @MethodSource("workflows")
  void everyCommandWouldBeUnderstood(Path file) throws IOException {
    Rule commands = Rules.commands(Project.here());
    for (String script : scripts(file)) {
      Document shown =
          Document.of(file.getFileName().toString(), "```\n" + script.strip() + "\n```\n");
      assertThat(commands.findings(shown)).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void everyScriptThatIsNamedIsThereAndCanBeRun(Path file) throws IOException {
    for (String script : scripts(file)) {
      Matcher names = SCRIPT.matcher(script);
      while (names.find()) {
        assertThat(ROOT.resolve(names.group()).normalize())
            .exists()
            .is(new org.assertj.core.api.Condition<>(Files::isExecutable, "executable"));
      }
    }
  }

  /** Each of its axes stands in the README or in the documents. */
  @Test
  void theBuildCoversSystemsJdksVectorsAndMavens() throws IOException {
    Object ci = at(yaml(FOLDER.resolve("ci.yml")), "jobs");
    Object build = at(ci, "build", "strategy", "matrix");
    assertThat(texts(at(build, "runner")))
        .anyMatch(runner -> runner.matches("ubuntu-[\\d.]+"))
        .anyMatch(runner -> runner.matches("ubuntu-[\\d.]+-arm"))
        .anyMatch(runner -> runner.matches("macos-\\d+"))
        .anyMatch(runner -> runner.matches("windows-\\d+"));
    assertThat(texts(at(build, "jdk"))).containsExactly("25", ">=25");
    assertThat(scripts(FOLDER.resolve("ci.yml"))).contains(".ci/run");
    assertThat(texts(at(ci, "vector-widths", "strategy", "matrix", "flag")))
        .contains("-XX:MaxVectorSize=16", "-XX:MaxVectorSize=32", "-XX:MaxVectorSize=64");
    Object mavens = at(ci, "maven-versions", "strategy", "matrix");
    assertThat(texts(at(mavens, "jdk"))).containsExactly("17", "21", "25");
    assertThat(texts(at(mavens, "maven")))
        .anyMatch(maven -> maven.startsWith("3.8."))
        .anyMatch(maven -> maven.startsWith("3.9."))
        .anyMatch(maven -> maven.startsWith("4."));
  }

  /** The very command of the page, and the module's tests where all the others run. */
  @Test
  void theModuleForClustersIsBuiltAndTried() throws IOException {
    String command = "-Pspark -pl spark compile exec:exec@spark";
    assertThat(Files.readString(ROOT.resolve("docs/spark.md"))).contains("mvn " + command + "\n");
    assertThat(scripts(FOLDER.resolve("ci.yml"))).anyMatch(script -> script.contains(command));
    assertThat(Files.readString(ROOT.resolve(".ci/run"))).contains("-Pspark -pl spark verify");
    assertThat(Files.readString(ROOT.resolve("pom.xml")))
        .as("only a profile has the module")
        .containsOnlyOnce("<module>spark</module>")
        .containsPattern("(?s)<id>spark</id>\\s*<modules>\\s*<module>spark</module>");
  }

  @Test
  void theNightMeasuresTheDefaultGridAndComparesByTheGate() throws IOException {
    Path nightly = FOLDER.resolve("nightly.yml");
    assertThat(at(yaml(nightly), "on", "schedule")).isInstanceOf(List.class);
    String scripts = String.join("\n", scripts(nightly));
    assertThat(scripts)
        .contains("jmh:benchmark -Dbench.label=nightly\n")
        .containsPattern("patchgrad compare last-night latest .*--fail-on-slower \\d+%");
  }

  /** By one click, on every kind of runner, with the very command of the documents. */
  @Test
  void aProfileComesByHandFromEveryKindOfRunner() throws IOException {
    Path profile = FOLDER.resolve("profile.yml");
    at(yaml(profile), "on", "workflow_dispatch");
    assertThat(texts(at(yaml(profile), "jobs", "measure", "strategy", "matrix", "runner")))
        .containsAll(
            texts(
                at(
                    yaml(FOLDER.resolve("ci.yml")),
                    "jobs",
                    "build",
                    "strategy",
                    "matrix",
                    "runner")));
    String documented =
        Files.readString(ROOT.resolve("reports/README.md"))
            .replace(" \\\n", "")
            .replaceAll(" +", " ");
    Matcher command =
        Pattern.compile("jmh:benchmark (-Djmh\\.benchmarks='.*-Dbench\\.students=\\d+)")
            .matcher(documented);
    assertThat(command.find()).isTrue();
    assertThat(String.join("\n", scripts(profile))).contains(command.group(1));
  }

  /** The versions that the workflows fetch are those that the build takes. */
  @ParameterizedTest
  @ValueSource(strings = {"mvnw", "mvnw.cmd", ".mvn/wrapper/maven-wrapper.properties"})
  void theMavenWrapperIsThere(String file) {
    assertThat(ROOT.resolve(file)).isRegularFile();
  }
}

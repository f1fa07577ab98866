package dev.patchgrad.reports.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A command that the project does not understand is found, and one that it does is not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CommandsTest {
  private Rule rule = document -> List.of();

  @BeforeAll
  void readTheProject() throws IOException {
    rule = Rules.commands(Project.here());
  }

  private List<String> of(String text) {
    return rule.findings(Document.of("a.md", text)).stream().map(Finding::toString).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mvn verify",
        "mvn -pl bench jmh:benchmark",
        "mvn -pl bench jmh:benchmark -Dbench.p=8,64 -Djmh.f=5   # and why",
        "mvn -pl bench jmh:benchmark -Djmh.benchmarks='RoofBenchmark.(fma|read)$'",
        "mvn -pl bench jmh:benchmark -Djmh.benchmarks=regret",
        "mvn -pl bench compile exec:exec@experiments -Dexperiments=\"--keep --seed=2\"",
        "mvn -q -pl reports compile exec:exec -Dpatchgrad.args=\"compare latest other\"",
        "CI=true mvn -B -ntp package -DskipTests && java -jar reports/target/patchgrad.jar runs",
        "source <(java -jar reports/target/patchgrad.jar generate-completion)",
        "java -jar bench/target/benchmarks.jar -h",
        "patchgrad show latest",
        "-Dbench.data=faces.npy",
        "-Djmh.benchmarks=NAME",
        "-Dpatchgrad.kernel=NAME",
        "--fail-on-slower 5%",
        "--add-modules=jdk.incubator.vector",
        "kernels are no command"
      })
  void whatIsUnderstoodIsGood(String command) {
    assertThat(of("`" + command + "`")).isEmpty();
    assertThat(of("```\n" + command + "\n```\n")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mvn -pl benches jmh:benchmark",
        "mvn verfy",
        "mvn -pl bench jmh:benchmarks",
        "mvn -pl bench exec:exec@experiment",
        "mvn -pl bench jmh:benchmark -Dbench.kernels=scalar",
        "mvn -pl bench jmh:benchmark -Djmh.forks=5",
        "mvn -pl bench jmh:benchmark -Djmh.benchmarks=RoofsBenchmark",
        "mvn -pl bench compile exec:exec@experiments -Dexperiments=\"--sed=2\"",
        "mvn -q -pl reports compile exec:exec -Dpatchgrad.args=\"compar latest other\"",
        "mvn -q -pl reports compile exec:exec -Dpatchgrad.args=\"show\"",
        "mvn -B -ntp package && java -jar reports/target/patchgrad.jar shw latest",
        "java -jar reports/target/patchgrads.jar runs",
        "patchgrad compare a b --fail-on-slowr 5%",
        "patchgrad compare a b --fail-on-slower 500%"
      })
  void whatIsNotUnderstoodIsFound(String command) {
    assertThat(of("`" + command + "`")).hasSize(1);
    assertThat(of("text\n\n```\n" + command + "\n```\n"))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("a.md:4: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--forse", "-Dbench.kernels=scalar", "-Dpatchgrad.kernels=scalar"})
  void anOptionByItselfThatNothingHasIsFound(String option) {
    assertThat(of("with `" + option + "` given")).hasSize(1);
  }

  @Test
  void theFirstColumnOfATableOfCommandsIsHeldToTheTool() {
    assertThat(of("| command | |\n|---|---|\n| `show RUN` | `shw` |\n")).isEmpty();
    assertThat(of("| command | |\n|---|---|\n| `shw RUN` | |\n")).hasSize(1);
    assertThat(of("| word | |\n|---|---|\n| `shw RUN` | |\n")).isEmpty();
  }

  @Test
  void aBackslashJoinsTheNextLine() {
    assertThat(of("```\nmvn -pl bench jmh:benchmark \\\n  -Dbench.kernels=x\n```\n")).hasSize(1);
  }

  @Test
  void aNameOfBeforeIsStillGood() {
    assertThat(
            of("`-Dbench.restarts=16`, `patchgrad choose`, `-Djmh.benchmarks=RestartsBenchmark`"))
        .isEmpty();
  }
}

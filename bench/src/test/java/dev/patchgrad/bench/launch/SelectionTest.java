package dev.patchgrad.bench.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.BenchmarkList;

/** From a command line to cells. */
class SelectionTest {
  private static final String GRADIENT = "dev.patchgrad.bench.GradientBenchmark.gradient";

  private static Selection select(String... arguments) throws UsageException {
    return Selection.of(
        LaunchOptions.parse(List.of(arguments), new Properties()), BenchmarkList.defaultList());
  }

  private static List<String> refusal(String... arguments) {
    return catchThrowableOfType(UsageException.class, () -> select(arguments)).lines();
  }

  @Test
  void withoutAPatternTheGradientSuiteRuns() throws UsageException {
    assertThat(select().cells())
        .isNotEmpty()
        .allMatch(cell -> cell.benchmark().equals(GRADIENT))
        .doesNotHaveDuplicates();
  }

  @Test
  void valuesOfTheCommandLineReplaceTheSuites() throws UsageException {
    Selection selection =
        select("-Dbench.p=3,5", "-Dbench.k=7", "-Dbench.kernel=scalar", "-p", "precision=float");
    assertThat(selection.cells())
        .extracting(cell -> cell.params().get("p"))
        .containsExactlyInAnyOrder("3", "5");
    assertThat(selection.cells())
        .allMatch(cell -> "7".equals(cell.params().get("k")))
        .allMatch(cell -> "L2".equals(cell.params().get("level")))
        .allMatch(cell -> "float".equals(cell.params().get("precision")));
  }

  @Test
  void jmhsOwnOptionBeatsTheShortForm() throws UsageException {
    assertThat(select("-Dbench.p=3", "-p", "p=9").params()).containsEntry("p", List.of("9"));
  }

  @Test
  void aPatternThatMatchesNothingIsRefusedWithWhatThereIs() {
    assertThat(refusal("NoSuchSuite"))
        .singleElement()
        .asString()
        .startsWith("benchmarks: no benchmark matches 'NoSuchSuite'; expected")
        .contains(GRADIENT);
  }

  @Test
  void aParameterThatNoSuiteHasIsRefusedWithThoseThatThereAre() {
    assertThat(refusal("-Dbench.kernle=scalar", "-p", "q=1"))
        .containsExactly(
            "bench.kernle: unknown; expected bench. and one of "
                + "java, k, kernel, level, p, precision, runs, simulated",
            "-p q: unknown; expected one of k, kernel, level, p, precision");
  }
}

package dev.patchgrad.reports.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.patchgrad.reports.fixture.SyntheticRun;
import dev.patchgrad.reports.json.BadRecordException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RunTest {
  private static final Path FILE = Path.of("results.json");

  private final SyntheticRun one =
      new SyntheticRun()
          .kernels("scalar")
          .precisions("double")
          .grid(List.of(8), List.of(16))
          .withoutRoofs();

  @Test
  void readsBackEveryValue(@TempDir Path root) {
    Run run = Run.read(one.record(root));
    assertThat(run.environment()).isEqualTo(one.environment());
    assertThat(run.results()).hasSize(1);
    Result result = run.results().get(0);
    assertThat(result.params()).containsEntry("p", "8").containsEntry("kernel", "scalar");
    assertThat(result.primary().forks()).hasSize(3).allSatisfy(fork -> assertThat(fork).hasSize(5));
    assertThat(result.secondaryValues(Result.ALLOCATION)).hasSize(15).containsOnly(0.01);
    assertThat(run.workOf(result).orElseThrow().samples()).isEqualTo(SyntheticRun.SAMPLES);
  }

  /** Results from before there was such a parameter must compare with later ones. */
  @Test
  void generatedDataAreNoParameterAndAUsersAre() {
    String json = one.resultsJson();
    String from = "\"kernel\" : \"scalar\"";
    assertThat(json).contains(from);
    List<Result> generated =
        Run.parseResults(json.replace(from, "\"data\" : \"generated\", " + from), FILE);
    assertThat(generated).isEqualTo(Run.parseResults(json, FILE));
    List<Result> own =
        Run.parseResults(json.replace(from, "\"data\" : \"x.npy@0a1b\", " + from), FILE);
    assertThat(own.get(0).params()).containsEntry("data", "x.npy@0a1b");
  }

  @Test
  void averageTimeAndThroughputAreTheSameRate() {
    // One noise, one seed: the two runs differ in rounding alone, a few ulp of 1.
    List<Result> throughput = Run.parseResults(one.resultsJson(), FILE);
    List<Result> time = Run.parseResults(one.mode("avgt").resultsJson(), FILE);
    double a = throughput.get(0).operationsPerSecond().get(1).get(2);
    double b = time.get(0).operationsPerSecond().get(1).get(2);
    assertThat(b / a).isCloseTo(1, within(1e-14));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"benchmark\" | \"other\" | [0].benchmark: is missing",
        "\"scoreUnit\" : \"ops/s\" | \"scoreUnit\" : \"parsec\" | [0].primaryMetric.scoreUnit: 'parsec' in mode thrpt",
        "\"rawData\" | \"raw\" | rawData: is missing or empty",
        "\"mode\" | \"node\" | [0].mode: is missing",
        "\"threads\" : 1 | \"threads\" : \"many\" | [0].threads: ",
        "[ { | { | results.json: ",
      })
  void refusesByFileKeyAndReason(String from, String to, String message) {
    String json = one.resultsJson();
    assertThat(json).contains(from);
    assertThatThrownBy(() -> Run.parseResults(json.replace(from, to), FILE))
        .isInstanceOf(BadRecordException.class)
        .hasMessageStartingWith("results.json: ")
        .hasMessageContaining(message);
  }

  @Test
  void refusesAValueThatIsNoRate() {
    String json = one.noise(0).resultsJson();
    String value =
        String.valueOf(Run.parseResults(json, FILE).get(0).primary().forks().get(0).get(0));
    assertThatThrownBy(() -> Run.parseResults(json.replace(value, "\"NaN\""), FILE))
        .isInstanceOf(BadRecordException.class)
        .hasMessageContaining("[0].primaryMetric.rawData[0][0]: NaN; expected a finite number");
  }

  @Test
  void refusesAResultThatAppearsTwice() {
    String json = one.resultsJson().strip();
    String twice = "[" + json.substring(1, json.length() - 1) + "," + json.substring(1);
    assertThatThrownBy(() -> Run.parseResults(twice, FILE))
        .isInstanceOf(BadRecordException.class)
        .hasMessageContaining("GradientBenchmark.gradient")
        .hasMessageContaining("appears twice");
  }

  @Test
  void refusesAResultWithoutAParameterThatItMustHave(@TempDir Path root) {
    Run run = Run.read(one.record(root));
    Result result = run.results().get(0);
    assertThat(run.count(result, "p")).isEqualTo(8);
    assertThatThrownBy(() -> run.count(result, "n"))
        .isInstanceOf(BadRecordException.class)
        .hasMessageContaining("results.json: GradientBenchmark.gradient {")
        .hasMessageEndingWith("}.params.n: is missing");
    assertThatThrownBy(() -> run.count(result, "kernel"))
        .isInstanceOf(BadRecordException.class)
        .hasMessageEndingWith("params.kernel: 'scalar'; expected a whole number of at least 1");
  }

  @Test
  void refusesAFolderWithoutItsFiles(@TempDir Path folder) {
    assertThatThrownBy(() -> Run.read(folder))
        .isInstanceOf(BadRecordException.class)
        .hasMessageContaining("environment.json: there is no such file");
  }
}

package dev.patchgrad.reports.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.patchgrad.reports.environment.Agreement;
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

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      quoteCharacter = '`',
      value = {
        "\"rawData\" : [ [ -> \"rawData\" : [ null, [ -> rawData[0]: is null; expected a value",
        "\"rawData\" : [ [ -> \"rawData\" : [ [ null, -> rawData[0][0]: is null; expected a value",
        "\"rawData\" : [ [ -> \"rawData\" : [ [ \"\", -> rawData[0][0]: '' found; expected a number",
        "\"secondaryMetrics\" : { -> \"secondaryMetrics\" : { \"a\" : null, -> [0].secondaryMetrics.a: is null",
        "\"jvmArgs\" : [ -> \"jvmArgs\" : [ null, -> [0].jvmArgs[0]: is null; expected a value",
        "\"p\" : \"8\" -> \"p\" : null -> [0].params.p: is null; expected a value",
        "\"p\" : \"8\" -> \"p\" : \"-8\" -> [0].params.p: '-8'; expected a whole number of at least 1",
        "\"p\" : \"8\" -> \"p\" : \"08\" -> [0].params.p: '08'; expected a whole number of at least 1",
        "\"k\" : \"16\" -> \"k\" : \"1e9\" -> [0].params.k: '1e9'; expected a whole number of at least 1",
        "\"kernel\" : \"scalar\" -> \"kernel\" : \"a\\nb\" -> [0].params.kernel: 'a b' has a tab or line end",
        "\"threads\" : 1 -> \"threads\" : 0 -> [0].threads: 0; expected a whole number of at least 1",
        "\"threads\" : 1 -> \"threads\" : 2000000 -> [0].threads: 2000000; expected a whole number",
        "\"forks\" : 3 -> \"forks\" : -3 -> [0].forks: -3; expected a whole number of at least 0",
        "\"jmhVersion\" : \"1.37\" -> \"jmhVersion\" : \"\" -> [0].jmhVersion: ''; expected a text",
      })
  void refusesOddValuesByFileKeyValueAndWhatWasExpected(String from, String to, String message) {
    String json = one.resultsJson();
    assertThat(json).contains(from);
    int at = json.indexOf(from);
    String odd = json.substring(0, at) + to + json.substring(at + from.length());
    assertThatThrownBy(() -> Run.parseResults(odd, FILE))
        .isInstanceOf(BadRecordException.class)
        .hasMessageStartingWith("results.json: [0].")
        .hasMessageContaining(message);
  }

  @Test
  void refusesAParameterOfSixThousandWords() {
    String level = "word ".repeat(6000).trim();
    assertThatThrownBy(
            () ->
                Run.parseResults(
                    one.resultsJson()
                        .replace("\"level\" : \"L2\"", "\"level\" : \"" + level + "\""),
                    FILE))
        .isInstanceOf(BadRecordException.class)
        .hasMessage(
            "results.json: [0].params.level: "
                + level.length()
                + " characters; expected a text of at most 1000");
  }

  /** 1e300 a nanosecond is finite, and infinite a second. */
  @Test
  void refusesARateThatNoMachineHas() {
    String json = one.noise(0).resultsJson();
    String value =
        String.valueOf(Run.parseResults(json, FILE).get(0).primary().forks().get(0).get(0));
    for (String odd : List.of("1e300", "1e-300")) {
      assertThatThrownBy(
              () -> Run.parseResults(json.replace(value, odd).replace("ops/s", "ops/ns"), FILE))
          .isInstanceOf(BadRecordException.class)
          .hasMessageContaining("[0].primaryMetric.rawData[0][0]: ")
          .hasMessageContaining("operations per second; expected from 1.0E-6 to 1.0E15");
    }
  }

  /** A run that broke off keeps its mark when its folder is renamed, or entered. */
  @Test
  void aRunThatBrokeOffIsToldFromItsRecord(@TempDir Path root) {
    Path renamed = one.agreement(Agreement.PENDING).writeTo(root.resolve("whole-by-its-name"));
    assertThat(Run.read(renamed).isPartial()).isTrue();
    Path whole = one.agreement(Agreement.PASSED).writeTo(root.resolve("whole"));
    assertThat(Run.read(whole).isPartial()).isFalse();
    Path byItsName = one.writeTo(root.resolve("x" + RunFolder.PARTIAL));
    assertThat(Run.read(byItsName).isPartial()).isTrue();
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

package dev.patchgrad.reports.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.patchgrad.reports.environment.Environment;
import dev.patchgrad.reports.fixture.ForeignFiles;
import dev.patchgrad.reports.json.BadRecordException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Any JMH's results are read as they are, and broken ones are refused with file, key and reason.
 */
final class ForeignResultsTest {
  @TempDir private Path folder;

  private Run read(String json) throws IOException {
    return Run.readForeign(Files.writeString(folder.resolve("jmh.json"), json));
  }

  @ParameterizedTest
  @CsvSource({"thrpt, ops/us, 7", "avgt, us/op, 7", "sample, us/op, 4", "ss, us/op, 7"})
  void eachModeIsReadWithItsUnit(String mode, String unit, int results) throws IOException {
    Run run = read(ForeignFiles.inMode(mode));
    assertThat(run.environment()).isEqualTo(Environment.UNKNOWN);
    assertThat(run.isPartial()).isFalse();
    assertThat(run.results())
        .hasSize(results)
        .allMatch(Result::isMeasured)
        .allMatch(result -> result.mode().equals(mode))
        .allMatch(result -> result.primary().unit().equals(unit))
        .allMatch(result -> result.primary().forks().size() == 2)
        .allMatch(result -> result.settings().jmhVersion().equals("1.37"));
    assertThat(run.results().get(1).params()).isEqualTo(Map.of("arg", "1", "certainty", "4"));
  }

  /** By the file's own histogram: 1,791 calls, of which 956 took 0.02 us, and 28 took 0.021. */
  @Test
  void ofSampledCallsTheMedianIsTaken() throws IOException {
    Result hello = read(ForeignFiles.inMode("sample")).results().get(0);
    assertThat(hello.primary().forks().get(0).get(0)).isEqualTo(0.02);
    // 0.02 us for a call are 50 million calls per second, within rounding of one division.
    assertThat(hello.operationsPerSecond().get(0).get(0)).isCloseTo(5e7, within(1e-6));
  }

  @Test
  void theMedianOfSampledCallsIsThatOfTheSortedPairs() throws IOException {
    String json =
        ForeignFiles.inMode("sample")
            .replaceFirst("\\[ 0\\.02, 956 \\],", "[ 9.0, 900 ], [ 0.02, 1 ],");
    // 1,736 calls: 900 of 9 us are more than half.
    assertThat(read(json).results().get(0).primary().forks().get(0).get(0)).isEqualTo(9.0);
  }

  @Test
  void whatAnOlderVersionLacksIsUnknown() throws IOException {
    String json =
        ForeignFiles.older()
            .replaceAll("\"(jmhVersion|jdkVersion|vmName|vmVersion|jvm)\" : \"[^\"]*\",", "")
            .replaceAll("\"jvmArgs\" : \\[\\s*\\],", "");
    List<Result> results = read(json).results();
    assertThat(results.get(0).settings().jmhVersion()).isEqualTo("unknown");
    assertThat(results.get(0).settings().vmName()).isEqualTo("unknown");
    assertThat(results.get(0).settings().warmupTime()).isEqualTo("50 ms");
    assertThat(results.get(0).secondary()).containsKey(Result.ALLOCATION);
    assertThat(read(ForeignFiles.older()).results().get(0).settings().jmhVersion())
        .isEqualTo("1.21");
  }

  @Test
  void anotherProjectsParametersMeanNothingHere() throws IOException {
    String json =
        ForeignFiles.inMode("avgt")
            .replace("\"arg\" : \"1\"", "\"p\" : \"-0.5\", \"data\" : \"generated\"")
            .replace("\"certainty\" : \"4\"", "\"k\" : \"no number\"");
    assertThat(read(json).results().get(1).params())
        .isEqualTo(Map.of("p", "-0.5", "data", "generated", "k", "no number"));
    String renamed =
        ForeignFiles.inMode("avgt").replace("JMHSample_27_Params.bench", "RestartsBenchmark.run");
    assertThat(read(renamed).results().get(1).benchmark())
        .isEqualTo("org.openjdk.jmh.samples.RestartsBenchmark.run");
  }

  /** JMH writes no number as a text, and 0 where an iteration had no time for an operation. */
  @ParameterizedTest
  @CsvSource({"'\"NaN\"'", "0.0"})
  void aResultWithoutANumberLeavesTheOthersReadable(String none) throws IOException {
    Run run = read(ForeignFiles.inMode("thrpt").replaceFirst("2390\\.340382036972,", none + ","));
    // The first is the score; the second is among the raw data.
    assertThat(run.results()).allMatch(Result::isMeasured);
    String raw = ForeignFiles.inMode("thrpt").replaceAll("2390\\.340382036972,", none + ",");
    assertThat(read(raw).results()).filteredOn(result -> !result.isMeasured()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"mode\" : \"avgt\" | \"mode\" : \"fast\" | [0].mode: 'fast'; expected one of thrpt, avgt, sample, ss",
        "\"us/op\" | \"ops/s\" | [0].primaryMetric.scoreUnit: 'ops/s' in mode avgt; expected a unit such as us/op",
        "\"us/op\" | \"parsecs\" | [0].primaryMetric.scoreUnit: 'parsecs' in mode avgt; expected",
        "\"rawData\" : [ | \"other\" : [ | [0].primaryMetric.rawData: is missing or empty",
        "\"benchmark\" | \"x\" | [0].benchmark: is missing",
        "\"threads\" : 1 | \"threads\" : 0 | [0].threads: 0; expected a whole number of at least 1",
      })
  void aBrokenFileIsRefusedByFileKeyAndReason(String found, String broken, String message) {
    assertThatThrownBy(() -> read(ForeignFiles.inMode("avgt").replace(found, broken)))
        .isInstanceOf(BadRecordException.class)
        .hasMessageContaining("jmh.json: " + message);
  }

  @ParameterizedTest
  @CsvSource({
    "-0.02, 'rawDataHistogram[0][0][0]: [-0.02, 956.0]; expected a time and how often'",
    "'\"+INF\"', 'rawDataHistogram[0][0][0]: [Infinity, 956.0]; expected a time and how often'",
    "'1, 2', 'rawDataHistogram[0][0][0]: [1.0, 2.0, 956.0]; expected a time and how often'",
  })
  void aBrokenHistogramIsRefused(String broken, String message) {
    assertThatThrownBy(
            () ->
                read(
                    ForeignFiles.inMode("sample").replaceFirst("\\[ 0\\.02,", "[ " + broken + ",")))
        .isInstanceOf(BadRecordException.class)
        .hasMessageContaining(message);
  }
}

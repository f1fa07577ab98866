package dev.patchgrad.reports.grid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.reports.fixture.SyntheticRun;
import dev.patchgrad.reports.run.Metric;
import dev.patchgrad.reports.run.Result;
import dev.patchgrad.reports.run.Run;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A kernel that the compiler was not done with has no rank. */
final class WarmthTest {
  @TempDir Path root;

  private Row firstRow(SyntheticRun run) {
    return Grid.of(Run.read(run.record(root))).tables().get(0).rows().get(0);
  }

  static Stream<Arguments> cold() {
    return Stream.of(
        Arguments.of(new SyntheticRun().allocated(5e6), "allocates 5000000 bytes per gradient"),
        // Compiled in one fork of three, as a short run leaves it.
        Arguments.of(
            new SyntheticRun().noise(0).speedsUp("vector", 1.0, 60.0, 1.0),
            "still speeds up: 21.6x from the first half of a fork's iterations to the last"),
        // No fork doubles, yet most of them are faster at the end.
        Arguments.of(
            new SyntheticRun().noise(0).speedsUp("vector", 1.4, 1.0, 1.5),
            "still speeds up: 1.4x from the first half of a fork's iterations to the last"),
        Arguments.of(
            new SyntheticRun().warmupIterations(0),
            "had 0 ms of warm-up, and needs 400 ms at least"),
        Arguments.of(
            new SyntheticRun().warmupIterations(3).warmupTime("100 ms"),
            "had 300 ms of warm-up, and needs 400 ms at least"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("cold")
  void aCellThatIsNotWarmTakesTheRankFromItsShape(SyntheticRun run, String reason) {
    Row row = firstRow(run);
    assertThat(row.cell("vector").orElseThrow().notWarm()).contains(reason);
    assertThat(row.isRanked()).isFalse();
    assertThat(row.isDecided()).isFalse();
    // Which of them is faster is not known: no number may say it.
    assertThat(row.margin()).isEmpty();
    assertThat(row.fastestOver(SuiteNames.SCALAR)).isEmpty();
    assertThat(row.fastestOver(SuiteNames.EJML)).isEmpty();
  }

  static Stream<SyntheticRun> warm() {
    return Stream.of(
        new SyntheticRun(),
        new SyntheticRun().warmupIterations(1).warmupTime("400 ms"),
        // A neighbour in one fork, and iterations that become slower.
        new SyntheticRun().noise(0).speedsUp("vector", 1.6, 1.0, 1.0),
        new SyntheticRun().noise(0).speedsUp("vector", 0.4, 0.5, 0.6),
        // JMH's own bookkeeping.
        new SyntheticRun().allocated(600));
  }

  @ParameterizedTest
  @MethodSource("warm")
  void noiseIsNoLackOfWarmth(SyntheticRun run) {
    assertThat(firstRow(run).notWarm()).isEmpty();
    assertThat(firstRow(run).isRanked()).isTrue();
  }

  @Test
  void theRecordedProfilesAreWarm() {
    for (String profile : List.of("amd-zen-3-2c-avx2", "amd-zen-4-2c-avx512")) {
      Run run = Run.read(Path.of("profiles", profile, "jdk-25"));
      assertThat(Grid.of(run).tables())
          .flatMap(Table::rows)
          .allSatisfy(row -> assertThat(row.isRanked()).isTrue());
    }
  }

  @Test
  void aBatchOfAFewSamplesIsToldFromTheOthers() {
    assertThat(firstRow(new SyntheticRun().samples(4)).isFew()).isFalse();
    Row few = firstRow(new SyntheticRun().samples(3));
    assertThat(few.isFew()).isTrue();
    assertThat(few.samples()).isEqualTo(3);
  }

  private static Result result(
      String benchmark, double allocated, String warmUp, List<List<Double>> forks) {
    return new Result(
        benchmark,
        Map.of(),
        "thrpt",
        1,
        new Result.Settings("1.37", "25", "VM", List.of(), forks.size(), 1, warmUp, 2, "1 s"),
        new Metric("ops/s", forks),
        Map.of(Result.ALLOCATION, new Metric("B/op", List.of(List.of(allocated)))));
  }

  private static List<List<Double>> faster(Double... ratios) {
    return Stream.of(ratios).map(ratio -> List.of(1.0, ratio)).toList();
  }

  private static Optional<String> doubt(double allocated, double bytes, Double... ratios) {
    return Warmth.doubt(result(SuiteNames.GRADIENT, allocated, "400 ms", faster(ratios)), bytes);
  }

  /** Each bound itself, in numbers that have no rounding. */
  @Test
  void whatJustReachesABoundIsWarm() {
    assertThat(doubt(1024, 1, 1.0)).isEmpty();
    assertThat(doubt(1025, 1, 1.0)).isPresent();
    assertThat(doubt(2000, 2e6, 1.0)).isEmpty();
    assertThat(doubt(2001, 2e6, 1.0)).isPresent();
    assertThat(doubt(0, 1, 1.25, 1.25)).isEmpty();
    assertThat(doubt(0, 1, 2.0, 1.0, 1.0)).isEmpty();
  }

  @Test
  void halfOfTheForksAreEnoughToDoubt() {
    assertThat(doubt(0, 1, 1.5, 1.0)).isPresent();
    assertThat(doubt(0, 1, 1.5, 1.0, 1.0)).isEmpty();
  }

  @Test
  void anotherSuiteAllocatesPerOperation() {
    assertThat(Warmth.doubt(result(SuiteNames.PEER, 5000, "400 ms", faster(1.0)), 1))
        .contains("allocates 5000 bytes per operation");
  }

  @Test
  void aWarmUpInNoKnownUnitIsNotDoubted() {
    assertThat(Warmth.doubt(result(SuiteNames.PEER, 0, "none", faster(1.0)), 1)).isEmpty();
  }
}

package dev.patchgrad.reports.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.patchgrad.reports.fixture.SyntheticRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rates of code that follows the core's clock, at one clock. */
class CoreClockTest {
  /** Of two forks, with two passes over the places. */
  private static final int ITERATIONS = 2 * Places.COUNT;

  private static Result result(
      String benchmark, String level, int threads, String mode, List<List<Double>> clocks) {
    List<List<Double>> values = new ArrayList<>();
    for (int fork = 0; fork < 2; fork++) {
      List<Double> iterations = new ArrayList<>();
      for (int i = 0; i < ITERATIONS; i++) {
        // The second pass is the faster one, except at the last place.
        double rate = (fork + 1) * 1000 * (i < ITERATIONS - 1 && i >= Places.COUNT ? 1.5 : 1);
        iterations.add(mode.equals("thrpt") ? rate : 1 / rate);
      }
      values.add(iterations);
    }
    return new Result(
        benchmark,
        Map.of("level", level),
        mode,
        threads,
        new Result.Settings("1.37", "25", "VM", List.of(), 2, 2, "400 ms", 16, "3 ms"),
        new Metric(mode.equals("thrpt") ? "ops/s" : "s/op", values),
        clocks.isEmpty() ? Map.of() : Map.of(Result.CORE_CLOCK, new Metric("#", clocks)));
  }

  /** The first pass of each fork at one clock, and the second at another. */
  private static List<List<Double>> clocks(double... ofPasses) {
    List<List<Double>> clocks = new ArrayList<>();
    for (int fork = 0; fork < 2; fork++) {
      List<Double> readings = new ArrayList<>();
      readings.addAll(Collections.nCopies(Places.COUNT, ofPasses[2 * fork]));
      readings.addAll(Collections.nCopies(Places.COUNT, ofPasses[2 * fork + 1]));
      clocks.add(readings);
    }
    return clocks;
  }

  private static Run run(Result... results) {
    return new Run(Path.of("run"), new SyntheticRun().environment(), List.of(results));
  }

  @Test
  void aForkHasTheClockAtWhichItWasFastest() {
    for (String mode : List.of("thrpt", "avgt")) {
      assertThat(result(Result.GRADIENT, "L2", 1, mode, clocks(3000, 3600, 3100, 3300)).clocks())
          .containsExactly(3600.0, 3300.0);
    }
  }

  /** The fastest iteration at the last place is in the first pass; the median is over places. */
  @Test
  void ofManyReadingsTheMedianCounts() {
    List<List<Double>> clocks = new ArrayList<>();
    for (int fork = 0; fork < 2; fork++) {
      List<Double> readings = new ArrayList<>();
      for (int i = 0; i < ITERATIONS; i++) {
        readings.add(3000.0 + i);
      }
      clocks.add(readings);
    }
    // Before the iterations 7 to 14: half-way between the readings 3010 and 3011.
    assertThat(result(Result.GRADIENT, "L2", 1, "thrpt", clocks).clocks())
        .containsExactly(3010.5, 3010.5);
    List<List<Double>> three = clocks.stream().map(fork -> fork.subList(0, 3)).toList();
    Result few =
        new Result(
            Result.GRADIENT,
            Map.of("level", "L1"),
            "thrpt",
            1,
            new Result.Settings("1.37", "25", "VM", List.of(), 2, 2, "400 ms", 3, "60 ms"),
            new Metric("ops/s", List.of(List.of(1.0, 2.0, 3.0), List.of(3.0, 2.0, 1.0))),
            Map.of(Result.CORE_CLOCK, new Metric("#", three)));
    assertThat(few.clocks()).containsExactly(3001.0, 3001.0);
  }

  @Test
  void ratesAreGivenForTheHighestClockOfTheRunAndStayInProportion() {
    Run run =
        run(
            result(Result.GRADIENT, "L2", 1, "thrpt", clocks(3000, 3600, 3100, 3300)),
            result(Result.GRADIENT, "L1", 1, "avgt", clocks(3000, 3960, 3000, 3960)));
    assertThat(run.clock()).isEqualTo(3960);
    assertThat(run.clocks()).containsExactlyInAnyOrder(3600.0, 3300.0, 3960.0, 3960.0);
    List<List<Double>> rates = run.results().get(0).rates();
    // At 3600 MHz 1500 a second, at 3300 twice as many; the last place was no faster than 1000.
    assertThat(rates.get(0)).startsWith(1500 * (3960.0 / 3600)).endsWith(1000 * (3960.0 / 3600));
    assertThat(rates.get(1)).startsWith(3000 * (3960.0 / 3300)).endsWith(2000 * (3960.0 / 3300));
    // In time as in rates; 1 / (1 / x) is x but for a rounding or two.
    assertThat(run.results().get(1).rates().get(0).get(0)).isCloseTo(1500, within(1e-9));
    assertThat(run.results().get(1).scores().get(0).get(0)).isEqualTo(1 / 1500.0);
  }

  @Test
  void aRunCanBeAskedForAnotherClockAndForWhatWasMeasured() {
    Run run = run(result(Result.GRADIENT, "L2", 1, "thrpt", clocks(3000, 3600, 3100, 3300)));
    Run measured = run.at(0);
    assertThat(measured.clock()).isZero();
    assertThat(measured.results().get(0).rates().get(0)).startsWith(1500.0).endsWith(1000.0);
    assertThat(measured.at(7200).results().get(0).rates().get(0).get(0)).isEqualTo(3000);
    assertThat(measured.at(3600)).isEqualTo(run).isNotEqualTo(measured);
  }

  static Stream<Arguments> others() {
    List<List<Double>> clocks = clocks(3000, 3600, 3100, 3300);
    return Stream.of(
        // Memory has a clock of its own.
        Arguments.of(result(Result.GRADIENT, "L3", 1, "thrpt", clocks)),
        Arguments.of(result(Result.GRADIENT, "64KiB", 1, "thrpt", clocks)),
        // JMH adds up what the threads count.
        Arguments.of(result(Result.GRADIENT, "L2", 2, "thrpt", clocks)),
        Arguments.of(result("some.Other.benchmark", "L2", 1, "thrpt", clocks)),
        Arguments.of(result(Result.GRADIENT, "L2", 1, "sample", clocks)),
        // Not read, in no fork or not in all, or not before each iteration.
        Arguments.of(result(Result.GRADIENT, "L2", 1, "thrpt", List.of())),
        Arguments.of(result(Result.GRADIENT, "L2", 1, "thrpt", clocks.subList(0, 1))),
        Arguments.of(result(Result.GRADIENT, "L2", 1, "thrpt", clocks(3000, 3600, 0, 3300))),
        Arguments.of(
            result(
                Result.GRADIENT,
                "L2",
                1,
                "thrpt",
                List.of(clocks.get(0), clocks.get(1).subList(0, 8)))));
  }

  @ParameterizedTest
  @MethodSource("others")
  void whatDoesNotFollowTheClockOrHasNoneStaysAsItWasMeasured(Result result) {
    Run run = run(result);
    assertThat(run.clock()).isZero();
    assertThat(run.clocks()).isEmpty();
    assertThat(run.at(3600).results().get(0).rates()).isEqualTo(result.rates());
  }

  @Test
  void aRecordIsReadAtItsHighestClock(@TempDir Path root) {
    Run run = Run.read(new SyntheticRun().noise(0).clocks(3600.0, 3300.0, 3000.0).record(root));
    assertThat(run.clock()).isEqualTo(3600);
    Result gradient =
        run.results().stream()
            .filter(result -> result.benchmark().equals(Result.GRADIENT))
            .findFirst()
            .orElseThrow();
    double first = gradient.rates().get(0).get(0);
    // Two roundings, of the product and of the quotient.
    assertThat(gradient.rates().get(1).get(0)).isCloseTo(first, within(1e-14 * first));
    assertThat(gradient.operationsPerSecond().get(1).get(0))
        .isCloseTo(first * 3300 / 3600, within(1e-14 * first));
  }
}

package dev.patchgrad.reports.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of the iterations at one place the fastest counts. */
final class PlacesTest {
  private static final int PASSES = 20;

  private final Random random = new Random(20261127);

  private static Result result(String benchmark, String mode, String unit, List<Double> fork) {
    return new Result(
        benchmark,
        Map.of(),
        mode,
        1,
        new Result.Settings("1.37", "25", "VM", List.of(), 1, 2, "400 ms", 160, "3 ms"),
        new Metric(unit, List.of(fork)),
        Map.of());
  }

  /** Rates of a fork in which half of all iterations meet a neighbour that takes a quarter. */
  private List<Double> disturbed() {
    List<Double> rates = new ArrayList<>();
    for (int i = 0; i < PASSES * Places.COUNT; i++) {
      double undisturbed = 1000 + i % Places.COUNT;
      rates.add(random.nextBoolean() ? 0.75 * undisturbed : undisturbed);
    }
    return rates;
  }

  @Test
  void aNeighbourThatComesAndGoesLeavesNoTrace() {
    // That all twenty iterations of some place are disturbed has the probability 8 / 2^20.
    assertThat(Places.fastest(disturbed(), true))
        .containsExactly(1000.0, 1001.0, 1002.0, 1003.0, 1004.0, 1005.0, 1006.0, 1007.0);
  }

  @Test
  void ofTimesTheSmallestIsTheFastest() {
    List<Double> times = disturbed().stream().map(rate -> 1 / rate).toList();
    assertThat(Places.fastest(times, false)).startsWith(1 / 1000.0).endsWith(1 / 1007.0);
  }

  /** Records from before there were several iterations at a place keep their numbers. */
  @ParameterizedTest
  @ValueSource(ints = {1, 5, Places.COUNT})
  void noMoreIterationsThanPlacesAreThemselves(int count) {
    List<Double> rates = Collections.nCopies(count, 3.0);
    assertThat(Places.fastest(rates, true)).isEqualTo(rates);
  }

  @Test
  void aPassThatWasNotFinishedCounts() {
    List<Double> rates = new ArrayList<>(Collections.nCopies(Places.COUNT, 3.0));
    rates.add(4.0);
    rates.add(2.0);
    assertThat(Places.fastest(rates, true)).containsExactly(4.0, 3.0, 3.0, 3.0, 3.0, 3.0, 3.0, 3.0);
  }

  @Test
  void theGradientSuiteHasPlacesWhateverItsUnit() {
    List<Double> rates = disturbed();
    Result throughput = result(Result.GRADIENT, "thrpt", "ops/ms", rates);
    assertThat(throughput.isInPlaces()).isTrue();
    assertThat(throughput.repeatsPlaces()).isTrue();
    assertThat(result(Result.GRADIENT, "thrpt", "ops/ms", rates.subList(0, 8)).repeatsPlaces())
        .isFalse();
    assertThat(throughput.scores()).containsExactly(Places.fastest(rates, true));
    assertThat(throughput.rates().get(0)).startsWith(1000e3).hasSize(Places.COUNT);
    List<Double> times = rates.stream().map(rate -> 1 / rate).toList();
    Result time = result(Result.GRADIENT, "avgt", "ms/op", times);
    assertThat(time.scores()).containsExactly(Places.fastest(times, false));
    double shortest = Places.fastest(times, false).get(0);
    assertThat(time.rates().get(0)).startsWith(1 / (shortest * 1e-3)).hasSize(Places.COUNT);
  }

  /** Iterations of another suite are about one place, and a cold call is no rate. */
  @Test
  void allElseHasNone() {
    List<Double> values = disturbed();
    for (Result other :
        List.of(
            result("org.example.Sort.run", "thrpt", "ops/s", values),
            result("dev.patchgrad.bench.suite.PeerBenchmark.gradient", "thrpt", "ops/s", values),
            result(Result.GRADIENT, "ss", "s/op", values))) {
      assertThat(other.isInPlaces()).isFalse();
      assertThat(other.repeatsPlaces()).isFalse();
      assertThat(other.scores()).containsExactly(values);
      assertThat(other.rates()).isEqualTo(other.operationsPerSecond());
    }
  }
}

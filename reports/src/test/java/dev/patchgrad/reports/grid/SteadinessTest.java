package dev.patchgrad.reports.grid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.reports.run.Metric;
import dev.patchgrad.reports.run.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What changes while it is measured is found, and what does not is left alone. */
final class SteadinessTest {
  private static final int CELLS = 90;
  private static final int FORKS = 3;

  private final Random random = new Random(20261127);

  private static Result result(String mode, String unit, List<List<Double>> forks) {
    return new Result(
        "org.example.Sort.run",
        Map.of(),
        mode,
        1,
        new Result.Settings("1.37", "25", "VM", List.of(), 3, 2, "400 ms", 3, "200 ms"),
        new Metric(unit, forks),
        Map.of());
  }

  private interface Law {
    /** The logarithm of an iteration's value without noise. */
    double of(int fork, int iteration);
  }

  private static Result cell(int iterations, Law law, Supplier<Double> noise) {
    List<List<Double>> forks = new ArrayList<>();
    for (int fork = 0; fork < FORKS; fork++) {
      List<Double> values = new ArrayList<>();
      for (int i = 0; i < iterations; i++) {
        values.add(1000 * Math.exp(law.of(fork, i) + noise.get()));
      }
      forks.add(values);
    }
    return result("thrpt", "ops/s", forks);
  }

  private static List<String> doubts(List<Result> results) {
    Steadiness steadiness = Steadiness.of(results);
    return results.stream().flatMap(result -> steadiness.doubt(result).stream()).toList();
  }

  private List<Result> steady(int cells, int iterations, Supplier<Double> noise) {
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < cells; i++) {
      results.add(cell(iterations, (fork, iteration) -> 0.1 * fork, noise));
    }
    return results;
  }

  /**
   * Runs of 90 steady cells, with noise of 10 % so that the least change of 3 % holds nothing back:
   * 5 % of 400 runs, and three standard deviations of their number, sqrt(400 x 0.05 x 0.95).
   */
  @ParameterizedTest(name = "{0} iterations, heavy tails: {1}")
  @CsvSource({"3, false", "6, false", "6, true", "10, false", "10, true", "25, false"})
  void atMostOneSteadyRunInTwentyHasAFinding(int iterations, boolean heavy) {
    Supplier<Double> noise =
        () -> 0.1 * random.nextGaussian() / (heavy ? Math.sqrt(chiSquared(3) / 3) : 1);
    int runs = 400;
    int findings = 0;
    for (int run = 0; run < runs; run++) {
      findings += doubts(steady(CELLS, iterations, noise)).isEmpty() ? 0 : 1;
    }
    assertThat((double) findings).isLessThanOrEqualTo(runs * 0.05 + 3 * Math.sqrt(runs * 0.0475));
  }

  private double chiSquared(int freedom) {
    double sum = 0;
    for (int i = 0; i < freedom; i++) {
      double each = random.nextGaussian();
      sum += each * each;
    }
    return sum;
  }

  /** Among 89 steady cells, at 1 % of noise: at least 95 of 100, and nothing else. */
  @ParameterizedTest
  @CsvSource({"6, 0.02, speeds up by", "8, -0.015, slows down by", "3, 0, ''"})
  void aTrendIsFoundAndNamed(int iterations, double slope, String words) {
    int found = 0;
    for (int run = 0; run < 100; run++) {
      List<Result> results = steady(CELLS - 1, iterations, () -> 0.01 * random.nextGaussian());
      Result moving = cell(iterations, (fork, i) -> slope * i, () -> 0.01 * random.nextGaussian());
      results.add(moving);
      String text = Steadiness.of(results).doubt(moving).orElse("");
      found += !text.isEmpty() && text.startsWith(words) ? 1 : 0;
    }
    if (words.isEmpty()) {
      assertThat(found).isLessThanOrEqualTo(5);
    } else {
      assertThat(found).isGreaterThanOrEqualTo(95);
    }
  }

  @Test
  void aStepInOneForkIsFoundAndItsPlaceIsTold() {
    List<Result> results = steady(CELLS - 1, 8, () -> 0.005 * random.nextGaussian());
    Result stepping =
        cell(8, (fork, i) -> fork == 1 && i >= 3 ? -0.1 : 0, () -> 0.005 * random.nextGaussian());
    results.add(stepping);
    assertThat(doubts(results))
        .singleElement()
        .asString()
        .matches("steps by -\\d+\\.\\d % after iteration 3 of fork 2 \\(t test at each place\\)");
  }

  /** 24 iterations are taken two by two, and the place is told in iterations. */
  @Test
  void manyIterationsAreTakenInGroups() {
    Result stepping =
        cell(24, (fork, i) -> fork == 2 && i >= 12 ? 0.2 : 0, () -> 0.005 * random.nextGaussian());
    assertThat(doubts(List.of(stepping)))
        .singleElement()
        .asString()
        .contains("after iteration 12 of fork 3");
  }

  @Test
  void aChangeThatIsCertainAndSmallIsNotTold() {
    Result creeping = cell(10, (fork, i) -> 0.005 * i, () -> 0.0);
    assertThat(doubts(List.of(creeping))).isEmpty();
    Result creepingMore = cell(10, (fork, i) -> 0.007 * i, () -> 0.0);
    assertThat(doubts(List.of(creepingMore))).hasSize(1);
  }

  /** Shorter times are a speed-up, and single shots are often meant to be cold. */
  @Test
  void theModeGivesTheDirection() {
    List<List<Double>> falling = List.of(List.of(8.0, 7.0, 6.0, 5.0, 4.0, 3.0));
    Result times = result("avgt", "us/op", falling);
    assertThat(doubts(List.of(times))).singleElement().asString().startsWith("speeds up by");
    assertThat(doubts(List.of(result("ss", "us/op", falling)))).isEmpty();
    assertThat(doubts(List.of(result("sample", "us/op", List.of())))).isEmpty();
  }
}

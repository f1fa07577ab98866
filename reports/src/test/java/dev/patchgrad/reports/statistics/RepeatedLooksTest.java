package dev.patchgrad.reports.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.reports.grid.SuiteNames;
import dev.patchgrad.reports.run.Result;
import dev.patchgrad.reports.run.Run;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/**
 * The share of false verdicts of measurements that end when they are sure: two kernels that are
 * equally fast, looked at after 3, 6 and 12 forks, as a run does.
 */
class RepeatedLooksTest {
  private static final int RUNS = 10_000;
  private static final List<Integer> LOOKS = List.of(3, 6, 12);

  /** Runs in which one of the two was called faster at any look. */
  private static long falseVerdicts(
      int looks, ToDoubleFunction<SplittableRandom> one, ToDoubleFunction<SplittableRandom> other) {
    SplittableRandom random = new SplittableRandom(20261127);
    long wrong = 0;
    for (int run = 0; run < RUNS; run++) {
      List<Double> first = new ArrayList<>();
      List<Double> second = new ArrayList<>();
      boolean ended = false;
      for (int look : LOOKS) {
        while (first.size() < look) {
          first.add(100 * Math.exp(one.applyAsDouble(random)));
          second.add(100 * Math.exp(other.applyAsDouble(random)));
        }
        Verdict verdict =
            Ratio.of(new Forks(first).after(looks), new Forks(second).after(looks)).verdict(0);
        ended |= verdict == Verdict.FASTER || verdict == Verdict.SLOWER;
      }
      wrong += ended ? 1 : 0;
    }
    return wrong;
  }

  private static ToDoubleFunction<SplittableRandom> normal(double deviation) {
    return random -> deviation * random.nextGaussian();
  }

  /** How far each recorded fork of the gradient suite lies from the mean of its cell's, in logs. */
  private static double[] recorded() {
    List<Double> deviations = new ArrayList<>();
    for (Result result : Run.read(Path.of("profiles/amd-zen-4-2c-avx512/jdk-25")).results()) {
      if (!result.benchmark().equals(SuiteNames.GRADIENT)) {
        continue;
      }
      double[] logarithms = Forks.ofIterations(result.rates()).logarithms();
      double mean = 0;
      for (double value : logarithms) {
        mean += value / logarithms.length;
      }
      for (double value : logarithms) {
        deviations.add(value - mean);
      }
    }
    return deviations.stream().mapToDouble(value -> value).toArray();
  }

  // Of 10,000 runs with 5 % false verdicts 500 are false, give or take 22: within 66 at three
  // standard deviations.

  @Test
  void atMostOneRunInTwentyIsWrongWhereForksAreNormal() {
    assertThat(falseVerdicts(3, normal(.03), normal(.03))).isLessThan(566);
    assertThat(falseVerdicts(3, normal(.09), normal(.03))).isLessThan(566);
  }

  @Test
  void atMostOneRunInTwentyIsWrongWhereForksScatterAsRecorded() {
    double[] deviations = recorded();
    assertThat(deviations).hasSizeGreaterThan(200);
    ToDoubleFunction<SplittableRandom> drawn =
        random -> deviations[random.nextInt(deviations.length)];
    assertThat(falseVerdicts(3, drawn, drawn)).isLessThan(566);
  }

  @Test
  void lookingThreeTimesAsIfItWereOnceIsWrongTwiceAsOften() {
    // What the looks are for: without them this measurement has about one false verdict in ten.
    assertThat(falseVerdicts(1, normal(.03), normal(.03))).isGreaterThan(900);
  }
}

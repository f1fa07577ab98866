package dev.patchgrad.reports.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchgrad.reports.fixture.SyntheticRun;
import dev.patchgrad.reports.grid.SuiteNames;
import dev.patchgrad.reports.json.BadRecordException;
import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.statistics.Forks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SlowdownGateTest {
  @TempDir private Path root;

  private Comparison compare(SyntheticRun first, SyntheticRun other) {
    return Comparison.of(first.named("a", root), other.named("b", root), false);
  }

  /** Two runs, in the second of which vector has so many times its speed. */
  private Comparison vectorTimes(double factor) {
    return compare(
        new SyntheticRun().noise(0.005),
        new SyntheticRun().noise(0.005).seed(2).factor("vector", factor));
  }

  @Test
  void failsOnAKernelThatBecameSlowerThanAllowed() {
    Comparison comparison = vectorTimes(0.9);
    SlowdownGate gate = SlowdownGate.of(List.of(comparison), 0.05);
    assertThat(gate.passes()).isFalse();
    assertThat(gate.slower()).isNotEmpty().allMatch(line -> line.startsWith("vector"));
    assertThat(gate.slower().get(0)).startsWith("vector on average: 0.9");
    assertThat(gate.text())
        .startsWith("gate: failed; more than 5.00 % slower:\n  vector on average");
  }

  @Test
  void passesWhereTheSlowDownIsAllowed() {
    Comparison comparison = vectorTimes(0.97);
    assertThat(SlowdownGate.of(List.of(comparison), 0.05).passes()).isTrue();
    assertThat(SlowdownGate.of(List.of(comparison), 0.01).passes()).isFalse();
  }

  @Test
  void saysWhereItCouldSeeNothing() {
    Comparison comparison =
        compare(new SyntheticRun().noise(0.3), new SyntheticRun().noise(0.3).seed(2));
    SlowdownGate gate = SlowdownGate.of(List.of(comparison), 0.05);
    assertThat(gate.passes()).isTrue();
    assertThat(gate.blind()).isGreaterThan(40);
    assertThat(gate.text()).contains("gate: passed").contains("of 54 cells the interval reaches");
  }

  @Test
  void oneForkIsRefused() {
    Comparison comparison = compare(new SyntheticRun(), new SyntheticRun().forks(1));
    assertThatThrownBy(() -> SlowdownGate.of(List.of(comparison), 0.05))
        .isInstanceOf(BadRecordException.class)
        .hasMessageContaining("results.json: primaryMetric.rawData of {")
        .hasMessageContaining("1 fork found; a gate needs at least 2");
  }

  /** False alarms must not grow with the number of cells. */
  @Test
  void seldomGivesAFalseAlarmHoweverManyCellsThereAre() {
    Run run = Run.read(new SyntheticRun().writeTo(root.resolve("a")));
    SplittableRandom random = new SplittableRandom(3);
    int failed = 0;
    int trials = 400;
    for (int trial = 0; trial < trials; trial++) {
      List<ComparedCell> cells = new ArrayList<>();
      for (int i = 0; i < 90; i++) {
        Map<String, String> params = Map.of("kernel", "kernel" + i % 5, "p", "" + i);
        // Just as much slower as is allowed: the hardest case for a gate.
        cells.add(
            new ComparedCell(
                new Subject(SuiteNames.GRADIENT, params),
                "samples/s",
                forks(random, 1.05, 0.03),
                forks(random, 1, 0.03),
                "1000",
                Optional.empty()));
      }
      Comparison comparison =
          CellsAlone.of(new Comparison.Named("a", run), new Comparison.Named("b", run), cells);
      failed += SlowdownGate.of(List.of(comparison), 0.05).passes() ? 0 : 1;
    }
    // 2.5 % of 400 are 10, with a deviation of 3.1: no more than 5 of these above.
    assertThat(failed).isLessThanOrEqualTo(25);
  }

  private static Forks forks(SplittableRandom random, double value, double noise) {
    List<Double> forks = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      forks.add(value * Math.exp(noise * random.nextGaussian()));
    }
    return new Forks(forks);
  }

  @Test
  void oneForkIsRefusedOnEitherSideByItsFile() {
    SyntheticRun one = new SyntheticRun().forks(1);
    Comparison first = compare(one, new SyntheticRun().forks(2));
    assertThatThrownBy(() -> SlowdownGate.of(List.of(first), 0.05))
        .isInstanceOf(BadRecordException.class)
        .hasMessageContaining(root.resolve("a").resolve("results.json").toString());
    Comparison other = compare(new SyntheticRun().forks(2), one);
    assertThatThrownBy(() -> SlowdownGate.of(List.of(other), 0.05))
        .isInstanceOf(BadRecordException.class)
        .hasMessageContaining(root.resolve("b").resolve("results.json").toString());
  }

  private static ComparedCell cell(String kernel, Forks first, Forks other) {
    return new ComparedCell(
        new Subject(SuiteNames.GRADIENT, Map.of("kernel", kernel)),
        "samples/s",
        first,
        other,
        "1000",
        Optional.empty());
  }

  private Comparison of(String name, ComparedCell... cells) {
    Run run = Run.read(new SyntheticRun().writeTo(root.resolve("run")));
    return CellsAlone.of(
        new Comparison.Named("first", run), new Comparison.Named(name, run), List.of(cells));
  }

  private static final Forks STEADY = new Forks(List.of(100.0, 100.1));
  private static final Forks NOISY = new Forks(List.of(80.0, 120.0));

  /** In two forks the noisy one may be slower by far; the steady one is not. */
  @Test
  void twoForksAreEnoughAndAGateIsBlindWhereTheIntervalReachesTheThreshold() {
    SlowdownGate gate =
        SlowdownGate.of(
            List.of(of("other", cell("a", STEADY, NOISY), cell("b", STEADY, STEADY))), 0.05);
    assertThat(gate).isEqualTo(new SlowdownGate(0.05, List.of(), 1, 2));
    assertThat(gate.text())
        .isEqualTo(
            """
            gate: passed; nothing is shown to be more than 5.00 % slower
            gate: in 1 of 2 cells the interval reaches beyond 5.00 % slower: measure with more forks \
            (-Djmh.f=10) to see that much there
            """);
    assertThat(SlowdownGate.of(List.of(of("other", cell("b", STEADY, STEADY))), 0.05).text())
        .isEqualTo("gate: passed; nothing is shown to be more than 5.00 % slower\n");
  }

  /** The threshold 0.25 is a ratio of 0.8: the whole interval is below it, or above it. */
  @Test
  void aGateIsNotBlindWhereTheIntervalLiesOnOneSideOfTheThreshold() {
    Forks slower = new Forks(List.of(70.0, 70.07));
    SlowdownGate gate = SlowdownGate.of(List.of(of("other", cell("a", STEADY, slower))), 0.25);
    assertThat(gate.blind()).isZero();
    assertThat(gate.passes()).isFalse();
    assertThat(blind(new Forks(List.of(79.9, 80.1)))).isEqualTo(1);
    assertThat(blind(new Forks(List.of(124.9, 125.1)))).isZero();
  }

  private int blind(Forks other) {
    return SlowdownGate.of(List.of(of("other", cell("a", STEADY, other))), 0.25).blind();
  }

  @Test
  void ofSeveralComparisonsEachLineNamesItsOwn() {
    Forks slower = new Forks(List.of(50.0, 50.01));
    SlowdownGate gate =
        SlowdownGate.of(
            List.of(of("one", cell("a", STEADY, slower)), of("two", cell("b", STEADY, slower))),
            0.05);
    assertThat(gate.slower())
        .extracting(line -> line.replaceFirst(": 0\\.500x.*", ""))
        .containsExactly("one: a on average", "one: a", "two: b on average", "two: b");
    assertThat(gate.cells()).isEqualTo(2);
  }
}

package dev.patchgrad.reports.duel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.patchgrad.reports.statistics.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/** Holds which side of a duel is called faster, and by how much. */
class DuelRowTest {
  private static final BenchmarkCell CELL = new BenchmarkCell("x.A.run", Map.of());

  private static MeasuredFork fork(String mode, Double... iterations) {
    return new MeasuredFork(
        mode, "unit", List.of(iterations), JsonNodeFactory.instance.objectNode());
  }

  private static DuelRow row(String label, List<Double> logRatios) {
    List<Double> ones = logRatios.stream().map(ratio -> 1.0).toList();
    BenchmarkCell cell = new BenchmarkCell(label, Map.of());
    return new DuelRow(cell, "thrpt", "ops/s", false, logRatios, ones, ones);
  }

  @Test
  void moreThroughputIsFasterAndMoreTimeIsSlower() {
    // Twice the score: the logarithms of 2 and 1/2, exact but for rounding.
    assertThat(DuelRow.logRatio(fork("thrpt", 1.0, 2.0), fork("thrpt", 2.0, 4.0)))
        .isCloseTo(Math.log(2), within(1e-15));
    for (String mode : List.of("avgt", "sample", "ss")) {
      assertThat(DuelRow.logRatio(fork(mode, 1.0, 2.0), fork(mode, 2.0, 4.0)))
          .isCloseTo(-Math.log(2), within(1e-15));
    }
  }

  @Test
  void iterationsArePairedByTheirTurnSoThatDriftCancels() {
    // Both slow down threefold; A leads by 2 in every turn. The medians alone would say the same of
    // these, but not of a side whose last turn fell out.
    assertThat(DuelRow.logRatio(fork("thrpt", 9.0, 6.0, 3.0), fork("thrpt", 4.5, 3.0)))
        .isCloseTo(-Math.log(2), within(1e-15));
  }

  @Test
  void aDuelOfEqualsThatEndsWhenItIsDecidedCallsFewFaster() {
    Random random = new Random(7);
    int duels = 2000;
    int wrong = 0;
    for (int i = 0; i < duels; i++) {
      List<Double> ratios = new ArrayList<>();
      DuelRow row;
      do {
        ratios.add(.02 * random.nextGaussian());
        row = row("x", ratios);
      } while (ratios.size() < 30 && result(row).verdicts().get(0) == Verdict.UNDECIDED);
      Verdict verdict = result(row).verdicts().get(0);
      wrong += verdict == Verdict.FASTER || verdict == Verdict.SLOWER ? 1 : 0;
    }
    // At most 5 %, and four standard deviations of that share among 2000 are 2 %.
    assertThat(wrong).isLessThanOrEqualTo(duels * 7 / 100);
  }

  @Test
  void verdictsSayWhichSideIsFasterSameOrOpen() {
    DuelResult result =
        result(
            row("faster", List.of(.10, .11, .09, .10, .10)),
            row("slower", List.of(-.10, -.11, -.09, -.10, -.10)),
            row("same", List.of(.0001, -.0001, .0002, 0.0, .0001)),
            row("open", List.of(.10, -.10, .05)));
    assertThat(result.verdicts())
        .containsExactly(Verdict.FASTER, Verdict.SLOWER, Verdict.SAME, Verdict.UNDECIDED);
    assertThat(result.isSlowerBy(.05)).isTrue();
    assertThat(result.isSlowerBy(.15)).isFalse();
    // (.1 - .1 + .00006 + .016667)/4, the mean of the rows' means
    assertThat(result.geometricMean().orElseThrow())
        .isCloseTo(Math.exp((.00006 + .05 / 3) / 4), within(1e-12));
  }

  @Test
  void aRowOfAAgainstItselfIsNoSlowdown() {
    DuelRow floor =
        new DuelRow(
            CELL,
            "thrpt",
            "ops/s",
            true,
            List.of(-.10, -.11, -.09, -.10),
            List.of(1.0),
            List.of(1.0));
    assertThat(result(floor).isSlowerBy(.01)).isFalse();
    assertThat(result(floor).geometricMean()).isEmpty();
  }

  private static DuelResult result(DuelRow... rows) {
    return new DuelResult(List.of(rows), List.of(), List.of(), Map.of(), .01);
  }
}

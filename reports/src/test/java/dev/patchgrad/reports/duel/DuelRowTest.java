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
    return new DuelRow(cell, "thrpt", "ops/s", false, logRatios, ones, ones, List.of());
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
            List.of(1.0),
            List.of());
    assertThat(result(floor).isSlowerBy(.01)).isFalse();
    assertThat(result(floor).geometricMean()).isEmpty();
  }

  private static DuelRow measured(String mode, MeasuredFork... pairs) {
    DuelRow row =
        new DuelRow(CELL, mode, "unit", false, List.of(), List.of(), List.of(), List.of());
    for (int i = 0; i < pairs.length; i += 2) {
      row = row.with(pairs[i], pairs[i + 1]);
    }
    return row;
  }

  @Test
  void forksThatStillSpeedUpAreDoubted() {
    // From 1 to 3 in throughput, and the same as times.
    DuelRow throughput =
        measured("thrpt", fork("thrpt", 3.0, 3.0, 3.0, 3.0), fork("thrpt", 1.0, 1.0, 3.0, 3.0));
    DuelRow time =
        measured("avgt", fork("avgt", 3.0, 3.0, 1.0, 1.0), fork("avgt", 1.0, 1.0, 1.0, 1.0));
    assertThat(throughput.doubt().orElseThrow()).contains("still speed up, 3.0x", "(-wi, -w)");
    assertThat(time.doubt().orElseThrow()).contains("still speed up, 3.0x");
    assertThat(result(throughput).doubts()).containsOnlyKeys("A.run");
    assertThat(DuelText.markdown(result(throughput))).contains("! A.run: forks were not warm");
    // The other way round a machine became slower, and cold calls are meant to be cold.
    assertThat(
            measured("thrpt", fork("thrpt", 3.0, 3.0, 1.0, 1.0), fork("thrpt", 3.0, 3.0)).doubt())
        .isEmpty();
    assertThat(measured("ss", fork("ss", 3.0, 3.0, 1.0, 1.0), fork("ss", 3.0, 3.0)).doubt())
        .isEmpty();
  }

  @Test
  void aForkThatIsFarFromTheOthersOfItsSideIsDoubted() {
    MeasuredFork fast = fork("thrpt", 22.0, 22.0);
    assertThat(measured("thrpt", fast, fast, fork("thrpt", 1.0, 1.0), fast).doubt().orElseThrow())
        .contains("differ by up to 22.0x");
    // Sides may be as far apart as they like.
    MeasuredFork slow = fork("thrpt", 1.0, 1.0);
    assertThat(measured("thrpt", fast, slow, fast, slow).doubt()).isEmpty();
  }

  private static DuelResult result(DuelRow... rows) {
    return new DuelResult(List.of(rows), List.of(), List.of(), Map.of(), .01);
  }
}

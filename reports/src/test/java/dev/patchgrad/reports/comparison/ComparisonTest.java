package dev.patchgrad.reports.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.patchgrad.reports.environment.Cache;
import dev.patchgrad.reports.environment.Environment;
import dev.patchgrad.reports.environment.Hardware;
import dev.patchgrad.reports.fixture.SyntheticRun;
import dev.patchgrad.reports.grid.SuiteNames;
import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.statistics.UsualNoise;
import dev.patchgrad.reports.statistics.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ComparisonTest {
  @TempDir private Path root;

  private Comparison.Named named(String name, SyntheticRun run) {
    return run.named(name, root);
  }

  private Comparison compare(SyntheticRun first, SyntheticRun other, boolean force) {
    return Comparison.of(named("first", first), named("other", other), force);
  }

  @Test
  void aKernelThatBecameFasterIsFoundByAsMuchAsItDid() {
    Comparison comparison =
        compare(
            new SyntheticRun().noise(0.001),
            new SyntheticRun().noise(0.001).seed(2).factor("vector", 1.1),
            false);
    assertThat(comparison.cells()).hasSize(2 * 9 * 3);
    assertThat(comparison.limits()).hasSize(3);
    for (ComparedCell cell : comparison.cells()) {
      boolean vector = cell.subject().kernel().equals("vector");
      // A median of 3 forks is off by no more than 4 of their deviations, on both sides.
      assertThat(cell.ratio().value()).isCloseTo(vector ? 1.1 : 1, within(0.009));
      assertThat(cell.ratio().verdict(0.02)).isEqualTo(vector ? Verdict.FASTER : Verdict.SAME);
    }
    assertThat(comparison.kernels())
        .extracting(KernelMean::kernel)
        .containsExactly("ejml", "scalar", "vector");
    KernelMean vector = comparison.kernels().get(2);
    assertThat(vector.cells()).hasSize(18);
    assertThat(vector.ratio().value()).isCloseTo(1.1, within(0.002));
    assertThat(vector.ratio().verdict(0.02)).isEqualTo(Verdict.FASTER);
    assertThat(comparison.ignored()).isEmpty();
  }

  @Test
  void eachRunsCellsTellOfTheNoiseOfEachOther() {
    Comparison comparison =
        compare(new SyntheticRun().noise(0.01), new SyntheticRun().noise(0.03).seed(2), false);
    UsualNoise ofFirst =
        UsualNoise.of(comparison.cells().stream().map(ComparedCell::first).toList());
    UsualNoise ofOther =
        UsualNoise.of(comparison.cells().stream().map(ComparedCell::other).toList());
    assertThat(ofOther.variance()).isGreaterThan(4 * ofFirst.variance());
    assertThat(comparison.cells())
        .allSatisfy(
            cell -> {
              assertThat(cell.first().noise()).isEqualTo(ofFirst.ofOneSide());
              assertThat(cell.other().noise()).isEqualTo(ofOther.ofOneSide());
            });
    // A part of a comparison is what it was in the whole.
    ComparedCell one = comparison.cells().get(0);
    assertThat(comparison.only(one::equals).cells()).containsExactly(one);
  }

  @Test
  void valuesAreSamplesASecondWhereASampleMeansSomething() {
    Comparison comparison = compare(new SyntheticRun(), new SyntheticRun(), false);
    ComparedCell gradient = comparison.cells().get(0);
    assertThat(gradient.unit()).isEqualTo("samples/s");
    double operations =
        comparison
            .first()
            .run()
            .results()
            .get(2) // scalar, vector, ejml; and ejml comes first here
            .operationsPerSecond()
            .get(0)
            .stream()
            .sorted()
            .skip(2)
            .findFirst()
            .orElseThrow();
    assertThat(gradient.first().values().get(0)).isEqualTo(operations * SyntheticRun.SAMPLES);
    assertThat(comparison.limits())
        .extracting(ComparedLimit::unit)
        .containsExactly("FLOP/s", "FLOP/s", "B/s");
  }

  /** The fastest of many short iterations counts where both runs have them. */
  @Test
  void aNeighbourOfOneRunIsNoDifference() {
    for (String mode : List.of("thrpt", "avgt")) {
      SyntheticRun run = new SyntheticRun().noise(0.001).besideNeighbour().mode(mode);
      Comparison comparison = compare(run, run, false);
      assertThat(comparison.cells()).hasSize(2 * 9 * 3);
      double operations =
          comparison.first().run().results().get(2).operationsPerSecond().get(0).get(15);
      assertThat(comparison.cells().get(0).first().values().get(0))
          .isEqualTo(operations * SyntheticRun.SAMPLES);
    }
  }

  /** Or every kernel would seem to be faster than in a record that has no short ones. */
  @Test
  void theFastestIterationIsNotComparedWithAMedian() {
    Comparison comparison =
        compare(new SyntheticRun().noise(0), new SyntheticRun().noise(0).besideNeighbour(), false);
    // The median of eight iterations at 0.75 and eight at 1.
    assertThat(comparison.cells())
        .hasSize(2 * 9 * 3)
        .allSatisfy(cell -> assertThat(cell.ratio().value()).isCloseTo(0.875, within(1e-12)));
  }

  static Stream<Arguments> unlike() {
    return Stream.of(
        Arguments.of(
            new SyntheticRun().suites(Environment.SUITES + 1),
            List.of(new Difference("suites", "1", "2"))),
        Arguments.of(
            new SyntheticRun().mode("avgt"), List.of(new Difference("mode", "thrpt", "avgt"))),
        Arguments.of(
            new SyntheticRun().warmupIterations(2),
            List.of(new Difference("warmupIterations", "4", "2"))),
        Arguments.of(
            new SyntheticRun().samples(2000),
            List.of(
                new Difference(
                    "work.samples of GradientBenchmark.gradient {k=16, kernel=ejml, level=L2, p=8,"
                        + " precision=double}",
                    "1000",
                    "2000"))));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("unlike")
  void whatWasNotMeasuredAlikeIsRefusedByItsKeyUnlessForced(
      SyntheticRun run, List<Difference> differences) {
    assertThatThrownBy(() -> compare(new SyntheticRun(), run, false))
        .isInstanceOfSatisfying(
            NotAlikeException.class,
            refusal -> assertThat(refusal.differences()).isEqualTo(differences))
        .hasMessageContaining(differences.get(0).text());
    assertThat(compare(new SyntheticRun(), run, true).ignored()).isEqualTo(differences);
  }

  /** A part of the grid, or a profile with a suite more, has its cells compared. */
  @Test
  void whatBothHaveIsComparedAndTheRestIsCounted() {
    Comparison part =
        compare(
            new SyntheticRun().noise(0.001),
            new SyntheticRun().noise(0.001).seed(2).grid(List.of(8), List.of(16)).withoutRoofs(),
            false);
    assertThat(part.cells()).hasSize(2 * 3);
    assertThat(part.onlyInFirst()).hasSize(2 * 9 * 3 - 2 * 3 + 3);
    assertThat(part.onlyInOther()).isEmpty();
    assertThat(part.ignored()).isEmpty();
    Comparison profile =
        compare(new SyntheticRun(), new SyntheticRun().students(16).kernels("scalar"), false);
    assertThat(profile.cells()).hasSize(18);
    assertThat(profile.onlyInOther())
        .hasSize(18)
        .allMatch(subject -> subject.kernel().equals("Students.separate scalar"));
  }

  @Test
  void workThatARecordDoesNotTellIsNotCompared() {
    Comparison comparison = compare(new SyntheticRun(), new SyntheticRun().roofWork(0), false);
    assertThat(comparison.limits()).isEmpty();
    assertThat(comparison.noQuantity()).hasSize(3);
  }

  @Test
  void forcedItListsWhatOneSideLacks() {
    Comparison comparison =
        compare(
            new SyntheticRun().kernels("scalar", "vector"),
            new SyntheticRun().kernels("scalar", "ejml").grid(List.of(8, 64), List.of(16)),
            true);
    assertThat(comparison.cells()).hasSize(2 * 2);
    assertThat(comparison.onlyInFirst()).hasSize(2 * 9 * 2 - 2 * 2);
    assertThat(comparison.onlyInOther()).hasSize(2 * 2).allMatch(s -> s.kernel().equals("ejml"));
  }

  @Test
  void withNothingInCommonEvenForceDoesNotHelp() {
    assertThatThrownBy(
            () ->
                compare(
                    new SyntheticRun().withoutRoofs().kernels("a"),
                    new SyntheticRun().withoutRoofs().kernels("b"),
                    true))
        .isInstanceOf(NotAlikeException.class)
        .hasMessageContaining("cells: 18, none in common | 18");
  }

  @Test
  void theModeIsPartOfACellWhereARunHasTwo() {
    SyntheticRun both = new SyntheticRun().modes("avgt", "thrpt");
    Comparison comparison = compare(both, both, false);
    assertThat(comparison.cells()).hasSize(2 * 2 * 9 * 3);
    assertThat(comparison.cells())
        .filteredOn(cell -> cell.subject().others().contains("mode=avgt"))
        .hasSize(2 * 9 * 3);
    // The throughput of the one is compared with the throughput of the other.
    Comparison withOne = compare(new SyntheticRun(), both, false);
    assertThat(withOne.cells())
        .hasSize(2 * 9 * 3)
        .allSatisfy(cell -> assertThat(cell.ratio().value()).isEqualTo(1));
    assertThat(withOne.onlyInOther()).hasSize(2 * 9 * 3 + 3);
  }

  @Test
  void whatCanBeForcedIsSaidSoAndNothingElse() {
    assertThatThrownBy(
            () -> compare(new SyntheticRun(), new SyntheticRun().warmupIterations(2), false))
        .isInstanceOfSatisfying(
            NotAlikeException.class, refusal -> assertThat(refusal.canBeForced()).isTrue());
    for (boolean force : new boolean[] {false, true}) {
      assertThatThrownBy(
              () ->
                  compare(
                      new SyntheticRun().mode("sample"), new SyntheticRun().mode("sample"), force))
          .isInstanceOfSatisfying(
              NotAlikeException.class, refusal -> assertThat(refusal.canBeForced()).isFalse())
          .hasMessageEndingWith(
              "cells: 0 with a rate, mode sample, none in common | 0 with a rate, mode sample");
    }
  }

  /** Half of L2 holds other counts of samples on other machines: that is what L2 means. */
  @Test
  void machinesWithOtherCachesAreAlikeThoughTheirBatchesDiffer() {
    Hardware here = SyntheticRun.hardware();
    Hardware there =
        new Hardware(
            "AuthenticAMD",
            "AMD EPYC 7B13",
            "Zen 3",
            "25",
            "1",
            "1",
            2,
            2,
            "avx2",
            List.of(new Cache(1, "data", 32 << 10), new Cache(2, "unified", 512 << 10)),
            here.memoryBytes(),
            true,
            "KVM",
            List.of("avx2", "avx"),
            "");
    Comparison comparison =
        compare(
            new SyntheticRun().withoutRoofs(),
            new SyntheticRun().withoutRoofs().hardware(there).samples(250),
            false);
    // As many operations per second, each of a quarter of the samples.
    assertThat(comparison.cells().get(0).ratio().value()).isCloseTo(0.25, within(1e-12));
  }

  @Test
  void forksMayDifferInNumberAndMachinesInWhatTheyPretend() {
    assertThat(
            compare(
                    new SyntheticRun(),
                    new SyntheticRun().forks(5).simulated("MaxVectorSize=16"),
                    false)
                .cells())
        .hasSize(54);
  }

  @Test
  void parametersWithoutAValueInCommonAreNamed() {
    assertThatThrownBy(
            () ->
                compare(
                    new SyntheticRun().withoutRoofs().precisions("double").kernels("a", "b"),
                    new SyntheticRun().withoutRoofs().precisions("double").kernels("c"),
                    true))
        .isInstanceOfSatisfying(
            NotAlikeException.class,
            refusal ->
                assertThat(refusal.differences())
                    .containsExactly(
                        new Difference("params.kernel", "a, b", "c"),
                        new Difference("cells", "18, none in common", "9")));
  }

  /** The other has no result with a rate, so that no parameter is named. */
  @Test
  void aRunWithoutARateHasNoParameters() {
    assertThatThrownBy(
            () ->
                compare(new SyntheticRun().withoutRoofs(), new SyntheticRun().mode("sample"), true))
        .isInstanceOfSatisfying(
            NotAlikeException.class,
            refusal ->
                assertThat(refusal.differences())
                    .containsExactly(
                        new Difference(
                            "cells", "54, none in common", "0 with a rate, mode sample")));
  }

  private Run roofs(String name, SyntheticRun run) {
    Run whole = named(name, run).run();
    return new Run(
        whole.folder(),
        whole.environment(),
        whole.results().stream()
            .filter(result -> SuiteNames.ROOFS.contains(result.benchmark()))
            .toList());
  }

  @Test
  void roofsAloneAreComparedUnlessTheirWorkIsUnknown() {
    Comparison.Named first = new Comparison.Named("first", roofs("first", new SyntheticRun()));
    assertThat(Comparison.of(first, first, false).limits()).hasSize(3);
    Comparison.Named unknown =
        new Comparison.Named("unknown", roofs("unknown", new SyntheticRun().roofWork(0)));
    assertThatThrownBy(() -> Comparison.of(first, unknown, true))
        .isInstanceOf(NotAlikeException.class)
        .hasMessageContaining("cells: 3, none in common | 3");
  }

  @Test
  void whereABatchHasNoSamplesOperationsAreCompared() {
    SyntheticRun none = new SyntheticRun().samples(0).kernels("scalar").withoutRoofs();
    assertThat(compare(none, none, false).cells())
        .hasSize(18)
        .allSatisfy(cell -> assertThat(cell.unit()).isEqualTo("ops/s"))
        .allSatisfy(cell -> assertThat(cell.n()).isEmpty());
  }

  @Test
  void theRunThatWasNotWarmIsNamed() {
    SyntheticRun cold = new SyntheticRun().noise(0).kernels("vector").speedsUp("vector", 60.0);
    SyntheticRun warm = new SyntheticRun().noise(0).kernels("vector");
    for (SyntheticRun other : List.of(warm, cold)) {
      assertThat(compare(cold, other, false).cells().get(0).notWarm().orElseThrow())
          .startsWith("first: still speeds up");
    }
    assertThat(compare(warm, cold, false).cells().get(0).notWarm().orElseThrow())
        .startsWith("other: still speeds up");
  }
}

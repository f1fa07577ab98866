package dev.patchgrad.reports.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.patchgrad.reports.environment.Work;
import dev.patchgrad.reports.fixture.SyntheticRun;
import dev.patchgrad.reports.run.Metric;
import dev.patchgrad.reports.run.Result;
import dev.patchgrad.reports.run.Run;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run says the machine allows, and what that makes of its kernels. */
final class RoofsTest {
  @TempDir Path root;

  private Run run(SyntheticRun run) {
    return Run.read(run.record(root));
  }

  @Test
  void aRoofIsTheFastestFork() {
    Roofs roofs = Roofs.of(run(new SyntheticRun().forks(5).noise(0.1)));
    Roofs exact = Roofs.of(run(new SyntheticRun().noise(0)));
    assertThat(exact.readBandwidth().get("L2")).isCloseTo(150e9, within(1e3));
    assertThat(exact.peakFlops().get("float")).isCloseTo(240e9, within(1e3));
    // The largest of 5 forks around the truth, 10 % apart: below it once in 32 seeds.
    assertThat(roofs.readBandwidth().get("L2")).isGreaterThan(150e9);
    assertThat(roofs.forks()).isEqualTo(5);
  }

  @Test
  void theLimitIsTheLowerOfTheTwoRoofs() {
    Roofs roofs = new Roofs(Map.of("double", 100.0), Map.of("L2", 50.0), 1);
    // 100 flops and 25 bytes: once a second by arithmetic, twice by memory.
    assertThat(roofs.limit(work(100, 25), "double", "L2")).isEqualTo(OptionalDouble.of(1));
    assertThat(roofs.limit(work(10, 25), "double", "L2")).isEqualTo(OptionalDouble.of(2));
    assertThat(roofs.limit(work(10, 25), "float", "L2")).isEmpty();
    assertThat(roofs.limit(work(10, 25), "double", "L3")).isEmpty();
    assertThat(roofs.limit(work(0, 25), "double", "L2")).isEmpty();
  }

  private static Work work(double flops, double bytes) {
    return new Work("b", Map.of(), 1, flops, bytes);
  }

  @Test
  void roofsOfOtherThreadCountsAreNoLimit() {
    Run run = run(new SyntheticRun());
    assertThat(Roofs.of(run, 1)).isEqualTo(Roofs.of(run));
    assertThat(Roofs.of(run, 2).peakFlops()).isEmpty();
    assertThat(Roofs.of(run, 2).forks()).isZero();
  }

  @Test
  void aKernelAboveItsRoofIsProvenInMoreThanOneFork() {
    SyntheticRun beaten = new SyntheticRun().noise(0).factor("vector", 2);
    // Memory allows 55.7 * 2 GFLOP/s at 74.9, k 16 and more: 149 % in double, 134 % in float.
    assertThat(Grid.of(run(beaten)).aboveLimit())
        .anyMatch(line -> line.matches("vector at p 512, k 64, double, L2 shows 14\\d %"));
    assertThat(Grid.of(run(beaten)).provenAboveLimit())
        .isEqualTo(Grid.of(run(beaten)).aboveLimit());
    assertThat(Grid.of(run(beaten.forks(1))).provenAboveLimit()).isEmpty();
    assertThat(Grid.of(run(new SyntheticRun())).aboveLimit()).isEmpty();
    assertThat(Grid.of(run(new SyntheticRun().withoutRoofs())).provenAboveLimit()).isEmpty();
  }

  @Test
  void aLimitNeedsTheFlopsAndTheBytes() {
    Roofs roofs = new Roofs(Map.of("double", 100.0), Map.of("L2", 50.0), 1);
    assertThat(roofs.limit(work(10, 0), "double", "L2")).isEmpty();
    assertThat(roofs.limit(work(0, 25), "double", "L2")).isEmpty();
  }

  @Test
  void aLoopOfUnknownWorkIsNoRoof() {
    assertThat(Roofs.of(run(new SyntheticRun().roofWork(0))))
        .isEqualTo(new Roofs(Map.of(), Map.of(), 0));
  }

  private static Result loop(String benchmark, Map<String, String> params, int threads) {
    return new Result(
        benchmark,
        params,
        "thrpt",
        threads,
        new Result.Settings("1.37", "25", "VM", List.of(), 2, 4, "1 s", 1, "1 s"),
        new Metric("ops/s", List.of(List.of(10.0 * threads), List.of(11.0 * threads))),
        Map.of());
  }

  /** The gradients of one thread say nothing of the roofs, which were measured on two and four. */
  @Test
  void withoutRoofsOfOneThreadThoseOfTheFewestStand() {
    Map<String, String> level = Map.of("level", "L2");
    Run synthetic = run(new SyntheticRun());
    Run run =
        new Run(
            root,
            synthetic.environment(),
            List.of(
                loop(SuiteNames.GRADIENT, synthetic.results().get(0).params(), 1),
                loop(SuiteNames.READ_ROOF, level, 4),
                loop(SuiteNames.READ_ROOF, level, 2)));
    // 22 calls a second of 1 MB each.
    assertThat(Roofs.of(run)).isEqualTo(new Roofs(Map.of(), Map.of("L2", 22e6), 2));
  }
}

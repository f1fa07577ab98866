package dev.patchgrad.bench.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchgrad.reports.run.Run;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ResultRole;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.ThroughputResult;
import org.openjdk.jmh.runner.IterationType;
import org.openjdk.jmh.runner.WorkloadParams;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** What is kept while a run goes on, driven as JMH drives its output. */
class ResultCollectorTest {
  private static final IterationParams WARMUP =
      new IterationParams(IterationType.WARMUP, 1, TimeValue.seconds(1), 1);
  private static final IterationParams MEASUREMENT =
      new IterationParams(IterationType.MEASUREMENT, 2, TimeValue.seconds(1), 1);

  private final List<List<RunResult>> kept = new ArrayList<>();
  private final List<RunResult> cells = new ArrayList<>();
  private boolean stopped;
  private int begun;
  private int planned;
  private final ResultCollector collector =
      new ResultCollector(
          OutputFormatFactory.createFormatInstance(
              new PrintStream(OutputStream.nullOutputStream(), false), VerboseMode.NORMAL),
          List.of(planned("8"), planned("64")),
          new ResultCollector.Keeper() {
            @Override
            public void runBegins() {
              begun++;
            }

            @Override
            public void isPlanned() {
              planned++;
            }

            @Override
            public void forkEnded(List<RunResult> soFar) {
              kept.add(soFar);
            }

            @Override
            public void cellEnded(RunResult cell) {
              cells.add(cell);
            }

            @Override
            public boolean isStopped() {
              return stopped;
            }
          });

  private static PreflightRequest.Cell planned(String p) {
    return new PreflightRequest.Cell("some.Suite.method", Map.of("p", p));
  }

  private static BenchmarkParams cell(String p, int warmupForks) {
    WorkloadParams params = new WorkloadParams();
    params.put("p", p, 0);
    return new BenchmarkParams(
        "some.Suite.method",
        "some.Suite_generated.method",
        true,
        1,
        new int[] {1},
        List.of(),
        2,
        warmupForks,
        WARMUP,
        MEASUREMENT,
        Mode.Throughput,
        params,
        TimeUnit.SECONDS,
        1,
        "java",
        List.of(),
        "25",
        "VM",
        "25",
        "1.37",
        TimeValue.seconds(1));
  }

  private void iteration(BenchmarkParams cell, IterationParams params, int number, long value) {
    IterationResult result = new IterationResult(cell, params, null);
    result.addResult(
        new ThroughputResult(
            ResultRole.PRIMARY, "method", value, 1_000_000_000L, TimeUnit.SECONDS));
    collector.iterationResult(cell, params, number, result);
  }

  private void fork(BenchmarkParams cell, long first) {
    iteration(cell, WARMUP, 1, 999);
    iteration(cell, MEASUREMENT, 1, first);
    iteration(cell, MEASUREMENT, 2, first + 1);
  }

  private void end() {
    List<RunResult> measured = kept.get(kept.size() - 1);
    collector.endBenchmark(measured.get(measured.size() - 1).getAggregatedResult());
  }

  private List<String> rawData() {
    // By forks, then iterations, as the reports read what would be on disk.
    String json = RunRecord.json(kept.get(kept.size() - 1));
    return Run.parseResults(json, Path.of("kept")).stream()
        .map(result -> result.params() + " " + result.primary().forks())
        .toList();
  }

  @Test
  void eachForkIsKeptAsItEnds() {
    BenchmarkParams cell = cell("8", 0);
    collector.startBenchmark(cell);
    fork(cell, 10);
    assertThat(rawData()).containsExactly("{p=8} [[10.0, 11.0]]");
    fork(cell, 20);
    assertThat(rawData()).containsExactly("{p=8} [[10.0, 11.0], [20.0, 21.0]]");
    end();
    assertThat(collector.failedCells()).isZero();
    assertThat(kept).hasSize(2);
    assertThat(cells).hasSize(1);
  }

  @Test
  void aRunIsStoppedBetweenTwoForksAndNotWithinOne() throws InterruptedException {
    BenchmarkParams cell = cell("8", 0);
    collector.startBenchmark(cell);
    stopped = true;
    // By a fork's own thread everything still arrives: an exception there would lose it.
    Thread link = new Thread(() -> fork(cell, 10), "link");
    link.start();
    link.join();
    assertThat(rawData()).containsExactly("{p=8} [[10.0, 11.0]]");
    assertThatThrownBy(() -> collector.println("# Fork: 2 of 2"))
        .isInstanceOf(RunStoppedException.class);
    assertThatThrownBy(() -> collector.startBenchmark(cell("64", 0)))
        .isInstanceOf(RunStoppedException.class);
    // It was planned nevertheless, and that is told.
    assertThat(planned).isEqualTo(2);
  }

  @Test
  void aForkThatFailsTakesNothingAwayThatWasMeasured() {
    BenchmarkParams first = cell("8", 0);
    collector.startBenchmark(first);
    fork(first, 10);
    iteration(first, WARMUP, 1, 999);
    iteration(first, MEASUREMENT, 1, 77); // and no more: the fork dies, JMH ends no benchmark
    BenchmarkParams second = cell("64", 0);
    collector.startBenchmark(second);
    fork(second, 30);
    assertThat(rawData()).containsExactly("{p=8} [[10.0, 11.0]]", "{p=64} [[30.0, 31.0]]");
    end();
    // Each cell asked for two forks; neither is without a number.
    assertThat(collector.lostForks()).isEqualTo(2);
    assertThat(collector.failedCells()).isZero();
  }

  @Test
  void aCellWithoutAnyForkHasFailed() {
    collector.startBenchmark(cell("8", 0));
    iteration(cell("8", 0), MEASUREMENT, 1, 77);
    collector.startBenchmark(cell("64", 0));
    fork(cell("64", 0), 30);
    assertThat(collector.failedCells()).isEqualTo(1);
  }

  @Test
  void forksOfLaterRoundsJoinTheirCellsInTheOrderOfThePlan() {
    for (long round = 0; round < 2; round++) {
      // JMH makes the parameters anew for each round, each with the same place among its values.
      collector.startBenchmark(cell("64", 0));
      fork(cell("64", 0), 30 + 10 * round);
      collector.startBenchmark(cell("8", 0));
      fork(cell("8", 0), 10 + 10 * round);
    }
    assertThat(rawData())
        .containsExactly(
            "{p=8} [[10.0, 11.0], [20.0, 21.0]]", "{p=64} [[30.0, 31.0], [40.0, 41.0]]");
    // As if all forks had been asked for at once.
    assertThat(collector.measured())
        .allSatisfy(result -> assertThat(result.getParams().getForks()).isEqualTo(2));
  }

  @Test
  void theRunBeginsOnceThoughJmhBeginsOneForEachFork() {
    collector.startRun();
    collector.endRun(List.of());
    collector.startRun();
    assertThat(begun).isEqualTo(1);
  }

  @Test
  void aCellThatEndsWithoutOneOfItsForksIsNoWholeResult() {
    BenchmarkParams cell = cell("8", 0); // asks for 2 forks
    collector.startBenchmark(cell);
    fork(cell, 10);
    assertThat(collector.lostForks()).isEqualTo(1);
    fork(cell, 20);
    assertThat(collector.lostForks()).isZero();
  }

  @Test
  void warmupForksAreNoResults() {
    BenchmarkParams cell = cell("8", 1);
    collector.startBenchmark(cell);
    fork(cell, 1);
    assertThat(kept).isEmpty();
    fork(cell, 10);
    assertThat(rawData()).containsExactly("{p=8} [[10.0, 11.0]]");
  }
}

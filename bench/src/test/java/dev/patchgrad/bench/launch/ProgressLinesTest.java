package dev.patchgrad.bench.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.reports.environment.Environment;
import dev.patchgrad.reports.run.Run;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ResultRole;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.ThroughputResult;
import org.openjdk.jmh.runner.IterationType;
import org.openjdk.jmh.runner.WorkloadParams;
import org.openjdk.jmh.runner.options.TimeValue;

/** What a run shows while it measures, by a clock that the test turns. */
class ProgressLinesTest {
  private static final String SUITES = "dev.patchgrad.bench.suite.";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private long seconds;

  private ProgressLines lines(int cells, long forks) throws IOException {
    Path record = Path.of("../reports/profiles/amd-zen-4-2c-avx512/jdk-25/environment.json");
    Environment environment = Environment.fromJson(Files.readString(record), record);
    ProgressLines lines =
        new ProgressLines(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new Run(record.resolveSibling(""), environment, List.of()),
            forks,
            () -> TimeUnit.SECONDS.toNanos(seconds));
    lines.roundBegins(1, kernels(cells), 1);
    return lines;
  }

  /** Cells of one row. */
  private static List<PreflightRequest.Cell> kernels(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> planned(i == 0 ? "scalar" : "kernel" + i))
        .toList();
  }

  private static PreflightRequest.Cell planned(String kernel) {
    return new PreflightRequest.Cell(SUITES + "GradientBenchmark.gradient", row(kernel));
  }

  private static Map<String, String> row(String kernel) {
    return Map.of("p", "8", "k", "16", "precision", "double", "level", "L2", "kernel", kernel);
  }

  private static RunResult cell(String benchmark, Map<String, String> values, long... forks) {
    WorkloadParams params = new WorkloadParams();
    new TreeMap<>(values).forEach((name, value) -> params.put(name, value, 0));
    IterationParams once =
        new IterationParams(IterationType.MEASUREMENT, 1, TimeValue.seconds(1), 1);
    BenchmarkParams cell =
        new BenchmarkParams(
            SUITES + benchmark,
            SUITES + benchmark,
            true,
            1,
            new int[] {1},
            List.of(),
            1,
            0,
            once,
            once,
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
    List<BenchmarkResult> results = new ArrayList<>();
    for (long operations : forks) {
      IterationResult iteration = new IterationResult(cell, once, null);
      iteration.addResult(
          new ThroughputResult(
              ResultRole.PRIMARY, "method", operations, 1_000_000_000L, TimeUnit.SECONDS));
      results.add(new BenchmarkResult(cell, List.of(iteration)));
    }
    return new RunResult(cell, results);
  }

  private String last() {
    return out.toString(StandardCharsets.UTF_8).lines().reduce("", (before, line) -> line);
  }

  @Test
  void aLineSaysWhatWasMeasuredAndHowLongTheRestTakes() throws IOException {
    ProgressLines lines = lines(12, 36);
    for (int fork = 0; fork < 3; fork++) {
      lines.forkEnded();
    }
    seconds = 9;
    lines.cellEnded(
        cell(
            "GradientBenchmark.gradient",
            Map.of("p", "8", "k", "16", "precision", "double", "level", "L2", "kernel", "scalar"),
            1000));
    // 3 forks took 9 s, and 33 are left: 99 s.
    assertThat(last())
        .matches(" 1/12  gradient k=16 p=8 scalar L2 double +\\S+ [kM] samples/s  99 s left")
        .hasSizeLessThanOrEqualTo(80);
  }

  @Test
  void minutesAreLeftUntilThereAreNone() throws IOException {
    ProgressLines lines = lines(2, 2);
    seconds = 200;
    lines.forkEnded();
    Map<String, String> fma = Map.of("bits", "widest", "precision", "double");
    lines.cellEnded(cell("RoofBenchmark.fma", fma, 1000));
    assertThat(last()).startsWith("1/2  Roof.fma widest double ").endsWith("  4 min left");
    lines.forkEnded();
    lines.cellEnded(cell("RoofBenchmark.fma", fma, 1000));
    assertThat(last()).startsWith("2/2  ").doesNotContain("left");
  }

  @Test
  void laterRoundsShowTheMarginOfEachRowAsItNarrows() throws IOException {
    ProgressLines lines = lines(2, 4);
    lines.roundBegins(2, kernels(2), 1);
    lines.furtherForks(4, TimeUnit.SECONDS.toNanos(24));
    lines.cellEnded(cell("GradientBenchmark.gradient", row("kernel1"), 3000, 3100));
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    lines.forkEnded();
    seconds = 3;
    lines.cellEnded(cell("GradientBenchmark.gradient", row("scalar"), 1000, 1010));
    // One line for both kernels; 7 of 8 forks are left, and 21 of 24 seconds.
    assertThat(last())
        .matches(
            "1/1  gradient k=16 p=8 L2 double +kernel1 over scalar 3.03x \\[\\S+, \\S+]  21 s left");
  }

  @Test
  void aCellWithoutANumberIsShownAsWell() throws IOException {
    ProgressLines lines = lines(1, 1);
    lines.forkEnded();
    lines.cellEnded(cell("RoofBenchmark.fma", Map.of(), 0));
    assertThat(last()).startsWith("1/1  ").contains("expected a finite number above 0");
  }
}

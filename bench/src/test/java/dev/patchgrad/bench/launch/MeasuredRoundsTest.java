package dev.patchgrad.bench.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.reports.environment.Environment;
import dev.patchgrad.reports.run.Result;
import dev.patchgrad.reports.run.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.RunnerException;

/** The rounds of a run, with kernels whose speed the test sets, and a clock that it turns. */
class MeasuredRoundsTest {
  private static final Path RECORD =
      Path.of("../reports/profiles/amd-zen-4-2c-avx512/jdk-25/environment.json");

  private final Map<PreflightRequest.Cell, List<Double>> measured = new HashMap<>();
  private final Map<PreflightRequest.Cell, Integer> planned = new LinkedHashMap<>();
  private final List<String> told = new ArrayList<>();
  private long seconds;

  private static PreflightRequest.Cell cell(String p, String kernel) {
    Map<String, String> params = new TreeMap<>();
    params.put("precision", "double");
    params.put("level", "L2");
    params.put("p", p);
    params.put("k", "16");
    params.put("kernel", kernel);
    return new PreflightRequest.Cell(
        "dev.patchgrad.bench.suite.GradientBenchmark.gradient", params);
  }

  /** Rates that a kernel's forks have in turn. */
  private final Map<PreflightRequest.Cell, double[]> rates = new HashMap<>();

  private void kernel(String p, String kernel, double... ofForks) {
    planned.put(cell(p, kernel), 3);
    rates.put(cell(p, kernel), ofForks);
  }

  private Run look() {
    String results =
        measured.entrySet().stream()
            .map(entry -> json(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining(",", "[", "]"));
    try {
      String adaptive = "{\"rounds\":{\"seed\":1,\"looks\":" + FurtherForks.LOOKS + "},";
      String record = Files.readString(RECORD).replaceFirst("\"rounds\" : \\{[^}]*},", "");
      Environment looked = Environment.fromJson(record.replaceFirst("\\{", adaptive), RECORD);
      List<Result> read = Run.parseResults(results, Path.of("results.json"));
      return new Run(Path.of("run"), looked, read);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String json(PreflightRequest.Cell cell, List<Double> forks) {
    String params =
        cell.params().entrySet().stream()
            .map(entry -> "\"" + entry.getKey() + "\":\"" + entry.getValue() + "\"")
            .collect(Collectors.joining(","));
    String raw = forks.stream().map(rate -> "[" + rate + "]").collect(Collectors.joining(","));
    return String.format(
        Locale.ROOT,
        """
        {"benchmark":"%s","mode":"thrpt","threads":1,"forks":%d,"jmhVersion":"1.37",
         "jdkVersion":"25","vmName":"VM","jvmArgs":[],"warmupIterations":2,"warmupTime":"400 ms",
         "measurementIterations":1,"measurementTime":"60 ms","params":{%s},
         "primaryMetric":{"scoreUnit":"ops/s","rawData":[%s]},"secondaryMetrics":{}}
        """,
        cell.benchmark(),
        forks.size(),
        params,
        raw);
  }

  private MeasuredRounds.End run(Duration time, boolean given, boolean adaptive)
      throws RunnerException {
    TimeLimit limit = new TimeLimit(time, given, () -> TimeUnit.SECONDS.toNanos(seconds));
    MeasuredRounds rounds =
        new MeasuredRounds(new PlannedForks(planned, 1), new RoundOrder(3), limit, adaptive);
    return rounds.run(
        cell -> {
          seconds++;
          List<Double> forks = measured.computeIfAbsent(cell, key -> new ArrayList<>());
          double[] all = rates.getOrDefault(cell, new double[] {1});
          forks.add(all[forks.size() % all.length]);
        },
        new MeasuredRounds.Listener() {
          @Override
          public void begins(int number, List<PreflightRequest.Cell> cells) {
            told.add(number + ": " + cells.size());
          }

          @Override
          public void ended(int number) {
            told.add("end of " + number);
          }

          @Override
          public Run look() {
            return MeasuredRoundsTest.this.look();
          }

          @Override
          public void looked(FurtherForks further, int rounds) {
            told.add(further.inWords() + " in " + rounds + " rounds");
          }
        });
  }

  private int forks(String p, String kernel) {
    return measured.getOrDefault(cell(p, kernel), List.of()).size();
  }

  @Test
  void aRunEndsWhenEveryRowIsSure() throws RunnerException {
    kernel("8", "scalar", 100, 101, 102);
    kernel("8", "vector", 300, 301, 302);
    assertThat(run(Duration.ofDays(1), false, true)).isEqualTo(MeasuredRounds.End.SURE);
    assertThat(told).containsExactly("1: 2", "end of 1", "2: 2", "end of 2", "3: 2", "end of 3");
  }

  @Test
  void furtherForksGoToTheContendersOfOpenRowsAlone() throws RunnerException {
    kernel("8", "scalar", 100, 101, 102);
    kernel("8", "vector", 300, 301, 302);
    kernel("64", "scalar", 100, 101, 102);
    // Ten percent apart on the whole, and within three forks not to be told from each other.
    kernel("64", "vector", 280, 300, 320);
    kernel("64", "ejml", 260, 270, 280);
    run(Duration.ofDays(1), false, true);
    assertThat(told).contains("1 of 2 rows are sure; 2 cells get more forks in 3 rounds", "4: 2");
    assertThat(forks("8", "vector")).isEqualTo(3);
    assertThat(forks("64", "scalar")).isEqualTo(3);
    assertThat(forks("64", "vector")).isEqualTo(forks("64", "ejml")).isGreaterThanOrEqualTo(6);
  }

  @Test
  void aNoisyCellGetsForksUntilOneInFiveIsAllThatDiffers() throws RunnerException {
    kernel("8", "vector", 300, 301, 302);
    kernel("8", "ejml", 100, 101, 102);
    // Its first fork met a neighbour. It is the slowest in any case.
    kernel("8", "scalar", 8, 10, 10.1, 10.2, 10, 10.1);
    assertThat(run(Duration.ofDays(1), false, true)).isEqualTo(MeasuredRounds.End.SURE);
    assertThat(told).contains("1 of 1 rows are sure; 1 cell gets more forks in 3 rounds");
    assertThat(forks("8", "scalar")).isEqualTo(6);
    assertThat(forks("8", "vector")).isEqualTo(3);
  }

  @Test
  void kernelsThatAreEquallyFastAreATieAndGetNoFurtherForks() throws RunnerException {
    kernel("8", "vector", 300, 301, 302);
    kernel("8", "ejml", 302, 300, 301);
    assertThat(run(Duration.ofDays(1), false, true)).isEqualTo(MeasuredRounds.End.SURE);
    assertThat(forks("8", "vector")).isEqualTo(3);
  }

  @Test
  void aRowThatStaysUnsureEndsAtTwelveForks() throws RunnerException {
    kernel("8", "vector", 200, 300, 400);
    kernel("8", "ejml", 400, 200, 300);
    assertThat(run(Duration.ofDays(1), false, true)).isEqualTo(MeasuredRounds.End.UNSURE);
    assertThat(forks("8", "vector")).isEqualTo(12);
    assertThat(forks("8", "ejml")).isEqualTo(12);
  }

  @Test
  void furtherForksEndWithTheTimeAndPlannedOnesDoNot() throws RunnerException {
    kernel("8", "vector", 200, 300, 400);
    kernel("8", "ejml", 400, 200, 300);
    // A fork takes a second: six are planned, and the eighth is the last to begin in time.
    assertThat(run(Duration.ofSeconds(8), false, true)).isEqualTo(MeasuredRounds.End.TIME);
    assertThat(forks("8", "vector") + forks("8", "ejml")).isEqualTo(8);
    measured.clear();
    seconds = 0;
    assertThat(run(Duration.ofSeconds(1), false, true)).isEqualTo(MeasuredRounds.End.TIME);
    assertThat(forks("8", "vector") + forks("8", "ejml")).isEqualTo(6);
  }

  @Test
  void theTimeEndsARoundBetweenTwoRowsAndNotWithinOne() throws RunnerException {
    for (String p : List.of("8", "64")) {
      kernel(p, "vector", 200, 300, 400);
      kernel(p, "ejml", 400, 200, 300);
    }
    // Twelve forks are planned; the thirteenth begins in time, and its row is measured whole.
    assertThat(run(Duration.ofSeconds(13), false, true)).isEqualTo(MeasuredRounds.End.TIME);
    assertThat(measured.values().stream().mapToInt(List::size).sum()).isEqualTo(14);
    assertThat(forks("8", "vector")).isEqualTo(forks("8", "ejml"));
  }

  @Test
  void aTimeThatTheUserGivesEndsPlannedRoundsAsWellButNeverTheFirst() throws RunnerException {
    kernel("8", "vector", 300, 301, 302);
    kernel("8", "ejml", 200, 201, 202);
    assertThat(run(Duration.ofSeconds(5), true, true)).isEqualTo(MeasuredRounds.End.TIME);
    assertThat(told).containsExactly("1: 2", "end of 1", "2: 2", "end of 2");
    measured.clear();
    seconds = 0;
    assertThat(run(Duration.ofSeconds(1), true, true)).isEqualTo(MeasuredRounds.End.TIME);
    assertThat(forks("8", "vector")).isEqualTo(1);
  }

  @Test
  void aNumberOfForksThatTheUserGivesIsKept() throws RunnerException {
    kernel("8", "vector", 200, 300, 400);
    kernel("8", "ejml", 400, 200, 300);
    assertThat(run(Duration.ofSeconds(1), false, false)).isEqualTo(MeasuredRounds.End.COMPLETE);
    assertThat(forks("8", "vector")).isEqualTo(3);
  }
}

package dev.patchgrad.bench.launch;

import dev.patchgrad.reports.environment.Environment;
import dev.patchgrad.reports.environment.Work;
import dev.patchgrad.reports.json.BadRecordException;
import dev.patchgrad.reports.run.Result;
import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.statistics.Forks;
import dev.patchgrad.reports.summary.NumberText;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.RunResult;

/** What a run shows while it measures: a line for each finished cell, and the time that is left. */
final class ProgressLines {
  private final PrintStream out;
  private final Run begun;
  private final int cells;
  private final long forks;
  private final LongSupplier nanoTime;
  private final long start;
  private int ended;
  private long forksEnded;

  /**
   * The lines of a run that begins now.
   *
   * @param out where they go
   * @param partial the run's folder
   * @param environment of the run, which knows the work of each cell
   * @param cells of the whole run
   * @param forks of the whole run
   * @param nanoTime a clock, in nanoseconds
   */
  ProgressLines(
      PrintStream out,
      Path partial,
      Environment environment,
      int cells,
      long forks,
      LongSupplier nanoTime) {
    this.out = out;
    this.begun = new Run(partial, environment, List.of());
    this.cells = cells;
    this.forks = forks;
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
  }

  /** Counts a fork that has ended. */
  void forkEnded() {
    forksEnded++;
  }

  /** Shows a cell whose forks have all ended. */
  void cellEnded(RunResult cell) {
    ended++;
    String number = String.format(Locale.ROOT, "%" + digits(cells) + "d/%d", ended, cells);
    out.println((number + "  " + line(cell) + "  " + timeLeft()).stripTrailing());
    out.flush();
  }

  private String line(RunResult cell) {
    try {
      String json = RunRecord.json(List.of(cell));
      Result result = Run.parseResults(json, begun.folder()).get(0);
      return String.format(Locale.ROOT, "%-44s %17s", name(result), value(result));
    } catch (BadRecordException e) {
      // Such as a rate of 0. The run goes on; its end says what is wrong with its results.
      return e.reason();
    }
  }

  private static int digits(int number) {
    return Integer.toString(number).length();
  }

  /**
   * Such as {@code gradient p=8 k=16 double L2 scalar}: a number needs its name, a word does not.
   */
  private static String name(Result result) {
    String[] names = Result.shortName(result.benchmark()).split("\\.", 2);
    String suite = names[0].replaceFirst("Benchmark$", "");
    String method = names[names.length - 1];
    List<String> parts = new ArrayList<>();
    parts.add(suite.equalsIgnoreCase(method) ? method : suite + "." + method);
    Map<Boolean, List<Map.Entry<String, String>>> byKind =
        result.params().entrySet().stream()
            .collect(Collectors.partitioningBy(param -> param.getValue().matches("-?\\d+")));
    for (Map.Entry<String, String> param : byKind.getOrDefault(true, List.of())) {
      parts.add(param.getKey() + "=" + param.getValue());
    }
    for (Map.Entry<String, String> param : byKind.getOrDefault(false, List.of())) {
      parts.add(param.getValue());
    }
    return String.join(" ", parts);
  }

  private String value(Result result) {
    if (!result.isRate()) {
      return "mode " + result.mode();
    }
    double rate = Forks.ofIterations(result.operationsPerSecond()).median();
    Work none = new Work(result.benchmark(), result.params(), 0, 0, 0);
    Work work = begun.workOf(result).orElse(none);
    if (work.samples() > 0) {
      return NumberText.si(rate * work.samples()) + " samples/s";
    }
    if (work.flops() > 0) {
      return NumberText.three(rate * work.flops() / 1e9) + " GFLOP/s";
    }
    return work.bytes() > 0
        ? NumberText.three(rate * work.bytes() / 1e9) + " GB/s"
        : NumberText.si(rate) + " calls/s";
  }

  /** As if the forks to come took as long as those before. */
  private String timeLeft() {
    long left = Math.max(0, forks - forksEnded);
    if (left == 0 || forksEnded == 0) {
      return "";
    }
    double seconds = (nanoTime.getAsLong() - start) / 1e9 * left / forksEnded;
    return seconds < 99.5
        ? String.format(Locale.ROOT, "%.0f s left", Math.ceil(seconds))
        : String.format(Locale.ROOT, "%.0f min left", Math.ceil(seconds / 60));
  }
}

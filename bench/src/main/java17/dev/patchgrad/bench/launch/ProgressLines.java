package dev.patchgrad.bench.launch;

import dev.patchgrad.reports.environment.Work;
import dev.patchgrad.reports.grid.Grid;
import dev.patchgrad.reports.grid.Row;
import dev.patchgrad.reports.grid.SuiteNames;
import dev.patchgrad.reports.grid.Table;
import dev.patchgrad.reports.grid.Warmth;
import dev.patchgrad.reports.json.BadRecordException;
import dev.patchgrad.reports.run.Result;
import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.statistics.Forks;
import dev.patchgrad.reports.summary.NumberText;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.RunResult;

/**
 * What a run shows while it measures: in the first round a line for each cell as it ends, later one
 * for each row of the grid, with its margin as it narrows; and the time that is left.
 */
final class ProgressLines {
  private final PrintStream out;
  private final Run begun;
  private final LongSupplier nanoTime;
  private final long start;
  private final Map<PreflightRequest.Cell, List<RunResult>> rows = new HashMap<>();
  private final Map<PreflightRequest.Cell, Long> kernels = new HashMap<>();
  private long end;
  private boolean first = true;
  private int lines;
  private int ended;
  private long forks;
  private long forksEnded;

  /**
   * The lines of a run that begins now.
   *
   * @param out where they go
   * @param begun the run, which knows the work of each cell, without results
   * @param forks of the whole run
   * @param nanoTime a clock, in nanoseconds
   */
  ProgressLines(PrintStream out, Run begun, long forks, LongSupplier nanoTime) {
    this.out = out;
    this.begun = begun;
    this.forks = forks;
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
    this.end = start + Long.MAX_VALUE / 2;
  }

  /**
   * A round begins.
   *
   * @param number from 1 on
   * @param cells of the round
   * @param modes in which each is measured
   */
  void roundBegins(int number, List<PreflightRequest.Cell> cells, int modes) {
    first = number == 1;
    ended = 0;
    rows.clear();
    kernels.clear();
    cells.forEach(cell -> kernels.merge(RoundOrder.row(cell), (long) modes, Long::sum));
    lines = first ? cells.size() * modes : kernels.size();
  }

  /**
   * More forks are wanted than were planned.
   *
   * @param more of them
   * @param nanos from now, after which none begins
   */
  void furtherForks(long more, long nanos) {
    forks += more;
    end = nanoTime.getAsLong() + nanos;
  }

  /** Counts a fork that has ended. */
  void forkEnded() {
    forksEnded++;
  }

  /**
   * Shows a cell whose forks of a round have all ended.
   *
   * @param cell with all forks so far
   */
  void cellEnded(RunResult cell) {
    if (first) {
      show(line(cell));
      return;
    }
    PreflightRequest.Cell row = RoundOrder.row(PreflightRequest.Cell.of(cell.getParams()));
    List<RunResult> kernelsOfRow = rows.computeIfAbsent(row, key -> new ArrayList<>());
    kernelsOfRow.add(cell);
    if (kernelsOfRow.size() >= kernels.getOrDefault(row, 1L)) {
      show(kernelsOfRow.size() == 1 ? line(cell) : rowLine(kernelsOfRow));
    }
  }

  private void show(String line) {
    ended++;
    String number = String.format(Locale.ROOT, "%" + digits(lines) + "d/%d", ended, lines);
    out.println((number + "  " + line + "  " + timeLeft()).stripTrailing());
    out.flush();
  }

  /**
   * Such as {@code gradient k=16 p=8 double L2: interleaved over single-touch 1.43x [1.2, 1.7]}.
   */
  private String rowLine(List<RunResult> cells) {
    try {
      List<Result> results = Run.parseResults(RunRecord.json(cells), begun.folder());
      Map<String, String> params = new TreeMap<>(results.get(0).params());
      params.remove(SuiteNames.KERNEL);
      String row = name(results.get(0).benchmark(), params);
      List<Table> tables = Grid.of(new Run(begun.folder(), begun.environment(), results)).tables();
      if (tables.isEmpty()) {
        return String.format(Locale.ROOT, "%-44s %17s", row, results.size() + " cells");
      }
      return String.format(Locale.ROOT, "%-36s %s", row, margin(tables.get(0).rows().get(0)));
    } catch (BadRecordException e) {
      return e.reason();
    }
  }

  private static String margin(Row row) {
    if (!row.isRanked()) {
      return Warmth.NO_RANKING;
    }
    return row.next()
        .map(
            next ->
                row.fastest().kernel()
                    + " over "
                    + next.kernel()
                    + " "
                    + NumberText.ratio(row.margin()))
        .orElse(row.fastest().kernel());
  }

  private String line(RunResult cell) {
    try {
      String json = RunRecord.json(List.of(cell));
      Result result = Run.parseResults(json, begun.folder()).get(0);
      return String.format(
          Locale.ROOT, "%-44s %17s", name(result.benchmark(), result.params()), value(result));
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
  private static String name(String benchmark, Map<String, String> params) {
    String[] names = Result.shortName(benchmark).split("\\.", 2);
    String suite = names[0].replaceFirst("Benchmark$", "");
    String method = names[names.length - 1];
    List<String> parts = new ArrayList<>();
    parts.add(suite.equalsIgnoreCase(method) ? method : suite + "." + method);
    Map<Boolean, List<Map.Entry<String, String>>> byKind =
        params.entrySet().stream()
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
    double rate = Forks.ofIterations(result.rates()).median();
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

  /** As if the forks to come took as long as those before, within the time that there is. */
  private String timeLeft() {
    long left = Math.max(0, forks - forksEnded);
    if (left == 0 || forksEnded == 0) {
      return "";
    }
    long now = nanoTime.getAsLong();
    double seconds =
        Math.min((now - start) / 1e9 * left / forksEnded, Math.max(0, end - now) / 1e9);
    return seconds < 99.5
        ? String.format(Locale.ROOT, "%.0f s left", Math.ceil(seconds))
        : String.format(Locale.ROOT, "%.0f min left", Math.ceil(seconds / 60));
  }
}

package dev.patchgrad.reports.duel;

import dev.patchgrad.reports.json.Json;
import dev.patchgrad.reports.run.RunFolder;
import dev.patchgrad.reports.statistics.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A whole duel from two command lines: who meets whom, pair after pair, each kept on disk as it
 * ends.
 */
public final class Bout {
  /**
   * The variable that a side finds in its environment, with any value: a launcher of benchmarks
   * that does more than JMH, such as recording a run, can leave that out by it.
   */
  public static final String VARIABLE = "PATCHGRAD_DUEL";

  /** The parameter by which the rows of a sweep tell whom the baseline met. */
  public static final String JVM = "jvm";

  /** What a fork does where the user's command line says nothing of it: enough to be warm. */
  private static final Map<String, String> SHORT =
      Map.of("-wi", "5", "-w", "200ms", "-i", "20", "-r", "50ms");

  private final PrintWriter progress;
  private final Guard guard;

  /**
   * A duel that tells how it goes.
   *
   * @param progress where each pair is told
   * @param guard of its processes, by which it can be ended early: what was measured is its result
   */
  public Bout(PrintWriter progress, Guard guard) {
    this.progress = progress;
    this.guard = guard;
  }

  /**
   * What a duel goes by.
   *
   * @param within two sides nearer than this are the same, 0.01 for one percent
   * @param allowed how much slower B may be: a benchmark that is slower goes on until it is clear
   *     whether by more; empty where that does not matter
   * @param time after which no pair is begun, but for benchmarks that have none
   * @param mostForks of each side, for each benchmark
   * @param floor whether A meets itself as well
   * @param ownIterations whether the benchmarks' own iterations are kept; else they are short
   * @param patience how long one iteration may take
   */
  public record Rules(
      double within,
      Optional<Double> allowed,
      Duration time,
      int mostForks,
      boolean floor,
      boolean ownIterations,
      Duration patience) {}

  /**
   * Fights a duel.
   *
   * @param sideA the baseline
   * @param sideB the other
   * @param rules of the duel
   * @param kept a file to which each pair is appended as a line of JSON: both forks as JMH wrote
   *     them; it is made with the first
   * @return the result
   * @throws DuelException if the duel cannot begin
   * @throws IOException if a file cannot be written
   * @throws InterruptedException if this thread is interrupted
   */
  public DuelResult fight(Side sideA, Side sideB, Rules rules, Path kept)
      throws DuelException, IOException, InterruptedException {
    JmhCommand a = shortened(JmhCommand.parse(sideA), rules);
    JmhCommand b = shortened(JmhCommand.parse(sideB), rules);
    Contest contest =
        Contest.of(BenchmarkListing.of("A", a, guard), BenchmarkListing.of("B", b, guard));
    if (contest.pairs().isEmpty()) {
      throw new DuelException(
          "the sides have no benchmark in common; A has "
              + labels(contest.onlyInA())
              + ", B has "
              + labels(contest.onlyInB()));
    }
    return measure(a, List.of(new Duel.Meeting(b, contest)), rules, kept);
  }

  /**
   * Lets one side meet several in one sitting: in each round a pair of forks with each of them. A
   * row's cell has the parameter {@link #JVM}, which names the other.
   *
   * @param sideA the baseline
   * @param others by their names, in the order of the rounds
   * @param rules of the sitting
   * @param kept a file to which each pair is appended, as in {@link #fight}
   * @return the result; those that cannot begin are among its failures
   * @throws DuelException if none can begin
   * @throws IOException if a file cannot be written
   * @throws InterruptedException if this thread is interrupted
   */
  public DuelResult sweep(Side sideA, Map<String, Side> others, Rules rules, Path kept)
      throws DuelException, IOException, InterruptedException {
    JmhCommand a = shortened(JmhCommand.parse(sideA), rules);
    List<BenchmarkCell> ofA = BenchmarkListing.of("the baseline", a, guard);
    List<Duel.Meeting> meetings = new ArrayList<>();
    Map<String, String> failures = new LinkedHashMap<>();
    for (Map.Entry<String, Side> other : others.entrySet()) {
      try {
        JmhCommand b = shortened(JmhCommand.parse(other.getValue()), rules);
        Contest contest = Contest.of(ofA, BenchmarkListing.of(other.getKey(), b, guard));
        meetings.add(new Duel.Meeting(b, contest.named(JVM, other.getKey())));
      } catch (DuelException e) {
        failures.put(other.getKey(), String.valueOf(e.getMessage()));
        progress.println("! " + other.getKey() + " is left out: " + e.getMessage());
        progress.flush();
      }
    }
    if (meetings.stream().allMatch(meeting -> meeting.contest().pairs().isEmpty())) {
      throw new DuelException(
          "no other JVM has a benchmark of the baseline's: "
              + String.join("; ", failures.values()));
    }
    DuelResult result = measure(a, meetings, rules, kept);
    failures.putAll(result.failures());
    return new DuelResult(
        result.rows(), result.onlyInA(), result.onlyInB(), failures, result.within());
  }

  private DuelResult measure(JmhCommand a, List<Duel.Meeting> meetings, Rules rules, Path kept)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("patchgrad-duel");
    try {
      ForkPair pair = new ForkPair(folder, Profiler.write(folder), rules.patience(), guard);
      return new Duel(a, meetings, rules, pair, guard, listener(kept)).run();
    } finally {
      RunFolder.delete(folder);
    }
  }

  private Duel.Listener listener(Path kept) {
    return new Duel.Listener() {
      @Override
      public void measured(DuelRow row, MeasuredFork a, MeasuredFork b) throws IOException {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("aAgainstItself", row.floor());
        line.put("a", a.entry());
        line.put("b", b.entry());
        Path parent = kept.toAbsolutePath().getParent();
        if (parent != null) {
          Files.createDirectories(parent);
        }
        Files.writeString(
            kept,
            Json.writeCompact(line) + "\n",
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
      }

      @Override
      public void judged(DuelRow row, Optional<Verdict> verdict, int open) {
        progress.println(
            DuelText.progress(row, verdict)
                + (open > 0 ? " (" + open + (open == 1 ? " row" : " rows") + " open)" : ""));
        progress.flush();
      }

      @Override
      public void failed(String label, String reason) {
        progress.println("! " + label + " broke down: " + reason);
        progress.flush();
      }
    };
  }

  private static JmhCommand shortened(JmhCommand command, Rules rules) {
    if (rules.ownIterations() || SHORT.keySet().stream().anyMatch(command::sets)) {
      return command;
    }
    List<String> more = new ArrayList<>();
    SHORT.forEach(
        (option, value) -> {
          more.add(option);
          more.add(value);
        });
    return command.with(more);
  }

  private static String labels(List<BenchmarkCell> cells) {
    return cells.isEmpty()
        ? "none"
        : String.join(", ", cells.stream().map(BenchmarkCell::label).limit(5).toList());
  }
}

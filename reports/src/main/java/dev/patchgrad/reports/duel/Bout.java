package dev.patchgrad.reports.duel;

import dev.patchgrad.reports.json.Json;
import dev.patchgrad.reports.run.RunFolder;
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

/**
 * A whole duel from two command lines: who meets whom, pair after pair, each kept on disk as it
 * ends.
 */
public final class Bout {
  /** What a fork does where the user's command line says nothing of it: enough to be warm. */
  private static final Map<String, String> SHORT =
      Map.of("-wi", "5", "-w", "200ms", "-i", "20", "-r", "50ms");

  private final PrintWriter progress;

  /**
   * A duel that tells how it goes.
   *
   * @param progress where each pair is told
   */
  public Bout(PrintWriter progress) {
    this.progress = progress;
  }

  /**
   * What a duel goes by.
   *
   * @param within two sides nearer than this are the same, 0.01 for one percent
   * @param time after which no pair is begun, but for benchmarks that have none
   * @param mostForks of each side, for each benchmark
   * @param floor whether A meets itself as well
   * @param ownIterations whether the benchmarks' own iterations are kept; else they are short
   * @param patience how long one iteration may take
   */
  public record Rules(
      double within,
      Duration time,
      int mostForks,
      boolean floor,
      boolean ownIterations,
      Duration patience) {}

  /**
   * Fights a duel.
   *
   * @param lineOfA words that start JMH
   * @param lineOfB words that start JMH
   * @param rules of the duel
   * @param kept a file to which each pair is appended as a line of JSON: both forks as JMH wrote
   *     them
   * @return the result
   * @throws DuelException if the duel cannot begin
   * @throws IOException if a file cannot be written
   * @throws InterruptedException if this thread is interrupted
   */
  public DuelResult fight(List<String> lineOfA, List<String> lineOfB, Rules rules, Path kept)
      throws DuelException, IOException, InterruptedException {
    JmhCommand a = shortened(JmhCommand.parse(lineOfA), rules);
    JmhCommand b = shortened(JmhCommand.parse(lineOfB), rules);
    Contest contest = Contest.of(BenchmarkListing.of(a), BenchmarkListing.of(b));
    if (contest.pairs().isEmpty()) {
      throw new DuelException(
          "the sides have no benchmark in common; A has "
              + labels(contest.onlyInA())
              + ", B has "
              + labels(contest.onlyInB()));
    }
    Path folder = Files.createTempDirectory("patchgrad-duel");
    try {
      ForkPair pair = new ForkPair(folder, Profiler.write(folder), rules.patience());
      Duel duel = new Duel(a, b, contest, rules, pair, listener(kept, rules.within()));
      return duel.run();
    } finally {
      RunFolder.delete(folder);
    }
  }

  private Duel.Listener listener(Path kept, double within) {
    return new Duel.Listener() {
      @Override
      public void measured(DuelRow row, MeasuredFork a, MeasuredFork b, int open)
          throws IOException {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("aAgainstItself", row.floor());
        line.put("a", a.entry());
        line.put("b", b.entry());
        Files.writeString(
            kept,
            Json.writeCompact(line) + "\n",
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
        boolean decided = DuelResult.isDecided(row, within, 1);
        progress.println(
            DuelText.progress(row, decided ? "decided" : "")
                + (open > 1 ? " (" + open + " benchmarks open)" : ""));
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

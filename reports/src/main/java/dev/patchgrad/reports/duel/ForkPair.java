package dev.patchgrad.reports.duel;

import dev.patchgrad.reports.json.BadRecordException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One fork of each side, measured in turns. */
final class ForkPair {
  /** Lines of a side's output that its failure shows. */
  private static final int SHOWN_LINES = 12;

  private final Path folder;
  private final Path profiler;
  private final Duration patience;
  private final Guard guard;

  /**
   * Pairs that work in a folder.
   *
   * @param folder for results and output of the sides
   * @param profiler the jar that makes forks take turns
   * @param patience how long one iteration may take
   * @param guard of the processes
   */
  ForkPair(Path folder, Path profiler, Duration patience, Guard guard) {
    this.folder = folder;
    this.profiler = profiler;
    this.patience = patience;
    this.guard = guard;
  }

  /**
   * What both forks measured.
   *
   * @param a by mode
   * @param b by mode, in the same order as far as both have it
   */
  record Measured(List<MeasuredFork> a, List<MeasuredFork> b) {}

  /**
   * Measures a fork of each side.
   *
   * @param a the one side
   * @param cellOfA what it measures
   * @param b the other side
   * @param cellOfB what it measures
   * @return what came out
   * @throws DuelException if a side failed; nothing of it runs on
   * @throws IOException if a file cannot be written
   * @throws InterruptedException if this thread is interrupted; nothing runs on
   */
  Measured measure(JmhCommand a, BenchmarkCell cellOfA, JmhCommand b, BenchmarkCell cellOfB)
      throws DuelException, IOException, InterruptedException {
    try (Turns turns = new Turns();
        Running one = new Running("A", a, cellOfA, turns.port());
        Running other = new Running("B", b, cellOfB, turns.port())) {
      turns.host(patience, () -> one.process.isAlive() && other.process.isAlive());
      one.requireNotFailed();
      other.requireNotFailed();
      one.end(patience);
      other.end(patience);
      return new Measured(one.results(), other.results());
    }
  }

  /** A process of JMH with one fork; closing it ends both. */
  private final class Running implements AutoCloseable {
    private final String name;
    private final Path results;
    private final Path log;
    private final Process process;

    Running(String name, JmhCommand command, BenchmarkCell cell, int port) throws IOException {
      this.name = name;
      results = folder.resolve(name + ".json");
      log = folder.resolve(name + ".log");
      Files.deleteIfExists(results);
      ProcessBuilder builder = command.process(command.fork(profiler, cell, results));
      builder.redirectOutput(log.toFile());
      builder.environment().put(Profiler.PORT, Integer.toString(port));
      builder.environment().put(Profiler.SIDE, name);
      process = guard.start(builder);
      process.getOutputStream().close();
    }

    /** Told before the other side is waited for, whose fork has lost its partner. */
    void requireNotFailed() throws DuelException, IOException {
      if (!process.isAlive() && process.exitValue() != 0) {
        throw failure();
      }
    }

    private DuelException failure() throws IOException {
      return new DuelException(
          "side " + name + " failed with exit code " + process.exitValue() + tail());
    }

    void end(Duration time) throws DuelException, IOException, InterruptedException {
      if (!process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new DuelException(
            "side " + name + " did not end within " + time.toSeconds() + " s" + tail());
      }
      if (process.exitValue() != 0 || !Files.exists(results)) {
        throw failure();
      }
    }

    List<MeasuredFork> results() throws DuelException, IOException {
      try {
        List<MeasuredFork> forks = MeasuredFork.read(results);
        if (forks.isEmpty()) {
          throw new DuelException("side " + name + " measured nothing" + tail());
        }
        return forks;
      } catch (BadRecordException e) {
        throw new DuelException("side " + name + ": " + e.getMessage() + tail());
      }
    }

    private String tail() throws IOException {
      List<String> lines =
          new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.isBlank() && !line.startsWith("WARNING:"))
              .toList();
      return lines.isEmpty()
          ? "; it said nothing"
          : "; its last lines:\n  "
              + String.join(
                  "\n  ", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
    }

    @Override
    public void close() {
      guard.end(process);
    }
  }
}

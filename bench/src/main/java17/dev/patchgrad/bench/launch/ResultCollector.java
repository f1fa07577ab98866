package dev.patchgrad.bench.launch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.IterationType;
import org.openjdk.jmh.runner.format.OutputFormat;

/**
 * JMH's output, which on its way keeps every fork's measurements as the fork ends, and stops JMH
 * where it is to be stopped.
 *
 * <p>JMH hands out results when the whole run has ended, and drops a cell whose last fork failed;
 * its output sees each iteration as it comes.
 */
final class ResultCollector implements OutputFormat {
  private final OutputFormat log;
  private final Keeper keeper;
  private final Thread runner = Thread.currentThread();
  private final List<RunResult> ended = new ArrayList<>();
  private final List<BenchmarkResult> forks = new ArrayList<>();
  private final List<IterationResult> iterations = new ArrayList<>();
  private int forksToSkip;
  private int cellsBegun;
  private int cellsEnded;

  /** What a run does with what it measures. */
  interface Keeper {
    /** JMH holds its lock, and is about to begin. */
    void runBegins();

    /**
     * A fork has ended.
     *
     * @param soFar everything measured
     */
    void forkEnded(List<RunResult> soFar);

    /** All forks of a cell have ended. */
    void cellEnded(RunResult cell);

    /** Whether no further fork is to be started. */
    boolean isStopped();
  }

  /**
   * A collector, of a run in this thread.
   *
   * @param log what JMH's words are written to
   * @param keeper told what was measured
   */
  ResultCollector(OutputFormat log, Keeper keeper) {
    this.log = log;
    this.keeper = keeper;
  }

  /**
   * Ends JMH's run if it is to be stopped. Between two forks JMH's own thread comes by here; in the
   * thread that a fork's messages come by, an exception would be swallowed.
   */
  private void stopIfAsked() {
    if (Thread.currentThread() == runner && keeper.isStopped()) {
      throw new RunStoppedException();
    }
  }

  /** Cells that were begun and did not end: a fork of theirs failed. */
  int failedCells() {
    return cellsBegun - cellsEnded;
  }

  @Override
  public void startBenchmark(BenchmarkParams params) {
    stopIfAsked();
    closeCell();
    cellsBegun++;
    forksToSkip = params.getWarmupForks();
    log.startBenchmark(params);
  }

  @Override
  public void iterationResult(
      BenchmarkParams params, IterationParams iteration, int number, IterationResult result) {
    // First kept and then told: whatever the log says, the record has.
    keep(params, iteration, number, result);
    log.iterationResult(params, iteration, number, result);
  }

  private void keep(
      BenchmarkParams params, IterationParams iteration, int number, IterationResult result) {
    if (iteration.getType() != IterationType.MEASUREMENT) {
      return;
    }
    if (number == 1) {
      // The fork before broke off.
      iterations.clear();
    }
    iterations.add(result);
    if (number < iteration.getCount()) {
      return;
    }
    if (forksToSkip > 0) {
      forksToSkip--;
    } else {
      forks.add(new BenchmarkResult(params, List.copyOf(iterations)));
      keeper.forkEnded(measured());
    }
    iterations.clear();
  }

  private List<RunResult> measured() {
    List<RunResult> all = new ArrayList<>(ended);
    if (!forks.isEmpty()) {
      all.add(new RunResult(forks.get(0).getParams(), List.copyOf(forks)));
    }
    return all;
  }

  private void closeCell() {
    List<RunResult> all = measured();
    ended.clear();
    ended.addAll(all);
    forks.clear();
    iterations.clear();
  }

  @Override
  public void endBenchmark(BenchmarkResult result) {
    boolean measured = !forks.isEmpty();
    closeCell();
    cellsEnded++;
    if (measured) {
      keeper.cellEnded(ended.get(ended.size() - 1));
    }
    log.endBenchmark(result);
  }

  @Override
  public void iteration(BenchmarkParams params, IterationParams iteration, int number) {
    log.iteration(params, iteration, number);
  }

  @Override
  public void startRun() {
    keeper.runBegins();
    log.startRun();
  }

  @Override
  public void endRun(Collection<RunResult> results) {
    log.endRun(results);
  }

  @Override
  public void print(String text) {
    log.print(text);
  }

  @Override
  public void println(String text) {
    stopIfAsked();
    log.println(text);
  }

  @Override
  public void flush() {
    log.flush();
  }

  @Override
  public void close() {
    log.close();
  }

  @Override
  public void verbosePrintln(String text) {
    log.verbosePrintln(text);
  }

  @Override
  public void write(int b) {
    log.write(b);
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    log.write(bytes);
  }
}

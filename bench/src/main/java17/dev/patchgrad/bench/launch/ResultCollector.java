package dev.patchgrad.bench.launch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
 * <p>JMH runs once for each fork of each round, hands out results when that has ended, and drops a
 * cell whose last fork failed. Its output sees each iteration as it comes.
 */
final class ResultCollector implements OutputFormat {
  private final OutputFormat log;
  private final Keeper keeper;
  private final Thread runner = Thread.currentThread();
  private final MeasuredForks forks;
  private final List<IterationResult> iterations = new ArrayList<>();
  private final Set<BenchmarkParams> begun = new HashSet<>();
  private int forksToSkip;
  private long forksBegun;
  private boolean runBegun;

  /** What a run does with what it measures. */
  interface Keeper {
    /** JMH holds its lock, and is about to begin. */
    void runBegins();

    /** JMH has planned a part of the run, and is about to start its first fork. */
    void isPlanned();

    /**
     * A fork has ended.
     *
     * @param soFar everything measured
     */
    void forkEnded(List<RunResult> soFar);

    /**
     * A cell's forks of a round have ended.
     *
     * @param soFar all forks of the cell, also of earlier rounds
     */
    void cellEnded(RunResult soFar);

    /** Whether no further fork is to be started. */
    boolean isStopped();
  }

  /**
   * A collector, of a run in this thread.
   *
   * @param log what JMH's words are written to
   * @param order of the cells in what is kept
   * @param keeper told what was measured
   */
  ResultCollector(OutputFormat log, List<PreflightRequest.Cell> order, Keeper keeper) {
    this.log = log;
    this.forks = new MeasuredForks(order);
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

  /** Cells that were begun and have not measured anything: their forks failed. */
  long failedCells() {
    return begun.stream().filter(cell -> forks.count(cell) == 0).count();
  }

  /**
   * Forks that were begun and did not return: with {@code -foe false} JMH lets a cell end without
   * them. A fork fails when its kernel disagrees with the scalar one, which no record may pass
   * over.
   */
  long lostForks() {
    return forksBegun - forks.count();
  }

  /** Everything measured. */
  List<RunResult> measured() {
    return forks.all();
  }

  @Override
  public void startBenchmark(BenchmarkParams params) {
    keeper.isPlanned();
    stopIfAsked();
    iterations.clear();
    begun.add(params);
    forksBegun += params.getForks();
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
      forks.add(params, iterations);
      keeper.forkEnded(measured());
    }
    iterations.clear();
  }

  @Override
  public void endBenchmark(BenchmarkResult result) {
    BenchmarkParams params = result.getParams();
    if (forks.count(params) > 0) {
      keeper.cellEnded(forks.cell(params));
    }
    log.endBenchmark(result);
  }

  @Override
  public void iteration(BenchmarkParams params, IterationParams iteration, int number) {
    log.iteration(params, iteration, number);
  }

  /** JMH begins a run for each part: the first is the beginning of the whole. */
  @Override
  public void startRun() {
    if (!runBegun) {
      runBegun = true;
      keeper.runBegins();
      log.startRun();
    }
  }

  /** The end of a part, which is none of the whole: see {@link #end}. */
  @Override
  public void endRun(Collection<RunResult> results) {}

  /** Lets the log tell all results. */
  void end() {
    log.endRun(measured());
    log.flush();
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

  /** JMH closes its output after each part; the log goes on. */
  @Override
  public void close() {
    log.flush();
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

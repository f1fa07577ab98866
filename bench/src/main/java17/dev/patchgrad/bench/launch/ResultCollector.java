package dev.patchgrad.bench.launch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.IterationType;
import org.openjdk.jmh.runner.format.OutputFormat;

/**
 * JMH's console output, which on its way keeps every fork's measurements as the fork ends.
 *
 * <p>JMH hands out results when the whole run has ended, and drops a cell whose last fork failed;
 * its output sees each iteration as it comes.
 */
final class ResultCollector implements OutputFormat {
  private final OutputFormat console;
  private final Consumer<List<RunResult>> keep;
  private final List<RunResult> ended = new ArrayList<>();
  private final List<BenchmarkResult> forks = new ArrayList<>();
  private final List<IterationResult> iterations = new ArrayList<>();
  private int forksToSkip;
  private int cellsBegun;
  private int cellsEnded;

  /**
   * A collector.
   *
   * @param console what is written to
   * @param keep called after each fork with everything measured so far
   */
  ResultCollector(OutputFormat console, Consumer<List<RunResult>> keep) {
    this.console = console;
    this.keep = keep;
  }

  /** Cells that were begun and did not end: a fork of theirs failed. */
  int failedCells() {
    return cellsBegun - cellsEnded;
  }

  @Override
  public void startBenchmark(BenchmarkParams params) {
    closeCell();
    cellsBegun++;
    forksToSkip = params.getWarmupForks();
    console.startBenchmark(params);
  }

  @Override
  public void iterationResult(
      BenchmarkParams params, IterationParams iteration, int number, IterationResult result) {
    console.iterationResult(params, iteration, number, result);
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
      keep.accept(measured());
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
    closeCell();
    cellsEnded++;
    console.endBenchmark(result);
  }

  @Override
  public void iteration(BenchmarkParams params, IterationParams iteration, int number) {
    console.iteration(params, iteration, number);
  }

  @Override
  public void startRun() {
    console.startRun();
  }

  @Override
  public void endRun(Collection<RunResult> results) {
    console.endRun(results);
  }

  @Override
  public void print(String text) {
    console.print(text);
  }

  @Override
  public void println(String text) {
    console.println(text);
  }

  @Override
  public void flush() {
    console.flush();
  }

  @Override
  public void close() {
    console.close();
  }

  @Override
  public void verbosePrintln(String text) {
    console.verbosePrintln(text);
  }

  @Override
  public void write(int b) {
    console.write(b);
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    console.write(bytes);
  }
}

package dev.patchgrad.bench.experiments;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A number of threads that share tasks. What comes out depends on the tasks alone: results keep the
 * tasks' order, and each task brings its own random numbers.
 */
final class StudyThreads implements AutoCloseable {
  private final int threads;
  private final ExecutorService executor;

  /**
   * Threads that wait for work.
   *
   * @param threads at least 1
   */
  StudyThreads(int threads) {
    Require.positive("threads", threads);
    this.threads = threads;
    this.executor =
        Executors.newFixedThreadPool(
            threads,
            work -> {
              Thread thread = new Thread(work, "experiments");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** How many threads. */
  int threads() {
    return threads;
  }

  /**
   * Does all tasks.
   *
   * @param tasks to do, in any order
   * @param progress told of each that is done
   * @return their results, in the tasks' order
   * @throws InterruptedException if this thread is interrupted; tasks under way are interrupted too
   * @throws IllegalStateException with the cause if a task fails
   */
  <T> List<T> all(List<? extends Callable<T>> tasks, Progress progress)
      throws InterruptedException {
    List<Future<T>> futures = new ArrayList<>();
    for (Callable<T> task : tasks) {
      futures.add(executor.submit(task));
    }
    List<T> results = new ArrayList<>();
    try {
      for (Future<T> future : futures) {
        results.add(future.get());
        progress.at(results.size(), futures.size());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("an experiment failed: " + e.getCause(), e.getCause());
    } finally {
      // Nothing is left to cancel where all went well.
      futures.forEach(future -> future.cancel(true));
    }
    return results;
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}

package dev.patchgrad.spark;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Jobs of the cluster, whose failures are told in words of this room. */
final class Jobs {
  private Jobs() {}

  /**
   * Runs a job.
   *
   * @param job that may fail anywhere in the cluster
   * @return its result
   * @throws IllegalArgumentException if a shard cannot be used; the message names it
   * @throws IllegalStateException if the job failed otherwise, with Spark's exception as the cause;
   *     or if the thread was interrupted, which stays set
   */
  static <T> T run(Callable<T> job) {
    try {
      return job.call();
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof ShardException shard) {
          throw new IllegalArgumentException(shard.getMessage(), e);
        }
      }
      throw new IllegalStateException("the cluster failed: " + e.getMessage(), e);
    }
  }
}

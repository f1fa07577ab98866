package dev.patchgrad.kernel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Threads that do the parts of one task over and over, with a hand-over below a microsecond.
 *
 * <p>Waking a sleeping thread takes some 45 microseconds, longer than many a gradient, so a worker
 * spins for a while before it sleeps. Part 0 is the caller's.
 */
final class Workers implements AutoCloseable {
  /** How long a worker spins before it sleeps: some 100 microseconds, at 10 to 40 ns a turn. */
  private static final int SPINS = 5_000;

  private final IntConsumer task;
  private final Worker[] workers;

  /** Workers that have not finished the round. */
  private final AtomicInteger pending = new AtomicInteger();

  /**
   * The call at hand and its number of parts, in one word so that a worker reads both of one call:
   * a worker without a part is not waited for, and may miss any number of calls.
   */
  private volatile long round;

  private volatile boolean closed;
  private volatile @Nullable Throwable failure;

  /**
   * Starts the workers.
   *
   * @param parts of the task, at least 1
   * @param task does the part that it is given
   */
  Workers(int parts, IntConsumer task) {
    this.task = task;
    this.workers = new Worker[parts - 1];
    for (int i = 0; i < workers.length; i++) {
      workers[i] = new Worker(i + 1);
      workers[i].start();
    }
  }

  /** Refuses a call after the end. */
  void requireOpen() {
    if (closed) {
      // lint: the call ends here
      throw new IllegalStateException("kernel: closed; expected an open one");
    }
  }

  /**
   * Does parts 0 to {@code parts - 1} once, and returns when all are done; workers of other parts
   * are left alone.
   *
   * <p>What a part throws is thrown here, once the other parts have ended.
   *
   * @param parts at least 1, at most as many as there are
   */
  void run(int parts) {
    failure = null;
    pending.set(parts - 1);
    round = next(parts);
    for (int i = 0; i < parts - 1; i++) {
      if (workers[i].asleep) {
        LockSupport.unpark(workers[i]);
      }
    }
    try {
      task.accept(0);
    } finally {
      await();
    }
    rethrow(failure);
  }

  /** The round after this one; the caller alone writes it. */
  private long next(int parts) {
    return ((round >>> Integer.SIZE) + 1) << Integer.SIZE | parts;
  }

  @SuppressWarnings("ThreadPriorityCheck") // Correct without it, and slower on few cores.
  private void await() {
    for (int turns = 0; pending.get() > 0; turns++) {
      if (turns < SPINS) {
        Thread.onSpinWait();
      } else {
        // More workers than free cores: let them have this one.
        Thread.yield();
      }
    }
  }

  private static void rethrow(@Nullable Throwable failure) {
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
    if (failure instanceof Error error) {
      throw error;
    }
  }

  @Override
  public void close() {
    closed = true;
    round = next(0);
    for (Worker worker : workers) {
      LockSupport.unpark(worker);
    }
  }

  private final class Worker extends Thread {
    private final int part;

    /** Set before the last look at the round, so that a new round either is seen or wakes. */
    private volatile boolean asleep;

    Worker(int part) {
      super("patchgrad-worker-" + part);
      this.part = part;
      setDaemon(true);
    }

    @Override
    public void run() {
      long seen = 0;
      while (true) {
        seen = await(seen);
        if (closed) {
          return;
        }
        if (part >= (int) seen) {
          continue;
        }
        try {
          task.accept(part);
        } catch (RuntimeException | Error e) {
          failure = e;
        } finally {
          pending.decrementAndGet();
        }
      }
    }

    /** Waits for another round. */
    private long await(long seen) {
      long now = round;
      for (int turns = 0; now == seen; turns++) {
        if (turns < SPINS) {
          Thread.onSpinWait();
        } else {
          asleep = true;
          if (round == seen) {
            LockSupport.park(Workers.this);
          }
          asleep = false;
        }
        now = round;
      }
      return now;
    }
  }
}

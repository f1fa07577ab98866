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

  /** Counts the calls; a change starts the workers. */
  private volatile int round;

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
   * Does every part once, and returns when all are done.
   *
   * <p>What a part throws is thrown here, once the other parts have ended.
   */
  @SuppressWarnings("NonAtomicVolatileUpdate") // The caller alone writes the round.
  void run() {
    failure = null;
    pending.set(workers.length);
    round++;
    for (Worker worker : workers) {
      if (worker.asleep) {
        LockSupport.unpark(worker);
      }
    }
    try {
      task.accept(0);
    } finally {
      await();
    }
    rethrow(failure);
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
  @SuppressWarnings("NonAtomicVolatileUpdate") // The caller alone writes the round.
  public void close() {
    closed = true;
    round++;
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
      int seen = 0;
      while (true) {
        await(seen);
        seen++;
        if (closed) {
          return;
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

    private void await(int seen) {
      for (int turns = 0; round == seen; turns++) {
        if (turns < SPINS) {
          Thread.onSpinWait();
        } else {
          asleep = true;
          if (round == seen) {
            LockSupport.park(Workers.this);
          }
          asleep = false;
        }
      }
    }
  }
}

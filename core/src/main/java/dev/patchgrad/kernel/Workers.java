package dev.patchgrad.kernel;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Threads that do the parts of one task after another, with a hand-over below a microsecond.
 *
 * <p>Waking a sleeping thread takes some 45 microseconds, longer than many a gradient, so a worker
 * spins for a while before it sleeps. Part 0 is the caller's. Between calls no worker refers to a
 * task, so that whoever made these workers can be dropped, and a cleaner then ends them.
 */
final class Workers implements AutoCloseable {
  /** How long a worker spins before it sleeps: some 100 microseconds, at 10 to 40 ns a turn. */
  private static final int SPINS = 5_000;

  /** Between two calls. */
  private static final int IDLE = 0;

  /** In a call. */
  private static final int BUSY = 1;

  /** In a call that is the last one, as {@link #close} came meanwhile. */
  private static final int LAST_CALL = 2;

  private static final int CLOSED = 3;

  private final Worker[] workers;

  /** Workers end in CLOSED alone, which no call is ever in: so none waits for one that is gone. */
  private final AtomicInteger state = new AtomicInteger(IDLE);

  /** Workers that have not finished the round. */
  private final AtomicInteger pending = new AtomicInteger();

  /**
   * The call at hand and its number of parts, in one word so that a worker reads both of one call:
   * a worker without a part is not waited for, and may miss any number of calls.
   */
  private volatile long round;

  /** Written before the round that it is the task of. */
  private @Nullable IntConsumer task;

  private volatile @Nullable Throwable failure;

  /**
   * Starts the workers.
   *
   * @param parts of a task at most, at least 1
   */
  Workers(int parts) {
    this(parts, Thread::start);
  }

  /**
   * Starts the workers.
   *
   * @param parts of a task at most, at least 1
   * @param start starts a thread
   * @throws OutOfMemoryError if the system gives no more threads; those that were started end
   */
  Workers(int parts, Consumer<Thread> start) {
    workers = new Worker[parts - 1];
    try {
      for (int i = 0; i < workers.length; i++) {
        Worker worker = new Worker(i + 1);
        start.accept(worker);
        workers[i] = worker;
      }
    } catch (Throwable thrown) {
      close();
      throw thrown;
    }
  }

  /** Refuses a call after the end. */
  void requireOpen() {
    if (state.get() == CLOSED) {
      throw closed();
    }
  }

  private static IllegalStateException closed() {
    // lint: the call ends here
    return new IllegalStateException("kernel: closed; expected an open one");
  }

  /**
   * Does parts 0 to {@code parts - 1} once, and returns when all are done; workers of other parts
   * are left alone. One thread at a time may call this.
   *
   * <p>What a part throws is thrown here, once the other parts have ended.
   *
   * @param parts at least 1, at most as many as there are
   * @param task does the part that it is given
   * @throws IllegalStateException after {@link #close}
   */
  void run(int parts, IntConsumer task) {
    if (!state.compareAndSet(IDLE, BUSY)) {
      throw closed();
    }
    try {
      this.task = task;
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
        this.task = null;
      }
    } finally {
      if (!state.compareAndSet(BUSY, IDLE)) {
        end();
      }
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

  /** Ends the workers, after the call at hand if there is one. */
  @Override
  public void close() {
    for (int now = state.get(); now == IDLE || now == BUSY; now = state.get()) {
      if (now == IDLE && state.compareAndSet(IDLE, CLOSED)) {
        end();
      } else if (now == BUSY) {
        state.compareAndSet(BUSY, LAST_CALL);
      }
    }
  }

  private void end() {
    state.set(CLOSED);
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
        if (state.get() == CLOSED) {
          return;
        }
        if (part < (int) seen) {
          doPart();
        }
      }
    }

    /** In a method of its own: a variable of the loop would keep the last task alive. */
    private void doPart() {
      try {
        Objects.requireNonNull(task).accept(part);
      } catch (RuntimeException | Error e) {
        failure = e;
      } finally {
        pending.decrementAndGet();
      }
    }

    /** Waits for another round, or for the end. */
    private long await(long seen) {
      long now = round;
      for (int turns = 0; now == seen && state.get() != CLOSED; turns++) {
        if (turns < SPINS) {
          Thread.onSpinWait();
        } else {
          asleep = true;
          if (round == seen && state.get() != CLOSED) {
            LockSupport.park(Workers.this);
          }
          asleep = false;
          // An interrupt is no word to a worker, and would let no later park sleep.
          Thread.interrupted();
        }
        now = round;
      }
      return now;
    }
  }
}

package dev.patchgrad.descent;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Threads that fill buffers ahead of the one who takes them: numbers 0, 1, 2 and so on, which are
 * taken in that order. They are as far ahead as there are buffers, and then wait.
 *
 * <p>Nobody interrupts these threads: a thread that is interrupted while it reads closes the file.
 */
final class ReadAhead<B> implements AutoCloseable {
  /** Fills a buffer. */
  interface Filling<B> {
    /**
     * Fills a buffer, which is nobody else's until it is taken.
     *
     * @param number which one of the sequence it is to be
     * @param buffer to be filled
     * @throws IOException if what it is filled from cannot be read
     */
    void fill(long number, B buffer) throws IOException;
  }

  private final List<B> buffers;

  /** Numbers that there are. */
  private final long numbers;

  private final List<Thread> threads = new ArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();

  /** Something was filled, taken or given back, or it is over. */
  private final Condition changed = lock.newCondition();

  /** Of each buffer, whether it is full and waits to be taken. */
  private final boolean[] isFull;

  /** The first number that no thread has begun. */
  private long next;

  /** The number that is taken next. */
  private long taken;

  /** The first number that has to wait for a buffer. */
  private long end;

  /** The first number that failed, and why: the numbers before it can still be taken. */
  private long failed = Long.MAX_VALUE;

  private @Nullable Throwable failure;
  private boolean isClosed;

  /**
   * Starts threads for numbers without end.
   *
   * @param buffers at least one
   * @param threads at least 1
   * @param filling called by all threads at once, but for a number once
   */
  ReadAhead(List<B> buffers, int threads, Filling<B> filling) {
    this(buffers, Collections.nCopies(threads, filling), Long.MAX_VALUE);
  }

  /**
   * Starts threads.
   *
   * @param buffers at least one
   * @param fillings one for each thread, which calls it alone
   * @param numbers that there are, at least 1
   */
  ReadAhead(List<B> buffers, List<? extends Filling<B>> fillings, long numbers) {
    this.buffers = List.copyOf(buffers);
    this.numbers = numbers;
    this.isFull = new boolean[buffers.size()];
    this.end = buffers.size();
    try {
      for (Filling<B> filling : fillings) {
        Thread thread = new Thread(() -> fill(filling), "patchgrad-reader-" + (threads.size() + 1));
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
      }
    } catch (Throwable thrown) {
      close();
      throw thrown;
    }
  }

  /** What a thread does until the end. */
  private void fill(Filling<B> filling) {
    for (long number = begin(); number >= 0; number = begin()) {
      try {
        filling.fill(number, buffers.get(place(number)));
        finish(number);
      } catch (Throwable thrown) {
        fail(number, thrown);
      }
    }
  }

  private int place(long number) {
    return (int) (number % buffers.size());
  }

  /** The number to fill now; none, below 0, once it is over. */
  private long begin() {
    lock.lock();
    try {
      while (!isClosed && failure == null && next < numbers && next == end) {
        changed.awaitUninterruptibly();
      }
      return isClosed || failure != null || next == numbers ? -1 : next++;
    } finally {
      lock.unlock();
    }
  }

  private void finish(long number) {
    lock.lock();
    try {
      isFull[place(number)] = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void fail(long number, Throwable thrown) {
    lock.lock();
    try {
      if (number < failed) {
        failed = number;
        failure = thrown;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes the next number's buffer, once it is full.
   *
   * @return the buffer, the caller's until it is given back
   * @throws InterruptedException if the thread is interrupted; nothing is taken then
   * @throws IOException if it could not be read; what else its filling threw is thrown too
   */
  B take() throws InterruptedException, IOException {
    lock.lockInterruptibly();
    try {
      while (!isClosed && !isFull[place(taken)] && taken < failed) {
        changed.await();
      }
      if (isClosed) {
        throw new IOException("reading ahead: closed; expected an open one");
      }
      if (taken >= failed) {
        throw thrown();
      }
      isFull[place(taken)] = false;
      return buffers.get(place(taken++));
    } finally {
      lock.unlock();
    }
  }

  private IOException thrown() {
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof IOException read
        ? read
        : new IOException("reading ahead failed", failure);
  }

  /** Gives the buffer back that was taken last, before another one is taken. */
  void giveBack() {
    lock.lock();
    try {
      end = taken + buffers.size();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Ends the threads, and returns once they have ended: after the reads that are under way. */
  @Override
  public void close() {
    lock.lock();
    try {
      isClosed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    boolean isInterrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          isInterrupted = true;
        }
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

package dev.patchgrad.kernel;

import java.util.function.LongSupplier;

/**
 * Whether to divide a call among threads: what was faster for this shape, measured on the calls
 * themselves.
 *
 * <p>A trial is eight calls, four each way, of which the fastest count. Trials come at calls 0, 16,
 * 32, 64 … 1024, while the JVM still compiles the kernel, then once in 1024 calls. Between trials
 * what divided calls lose against the undivided ones is summed, and what they gain taken off; a sum
 * of three undivided calls ends the division until the next trial: a worker that sleeps, because
 * calls come too rarely, or that has no core, shows so, also where that is so now and then.
 */
final class ThreadChoice {
  private static final int TRIAL = 8;
  private static final int PERIOD = 1024;
  private static final int LOST_CALLS = 3;

  private final LongSupplier clock;
  private int n;
  private int k;
  private int p;
  private int call;
  private long bestWhole;
  private long bestDivided;
  private long lost;
  private boolean dividing;
  private boolean divided;
  private long started;

  /** A choice by this JVM's clock. */
  ThreadChoice() {
    this(System::nanoTime);
  }

  /**
   * A choice.
   *
   * @param clock in nanoseconds since any time
   */
  ThreadChoice(LongSupplier clock) {
    this.clock = clock;
  }

  /** Decides on the call that follows. */
  boolean isDivided(int n, int k, int p) {
    if (n != this.n || k != this.k || p != this.p) {
      this.n = n;
      this.k = k;
      this.p = p;
      call = 0;
    }
    int turn = turn();
    if (turn == 0) {
      bestWhole = Long.MAX_VALUE;
      bestDivided = Long.MAX_VALUE;
    }
    divided = turn < TRIAL ? turn >= TRIAL / 2 : dividing;
    started = divided || turn < TRIAL ? clock.getAsLong() : 0;
    return divided;
  }

  /** Takes note of how long the call took. */
  void finished() {
    int turn = turn();
    long nanos = started == 0 ? 0 : clock.getAsLong() - started;
    if (turn >= TRIAL) {
      // One call counts no more than an undivided one: a pause of the JVM is no reason.
      lost = divided ? Math.max(0, lost + Math.min(nanos - bestWhole, bestWhole)) : 0;
      dividing = dividing && lost < LOST_CALLS * bestWhole;
    } else if (divided) {
      bestDivided = Math.min(bestDivided, nanos);
    } else {
      bestWhole = Math.min(bestWhole, nanos);
    }
    if (turn == TRIAL - 1) {
      dividing = bestDivided < bestWhole;
      lost = 0;
    }
    call = call + 1 == 2 * PERIOD ? PERIOD : call + 1;
  }

  /** Which call of a trial this is; at least TRIAL outside of a trial. */
  private int turn() {
    return call < 2 * TRIAL ? call : call - Integer.highestOneBit(call);
  }
}

package dev.patchgrad.bench.suite;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The clock of the core, read before each iteration: a processor changes it by a tenth within
 * minutes, as its neighbours work or rest, and code in a core's own caches follows.
 *
 * <p>Virtual machines have no counter of cycles. So a chain of shifts and exclusive ors is timed,
 * each of which needs the one before. It takes one cycle for each, whatever else the core does: a
 * second thread of the core fills the units that the chain leaves idle.
 *
 * <p>JMH keeps the readings beside the scores.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class CoreClock {
  /** Three shifts and three exclusive ors. */
  private static final int CYCLES_OF_A_STEP = 6;

  /** Of a chain: 60,000 cycles, about 20 microseconds. */
  private static final int STEPS = 10_000;

  /** Chains of a reading. The fastest counts, since an interrupt makes one longer. */
  private static final int CHAINS = 5;

  /** Readings until C2 has compiled the chain. */
  private static final int COLD_READINGS = 20;

  /**
   * Cycles in a microsecond, or what would be if the chain took one for each operation: a JMH count
   * by the name of the field.
   */
  public long coreMHz;

  private long end = 88172645463325252L; // any but 0
  private long last;

  /** A state whose chain is not compiled: JMH makes it. */
  public CoreClock() {}

  /** Lets the chain be compiled. */
  @Setup
  public void warmUp() {
    for (int i = 0; i < COLD_READINGS; i++) {
      read();
    }
  }

  /** Reads the clock. */
  void read() {
    long shortest = Long.MAX_VALUE;
    for (int i = 0; i < CHAINS; i++) {
      long start = System.nanoTime();
      end = chain(end);
      shortest = Math.min(shortest, System.nanoTime() - start);
    }
    last = 1000L * STEPS * CYCLES_OF_A_STEP / Math.max(1, shortest);
  }

  /** Tells JMH, which sets its counts to 0 as an iteration begins. */
  @TearDown(Level.Iteration)
  public void tell() {
    coreMHz = last;
  }

  /** Marsaglia's xorshift. */
  private static long chain(long start) {
    long x = start;
    for (int i = 0; i < STEPS; i++) {
      x ^= x << 13;
      x ^= x >>> 7;
      x ^= x << 17;
    }
    return x;
  }
}

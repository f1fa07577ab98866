package dev.patchgrad.bench.launch;

import java.time.Duration;
import java.util.function.LongSupplier;

/** How long a run may take: a limit that the user gave, or one that only further forks heed. */
final class TimeLimit {
  /** The time of a run whose user names none. */
  static final Duration USUAL = Duration.ofMinutes(10);

  private final Duration time;
  private final boolean given;
  private final LongSupplier nanoTime;
  private final long start;

  /**
   * A limit that counts from now on.
   *
   * @param time of the run
   * @param given whether the user gave it: then rounds that were planned heed it too
   * @param nanoTime a clock, in nanoseconds
   */
  TimeLimit(Duration time, boolean given, LongSupplier nanoTime) {
    this.time = time;
    this.given = given;
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
  }

  /** The time until it is over. */
  Duration left() {
    return Duration.ofNanos(Math.max(0, time.toNanos() - passed()));
  }

  /** Whether the time is over. */
  boolean isOver() {
    return passed() >= time.toNanos();
  }

  /**
   * Whether a round that was planned would end too late, if it took as long as those before.
   *
   * @param rounds that have ended, at least 1
   */
  boolean isOverAfterAnother(int rounds) {
    return given && passed() + passed() / rounds > time.toNanos();
  }

  private long passed() {
    return nanoTime.getAsLong() - start;
  }
}

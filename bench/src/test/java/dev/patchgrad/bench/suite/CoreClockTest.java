package dev.patchgrad.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.reports.run.Result;
import org.junit.jupiter.api.Test;

/** A core's clock, as JMH gets it. */
class CoreClockTest {
  @Test
  void jmhKnowsItByTheNameThatReportsLookFor() throws NoSuchFieldException {
    assertThat(CoreClock.class.getField(Result.CORE_CLOCK).getType()).isEqualTo(long.class);
  }

  /**
   * A chain of dependent operations cannot run faster than its core, nor a hundred times as slow:
   * no processor runs below 100 MHz, or above 10 GHz.
   */
  @Test
  void itIsTheClockOfAProcessor() {
    CoreClock clock = new CoreClock();
    // Until C2 has compiled the chain, in the background: the highest of many readings.
    long highest = 0;
    for (int i = 0; i < 200; i++) {
      clock.warmUp();
      clock.tell();
      highest = Math.max(highest, clock.coreMHz);
    }
    assertThat(highest).isBetween(100L, 10_000L);
  }

  /** JMH has set its count to 0 by then. */
  @Test
  void itIsToldAsAnIterationEnds() {
    CoreClock clock = new CoreClock();
    clock.read();
    assertThat(clock.coreMHz).isZero();
    clock.tell();
    long told = clock.coreMHz;
    assertThat(told).isPositive();
    clock.coreMHz = 0;
    clock.tell();
    assertThat(clock.coreMHz).isEqualTo(told);
  }
}

package dev.patchgrad.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchgrad.bench.problem.BadParametersException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Calls the yardstick of duels once, and holds what it refuses. */
class ConsumeBenchmarkTest {
  @Test
  void moreTokensTakeMoreTime() throws BadParametersException {
    // A thousand times as many tokens; a stop of a millisecond is far from that.
    assertThat(nanoseconds(20_000_000)).isGreaterThan(nanoseconds(20_000));
  }

  private static long nanoseconds(int tokens) throws BadParametersException {
    ConsumeBenchmark benchmark = new ConsumeBenchmark();
    benchmark.tokens = tokens;
    benchmark.setUp();
    long start = System.nanoTime();
    benchmark.consume();
    return System.nanoTime() - start;
  }

  @Test
  void aCountBelowOneIsRefused() {
    assertThatThrownBy(() -> ConsumeBenchmark.check(Map.of("tokens", "0")))
        .isInstanceOf(BadParametersException.class)
        .hasMessageContaining("tokens");
  }
}

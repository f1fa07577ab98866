package dev.patchgrad.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.guard.planted.UnsteadyForks;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Compares forks by their times. */
class SteadyForksTest {
  @Test
  void aForkThatTakesFourTimesAsLongIsFound() {
    Map<String, String> outcomes = Runs.of(UnsteadyForks.class);
    assertThat(outcomes.get("slowInOneFork"))
        .containsPattern("slowest fork takes [\\d.]+ times as long as the fastest")
        .contains("expected at most 1.50", "nanoseconds a call in each fork: ");
    assertThat(outcomes.get("steady")).isEqualTo(Runs.PASSED);
  }
}

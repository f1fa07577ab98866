package dev.patchgrad.reports.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.reports.fixture.SyntheticRun;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds that the gate rarely fails between runs whose forks were shared out at random. */
class TwoRunsTest {
  @TempDir private Path root;

  @Test
  void theGateRarelyFailsWhereForksAreSharedOutAnew() {
    SyntheticRun first = new SyntheticRun().noise(.03);
    SyntheticRun second = new SyntheticRun().noise(.03).seed(2);
    Comparison comparison = Comparison.of(first.named("a", root), second.named("b", root), false);
    // A fortieth of 400 are 10, with a deviation of 3.1, where all are just as slow as is allowed.
    assertThat(TwoRuns.failingGates(comparison, 0, 400, 1)).isBetween(1 / 400.0, 20 / 400.0);
    assertThat(TwoRuns.failingGates(comparison, .05, 400, 1)).isLessThan(20 / 400.0);
  }
}

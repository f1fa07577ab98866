package dev.patchgrad.reports.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.patchgrad.reports.environment.Hardware;
import dev.patchgrad.reports.fixture.SyntheticRun;
import dev.patchgrad.reports.run.Run;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clocks for which two runs are compared. */
class CommonClockTest {
  @TempDir private Path root;
  private int runs;

  private Run run(SyntheticRun run) {
    runs++;
    return Run.read(run.noise(0).withoutRoofs().record(root.resolve(Integer.toString(runs))));
  }

  /** Another number of cores makes another machine. */
  private static Hardware otherMachine() {
    return SyntheticRun.hardware(4, SyntheticRun.hardware().caches());
  }

  private static void assertRatio(Run first, Run other, double ratio) {
    Comparison comparison =
        Comparison.of(
            new Comparison.Named("first", first), new Comparison.Named("other", other), false);
    assertThat(comparison.cells()).hasSize(2 * 9 * 3);
    // A few roundings.
    assertThat(comparison.cells())
        .allSatisfy(cell -> assertThat(cell.ratio().value()).isCloseTo(ratio, within(1e-14)));
  }

  @Test
  void onOneMachineTheClockThatWasReachedIsNoDifference() {
    Run first = run(new SyntheticRun().clocks(3600.0, 3600.0, 3000.0));
    // At its only clock it was as fast as the first was at 3600.
    Run other = run(new SyntheticRun().clocks(3000.0));
    assertRatio(first, other, 1.2);
    CommonClock clock = CommonClock.of(first, other);
    assertThat(List.of(clock.first().clock(), clock.other().clock()))
        .containsExactly(3600.0, 3600.0);
  }

  @Test
  void theHigherClockMayBeThatOfTheOtherRun() {
    Run first = run(new SyntheticRun().clocks(3000.0));
    Run other = run(new SyntheticRun().clocks(3600.0));
    assertRatio(first, other, 1 / 1.2);
    assertThat(CommonClock.of(first, other).first().clock()).isEqualTo(3600);
  }

  @Test
  void anotherMachineHasAClockOfItsOwn() {
    Run first = run(new SyntheticRun().clocks(3600.0));
    Run other = run(new SyntheticRun().hardware(otherMachine()).clocks(3000.0));
    assertRatio(first, other, 1);
  }

  @Test
  void whereOneDidNotReadItBothAreAsTheyWereMeasured() {
    Run first = run(new SyntheticRun().clocks(3000.0, 3300.0, 3600.0));
    assertRatio(first, run(new SyntheticRun()), 1 / 1.1);
    assertRatio(run(new SyntheticRun()), first, 1.1);
  }
}

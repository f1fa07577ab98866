package dev.patchgrad.reports.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.patchgrad.reports.fixture.SyntheticRun;
import dev.patchgrad.reports.page.RunPage;
import dev.patchgrad.reports.run.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RegretTest {
  @TempDir private Path folder;

  private static Regret.Shape shape(int p, String chosen, double a, double b) {
    return new Regret.Shape("double", p, 4, 10, chosen, Map.of("a", List.of(a), "b", List.of(b)));
  }

  private static Regret regret(Regret.Shape... shapes) {
    return new Regret(
        Regret.SCHEMA, "machine", "25", "2026-11-24T10:00:00Z", Regret.merged(List.of(shapes)));
  }

  @Test
  void theRegretIsTheChosenKernelsTimeOverTheBest() {
    assertThat(shape(5, "a", 100, 100).regret()).isEqualTo(1);
    assertThat(shape(5, "a", 150, 100).regret()).isEqualTo(1.5);
    assertThat(shape(5, "b", 150, 100).regret()).isEqualTo(1);
  }

  @Test
  void forksArePairedAndTheirMedianStands() {
    Regret regret =
        regret(
            shape(5, "a", 110, 100),
            shape(5, "a", 220, 200),
            // A fork that the machine slowed, both kernels alike.
            shape(5, "a", 1200, 1000));
    assertThat(regret.shapes()).hasSize(1);
    // One rounding each of a quotient near 1.
    assertThat(regret.median()).isCloseTo(1.1, within(1e-15));
  }

  @Test
  void medianAndWorstAreOverShapes() {
    Regret regret = regret(shape(5, "a", 1, 1), shape(12, "a", 2, 1), shape(24, "a", 1.5, 1));
    assertThat(regret.median()).isEqualTo(1.5);
    assertThat(regret.worst().p()).isEqualTo(12);
    assertThat(regret.verdict())
        .contains("3 shapes")
        .contains("median 1.500 (aim: at most 1.03)")
        .contains("worst 2.000 (aim: at most 1.25) at double, p 12, k 4")
        .contains("a was chosen and b is the fastest");
  }

  @Test
  void whatWasWrittenIsReadAgainAndStandsOnThePage() throws IOException {
    Path run = new SyntheticRun().record(folder.resolve("runs"));
    Regret regret = regret(shape(5, "a", 1.25, 1));
    Path file = run.resolve(Regret.FILE);
    Files.writeString(file, regret.toJson());
    assertThat(Regret.read(file)).isEqualTo(regret);
    RunPage.write(Run.read(run));
    assertThat(run.resolve(RunPage.SUMMARY)).content().contains(regret.verdict());
  }

  @Test
  void aChosenKernelThatWasNotMeasuredIsRefused() {
    assertThatThrownBy(() -> shape(5, "c", 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("chosen: 'c' given; expected one of a, b");
  }

  @Test
  void kernelsWithoutTimesOrWithOddOnesAreRefused() {
    assertThatThrownBy(
            () -> new Regret.Shape("double", 5, 4, 10, "a", Map.of("a", List.<Double>of())))
        .hasMessage("nanos.a: 0 forks given; expected as many as the other kernels, at least 1");
    assertThatThrownBy(
            () ->
                new Regret.Shape(
                    "double", 5, 4, 10, "a", Map.of("a", List.of(1.0, 2.0), "b", List.of(1.0))))
        .hasMessage("nanos.b: 1 forks given; expected as many as the other kernels, at least 1");
    for (double odd : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY, 1e300}) {
      assertThatThrownBy(() -> shape(5, "a", odd, 1)).hasMessageStartingWith("nanos.a: " + odd);
    }
    assertThatThrownBy(() -> shape(0, "a", 1, 1))
        .hasMessage("p: 0 given; expected a whole number of at least 1");
  }
}

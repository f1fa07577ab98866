package dev.patchgrad.reports.grid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.reports.environment.Environment;
import dev.patchgrad.reports.environment.Rounds;
import dev.patchgrad.reports.environment.SystemState;
import dev.patchgrad.reports.fixture.SyntheticRun;
import dev.patchgrad.reports.run.Run;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the state of the machine makes one doubt. */
final class MachineWarningsTest {
  @TempDir Path root;

  private static List<String> of(SyntheticRun run) {
    return MachineWarnings.of(run.environment()).stream().map(Warnings.Warning::text).toList();
  }

  @Test
  void onAQuietMachineThereIsNothingToDoubt() {
    assertThat(of(new SyntheticRun())).isEmpty();
    assertThat(of(new SyntheticRun().disturbed(0.09, 0.09))).isEmpty();
  }

  @Test
  void aMachineThatIsBusyJustBeforeIsNamedWithARemedy() {
    assertThat(of(new SyntheticRun().disturbed(0.35, 0)))
        .singleElement()
        .asString()
        .startsWith("The machine was busy just before the run: other programs used 35 %")
        .contains("Close them, then repeat");
  }

  @Test
  void whatOthersUseDuringTheRunIsNamedWithARemedy() {
    assertThat(of(new SyntheticRun().disturbed(0, 0.25)))
        .singleElement()
        .asString()
        .startsWith("Other programs used 25 % of the processor time during the run.")
        .contains("Close them, then repeat");
  }

  @Test
  void stolenTimeIsNotOtherPrograms() {
    assertThat(of(new SyntheticRun().disturbed(0, 0).stolen(20_000)))
        .singleElement()
        .asString()
        .startsWith("Other machines on this host took 20.0 %");
  }

  @Test
  void theLaunchersNotesAndTheQuickModeAreWarningsOfTheRun() {
    Run run = Run.read(new SyntheticRun().notes("A note.").quick().record(root));
    assertThat(Warnings.of(run, Grid.of(run)))
        .contains("A note.")
        .anyMatch(warning -> warning.startsWith("Quick: "));
  }

  /** A machine of two cores at three moments; of 1000 ticks between two of them 875 are idle. */
  private static Environment environment(double load, long stolen, long own, boolean isWatched) {
    Environment synthetic = new SyntheticRun().environment();
    return new Environment(
        synthetic.schema(),
        synthetic.date(),
        synthetic.simulated(),
        synthetic.hardware(),
        synthetic.os(),
        synthetic.jvm(),
        new SystemState(load, stolen, 1_875, 2_000, 0),
        new SystemState(load, 2 * stolen, 2_750, 3_000, own),
        synthetic.source(),
        synthetic.command(),
        synthetic.suites(),
        synthetic.agreement(),
        synthetic.work(),
        synthetic.label(),
        synthetic.quick(),
        isWatched ? new SystemState(0, 0, 1_000, 1_000, 0) : SystemState.UNKNOWN,
        List.of(),
        Rounds.NONE);
  }

  private static List<String> briefs(Environment environment) {
    return MachineWarnings.of(environment).stream().map(Warnings.Warning::brief).toList();
  }

  @Test
  void whatJustReachesABoundIsNoReasonToDoubt() {
    // 0.125 - 0.025 is 0.1, and 10 of 1000 are 0.01, to the last digit.
    assertThat(environment(0, 0, 25, false).othersDuring()).isEqualTo(0.1);
    assertThat(briefs(environment(0, 0, 25, false))).isEmpty();
    assertThat(briefs(environment(0, 0, 24, false)))
        .containsExactly("other programs took 10 % of the time");
    assertThat(briefs(environment(0, 10, 125, false))).isEmpty();
    assertThat(briefs(environment(0, 11, 125, false)))
        .containsExactly("other machines took 1.1 % of the time");
    assertThat(environment(0, 25, 125, true).busyBefore()).isEqualTo(0.1);
    assertThat(briefs(environment(0, 25, 125, true)))
        .containsExactly("other machines took 2.5 % of the time");
    assertThat(briefs(environment(0, 0, 125, true))).containsExactly("13 % busy just before it");
  }

  @Test
  void theLoadIsDoubtedOnlyWhereNobodyWatched() {
    assertThat(briefs(environment(1, 0, 125, false))).isEmpty();
    assertThat(briefs(environment(1.5, 0, 125, false)))
        .containsExactly("load 1.5 on 2 cores before it");
    assertThat(briefs(environment(1.5, 0, 125, true))).containsExactly("13 % busy just before it");
  }

  @Test
  void aRunThatHasNotBegunIsDoubtedForAMachineThatIsBusy() {
    assertThat(MachineWarnings.beforehand(environment(0, 0, 125, true)))
        .singleElement()
        .asString()
        .startsWith("The machine was busy just before the run: other programs used 13 %");
    assertThat(MachineWarnings.beforehand(new SyntheticRun().notes("A note.").environment()))
        .containsExactly("A note.");
  }
}

package dev.patchgrad.reports.grid;

import static org.assertj.core.api.Assertions.assertThat;

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
}

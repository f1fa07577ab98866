package dev.patchgrad.reports.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchgrad.reports.environment.Environment;
import dev.patchgrad.reports.fixture.SyntheticRun;
import dev.patchgrad.reports.json.BadRecordException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunFolderTest {
  private static final String MACHINE = "intel-emerald-rapids-2c-avx512";

  @TempDir Path root;

  private final SyntheticRun synthetic = new SyntheticRun();
  private final Environment environment = synthetic.environment();

  @Test
  void isCalledPartialUntilItEnds() throws IOException {
    RunFolder folder = RunFolder.begin(root, environment);
    assertThat(folder.partial())
        .isEqualTo(root.resolve(MACHINE).resolve("2026-11-23T12-00-00Z.partial"))
        .isDirectory();
    assertThat(root.resolve(RunFolder.LATEST)).doesNotExist();
    Path whole = folder.finish(synthetic.resultsJson(), environment);
    assertThat(whole).isEqualTo(root.resolve(MACHINE).resolve("2026-11-23T12-00-00Z"));
    assertThat(folder.partial()).doesNotExist();
    assertThat(whole.toFile().list())
        .containsExactlyInAnyOrder(RunFolder.RESULTS, RunFolder.ENVIRONMENT);
    assertThat(RunFolder.latest(root).toRealPath()).isEqualTo(whole.toRealPath());
    assertThat(Run.read(whole).isPartial()).isFalse();
  }

  @Test
  void latestPointsAtTheRunThatEndedLast() throws IOException {
    synthetic.record(root);
    Path second = new SyntheticRun().date("2026-11-23T13:00:00Z").record(root);
    assertThat(RunFolder.latest(root).toRealPath()).isEqualTo(second.toRealPath());
  }

  @Test
  void latestMayBeAFileWhereLinksCannotBeMade() throws IOException {
    Path run = synthetic.record(root);
    Files.delete(root.resolve(RunFolder.LATEST));
    Files.writeString(root.resolve(RunFolder.LATEST), root.relativize(run) + "\n");
    assertThat(RunFolder.latest(root)).isEqualTo(run);
  }

  @Test
  void latestIsRefusedBeforeTheFirstRun() {
    assertThatThrownBy(() -> RunFolder.latest(root))
        .isInstanceOf(BadRecordException.class)
        .hasMessageContaining("no run has ended here yet");
  }

  @Test
  void twoRunsOfOneSecondGetTwoFolders() throws IOException {
    Path first = synthetic.record(root);
    Path second = synthetic.record(root);
    assertThat(second).isNotEqualTo(first);
    assertThat(second).isDirectory();
  }

  @Test
  void whatWasKeptSurvivesARunThatBrokeOff() throws IOException {
    RunFolder folder = RunFolder.begin(root, environment);
    folder.keep(synthetic.resultsJson());
    assertThat(folder.abandon()).contains(folder.partial());
    Run run = Run.read(folder.partial());
    assertThat(run.isPartial()).isTrue();
    assertThat(run.results()).isNotEmpty();
  }

  @Test
  void nothingStaysOfARunInWhichNothingWasMeasured() throws IOException {
    RunFolder folder = RunFolder.begin(root, environment);
    assertThat(folder.abandon()).isEmpty();
    assertThat(root).isEmptyDirectory();
  }

  @Test
  void anEmptyListOfResultsIsNoEndOfARun() throws IOException {
    RunFolder folder = RunFolder.begin(root, environment);
    folder.keep(synthetic.resultsJson());
    assertThatThrownBy(() -> folder.finish("[]", environment))
        .isInstanceOf(BadRecordException.class)
        .hasMessageContaining("holds no results");
    assertThat(Run.read(folder.partial()).results()).isNotEmpty();
  }
}

package dev.patchgrad.reports.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchgrad.reports.environment.Environment;
import dev.patchgrad.reports.fixture.SyntheticRun;
import dev.patchgrad.reports.json.BadRecordException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunFolderTest {
  private static final String MACHINE = "intel-emerald-rapids-2c-avx512";

  @TempDir Path root;

  private final SyntheticRun synthetic = new SyntheticRun();
  private final Environment environment = synthetic.environment();
  private final List<String> warnings = new ArrayList<>();

  @Test
  void isCalledPartialUntilItEnds() throws IOException {
    RunFolder folder = RunFolder.begin(root, environment);
    assertThat(folder.partial())
        .isEqualTo(root.resolve(MACHINE).resolve("2026-11-23T12-00-00Z.partial"))
        .isDirectory();
    assertThat(root.resolve(RunFolder.LATEST)).doesNotExist();
    Path whole = folder.finish(synthetic.resultsJson(), environment, warnings::add);
    assertThat(whole).isEqualTo(root.resolve(MACHINE).resolve("2026-11-23T12-00-00Z"));
    assertThat(folder.partial()).doesNotExist();
    assertThat(whole.toFile().list())
        .containsExactlyInAnyOrder(RunFolder.RESULTS, RunFolder.ENVIRONMENT, RunFolder.LOG);
    assertThat(warnings).isEmpty();
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
  void aFolderInTheWayOfLatestIsRefusedBeforeAnythingIsMade() throws IOException {
    for (String name : List.of(RunFolder.LATEST, RunFolder.LATEST + ".new")) {
      Path inTheWay = Files.createDirectories(root.resolve(name));
      Files.writeString(inTheWay.resolve("results.json"), "[]");
      assertThatThrownBy(() -> RunFolder.begin(root, environment))
          .isInstanceOf(FileAlreadyExistsException.class)
          .hasMessageContainingAll(inTheWay + ": is a folder", "expected a link or a file");
      assertThat(root.resolve(MACHINE)).doesNotExist();
      RunFolder.delete(inTheWay);
    }
  }

  @Test
  void whatGetsInTheWayOfLatestDuringARunIsAWarningAlone() throws IOException {
    RunFolder folder = RunFolder.begin(root, environment);
    Path latest = Files.createDirectory(root.resolve(RunFolder.LATEST));
    Path whole = folder.finish(synthetic.resultsJson(), environment, warnings::add);
    assertThat(Run.read(whole).isPartial()).isFalse();
    assertThat(warnings).singleElement().asString().contains(latest + " does not point at it");
  }

  @Test
  void aRunThatWasKilledBeforeItMeasuredIsRemovedByTheNextAndALiveOneIsNot() throws IOException {
    RunFolder live = RunFolder.begin(root, environment);
    Path dead = Files.createDirectories(root.resolve(MACHINE).resolve("killed.partial"));
    Files.writeString(dead.resolve(RunFolder.ENVIRONMENT), environment.toJson());
    Files.writeString(dead.resolve(RunFolder.LOG), "");
    Path measured = Files.createDirectories(root.resolve(MACHINE).resolve("measured.partial"));
    Files.writeString(measured.resolve(RunFolder.RESULTS), synthetic.resultsJson());
    Files.writeString(measured.resolve(RunFolder.RESULTS + ".new"), "[{");
    Files.writeString(measured.resolve(RunFolder.LOG), "");
    Path earlier = Files.createDirectories(root.resolve(MACHINE).resolve("earlier.partial"));

    RunFolder.begin(root, environment).abandon();
    assertThat(dead).doesNotExist();
    assertThat(live.partial()).isDirectory();
    assertThat(measured.toFile().list())
        .containsExactlyInAnyOrder(RunFolder.RESULTS, RunFolder.LOG);
    // Nothing says that its process is dead.
    assertThat(earlier).isDirectory();
  }

  @Test
  void anEmptyListOfResultsIsNoEndOfARun() throws IOException {
    RunFolder folder = RunFolder.begin(root, environment);
    folder.keep(synthetic.resultsJson());
    assertThatThrownBy(() -> folder.finish("[]", environment, warnings::add))
        .isInstanceOf(BadRecordException.class)
        .hasMessageContaining("holds no results");
    assertThat(Run.read(folder.partial()).results()).isNotEmpty();
  }
}

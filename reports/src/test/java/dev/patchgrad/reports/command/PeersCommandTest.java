package dev.patchgrad.reports.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.reports.fixture.SyntheticRun;
import dev.patchgrad.reports.grid.SuiteNames;
import dev.patchgrad.reports.profile.PeerRuns;
import dev.patchgrad.reports.profile.PeerTables;
import dev.patchgrad.reports.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PeersCommandTest {
  /** The module's folder, in which tests run. */
  private static final Path MODULE = Path.of("").toAbsolutePath();

  @TempDir private Path folder;
  private Tool tool = new Tool(Path.of(""));
  private Path run = Path.of("");

  /** A run of the kernels scalar, vector and ejml becomes one of the suite of peers. */
  @BeforeEach
  void makeARun() throws IOException {
    tool = new Tool(folder);
    run = new SyntheticRun().noise(0).record(tool.runs());
    for (String file : List.of(RunFolder.ENVIRONMENT, RunFolder.RESULTS)) {
      Path path = run.resolve(file);
      Files.writeString(path, Files.readString(path).replace(SuiteNames.GRADIENT, SuiteNames.PEER));
    }
  }

  @Test
  void whereNoneIsRecordedTheCommandSaysSo() {
    assertThat(tool.call("peers")).isEqualTo(ExitCode.OK);
    assertThat(tool.out()).isEqualTo("None is recorded yet.\n");
  }

  @Test
  void aRecordedRunIsShownWithTheSamplesOfEachBatch() {
    assertThat(tool.call("peers", "--record", run.toString())).isEqualTo(ExitCode.OK);
    assertThat(tool.out()).startsWith("recorded ");
    assertThat(tool.call("peers")).isEqualTo(ExitCode.OK);
    // At p 8, k 16 vector does 10 GFLOP/s and ejml 4.5.
    assertThat(tool.out())
        .contains("intel-emerald-rapids-2c-avx512/jdk-25")
        .contains("One student, fastest in 18 of 18 cells:")
        .contains("| precision | level | p | k | n | fastest | ejml |")
        .contains("| double | L2 | 8 | 16 | 1000 | vector | 2.22x")
        .doesNotContain("Many students");
  }

  @Test
  void aDocumentIsUpdatedBetweenItsMarks() throws IOException {
    Path document = folder.resolve("peers.md");
    String begin = PeerTables.PART.begin();
    String end = PeerTables.PART.end();
    Files.writeString(document, "before\n" + begin + "\nold\n" + end + "\nafter\n");
    assertThat(tool.call("peers", "--record=" + run, "--update=" + document))
        .isEqualTo(ExitCode.OK);
    assertThat(tool.out()).contains("updated " + document);
    assertThat(tool.call("peers")).isEqualTo(ExitCode.OK);
    assertThat(document)
        .content()
        .isEqualTo("before\n" + begin + "\n\n" + tool.out() + "\n" + end + "\nafter\n");
  }

  @Test
  void aRunWithoutPeersIsRefusedAndNothingIsWritten() throws IOException {
    Path other = new SyntheticRun().date("2026-11-24T10:00:00Z").record(tool.runs());
    assertThat(tool.call("peers", "--record=" + other)).isEqualTo(ExitCode.BAD_RECORD);
    assertThat(tool.err()).contains("has no cell with a peer and a kernel");
    assertThat(tool.profiles().resolveSibling("peers")).doesNotExist();
  }

  @Test
  void theDocumentOfPeersShowsTheRecordedRuns() throws IOException {
    String document = Files.readString(MODULE.resolveSibling("docs/peers.md"));
    assertThat(PeerTables.within(document, PeerRuns.all(MODULE.resolve("peers"))))
        .as("run `peers --update docs/peers.md`")
        .contains(document);
  }
}

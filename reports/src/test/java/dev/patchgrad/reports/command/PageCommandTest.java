package dev.patchgrad.reports.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.reports.fixture.SyntheticRun;
import dev.patchgrad.reports.page.RunPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PageCommandTest {
  @TempDir private Path folder;

  private Path run = Path.of("");

  private Tool tool() {
    return new Tool(folder);
  }

  @BeforeEach
  void recordARun() {
    run = new SyntheticRun().record(tool().runs());
  }

  private List<String> files(String name) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(name))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void thePageIsWrittenIntoTheRunsFolder() {
    Tool tool = tool();
    assertThat(tool.call("page", "latest")).isEqualTo(ExitCode.OK);
    assertThat(run.resolve(RunPage.PAGE)).isNotEmptyFile();
    assertThat(tool.out()).endsWith(RunPage.PAGE + "\n");
  }

  @Test
  void picturesAreWrittenInPlaceOfThePageForLightAndForDark() throws IOException {
    Tool tool = tool();
    assertThat(tool.call("page", "latest", "--pictures", folder.resolve("pictures").toString()))
        .isEqualTo(ExitCode.OK);
    assertThat(run.resolve(RunPage.PAGE)).doesNotExist();
    // Two precisions; three throughputs, the ratios, the forks and the roofline of each.
    assertThat(files("pictures"))
        .hasSize(2 * 2 * 6)
        .contains("throughput-k64-double-l2.png", "forks-float-l2-dark.png");
    assertThat(tool.out().lines()).hasSize(2 * 2 * 6);
  }

  @Test
  void onlyThePicturesThatAreAskedForAreWritten() throws IOException {
    assertThat(
            tool()
                .call(
                    "page",
                    "latest",
                    "--pictures=" + folder.resolve("pictures"),
                    "--only=roofline"))
        .isEqualTo(ExitCode.OK);
    assertThat(files("pictures"))
        .containsExactly(
            "roofline-double-l2-dark.png",
            "roofline-double-l2.png",
            "roofline-float-l2-dark.png",
            "roofline-float-l2.png");
  }

  @Test
  void aNameThatNoPictureHasIsRefusedBeforeAnythingIsWritten() {
    Tool tool = tool();
    Path pictures = folder.resolve("pictures");
    assertThat(tool.call("page", "latest", "--pictures=" + pictures, "--only=rooflime"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(tool.err())
        .contains("--only: 'rooflime' given; expected the start of one of [throughput-k16-double");
    assertThat(pictures).doesNotExist();
    assertThat(tool.call("page", "latest", "--only=roofline")).isEqualTo(ExitCode.USAGE);
    assertThat(tool.err()).contains("--only: 'roofline' given without --pictures");
    assertThat(run.resolve(RunPage.PAGE)).doesNotExist();
  }
}

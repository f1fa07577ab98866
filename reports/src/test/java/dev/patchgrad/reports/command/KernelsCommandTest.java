package dev.patchgrad.reports.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.reports.fixture.SyntheticRun;
import dev.patchgrad.reports.profile.LimitShares;
import dev.patchgrad.reports.profile.Profiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KernelsCommandTest {
  @TempDir private Path folder;
  private Tool tool = new Tool(Path.of(""));

  @BeforeEach
  void recordAProfile() throws IOException {
    tool = new Tool(folder);
    Profiles.record(new SyntheticRun().record(tool.runs()), tool.profiles(), false);
  }

  @Test
  void theTablesArePrinted() {
    assertThat(tool.call("kernels")).isEqualTo(ExitCode.OK);
    assertThat(tool.out()).isEqualTo(LimitShares.markdown(Profiles.all(tool.profiles())));
  }

  @Test
  void aDocumentIsUpdatedBetweenItsMarks() throws IOException {
    Path document = folder.resolve("kernels.md");
    String begin = LimitShares.PART.begin();
    String end = LimitShares.PART.end();
    Files.writeString(document, "before\n" + begin + "\nold\n" + end + "\nafter\n");
    assertThat(tool.call("kernels", "--update", document.toString())).isEqualTo(ExitCode.OK);
    assertThat(tool.out()).isEqualTo("updated " + document + "\n");
    assertThat(tool.call("kernels")).isEqualTo(ExitCode.OK);
    assertThat(document)
        .content()
        .isEqualTo("before\n" + begin + "\n\n" + tool.out() + "\n" + end + "\nafter\n");
  }

  @Test
  void aDocumentWithoutTheMarksIsRefusedAndStaysAsItIs() throws IOException {
    Path document = Files.writeString(folder.resolve("other.md"), "text\n");
    assertThat(tool.call("kernels", "--update=" + document)).isEqualTo(ExitCode.USAGE);
    assertThat(tool.err())
        .contains("--update: '" + document + "' given; expected a document with the lines")
        .contains(LimitShares.PART.begin());
    assertThat(document).content().isEqualTo("text\n");
  }

  @Test
  void aDocumentThatIsMissingEndsWith5() {
    assertThat(tool.call("kernels", "--update=" + folder.resolve("none.md")))
        .isEqualTo(ExitCode.FAILURE);
    assertThat(tool.err()).contains("none.md");
  }
}

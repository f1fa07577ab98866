package dev.patchgrad.reports.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.reports.fixture.SyntheticRun;
import dev.patchgrad.reports.profile.Profiles;
import dev.patchgrad.reports.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TimesCommandTest {
  @TempDir private Path folder;

  private Tool withARun() {
    Tool tool = new Tool(folder);
    new SyntheticRun().record(tool.runs());
    return tool;
  }

  @Test
  void aTableIsWrittenFromTheRunsThatAreNamed() throws IOException {
    Tool tool = withARun();
    Path table = folder.resolve("table.tsv");
    assertThat(tool.call("times", "--output=" + table, "latest")).isEqualTo(ExitCode.OK);
    assertThat(table).content().startsWith("patchgrad-measured-times\t");
    assertThat(tool.out()).contains(table + ": 54 times of kernels");
  }

  /** A word that looks harmless must not rewrite a file of the source. */
  @Test
  void theTableIsPrintedUnlessItIsToBeWritten() {
    Tool tool = withARun();
    for (String name : List.of("times", "choose")) {
      assertThat(tool.call(name, "latest")).isEqualTo(ExitCode.OK);
      assertThat(tool.out()).startsWith("patchgrad-measured-times\t");
    }
    assertThat(tool.call("times", "latest", "--write", "-o", "table.tsv"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(tool.err()).contains("--write and -o name two files");
  }

  @Test
  void withoutARunItIsWrittenFromAllProfiles() throws IOException {
    Tool tool = new Tool(folder);
    for (SyntheticRun run : List.of(new SyntheticRun(), new SyntheticRun().simulated("UseAVX=2"))) {
      Profiles.record(run.record(tool.runs()), tool.profiles(), false);
    }
    Path table = folder.resolve("table.tsv");
    assertThat(tool.call("times", "--output=" + table)).isEqualTo(ExitCode.OK);
    assertThat(table).content().contains("\tnone\t").contains("\tUseAVX=2\t");
  }

  @Test
  void withoutARunAndAProfileItIsRefused() {
    Tool tool = new Tool(folder);
    assertThat(tool.call("times", "--output=" + folder.resolve("table.tsv")))
        .isEqualTo(ExitCode.USAGE);
    assertThat(folder.resolve("table.tsv")).doesNotExist();
  }

  @Test
  void itsFormerNameIsUnderstood() throws IOException {
    Tool tool = withARun();
    Path table = folder.resolve("table.tsv");
    assertThat(tool.call("choose", "--output=" + table, "latest")).isEqualTo(ExitCode.OK);
    assertThat(table).exists();
  }

  @Test
  void aBadRunLeavesTheOldTableAsItWas() throws IOException {
    Tool tool = new Tool(folder);
    Path run = new SyntheticRun().record(tool.runs());
    Files.writeString(run.resolve(RunFolder.RESULTS), "[");
    Path table = Files.writeString(folder.resolve("table.tsv"), "old");
    assertThat(tool.call("times", "--output=" + table, "latest")).isEqualTo(ExitCode.BAD_RECORD);
    assertThat(table).content().isEqualTo("old");
  }
}

package dev.patchgrad.reports.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.reports.fixture.SyntheticRun;
import dev.patchgrad.reports.profile.ProfileTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RecordTest {
  private static final String ID = "intel-emerald-rapids-2c-avx512/jdk-25";

  @TempDir private Path folder;

  @Test
  void recordingIsOneCommandTheDocumentIncluded() throws IOException {
    Tool tool = new Tool(folder);
    Path document = folder.resolve("README.md");
    Files.writeString(
        document,
        "a\n" + ProfileTable.PART.begin() + "\nold\n" + ProfileTable.PART.end() + "\nb\n");
    new SyntheticRun().record(tool.runs());
    assertThat(tool.call("record", "latest")).as(tool.err()).isEqualTo(ExitCode.OK);
    assertThat(tool.out())
        .isEqualTo("recorded " + tool.profiles().resolve(ID) + "\n" + "updated " + document + "\n");
    assertThat(tool.call("profiles", "--markdown")).isEqualTo(ExitCode.OK);
    assertThat(Files.readString(document))
        .isEqualTo(
            "a\n"
                + ProfileTable.PART.begin()
                + "\n\n"
                + tool.out()
                + "\n"
                + ProfileTable.PART.end()
                + "\nb\n");
    assertThat(tool.call("profiles")).isEqualTo(ExitCode.OK);
    assertThat(tool.out()).isEqualTo(ID + "\n");
    assertThat(tool.call("show", ID)).isEqualTo(ExitCode.OK);
  }

  /** A machine and its simulation: neither replaces the other, nor is taken for it. */
  @Test
  void aSimulatedMachineHasAFolderAndALabelOfItsOwn() throws IOException {
    Tool tool = new Tool(folder);
    Path document = folder.resolve("README.md");
    Files.writeString(document, ProfileTable.PART.begin() + "\n" + ProfileTable.PART.end() + "\n");
    new SyntheticRun().record(tool.runs());
    assertThat(tool.call("record", "latest")).isEqualTo(ExitCode.OK);
    new SyntheticRun().simulated("MaxVectorSize=16").seed(2).record(tool.runs());
    assertThat(tool.call("record", "latest")).as(tool.err()).isEqualTo(ExitCode.OK);
    String simulated = "intel-emerald-rapids-2c-avx512-simulated-maxvectorsize-16/jdk-25";
    assertThat(tool.call("profiles")).isEqualTo(ExitCode.OK);
    assertThat(tool.out()).isEqualTo(ID + "\n" + simulated + "\n");
    List<String> lines = Files.readAllLines(document);
    assertThat(lines.stream().filter(line -> line.contains("](profiles/" + ID + ")")))
        .singleElement()
        .satisfies(line -> assertThat(line).doesNotContain("simulated"));
    assertThat(lines.stream().filter(line -> line.contains("](profiles/" + simulated + ")")))
        .singleElement()
        .satisfies(line -> assertThat(line).contains(", simulated (MaxVectorSize=16) |"));
    // The machine's name alone means the machine itself.
    assertThat(tool.call("show", "intel-emerald-rapids-2c-avx512")).isEqualTo(ExitCode.OK);
    assertThat(tool.out()).doesNotContain("imulated");
    assertThat(tool.call("show", simulated)).isEqualTo(ExitCode.OK);
    assertThat(tool.out()).contains("! Simulated (MaxVectorSize=16)");
  }

  @Test
  void aSecondOneNeedsReplace() {
    Tool tool = new Tool(folder);
    new SyntheticRun().record(tool.runs());
    assertThat(tool.call("record", "latest")).isEqualTo(ExitCode.OK);
    assertThat(tool.call("record", "latest")).isEqualTo(ExitCode.USAGE);
    assertThat(tool.err()).contains("is already recorded; --replace");
    assertThat(tool.call("record", "latest", "--replace")).isEqualTo(ExitCode.OK);
  }

  @Test
  void aRunThatIsNoProfileEndsWith3() {
    Tool tool = new Tool(folder);
    new SyntheticRun().forks(2).record(tool.runs());
    assertThat(tool.call("record", "latest")).isEqualTo(ExitCode.BAD_RECORD);
    assertThat(tool.err()).contains("results.json: [0].primaryMetric.rawData: 2 forks found");
    assertThat(tool.profiles()).doesNotExist();
  }

  @Test
  void aNoisyOrBusyRunIsRecordedOnlyWhereThatIsAccepted() {
    Tool tool = new Tool(folder);
    for (SyntheticRun run :
        List.of(new SyntheticRun().noise(0.3), new SyntheticRun().stolen(7000).seed(2))) {
      run.record(tool.runs());
      assertThat(tool.call("record", "latest")).isEqualTo(ExitCode.BAD_RECORD);
      assertThat(tool.err())
          .containsPattern("cells are noisy: their forks differ|took 7.0 % of the processor time")
          .contains("Or record it as it is: --accept-noise");
    }
    assertThat(tool.profiles()).doesNotExist();
    assertThat(tool.call("record", "latest", "--accept-noise")).as(tool.err()).isZero();
  }

  @Test
  void aRunThatWasNotWarmIsNoProfileWhateverIsAccepted() {
    Tool tool = new Tool(folder);
    new SyntheticRun().speedsUp("vector", 60.0).record(tool.runs());
    assertThat(tool.call("record", "latest", "--accept-noise")).isEqualTo(ExitCode.BAD_RECORD);
    assertThat(tool.err()).contains("cannot be recorded. 18 of 54 cells are not warmed up");
    assertThat(tool.profiles()).doesNotExist();
  }

  @Test
  void aBadProfileEndsEveryCommandThatReadsItWith3() {
    Tool tool = new Tool(folder);
    new SyntheticRun().jvm("<path>").forks(2).writeTo(tool.profiles().resolve(ID));
    assertThat(tool.call("profiles")).isEqualTo(ExitCode.BAD_RECORD);
    assertThat(tool.call("show", ID)).isEqualTo(ExitCode.BAD_RECORD);
    assertThat(tool.out()).isEmpty();
  }
}

package dev.patchgrad.reports.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.reports.fixture.SyntheticRun;
import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.run.RunFolder;
import dev.patchgrad.reports.summary.Summary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

final class PatchgradTest {
  private static final String MACHINE = "intel-emerald-rapids-2c-avx512";

  @TempDir private Path folder;

  private Tool tool() {
    return new Tool(folder);
  }

  static Stream<String> subcommands() {
    // By its own name: an alias shows the help of the command that it stands for.
    return Patchgrad.commandLine().getSubcommands().values().stream()
        .map(CommandLine::getCommandName)
        .distinct();
  }

  @ParameterizedTest
  @MethodSource("subcommands")
  void eachSubcommandHasHelp(String name) {
    Tool tool = tool();
    assertThat(tool.raw(name, "--help")).isEqualTo(ExitCode.OK);
    assertThat(tool.out()).contains("Usage: patchgrad " + name);
    assertThat(tool.raw("help", name)).isEqualTo(ExitCode.OK);
  }

  @Test
  void helpNamesEachSubcommandAndExitCode() {
    Tool tool = tool();
    assertThat(tool.raw("--help")).isEqualTo(ExitCode.OK);
    assertThat(tool.out())
        .contains(subcommands().filter(name -> !name.startsWith("generate")).toList())
        .contains("1   a gate failed")
        .contains("4   the runs were not measured alike");
  }

  @Test
  void completionIsAScriptThatKnowsTheSubcommands() {
    Tool tool = tool();
    assertThat(tool.raw("generate-completion")).isEqualTo(ExitCode.OK);
    assertThat(tool.out()).startsWith("#!/usr/bin/env bash").contains("_picocli_patchgrad_show");
  }

  @ParameterizedTest
  @CsvSource({
    "'', COMMAND: none given",
    "walk, walk",
    "show, RUN",
    "show a b, b",
    "show --x a, --x"
  })
  void aBadCommandLineEndsWith2AndNamesWhatIsWrong(String arguments, String named) {
    Tool tool = tool();
    assertThat(tool.raw(arguments.isEmpty() ? new String[0] : arguments.split(" ", -1)))
        .isEqualTo(ExitCode.USAGE);
    assertThat(tool.err()).contains(named);
    assertThat(tool.out()).isEmpty();
  }

  @Test
  void aPageIsWrittenIntoTheRunsFolderAndNamed() {
    Tool tool = tool();
    Path run = new SyntheticRun().record(tool.runs());
    assertThat(tool.call("page", "latest")).isEqualTo(ExitCode.OK);
    assertThat(tool.out()).endsWith("index.html\n");
    assertThat(run.resolve("index.html")).isNotEmptyFile();
    assertThat(run.resolve("summary.md")).isNotEmptyFile();
  }

  @Test
  void runsAreListedTheEarliestFirstAndABadOneHidesNoOther() throws IOException {
    Tool tool = tool();
    new SyntheticRun().date("2026-11-24T09:00:00Z").record(tool.runs());
    new SyntheticRun().date("2026-11-23T09:00:00Z").record(tool.runs());
    Path bad = new SyntheticRun().date("2026-11-22T09:00:00Z").record(tool.runs());
    Files.writeString(bad.resolve(RunFolder.RESULTS), "[");
    assertThat(tool.call("runs")).isEqualTo(ExitCode.OK);
    assertThat(tool.out().lines())
        .satisfiesExactly(
            line ->
                assertThat(line).startsWith(MACHINE + "/2026-11-22T09-00-00Z  ! ").contains("json"),
            line ->
                assertThat(line)
                    .isEqualTo(
                        MACHINE
                            + "/2026-11-23T09-00-00Z  57 results, JDK 25.0.1+8-LTS, commit"
                            + " 0123456789ab"),
            line -> assertThat(line).startsWith(MACHINE + "/2026-11-24T09-00-00Z  57 results"));
  }

  @Test
  void withoutARunTheListSaysHowToMakeOne() {
    Tool tool = tool();
    assertThat(tool.call("runs")).isEqualTo(ExitCode.OK);
    assertThat(tool.out()).contains("mvn -pl bench jmh:benchmark");
  }

  @Test
  void aRunIsFoundByFolderByIdByTimeAndAsTheLatest() {
    Tool tool = tool();
    Path first = new SyntheticRun().date("2026-11-23T09:00:00Z").record(tool.runs());
    Path second = new SyntheticRun().date("2026-11-24T09:00:00Z").record(tool.runs());
    for (String word :
        new String[] {
          first.toString(), MACHINE + "/2026-11-23T09-00-00Z", "2026-11-23T09-00-00Z"
        }) {
      assertThat(tool.call("show", word)).as(word).isEqualTo(ExitCode.OK);
      assertThat(tool.out()).isEqualTo(Summary.console(Run.read(first)));
    }
    assertThat(tool.call("show", "latest")).isEqualTo(ExitCode.OK);
    assertThat(tool.out()).endsWith("Recorded in " + second + "\n");
  }

  @Test
  void aProfileIsFoundByItsMachineWhileThatHasOne() {
    Tool tool = tool();
    Path one =
        new SyntheticRun().jvm("<path>").writeTo(tool.profiles().resolve(MACHINE + "/jdk-25"));
    assertThat(tool.call("show", MACHINE)).isEqualTo(ExitCode.OK);
    assertThat(tool.out()).endsWith("Recorded in " + one + "\n");
    new SyntheticRun().jvm("<path>").writeTo(tool.profiles().resolve(MACHINE + "/jdk-26"));
    assertThat(tool.call("show", MACHINE)).isEqualTo(ExitCode.USAGE);
    assertThat(tool.err())
        .contains("'" + MACHINE + "' given, which matches several runs: ")
        .contains("jdk-26");
    assertThat(tool.call("show", MACHINE + "/jdk-25")).isEqualTo(ExitCode.OK);
    // It says of itself that it is of JDK 25.
    assertThat(tool.call("show", MACHINE + "/jdk-26")).isEqualTo(ExitCode.BAD_RECORD);
    assertThat(tool.err()).contains("environment.json: hardware: is that of " + MACHINE);
  }

  @Test
  void anUnknownRunEndsWith2AndNamesTheKnown() {
    Tool tool = tool();
    new SyntheticRun().date("2026-11-23T09:00:00Z").record(tool.runs());
    assertThat(tool.call("show", "nowhere")).isEqualTo(ExitCode.USAGE);
    assertThat(tool.err())
        .contains("RUN: 'nowhere' given")
        .contains("latest, " + MACHINE + "/2026-11-23T09-00-00Z");
  }

  @Test
  void aBadRecordEndsWith3AndNamesFileAndReason() throws IOException {
    Tool tool = tool();
    Path run = new SyntheticRun().record(tool.runs());
    Files.writeString(run.resolve(RunFolder.RESULTS), "[]");
    assertThat(tool.call("show", "latest")).isEqualTo(ExitCode.BAD_RECORD);
    assertThat(tool.err())
        .isEqualTo("patchgrad: " + run.resolve("results.json") + ": holds no results\n");
    assertThat(tool.out()).isEmpty();
  }

  @Test
  void latestWithoutARunEndsWith3() {
    Tool tool = tool();
    assertThat(tool.call("show", "latest")).isEqualTo(ExitCode.BAD_RECORD);
    assertThat(tool.err()).contains("no run has ended here yet");
  }
}

package dev.patchgrad.reports.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.reports.fixture.SyntheticRun;
import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.run.RunFolder;
import dev.patchgrad.reports.summary.Summary;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
    assertThat(tool.out())
        .startsWith("#!/usr/bin/env bash")
        .contains("_picocli_patchgrad_show")
        .contains("($(patchgrad ids 2>/dev/null))")
        .doesNotContain(IdsCommand.PLACE);
    new SyntheticRun().date("2026-11-23T09:00:00Z").record(tool.runs());
    assertThat(tool.call("ids")).isEqualTo(ExitCode.OK);
    assertThat(tool.out()).isEqualTo("latest\n" + MACHINE + "/2026-11-23T09-00-00Z\n");
  }

  /** Whoever mistyped a word wants the line, and not the page. */
  @Test
  void aBadCommandLineShowsTheUsageAndNotTheWholeHelp() {
    Tool tool = tool();
    assertThat(tool.raw("show", "--x", "a")).isEqualTo(ExitCode.USAGE);
    assertThat(tool.err())
        .startsWith("patchgrad: Unknown option: '--x'")
        .contains("\nUsage: patchgrad show ")
        .endsWith("Try 'patchgrad show --help' for what they mean.\n");
    assertThat(tool.err().lines()).hasSizeLessThan(8);
    assertThat(tool.raw("shwo")).isEqualTo(ExitCode.USAGE);
    assertThat(tool.err()).contains("Did you mean").contains("show");
  }

  @Test
  void aFileThatCannotBeWrittenIsNamedWithTheReasonAndNoClass() {
    Tool tool = tool();
    new SyntheticRun().record(tool.runs());
    Path nowhere = folder.resolve("none/out.md");
    assertThat(tool.call("show", "latest", "-o", nowhere.toString())).isEqualTo(ExitCode.FAILURE);
    assertThat(tool.err())
        .isEqualTo("patchgrad: " + nowhere + ": there is no such file or folder\n");
  }

  @ParameterizedTest
  @CsvSource({
    "show latest --format console, Fastest gradient kernel",
    "show latest --format MARKDOWN, '# Gradient kernels on'",
    "show latest --format csv, 'benchmark,precision'",
    "runs, 57 results",
    "profiles, no profile in",
    "profiles --format markdown, None is recorded yet.",
    "kernels, None is recorded yet."
  })
  void whatIsWrittenCanGoToAFile(String command, String begins) {
    Tool tool = tool();
    new SyntheticRun().record(tool.runs());
    Path file = folder.resolve("out");
    String[] words = command.split(" ", -1);
    String[] rest = Arrays.copyOfRange(words, 1, words.length);
    assertThat(tool.call(words[0], rest)).as(tool.err()).isEqualTo(ExitCode.OK);
    String printed = tool.out();
    String[] named = Arrays.copyOf(rest, rest.length + 2);
    named[rest.length] = "-o";
    named[rest.length + 1] = file.toString();
    assertThat(tool.call(words[0], named)).isEqualTo(ExitCode.OK);
    assertThat(tool.out()).isEmpty();
    assertThat(file).content().isEqualTo(printed).contains(begins);
  }

  @Test
  void theLabelAndTheArgumentsOfARunStandWhereverItDoes() {
    Tool tool = tool();
    new SyntheticRun().label("before").arguments("-XX:+UseParallelGC").record(tool.runs());
    assertThat(tool.call("runs")).isEqualTo(ExitCode.OK);
    assertThat(tool.out()).contains("commit 0123456789ab, before; -XX:+UseParallelGC\n");
    for (String format : new String[] {"console", "markdown"}) {
      assertThat(tool.call("show", "latest", "--format", format)).isEqualTo(ExitCode.OK);
      assertThat(tool.out()).contains("with before; -XX:+UseParallelGC");
    }
    assertThat(tool.call("compare", "latest", "latest")).isEqualTo(ExitCode.OK);
    assertThat(tool.out()).contains("other is with before; -XX:+UseParallelGC\n");
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

  @ParameterizedTest
  @CsvSource({
    "2026-11-23, 23",
    "2026-11-24T0, 24",
    "intel-emerald-rapids-2c-avx512/2026-11-24, 24"
  })
  void aRunIsFoundByTheBeginningOfItsIdOrTime(String beginning, String day) {
    Tool tool = tool();
    new SyntheticRun().date("2026-11-23T09:00:00Z").record(tool.runs());
    new SyntheticRun().date("2026-11-24T09:00:00Z").record(tool.runs());
    assertThat(tool.call("show", beginning)).isEqualTo(ExitCode.OK);
    assertThat(tool.out()).endsWith("2026-11-" + day + "T09-00-00Z\n");
    assertThat(tool.call("show", "2026-11-2")).isEqualTo(ExitCode.USAGE);
    assertThat(tool.err())
        .contains(MACHINE + "/2026-11-23T09-00-00Z, " + MACHINE + "/2026-11-24T09-00-00Z");
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
        .contains("'" + MACHINE + "' is the beginning of several runs. Give more of one: ")
        .contains("/jdk-26\n");
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
        .contains(
            "there is no run 'nowhere'. Give the folder of one, or the beginning of one of these")
        .contains("latest, " + MACHINE + "/2026-11-23T09-00-00Z");
    assertThat(tool.call("show", "no\0where")).isEqualTo(ExitCode.USAGE);
    assertThat(tool.call("show", "")).isEqualTo(ExitCode.USAGE);
    assertThat(new Tool(folder.resolve("empty")).call("show", "nowhere")).isEqualTo(ExitCode.USAGE);
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

  @Test
  void outputThatCannotBeWrittenEndsWith5() {
    Tool tool = tool();
    Path run = new SyntheticRun().record(tool.runs());
    StringWriter err = new StringWriter();
    CommandLine line = Patchgrad.commandLine();
    // What a full disk or a closed pipe does: /dev/full is on Linux alone.
    line.setOut(
        new PrintWriter(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException("No space left on device");
              }
            },
            false,
            StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(err, true));
    assertThat(line.execute("show", run.toString())).isEqualTo(ExitCode.FAILURE);
    assertThat(err.toString()).contains("the output cannot be written");
  }

  /** 1 would mean that a gate failed. */
  @Test
  void aRecordThatIsTooLargeEndsWith5AndHidesNoOtherRun() throws IOException {
    Tool tool = tool();
    Path run = new SyntheticRun().date("2026-11-23T09:00:00Z").record(tool.runs());
    new SyntheticRun().date("2026-11-24T09:00:00Z").record(tool.runs());
    try (RandomAccessFile huge =
        new RandomAccessFile(run.resolve(RunFolder.RESULTS).toFile(), "rw")) {
      huge.setLength(2_200_000_000L);
    }
    assertThat(tool.call("show", run.toString())).isEqualTo(ExitCode.FAILURE);
    assertThat(tool.err()).contains("results.json: has more than 128 MiB").doesNotContain("\tat ");
    assertThat(tool.call("runs")).isEqualTo(ExitCode.OK);
    assertThat(tool.out().lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("2026-11-23T09-00-00Z  ! ", "128 MiB"),
            line -> assertThat(line).contains("2026-11-24T09-00-00Z  57 results"));
  }

  @Test
  void whatSteersATerminalIsNotPassedOn() {
    Tool tool = tool();
    assertThat(tool.call("show", "\u001b[31mred")).isEqualTo(ExitCode.USAGE);
    assertThat(tool.err()).contains("\\u001b[31mred").doesNotContain("\u001b");
  }

  @Test
  void aNulInTheFileThatPointsAtTheLatestRunEndsWith3() throws IOException {
    Tool tool = tool();
    Files.createDirectories(tool.runs());
    Files.writeString(tool.runs().resolve(RunFolder.LATEST), "a\0b\n");
    assertThat(tool.call("show", "latest")).isEqualTo(ExitCode.BAD_RECORD);
    assertThat(tool.err()).contains("latest: points at a\\u0000b, which is not a folder");
  }
}

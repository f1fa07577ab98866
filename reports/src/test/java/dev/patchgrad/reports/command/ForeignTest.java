package dev.patchgrad.reports.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.reports.fixture.ForeignFiles;
import dev.patchgrad.reports.fixture.SyntheticRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tool shows and compares what any JMH wrote, and says that its environment is unknown. */
final class ForeignTest {
  @TempDir private Path folder;
  private Tool tool = new Tool(Path.of(""));

  @BeforeEach
  void tool() {
    tool = new Tool(folder);
  }

  private String file(String name, String json) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, json).toString();
  }

  private String shown() {
    return tool.out().replace("\n  ", " ");
  }

  @ParameterizedTest
  @CsvSource({
    "thrpt, 'throughput, ops/us; more is faster'",
    "avgt, 'average time, us/op; less is faster'",
    "sample, 'median of sampled calls, us/op; less is faster'",
    "ss, 'single shot, us/op; less is faster'",
  })
  void eachModeIsShownInItsUnit(String mode, String title) throws IOException {
    assertThat(tool.call("show", file("a.json", ForeignFiles.inMode(mode))))
        .as(tool.err())
        .isEqualTo(ExitCode.OK);
    assertThat(shown())
        .contains("environment unknown; JMH 1.37, JDK 25.0.3, OpenJDK 64-Bit Server VM")
        .contains("org.openjdk.jmh.samples.JMHSample_27_Params: " + title)
        .contains("\nbenchmark arg certainty ")
        .contains("! All ")
        .contains("(-f 3)")
        .contains("Read from ")
        .doesNotContain("kernel");
    assertThat(tool.out().lines()).allMatch(line -> line.length() <= 80 || line.contains("/"));
  }

  @Test
  void aFolderThatHoldsTheResultsAloneIsShownToo() throws IOException {
    file("only/results.json", ForeignFiles.older());
    assertThat(tool.call("show", folder.resolve("only").toString())).isEqualTo(ExitCode.OK);
    assertThat(shown()).contains("environment unknown; JMH 1.21, JDK 25.0.3");
  }

  @Test
  void aRecordOfThisProjectMayBeNamedByItsFileOfResults() {
    Path run = new SyntheticRun().writeTo(folder.resolve("run"));
    assertThat(tool.call("show", run.resolve("results.json").toString())).isEqualTo(ExitCode.OK);
    assertThat(tool.out()).contains("Fastest gradient kernel", "Recorded in " + run);
  }

  @Test
  void markdownCsvAndPageSayThatTheEnvironmentIsUnknown() throws IOException {
    String avgt = file("build/jmh.json", ForeignFiles.inMode("avgt"));
    assertThat(tool.call("show", avgt, "--format=markdown")).isEqualTo(ExitCode.OK);
    assertThat(tool.out()).contains("environment unknown; JMH 1.37", "- processor: unknown\n");
    assertThat(tool.call("show", avgt, "--format=csv")).isEqualTo(ExitCode.OK);
    assertThat(tool.out().lines().skip(1))
        .hasSize(7)
        .allMatch(line -> line.endsWith(",unknown,"))
        .anyMatch(line -> line.contains(",arg=103 certainty=16,1,2,"))
        .allMatch(line -> line.contains(",avgt,") && line.contains(",us/op,"));
    assertThat(tool.call("page", avgt)).isEqualTo(ExitCode.OK);
    Path page = folder.resolve("build/jmh-page.html");
    assertThat(tool.out()).isEqualTo(page + "\n");
    assertThat(page)
        .content()
        .contains("environment unknown; JMH 1.37", "<dt>processor</dt><dd>unknown</dd>")
        .contains("\"name\":\"jmhsample-27-params-avgt-arg\"");
    // Files of the other program's own stay as they are.
    try (var files = Files.list(folder.resolve("build"))) {
      assertThat(files.map(one -> one.getFileName().toString()))
          .containsExactlyInAnyOrder("jmh.json", "jmh-page.html", "jmh-page.md", "jmh-page.csv");
    }
  }

  @Test
  void chartsAreDrawnOverTheParameterWithTheMostNumbers() throws IOException {
    String thrpt = file("jmh.json", ForeignFiles.inMode("thrpt"));
    Path pictures = folder.resolve("pictures");
    assertThat(tool.call("page", thrpt, "--pictures", pictures.toString())).isEqualTo(ExitCode.OK);
    assertThat(tool.out().lines())
        .containsExactly(
            pictures.resolve("jmhsample-27-params-thrpt-arg.png").toString(),
            pictures.resolve("jmhsample-27-params-thrpt-arg-dark.png").toString());
    String words =
        file("words.json", ForeignFiles.inMode("thrpt").replaceAll("\"(\\d+)\"", "\"n$1\""));
    assertThat(tool.call("page", words)).isEqualTo(ExitCode.OK);
    assertThat(folder.resolve("words-page.html")).content().doesNotContain("Charts by");
  }

  /** A time that is 20 % longer is slower; a rate that is 20 % higher is faster. */
  @ParameterizedTest
  @CsvSource({
    "thrpt, 1.2, faster, 1.20x", "thrpt, 0.8, slower, 0.800x", "thrpt, 1.001, same, 1.00x",
    "avgt, 1.2, slower, 0.833x", "avgt, 0.8, faster, 1.25x", "ss, 1.2, slower, 0.833x",
  })
  void theDirectionOfFasterIsThatOfTheMode(String mode, double factor, String verdict, String ratio)
      throws IOException {
    String json = ForeignFiles.inMode(mode);
    String before = file("before.json", ForeignFiles.steady(json, 1, 3));
    String after = file("after.json", ForeignFiles.steady(json, factor, 3));
    assertThat(tool.call("compare", before, after)).as(tool.err()).isEqualTo(ExitCode.OK);
    assertThat(shown())
        .contains("first: " + before + ": environment unknown; JMH 1.37")
        .contains(
            "! not checked, since a run is known by JMH's file alone: the machine, the JVM's"
                + " flags, what else ran\n")
        .contains(verdict + " 7 of 7 cells")
        .contains(ratio);
    int gate = tool.call("compare", before, after, "--fail-on-slower=5%");
    assertThat(gate).isEqualTo(verdict.equals("slower") ? ExitCode.SLOWER : ExitCode.OK);
  }

  @Test
  void sampledCallsAreComparedByTheirMedians() throws IOException {
    String before = file("before.json", ForeignFiles.inMode("sample"));
    assertThat(tool.call("compare", before, before)).as(tool.err()).isEqualTo(ExitCode.OK);
    assertThat(shown()).contains(" of 4 cells").contains("1.00x").contains("us/op");
  }

  @ParameterizedTest
  @ValueSource(strings = {"console", "markdown", "csv", "json", "page"})
  void eachFormatOfAComparisonSaysThatTheEnvironmentIsUnknown(String format) throws IOException {
    String before = file("before.json", ForeignFiles.steady(ForeignFiles.inMode("avgt"), 1, 3));
    String after = file("after.json", ForeignFiles.steady(ForeignFiles.inMode("avgt"), 2, 3));
    Path out = folder.resolve("out");
    assertThat(tool.call("compare", before, after, "--format=" + format, "-o", out.toString()))
        .as(tool.err())
        .isEqualTo(ExitCode.OK);
    String text = Files.readString(out);
    switch (format) {
      case "csv" ->
          assertThat(text.lines().skip(1))
              .hasSize(7)
              .allMatch(line -> line.endsWith("unknown,unknown"));
      case "json" ->
          assertThat(text)
              .contains("\"machine\" : \"unknown\"", "\"date\" : \"unknown\"", "\"unchecked\" : [");
      default -> assertThat(text).contains("environment unknown");
    }
  }

  @Test
  void otherModesAndUnitsAreRefusedAndNamed() throws IOException {
    String thrpt = file("thrpt.json", ForeignFiles.inMode("thrpt"));
    String avgt = file("avgt.json", ForeignFiles.inMode("avgt"));
    String nanos = file("ns.json", ForeignFiles.inMode("avgt").replace("us/op", "ns/op"));
    assertThat(tool.call("compare", thrpt, avgt)).isEqualTo(ExitCode.NOT_ALIKE);
    assertThat(tool.err()).contains("mode: thrpt | avgt", "unit: ops/us | us/op", "--force");
    assertThat(tool.call("compare", avgt, nanos)).isEqualTo(ExitCode.NOT_ALIKE);
    assertThat(tool.err()).contains("not measured alike; unit: us/op | ns/op");
    // A thousandth of the unit: a thousand times as fast.
    assertThat(tool.call("compare", avgt, nanos, "--force", "--format=csv")).isEqualTo(ExitCode.OK);
    assertThat(tool.out().lines().skip(1)).allMatch(line -> line.contains(",ops/s,"));
    assertThat(tool.out()).contains(",1000.0");
  }

  @Test
  void otherSettingsAreRefusedAndWhatAFileDoesNotSayIsNotChecked() throws IOException {
    String avgt = ForeignFiles.inMode("avgt");
    String first = file("first.json", avgt);
    String other =
        file("other.json", avgt.replace("\"jmhVersion\" : \"1.37\"", "\"jmhVersion\" : \"1.36\""));
    assertThat(tool.call("compare", first, other)).isEqualTo(ExitCode.NOT_ALIKE);
    assertThat(tool.err()).contains("jmhVersion: 1.37 | 1.36");
    String silent = file("silent.json", avgt.replace("\"jmhVersion\" : \"1.37\",", ""));
    assertThat(tool.call("compare", first, silent)).as(tool.err()).isEqualTo(ExitCode.OK);
    assertThat(shown()).contains("the machine, the JVM's flags, what else ran, jmhVersion\n");
  }

  /** The same results with and without their record: what an operation is cannot be checked. */
  @Test
  void aFileWithoutARecordAgainstARecordSaysWhatCannotBeChecked() throws IOException {
    Path run = new SyntheticRun().noise(0.001).writeTo(folder.resolve("run"));
    String alone = file("alone.json", Files.readString(run.resolve("results.json")));
    assertThat(tool.call("compare", run.toString(), alone)).as(tool.err()).isEqualTo(ExitCode.OK);
    assertThat(shown())
        .contains("the version of the suites, the size of a batch\n")
        .contains("same 54 of 54 cells")
        .contains("without the work of an operation, not compared");
    assertThat(tool.call("show", alone)).isEqualTo(ExitCode.OK);
    assertThat(shown()).contains("dev.patchgrad.bench.suite.GradientBenchmark: throughput");
  }

  @Test
  void aFileWithoutARecordIsNeverTakenForAProfileOrATable() throws IOException {
    String json = file("only/results.json", ForeignFiles.inMode("thrpt"));
    for (String command : List.of("record", "times")) {
      assertThat(tool.call(command, json)).isEqualTo(ExitCode.USAGE);
      assertThat(tool.call(command, folder.resolve("only").toString())).isEqualTo(ExitCode.USAGE);
    }
  }

  @Test
  void aBrokenFileEndsWith3AndAFileThatIsNoneWith2() throws IOException {
    String broken = file("broken.json", ForeignFiles.inMode("avgt").replace("us/op", "ops/s"));
    assertThat(tool.call("show", broken)).isEqualTo(ExitCode.BAD_RECORD);
    assertThat(tool.err())
        .startsWith("patchgrad: " + broken + ": [0].primaryMetric.scoreUnit: 'ops/s' in mode avgt");
    assertThat(tool.call("show", file("text.json", "no JSON"))).isEqualTo(ExitCode.BAD_RECORD);
    assertThat(tool.call("show", folder.resolve("none.json").toString())).isEqualTo(ExitCode.USAGE);
  }
}

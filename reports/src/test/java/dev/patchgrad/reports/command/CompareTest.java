package dev.patchgrad.reports.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.reports.environment.Agreement;
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

final class CompareTest {
  private static final String FIRST = "2026-11-23T09-00-00Z";

  @TempDir private Path folder;

  private Tool tool() {
    return new Tool(folder);
  }

  @BeforeEach
  void recordTwoRuns() {
    new SyntheticRun().noise(0.002).date("2026-11-23T09:00:00Z").record(tool().runs());
    new SyntheticRun()
        .noise(0.002)
        .seed(2)
        .factor("vector", 0.9)
        .date("2026-11-24T09:00:00Z")
        .record(tool().runs());
  }

  @Test
  void withoutAGateASlowDownIsReportedAlone() {
    Tool tool = tool();
    assertThat(tool.call("compare", FIRST, "latest")).isEqualTo(ExitCode.OK);
    assertThat(tool.out()).contains("other: latest: ").contains("slower 18, same 36 of 54 cells");
    assertThat(tool.err()).isEmpty();
  }

  @Test
  void aGateFailsWith1AndSaysWhy() {
    Tool tool = tool();
    assertThat(tool.call("compare", FIRST, "latest", "--fail-on-slower", "5%"))
        .isEqualTo(ExitCode.SLOWER);
    assertThat(tool.err()).contains("gate: failed").contains("vector on average: 0.9");
  }

  @Test
  void aGateThatAllowsItPassesWith0() {
    Tool tool = tool();
    assertThat(tool.call("compare", FIRST, "latest", "--fail-on-slower", "0.15"))
        .isEqualTo(ExitCode.OK);
    assertThat(tool.err()).contains("gate: passed");
    assertThat(tool.call("compare", "latest", FIRST, "--fail-on-slower=5%")).isEqualTo(ExitCode.OK);
  }

  @Test
  void theThresholdDecidesWhatIsTheSame() {
    Tool tool = tool();
    assertThat(tool.call("compare", FIRST, "latest", "--threshold", "20%")).isEqualTo(ExitCode.OK);
    assertThat(tool.out()).contains("\nsame 54 of 54 cells\n");
  }

  @Test
  void moreThanTwoAreAllComparedWithTheFirst() {
    Tool tool = tool();
    assertThat(tool.call("compare", FIRST, "latest", FIRST, "--format", "csv"))
        .isEqualTo(ExitCode.OK);
    assertThat(tool.out().lines().skip(1)).hasSize(2 * 54);
    assertThat(tool.out().lines().filter(line -> line.startsWith(FIRST + ",latest,"))).hasSize(54);
    assertThat(tool.out().lines().filter(line -> line.startsWith(FIRST + "," + FIRST + ",")))
        .hasSize(54);
  }

  @ParameterizedTest
  @ValueSource(strings = {"console", "markdown", "csv", "json", "JSON"})
  void eachFormatCanGoToAFile(String format) throws IOException {
    Tool tool = tool();
    Path file = folder.resolve("out");
    assertThat(tool.call("compare", FIRST, "latest", "--format", format)).isEqualTo(ExitCode.OK);
    String text = tool.out();
    assertThat(tool.call("compare", FIRST, "latest", "--format", format, "-o", file.toString()))
        .isEqualTo(ExitCode.OK);
    assertThat(tool.out()).isEmpty();
    assertThat(Files.readString(file)).isEqualTo(text).isNotEmpty();
  }

  @Test
  void aPageGoesToAFileWhoseNameIsTold() throws IOException {
    Tool tool = tool();
    assertThat(tool.call("compare", FIRST, "latest", "--format", "page")).isEqualTo(ExitCode.OK);
    Path page = tool.runs().resolve("comparisons/latest-against-" + FIRST + ".html");
    assertThat(tool.out()).isEqualTo("Page: " + page + "\n");
    String text = Files.readString(page);
    Path named = folder.resolve("named.html");
    assertThat(tool.call("compare", FIRST, "latest", "--format=page", "-o", named.toString()))
        .isEqualTo(ExitCode.OK);
    assertThat(tool.out()).isEmpty();
    assertThat(named).content().isEqualTo(text).contains("<!doctype html>");
    // A page is no run.
    assertThat(tool.call("runs")).isEqualTo(ExitCode.OK);
    assertThat(tool.out().lines()).hasSize(2);
  }

  @Test
  void aKernelOrWhatChangedIsShownAlone() {
    Tool tool = tool();
    assertThat(tool.call("compare", FIRST, "latest", "--kernel", "vector,ejml", "--format", "csv"))
        .isEqualTo(ExitCode.OK);
    assertThat(tool.out().lines().skip(1)).hasSize(36).noneMatch(line -> line.contains("scalar"));
    assertThat(tool.call("compare", FIRST, "latest", "--changed", "--format", "csv"))
        .isEqualTo(ExitCode.OK);
    assertThat(tool.out().lines().skip(1)).hasSize(18).allMatch(line -> line.contains(",vector,"));
    assertThat(tool.call("compare", FIRST, "latest", "--kernel", "vectr"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(tool.err()).contains("no cell of 'vectr'; they have [ejml, scalar, vector]");
  }

  /** As a default run is compared with a profile that holds more suites. */
  @Test
  void aPartOfTheGridAndAProfileWithMoreSuitesAreCompared() {
    Tool tool = tool();
    Path part = new SyntheticRun().grid(List.of(8), List.of(16)).writeTo(folder.resolve("part"));
    Path more = new SyntheticRun().students(16).writeTo(folder.resolve("more"));
    assertThat(tool.call("compare", FIRST, part.toString())).isEqualTo(ExitCode.OK);
    assertThat(tool.out().replace("\n  ", " "))
        .contains("only in first, not compared: 48 cells of ejml, scalar, vector\n")
        .contains(" of 6 cells\n");
    assertThat(tool.call("compare", more.toString(), FIRST, "--fail-on-slower=5%"))
        .as(tool.err())
        .isEqualTo(ExitCode.OK);
    assertThat(tool.out().replace("\n  ", " "))
        .contains("only in first, not compared: 54 cells of Students.separate ejml");
  }

  /** The other machine's loops do twice as much in half as many calls, and it is no slower. */
  @Test
  void theGateDoesNotFailOnALoopThatDoesMoreInOneCall() {
    Tool tool = tool();
    new SyntheticRun().noise(0.002).roofWork(2).date("2026-11-25T09:00:00Z").record(tool.runs());
    assertThat(tool.call("compare", FIRST, "latest", "--fail-on-slower", "5%"))
        .isEqualTo(ExitCode.OK);
    assertThat(tool.err()).contains("gate: passed");
  }

  @Test
  void whatWasNotMeasuredAlikeEndsWith4UnlessForced() {
    Tool tool = tool();
    new SyntheticRun().warmupIterations(2).date("2026-11-25T09:00:00Z").record(tool.runs());
    assertThat(tool.call("compare", FIRST, "latest")).isEqualTo(ExitCode.NOT_ALIKE);
    assertThat(tool.err())
        .isEqualTo(
            "patchgrad: "
                + FIRST
                + " and latest were not measured alike; warmupIterations: 4 | 2; --force compares"
                + " them anyway\n");
    assertThat(tool.out()).isEmpty();
    assertThat(tool.call("compare", FIRST, "latest", "--force")).isEqualTo(ExitCode.OK);
    assertThat(tool.out()).contains("! ignored, not measured alike: warmupIterations: 4 | 2");
  }

  @ParameterizedTest
  @CsvSource({
    "--threshold five, '--threshold', 'five'",
    "--threshold 5, '--threshold', expected a share such as 5% or 0.05",
    "--threshold -1%, '--threshold', expected a share",
    "--fail-on-slower x%, '--fail-on-slower', expected a share",
    "--format xml, '--format', 'console, markdown, csv, json, page'"
  })
  void aBadOptionEndsWith2(String options, String name, String expected) {
    Tool tool = tool();
    String[] words = ("latest latest " + options).split(" ", -1);
    assertThat(tool.call("compare", words)).isEqualTo(ExitCode.USAGE);
    assertThat(tool.err()).contains(name).contains(expected);
  }

  @Test
  void oneRunAloneEndsWith2() {
    Tool tool = tool();
    assertThat(tool.call("compare", "latest")).isEqualTo(ExitCode.USAGE);
    assertThat(tool.err()).contains("RUN");
  }

  @Test
  void aRunThatBrokeOffIsComparedAndNamed() {
    Tool tool = tool();
    Path partial = new SyntheticRun().agreement(Agreement.PENDING).writeTo(folder.resolve("odd"));
    assertThat(tool.call("compare", FIRST, partial.toString(), "--format", "csv"))
        .isEqualTo(ExitCode.OK);
    assertThat(tool.err())
        .isEqualTo("patchgrad: " + partial + " broke off: cells may be missing\n");
    assertThat(tool.out()).startsWith("first,other,");
  }

  @Test
  void markdownShowsWhatOthersWroteAndReadsItNot() {
    Tool tool = tool();
    Path odd = new SyntheticRun().kernels("<script>", "a|b").writeTo(folder.resolve("<b>"));
    assertThat(tool.call("compare", odd.toString(), odd.toString(), "--format", "markdown"))
        .isEqualTo(ExitCode.OK);
    assertThat(tool.out()).contains("\\<script>", "\\<b>").doesNotContainPattern("(?<!\\\\)<[a-z]");
  }

  @Test
  void runsOfOneSampledModeAreNotPromisedToBeForced() {
    Tool tool = tool();
    Path sampled = new SyntheticRun().mode("sample").writeTo(folder.resolve("sampled"));
    assertThat(tool.call("compare", sampled.toString(), sampled.toString()))
        .isEqualTo(ExitCode.NOT_ALIKE);
    assertThat(tool.err()).contains("mode sample").doesNotContain("--force");
  }
}

package dev.patchgrad.reports.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Holds what a sweep over JVMs measures, says and writes. */
@Timeout(300)
class SweepCommandTest {
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  @TempDir private Path folder = Path.of("");

  private int sweep(Tool tool, String... options) {
    List<String> words = new ArrayList<>(List.of("sweep", "--runs=" + tool.runs()));
    words.addAll(Arrays.asList(options));
    words.addAll(
        List.of(
            "--",
            JAVA,
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.patchgrad.reports.duel.ToyJmh",
            "toy.run",
            "-p",
            "kernel=vector"));
    return tool.raw(words.toArray(String[]::new));
  }

  @Test
  void everySetOfFlagsMeetsTheBaseline() throws IOException {
    Tool tool = new Tool(folder);
    // The toy scores 100 without flags, and its noise is a thousandth.
    assertThat(sweep(tool, "--flags", "-Dtoy.score=80", "--flags", "-Dtoy.score=100")).isZero();
    assertThat(tool.err())
        .contains("baseline: as it is; against it: -Dtoy.score=80; -Dtoy.score=100");
    // One row: its mean over the baseline, and the counts of slower, faster, same and undecided.
    assertThat(tool.out())
        .containsPattern("-Dtoy\\.score=80 +vector +1 +0\\.[78]\\d+x +1 +0 +0 0")
        .containsPattern("-Dtoy\\.score=100 +vector +1 +[01]\\.\\d+x +0 +0 +1 0")
        .doesNotContain("geometric mean of B over A");
    assertThat(tool.out()).contains("slower", "same");
    List<Path> files;
    try (Stream<Path> found = Files.walk(tool.runs())) {
      files = found.filter(Files::isRegularFile).toList();
    }
    assertThat(files)
        .extracting(path -> path.getFileName().toString())
        .containsExactlyInAnyOrder("forks.jsonl", "duel.json", "summary.md", "index.html");
    for (Path file : files) {
      if (file.endsWith("index.html")) {
        assertThat(Files.readString(file)).contains("A sweep over JVMs", "-Dtoy.score=80");
      }
    }
  }

  @Test
  void whatCannotBeginIsLeftOutAndSaid() {
    Tool tool = new Tool(folder);
    assertThat(
            sweep(tool, "--forks", "1", "--flags", "-Dtoy.unknown", "--flags", "-Dtoy.score=100"))
        .isEqualTo(ExitCode.FAILURE);
    assertThat(tool.err()).contains("! -Dtoy.unknown is left out");
    assertThat(tool.out()).contains("-Dtoy.score=100");
    assertThat(sweep(tool, "--flags", "-Dtoy.unknown")).isEqualTo(ExitCode.USAGE);
    assertThat(tool.err()).contains("no other JVM has a benchmark of the baseline's");
  }

  @Test
  void aJdkIsNamedByItsRelease() {
    Tool tool = new Tool(folder);
    assertThat(
            sweep(
                tool,
                "--forks",
                "1",
                "--format",
                "csv",
                "--java",
                JAVA,
                "--flags",
                "-Dtoy.score=50"))
        .isZero();
    assertThat(tool.err()).contains("baseline: JDK ", "; against it: -Dtoy.score=50");
    assertThat(tool.out()).contains("jvm", "-Dtoy.score=50");
  }

  @Test
  void aSweepOverOneJvmIsRefused() {
    Tool tool = new Tool(folder);
    assertThat(sweep(tool)).isEqualTo(ExitCode.USAGE);
    assertThat(tool.err()).contains("as it is alone is left; expected a second JDK or a set of");
  }
}

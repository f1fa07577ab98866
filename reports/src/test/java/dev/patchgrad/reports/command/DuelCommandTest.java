package dev.patchgrad.reports.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Holds what a duel writes, where, and what its exit codes mean to scripts and to git bisect. */
@Timeout(300)
class DuelCommandTest {
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  @TempDir private Path folder = Path.of("");

  private static String toy(String words) {
    return "'"
        + JAVA
        + "' -XX:TieredStopAtLevel=1 -cp '"
        + System.getProperty("java.class.path")
        + "' dev.patchgrad.reports.duel.ToyJmh "
        + words;
  }

  private int duel(Tool tool, int scoreOfA, int scoreOfB, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "duel",
                "--runs=" + tool.runs(),
                "--both",
                toy("toy.run"),
                "--a-options",
                "-p score=" + scoreOfA,
                "--b-options",
                "-p score=" + scoreOfB));
    words.addAll(Arrays.asList(more));
    return tool.raw(words.toArray(String[]::new));
  }

  @Test
  void theGateTellsSlowerFromNotSlower() {
    Tool tool = new Tool(folder);
    assertThat(duel(tool, 100, 80, "--fail-on-slower", "10%")).isEqualTo(ExitCode.SLOWER);
    assertThat(tool.out()).contains("toy.run", "0.8", "slower");
    assertThat(duel(tool, 100, 120, "--fail-on-slower", "10%")).isZero();
    assertThat(duel(tool, 100, 80)).isZero();
  }

  @Test
  void underBisectACommitThatCannotBeJudgedIsSkippedAndAWrongCommandEndsIt() {
    Tool tool = new Tool(folder);
    assertThat(duel(tool, 100, 80, "--bisect")).isEqualTo(1);
    assertThat(duel(tool, 100, 100, "--bisect")).isZero();
    // One pair decides nothing.
    assertThat(duel(tool, 100, 80, "--bisect", "--forks", "1")).isEqualTo(125);
    assertThat(duel(tool, 100, 80, "--bisect", "--a", toy("toy.fails"), "--b", toy("toy.fails")))
        .isEqualTo(125);
    assertThat(duel(tool, 100, 80, "--bisect", "--a", "none.jar")).isEqualTo(125);
    assertThat(duel(tool, 100, 80, "--bisect", "--no-such-option")).isEqualTo(128);
    assertThat(duel(tool, 100, 80, "--bisect", "--git", "A..B")).isEqualTo(128);
    assertThat(tool.err()).contains("--git, --build: one without the other");
  }

  @Test
  void aDuelIsRecordedBesideTheRunsWithItsPage() throws IOException {
    Tool tool = new Tool(folder);
    assertThat(duel(tool, 100, 120, "--floor", "--format", "page")).isZero();
    Path duels = tool.runs().resolve("duels");
    List<Path> all;
    try (Stream<Path> found = Files.list(duels)) {
      all = found.toList();
    }
    assertThat(all).hasSize(1);
    Path page = all.get(0).resolve("index.html");
    assertThat(tool.out()).isEqualTo("Page: " + page + "\n");
    assertThat(page)
        .content()
        .contains("A duel of two sides", "▲ faster", "A against itself", "-p score=120");
    assertThat(all.get(0).resolve("summary.md")).content().contains("| toy.run");
    assertThat(all.get(0).resolve("duel.json")).content().contains("\"aAgainstItself\"");
    assertThat(all.get(0).resolve("forks.jsonl")).content().contains("toy.allocated");
    // A duel is no run.
    assertThat(tool.call("runs")).isZero();
    assertThat(tool.out()).doesNotContain("duels");
  }

  @Test
  void theWordsAfterTheDashesAreTheCommandOfBothSides() {
    Tool tool = new Tool(folder);
    List<String> words = new ArrayList<>(List.of("duel", "--runs=" + tool.runs()));
    words.addAll(List.of("--a-options", "-p score=100", "--b-options", "-p score=120", "--"));
    words.addAll(List.of(JAVA, "-cp", System.getProperty("java.class.path")));
    words.addAll(List.of("dev.patchgrad.reports.duel.ToyJmh", "toy.run"));
    assertThat(tool.raw(words.toArray(String[]::new))).isZero();
    assertThat(tool.out()).contains("faster");
    words.addAll(2, List.of("--both", "x"));
    assertThat(tool.raw(words.toArray(String[]::new))).isEqualTo(ExitCode.USAGE);
    assertThat(tool.err()).contains("--both: given beside the words after --");
  }

  @Test
  void twoCommandsAreTheSidesAndTwoWordsOfOneCommandAreNot() {
    Tool tool = new Tool(folder);
    String a = toy("toy.run -p score=100");
    String b = toy("toy.run -p score=120");
    assertThat(tool.raw("duel", "--runs=" + tool.runs(), a, b)).isZero();
    assertThat(tool.out()).contains("1.2", "faster");
    assertThat(tool.raw("duel", "old.jar", "new.jar")).isEqualTo(ExitCode.USAGE);
    assertThat(tool.err()).contains("old.jar: no such file");
    assertThat(tool.raw("duel", "--", "old.jar", "Sort")).isEqualTo(ExitCode.USAGE);
    assertThat(tool.err()).contains("old.jar: no such file");
    assertThat(tool.raw("duel", "--both", a, a, b)).isEqualTo(ExitCode.USAGE);
    assertThat(tool.err()).contains("--both: given beside the words after --");
  }

  /** A repository whose commits have these scores. */
  private Path repository(String... scores) throws Exception {
    Path repository = Files.createDirectory(folder.resolve("repository"));
    in(repository, "git", "init", "--quiet", "--initial-branch=main");
    in(repository, "git", "config", "user.email", "toy@example.org");
    in(repository, "git", "config", "user.name", "Toy");
    for (int i = 0; i < scores.length; i++) {
      Files.writeString(repository.resolve("score"), scores[i]);
      Files.writeString(repository.resolve("number"), Integer.toString(i));
      in(repository, "git", "add", ".");
      in(repository, "git", "commit", "--quiet", "-m", "commit " + i);
      in(repository, "git", "tag", "c" + i);
    }
    return repository;
  }

  private Process start(Path directory, String... words) throws IOException {
    return new ProcessBuilder(words)
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("out.txt").toFile())
        .start();
  }

  private String in(Path directory, String... words) throws Exception {
    Process process = start(directory, words);
    int code = process.waitFor();
    String text = Files.readString(folder.resolve("out.txt"), StandardCharsets.UTF_8);
    assertThat(code).as(text).isZero();
    return text;
  }

  private List<String> tool(String... more) {
    List<String> words =
        new ArrayList<>(List.of(JAVA, "-cp", System.getProperty("java.class.path")));
    words.addAll(List.of(Patchgrad.class.getName(), "duel", "--runs=" + folder.resolve("runs")));
    words.addAll(List.of(more));
    return words;
  }

  @Test
  void gitBisectFindsTheCommitThatMadeItSlower() throws Exception {
    // Its third commit does not build: it is skipped.
    Path repository = repository("100", "100.1", "broken", "90", "90.1", "90");
    in(repository, "git", "bisect", "start", "c5", "c1");
    List<String> line = new ArrayList<>(List.of("git", "bisect", "run"));
    line.addAll(
        tool(
            "--bisect",
            "--fail-on-slower",
            "3%",
            "--git",
            "c0..HEAD",
            "--build",
            "grep -qv broken score && cp score built",
            "--both",
            toy("toy.run -p file=built")));
    Process process = start(repository, line.toArray(String[]::new));
    process.waitFor();
    String text = Files.readString(folder.resolve("out.txt"));
    // Between the last good and the first bad lies the one that was skipped: both are named.
    assertThat(text).contains("There are only 'skip'ped commits left to test.");
    String c2 = in(repository, "git", "rev-parse", "c2").strip();
    String c3 = in(repository, "git", "rev-parse", "c3").strip();
    String c4 = in(repository, "git", "rev-parse", "c4").strip();
    String end = text.substring(text.indexOf("There are only"));
    assertThat(end).contains(c2, c3).doesNotContain(c4);
    assertThat(in(repository, "git", "worktree", "list").lines()).hasSize(1);
  }

  @Test
  void aSignalLeavesTheTableAndNoWorktree() throws Exception {
    Path repository = repository("100", "100");
    List<String> line =
        tool(
            "--git",
            "c0..c1",
            "--build",
            "cp score built",
            "--both",
            toy("toy.sleeps -p file=built -i 10"),
            "--within",
            "0.0001%");
    Process process = start(repository, line.toArray(String[]::new));
    Path out = folder.resolve("out.txt");
    while (process.isAlive() && !Files.readString(out).contains("after 1 pair")) {
      process.waitFor(50, TimeUnit.MILLISECONDS);
    }
    process.destroy();
    assertThat(process.waitFor()).isEqualTo(143);
    assertThat(Files.readString(out))
        .contains("B over A", "every fork as JMH wrote it, and a page")
        .doesNotContain("broke down");
    assertThat(process.descendants()).isEmpty();
    assertThat(in(repository, "git", "worktree", "list").lines()).hasSize(1);
  }
}

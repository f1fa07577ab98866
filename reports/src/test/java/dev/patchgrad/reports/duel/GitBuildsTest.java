package dev.patchgrad.reports.duel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Holds that two commits are built beside the user's files, and that nothing of it stays. */
@Timeout(120)
class GitBuildsTest {
  @TempDir private Path repository = Path.of("");

  private final StringWriter progress = new StringWriter();
  private final Guard guard = Guard.by(() -> false);

  @BeforeEach
  void twoCommits() throws Exception {
    git("init", "--quiet", "--initial-branch=main");
    git("config", "user.email", "toy@example.org");
    git("config", "user.name", "Toy");
    commit("one");
    commit("two");
    Files.writeString(repository.resolve("score"), "not committed");
  }

  private void commit(String content) throws Exception {
    Files.writeString(repository.resolve("score"), content);
    git("add", "score");
    git("commit", "--quiet", "-m", content);
  }

  private String git(String... words) throws Exception {
    List<String> line = new ArrayList<>(List.of("git"));
    line.addAll(List.of(words));
    Process process =
        new ProcessBuilder(line).directory(repository.toFile()).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(text).isZero();
    return text;
  }

  private GitBuilds builds(String range, String build)
      throws DuelException, IOException, InterruptedException {
    return GitBuilds.of(
        GitBuilds.Range.parse(range), build, repository, guard, new PrintWriter(progress));
  }

  private void nothingStays() throws Exception {
    assertThat(git("worktree", "list").lines()).hasSize(1);
    assertThat(repository.resolve("score")).hasContent("not committed");
    assertThat(git("status", "--short").strip()).isEqualTo("M score");
  }

  @Test
  void bothCommitsAreBuiltWhereTheyAreCheckedOutAndRemovedAtTheEnd() throws Exception {
    List<Path> folders = new ArrayList<>();
    try (GitBuilds builds = builds("HEAD~1..", "cp score built && pwd")) {
      folders.addAll(List.of(builds.a(), builds.b()));
      assertThat(builds.a().resolve("built")).hasContent("one");
      assertThat(builds.b().resolve("built")).hasContent("two");
      // The build left a file that git does not know: it goes as well.
    }
    assertThat(folders).allSatisfy(folder -> assertThat(folder.getParent()).doesNotExist());
    assertThat(progress.toString()).contains("building A (HEAD~1, ", "building B (HEAD, ");
    nothingStays();
  }

  @Test
  void aBuildThatFailsSaysSoWithItsLastLinesAndLeavesNothing() throws Exception {
    assertThatThrownBy(() -> builds("HEAD~1..main", "cat score; grep -q one score"))
        .isInstanceOf(DuelException.class)
        .hasMessageContaining("the build of B (main, ")
        .hasMessageContaining("failed with exit code 1; its last lines:\n  two");
    nothingStays();
  }

  @Test
  void whatIsNoPairOfCommitsIsRefusedBeforeAnythingIsBuilt() throws Exception {
    assertThatThrownBy(() -> builds("HEAD", "true"))
        .hasMessage("--git: 'HEAD' given; expected A..B, such as v1.0..HEAD");
    assertThatThrownBy(() -> builds("main...HEAD", "true")).hasMessageContaining("expected A..B");
    assertThatThrownBy(() -> builds("HEAD..nowhere", "true"))
        .hasMessageContaining("--git: 'nowhere' given; expected a commit of ");
    assertThat(progress.toString()).isEmpty();
    nothingStays();
  }

  @Test
  void aSignalDuringABuildEndsItAndLeavesNothing() throws Exception {
    Path begun = repository.resolve(".git").resolve("begun");
    Thread signal =
        new Thread(
            () -> {
              while (!Files.exists(begun)) {
                Thread.onSpinWait();
              }
              guard.stop();
            });
    signal.start();
    assertThatThrownBy(() -> builds("HEAD~1..", "touch '" + begun + "'; sleep 60"))
        .hasMessageContaining("the build of A");
    guard.close();
    signal.join();
    nothingStays();
  }
}

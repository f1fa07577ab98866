package dev.patchgrad.reports.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The state of a source, in repositories made for the test. */
final class SourceStateTest {
  @TempDir private Path folder;
  private Path project;

  @BeforeEach
  void aProjectInARepository() throws Exception {
    project = folder.resolve("project");
    for (String file :
        List.of(
            "core/src/A.java", "reports/README.md", "reports/profiles/a/x.json", ".gitignore")) {
      write(file, "1");
    }
    write(".gitignore", "target/");
    git("init", "-q");
    commit();
  }

  private void write(String file, String text) throws IOException {
    Files.createDirectories(project.resolve(file).getParent());
    Files.writeString(project.resolve(file), text);
  }

  private void git(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("git", "-C", project.toString()));
    command.addAll(List.of(arguments));
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }

  private void commit() throws Exception {
    git("add", ".");
    git(
        "-c",
        "user.name=a",
        "-c",
        "user.email=a@b.c",
        "-c",
        "commit.gpgsign=false",
        "commit",
        "-qma");
  }

  private Revision revision() {
    SourceState state = SourceState.of(project);
    assertThat(state.reason()).isEmpty();
    return state.revision();
  }

  @Test
  void aChangedSourceIsDirtyAndChangedDocumentsAndProfilesAreNot() throws Exception {
    assertThat(revision().commit()).matches("[0-9a-f]{40}");
    write("reports/README.md", "2");
    write("reports/profiles/a/x.json", "2");
    assertThat(revision().dirty()).isFalse();
    write("core/src/A.java", "2");
    assertThat(revision().dirty()).isTrue();
  }

  @Test
  void anUntrackedFileThatTheBuildReadsIsDirtyAndAnotherIsNot() throws Exception {
    write("notes.txt", "1");
    write("core/target/classes/src/A.class", "1");
    assertThat(revision().dirty()).isFalse();
    write("core/src/B.java", "1");
    assertThat(revision().dirty()).isTrue();
  }

  @Test
  void aFolderWithinAnotherRepositoryHasNoRevision() {
    SourceState state = SourceState.of(project.resolve("core"));
    assertThat(state.revision()).isEqualTo(Revision.UNKNOWN);
    assertThat(state.reason()).contains("core is not the top of the git repository around it");
  }

  @Test
  void outsideOfARepositoryTheReasonIsGits() {
    SourceState state = SourceState.of(folder);
    assertThat(state.revision()).isEqualTo(Revision.UNKNOWN);
    assertThat(state.reason()).startsWith("git says: fatal: not a git repository");
  }

  /** As a hook of another repository has them: the state is that of the folder all the same. */
  @Test
  void variablesThatNameAnotherRepositoryAreNotObeyed() throws Exception {
    Path other = Files.createDirectories(folder.resolve("other"));
    assertThat(new ProcessBuilder("git", "init", "-q", other.toString()).start().waitFor())
        .isZero();
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Asked.class.getName(),
            project.toString());
    builder.environment().put("GIT_DIR", other.resolve(".git").toString());
    builder.environment().put("GIT_WORK_TREE", other.toString());
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output.strip()).isEqualTo(SourceState.of(project).toString());
    assertThat(output).contains(revision().commit());
  }

  /** In a process of its own, as a JVM cannot change its environment. */
  static final class Asked {
    public static void main(String[] arguments) {
      System.out.println(SourceState.of(Path.of(arguments[0])));
    }
  }
}

package dev.patchgrad.bench.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What a killed process left is removed by the next, and what a live one has is not. */
class TemporaryFolderTest {
  @Test
  void theFolderOfADeadProcessIsRemovedAndThatOfALiveOneIsNot() throws IOException {
    Path dead = Files.createTempDirectory("patchgrad-classes");
    Files.writeString(dead.resolve("lock"), "");
    Files.writeString(dead.resolve("0.jar"), "jar");
    Path beginning = Files.createTempDirectory("patchgrad-classes");
    try (TemporaryFolder live = TemporaryFolder.create()) {
      assertThat(dead).doesNotExist();
      try (TemporaryFolder other = TemporaryFolder.create()) {
        assertThat(live.path()).isDirectory();
        assertThat(other.path()).isNotEqualTo(live.path());
      }
      // No lock yet: its process may be about to take one.
      assertThat(beginning).isDirectory();
    } finally {
      Files.delete(beginning);
    }
  }

  @Test
  void nothingIsLeftOfAFolderThatIsClosed() throws IOException {
    Path path;
    try (TemporaryFolder folder = TemporaryFolder.create()) {
      path = folder.path();
      Files.writeString(path.resolve("classes.jsa"), "");
    }
    assertThat(path).doesNotExist();
  }
}

package dev.patchgrad.bench.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where runs are kept. */
class RunsRootTest {
  @TempDir private Path folder;

  @Test
  void inTheProjectThatTheCommandWasGivenIn() throws IOException {
    for (String module : new String[] {"bench", "reports"}) {
      Files.createDirectories(folder.resolve(module));
      Files.writeString(folder.resolve(module).resolve("pom.xml"), "");
    }
    assertThat(RunsRoot.of(Optional.empty(), folder.resolve("bench")))
        .isEqualTo(folder.resolve("reports/runs"));
  }

  @Test
  void elseBelowTheFolder() {
    assertThat(RunsRoot.of(Optional.empty(), folder)).isEqualTo(folder.resolve("reports/runs"));
  }

  @Test
  void elseWhereTheUserSaid() {
    assertThat(RunsRoot.of(Optional.of("my/runs"), folder)).isEqualTo(folder.resolve("my/runs"));
    assertThat(RunsRoot.of(Optional.of(folder + "/runs"), Path.of("")))
        .isEqualTo(folder.resolve("runs"));
  }
}

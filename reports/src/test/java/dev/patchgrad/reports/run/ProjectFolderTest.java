package dev.patchgrad.reports.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The project that a command was given in. */
final class ProjectFolderTest {
  @TempDir private Path folder;

  @Test
  void theNearestFolderWithBothModulesIsTheProject() throws IOException {
    for (String module : new String[] {"bench", "reports"}) {
      Files.createDirectories(folder.resolve("project").resolve(module));
      Files.writeString(folder.resolve("project").resolve(module).resolve("pom.xml"), "");
    }
    Path project = folder.resolve("project");
    Path below = Files.createDirectories(project.resolve("bench/src/main"));
    assertThat(ProjectFolder.around(below)).isEqualTo(project);
    assertThat(ProjectFolder.around(project)).isEqualTo(project);
  }

  @Test
  void outsideOfAProjectItIsTheFolderItself() throws IOException {
    Path elsewhere = Files.createDirectories(folder.resolve("reports"));
    Files.writeString(elsewhere.resolve("pom.xml"), "");
    assertThat(ProjectFolder.around(folder)).isEqualTo(folder);
  }
}

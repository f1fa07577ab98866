package dev.patchgrad.bench.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lets forks share their classes. */
class ClassArchiveTest {
  private static final String VM = "OpenJDK 64-Bit Server VM";

  @TempDir private Path folder;

  @Test
  void foldersOfTheClassPathBecomeJarsAndGoAtTheEnd() throws IOException {
    Files.createDirectories(folder.resolve("META-INF"));
    Files.writeString(folder.resolve("META-INF/BenchmarkList"), "list");
    Path jar;
    try (ClassArchive archive = ClassArchive.create(VM, List.of("-Xmx1g")).orElseThrow()) {
      String[] entries =
          archive.jars("a.jar" + File.pathSeparator + folder).split(File.pathSeparator, -1);
      assertThat(entries).hasSize(2).startsWith("a.jar");
      jar = Path.of(entries[1]);
      try (JarFile file = new JarFile(jar.toFile())) {
        assertThat(file.getEntry("META-INF/BenchmarkList")).isNotNull();
      }
      String beside = jar.resolveSibling("classes.jsa").toString();
      assertThat(archive.flags()).anyMatch(flag -> flag.endsWith(beside));
    }
    assertThat(jar.resolveSibling("")).doesNotExist();
  }

  @Test
  void thereIsNoneWhereTheUserSettlesItOrTheJvmHasNoSuchThing() throws IOException {
    assertThat(ClassArchive.create(VM, List.of("-Xshare:off"))).isEmpty();
    assertThat(ClassArchive.create(VM, List.of("-XX:SharedArchiveFile=x"))).isEmpty();
    assertThat(ClassArchive.create("Eclipse OpenJ9 VM", List.of())).isEmpty();
  }
}

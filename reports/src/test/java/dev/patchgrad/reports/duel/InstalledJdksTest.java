package dev.patchgrad.reports.duel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class InstalledJdksTest {
  @TempDir private Path folder = Path.of("");

  private void jdk(String name, String version) throws IOException {
    Path home = folder.resolve(name);
    Path java = home.resolve("bin/java");
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(java, "#!/bin/sh\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
  }

  @Test
  void thoseThatCanRunTheKernelsAreFoundTheOldestFirst() throws IOException {
    jdk("a", "27-ea");
    jdk("b", "25.0.10");
    jdk("c", "25.0.3");
    jdk("d", "17.0.1");
    jdk("e", "25.0.3");
    Files.createDirectories(folder.resolve("empty"));
    assertThat(InstalledJdks.in(List.of(folder, folder.resolve("none"))).keySet())
        .containsExactly("JDK 25.0.3", "JDK 25.0.10", "JDK 27-ea");
    assertThat(InstalledJdks.in(List.of(folder)).get("JDK 25.0.3"))
        .isEqualTo(folder.resolve("c/bin/java"));
    assertThat(InstalledJdks.nameOf(folder.resolve("a/bin/java"))).isEqualTo("JDK 27-ea");
    assertThat(InstalledJdks.nameOf(folder.resolve("empty/java")))
        .isEqualTo(folder.resolve("empty/java").toString());
  }
}

package dev.patchgrad.bench.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The search for a JDK, in folders made for the test. */
class JdkFinderTest {
  @TempDir private Path folder;

  private Path jdk(String name, String version) throws IOException {
    Path home = Files.createDirectories(folder.resolve(name));
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("bin/java"), "");
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  @Test
  void javaHomeComesFirst() throws IOException, UsageException {
    Path asked = jdk("asked", "25.0.1");
    Path own = jdk("own", "26");
    jdk("jvm/newest", "27");
    assertThat(new JdkFinder(Optional.of(asked), own, List.of(folder.resolve("jvm"))).find())
        .isEqualTo(asked.resolve("bin/java"));
  }

  @Test
  void thenTheJdkThatRunsTheLauncher() throws IOException, UsageException {
    Path asked = jdk("asked", "17.0.9");
    Path own = jdk("own", "25");
    jdk("jvm/newest", "27");
    assertThat(new JdkFinder(Optional.of(asked), own, List.of(folder.resolve("jvm"))).find())
        .isEqualTo(own.resolve("bin/java"));
  }

  @Test
  void thenTheNewestInTheUsualFolders() throws IOException, UsageException {
    Path own = jdk("own", "17");
    jdk("jvm/a", "25.0.2");
    Path newest = jdk("jvm/b/Contents/Home", "26-ea");
    jdk("jvm/c", "1.8.0_402");
    assertThat(
            new JdkFinder(
                    Optional.empty(), own, List.of(folder.resolve("none"), folder.resolve("jvm")))
                .find())
        .isEqualTo(newest.resolve("bin/java"));
  }

  @Test
  void whereThereIsNoneTheMessageNamesEveryPlace() throws IOException {
    Path asked = jdk("asked", "17.0.9");
    Path own = folder.resolve("own");
    Path jvm = folder.resolve("jvm");
    String message =
        catchThrowableOfType(
                UsageException.class,
                () -> new JdkFinder(Optional.of(asked), own, List.of(jvm)).find())
            .getMessage();
    assertThat(message)
        .startsWith("JDK: none of release 25 or newer found; ")
        .contains("JAVA_HOME is " + asked + " (release 17)")
        .contains("this JVM is " + own + " (no JDK)")
        .contains(jvm.toString(), "-Dbench.java=");
  }
}

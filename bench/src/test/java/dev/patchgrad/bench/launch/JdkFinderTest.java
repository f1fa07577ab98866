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

  /** Of JDKs whose name has "broken" in it, each does not run. */
  private JdkFinder finder(Optional<Path> asked, Path own, Path... folders) {
    return new JdkFinder(
        asked,
        own,
        List.of(folders),
        java ->
            java.toString().contains("broken") ? Optional.of("does not run") : Optional.empty());
  }

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
    assertThat(finder(Optional.of(asked), own, folder.resolve("jvm")).find().java())
        .isEqualTo(asked.resolve("bin/java"));
  }

  @Test
  void thenTheJdkThatRunsTheLauncher() throws IOException, UsageException {
    Path asked = jdk("asked", "17.0.9");
    Path own = jdk("own", "25");
    jdk("jvm/newest", "27");
    assertThat(finder(Optional.of(asked), own, folder.resolve("jvm")).find().java())
        .isEqualTo(own.resolve("bin/java"));
  }

  @Test
  void thenTheNewestInTheUsualFolders() throws IOException, UsageException {
    Path own = jdk("own", "17");
    jdk("jvm/a", "25.0.2");
    Path newest = jdk("jvm/b/Contents/Home", "26-ea");
    jdk("jvm/c", "1.8.0_402");
    assertThat(
            finder(Optional.empty(), own, folder.resolve("none"), folder.resolve("jvm"))
                .find()
                .java())
        .isEqualTo(newest.resolve("bin/java"));
  }

  /** Windows' JDKs begin with bin/java.exe, and a folder of them has spaces. */
  @Test
  void onWindowsTheLauncherIsAnExe() throws IOException, UsageException {
    Path own = jdk("own", "17");
    Path home = jdk("Program Files/Eclipse Adoptium/jdk-25.0.1.8-hotspot", "25.0.1");
    Path exe = Files.move(home.resolve("bin/java"), home.resolve("bin/java.exe"));
    assertThat(
            finder(Optional.empty(), own, folder.resolve("Program Files/Eclipse Adoptium"))
                .find()
                .java())
        .isEqualTo(exe);
  }

  @Test
  void whereThereIsNoneTheMessageNamesEveryPlace() throws IOException {
    Path asked = jdk("asked", "17.0.9");
    Path own = folder.resolve("own");
    Path jvm = folder.resolve("jvm");
    String message =
        catchThrowableOfType(
                UsageException.class, () -> finder(Optional.of(asked), own, jvm).find())
            .getMessage();
    assertThat(message)
        .startsWith("JDK: none of release 25 or newer found; ")
        .contains("JAVA_HOME is " + asked + " (release 17)")
        .contains("this JVM is " + own + " (no JDK)")
        .contains(jvm.toString(), "-Dbench.java=");
  }

  @Test
  void aJdkThatCannotBeTakenIsPassedOverForTheNextBestWithTheReason()
      throws IOException, UsageException {
    Path asked = jdk("broken-home", "25");
    Path own = jdk("own", "17");
    Path newest = jdk("jvm/broken", "27");
    Path good = jdk("jvm/good", "26");
    JdkFinder.Found found = finder(Optional.of(asked), own, folder.resolve("jvm")).find();
    assertThat(found.java()).isEqualTo(good.resolve("bin/java"));
    assertThat(found.passedOver())
        .containsExactly(asked + " does not run", newest + " does not run");
  }

  @Test
  void whereNoneCanBeTakenTheMessageSaysWhyNot() throws IOException {
    Path own = jdk("own", "17");
    Path only = jdk("jvm/broken", "25");
    assertThat(
            catchThrowableOfType(
                    UsageException.class,
                    () -> finder(Optional.empty(), own, folder.resolve("jvm")).find())
                .getMessage())
        .contains(only + " does not run", "JAVA_HOME is not set", "-Dbench.java=PATH");
  }
}

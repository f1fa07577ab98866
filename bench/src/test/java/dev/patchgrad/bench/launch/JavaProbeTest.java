package dev.patchgrad.bench.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a java that the suites cannot run on; scripts stand for most of them. */
@DisabledOnOs(OS.WINDOWS)
class JavaProbeTest {
  @TempDir private Path folder;

  private Path script(String text) throws IOException {
    Path file = folder.resolve("java");
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return file;
  }

  @Test
  void theJvmOfThisTestIsTaken() {
    assertThat(JavaProbe.refusal(Path.of(System.getProperty("java.home"), "bin", "java")))
        .isEmpty();
  }

  @Test
  void anOlderReleaseIsNamed() throws IOException {
    assertThat(JavaProbe.refusal(script("echo '    java.specification.version = 17'")))
        .contains("is release 17; expected 25 or newer");
    // Java 8 does not know --add-modules, and counts in another way.
    assertThat(
            JavaProbe.refusal(
                script(
                    "case $1 in --add*) echo Unrecognized option; exit 1;; esac\n"
                        + "echo '    java.specification.version = 1.8'")))
        .contains("is release 8; expected 25 or newer");
  }

  @Test
  void aRuntimeWithoutTheVectorModuleIsNamed() throws IOException {
    assertThat(
            JavaProbe.refusal(
                script(
                    "case $1 in --add*) echo Module jdk.incubator.vector not found; exit 1;; esac\n"
                        + "echo '    java.specification.version = 25'")))
        .contains("lacks the module jdk.incubator.vector, which a full JDK has");
  }

  @Test
  void whatDoesNotRunIsNamed() throws IOException {
    assertThat(JavaProbe.refusal(script("echo bad library; exit 127")))
        .contains("does not run: bad library");
    assertThat(JavaProbe.refusal(folder.resolve("none")).orElse("")).startsWith("does not run: ");
  }
}

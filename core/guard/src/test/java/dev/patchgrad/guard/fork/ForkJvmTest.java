package dev.patchgrad.guard.fork;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A fork is started as the test JVM was, without what would change or hide what C2 does. */
class ForkJvmTest {
  @Test
  void argumentsAreTheTestJvmsWithoutAgentsAndWithC2() {
    assertThat(
            ForkJvm.inherited(
                List.of(
                    "--add-modules=jdk.incubator.vector",
                    "-agentlib:jdwp=transport=dt_socket,address=5005",
                    "-javaagent:jacoco.jar=destfile=x",
                    "-XX:TieredStopAtLevel=1",
                    "-Xint",
                    "-XX:StartFlightRecording=filename=x.jfr",
                    "-Xmx1g",
                    "-Dname=value with blanks",
                    "--module-path=a:b",
                    "-Djdk.module.main=example",
                    "-Djdk.module.main.class=example.Main")))
        .containsExactly(
            "--add-modules=jdk.incubator.vector",
            "-Xmx1g",
            "-Dname=value with blanks",
            "--module-path=a:b",
            "--add-modules=example");
  }

  @Test
  void theClassPathHasWhatTheForkNeedsOnce() {
    String path = ForkJvm.classPath(ForkJvmTest.class, ForkProgram.class);
    assertThat(path.split(java.io.File.pathSeparator, -1))
        .doesNotHaveDuplicates()
        .anyMatch(entry -> entry.endsWith("test-classes"))
        .anyMatch(entry -> entry.contains("junit-platform-launcher"));
  }
}

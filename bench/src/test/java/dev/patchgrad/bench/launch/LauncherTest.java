package dev.patchgrad.bench.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.run.RunFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs, with JVMs of their own, on the smallest of cells. */
class LauncherTest {
  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("-Dbench.runs=" + folder.resolve("runs")));
    all.addAll(List.of(arguments));
    // Not this JVM's own properties: among them may be the short forms of the build's command line.
    Properties system = new Properties();
    system.setProperty("java.class.path", System.getProperty("java.class.path"));
    return new Launcher(
            system,
            Map.of(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8))
        .run(all);
  }

  private List<Path> files() throws IOException {
    if (!Files.exists(folder.resolve("runs"))) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder.resolve("runs"))) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void aRunLeavesItsRecordAndSaysWhere() throws IOException {
    int code =
        run(
            "Gradient",
            "-Dbench.p=3",
            "-Dbench.k=2",
            "-Dbench.kernel=scalar",
            "-Dbench.precision=float,double",
            "-Dbench.level=1KiB",
            "-f",
            "1",
            "-wi",
            "0",
            "-i",
            "2",
            "-r",
            "20ms",
            "-jvmArgsAppend",
            "-Xmx256m -XX:MaxVectorSize=16");
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(code).isZero();

    Path latest = RunFolder.latest(folder.resolve("runs"));
    Run run = Run.read(latest);
    assertThat(run.isPartial()).isFalse();
    assertThat(run.results()).hasSize(2).allMatch(result -> run.workOf(result).isPresent());
    assertThat(run.environment().jvm().arguments()).contains(ForkFlags.VECTOR_MODULE, "-Xmx256m");
    assertThat(run.environment().simulated()).isEqualTo("MaxVectorSize=16");
    assertThat(run.environment().command()).contains("-Dbench.p=3");
    String console = out.toString(StandardCharsets.UTF_8);
    assertThat(console).containsPattern("Recorded in \\S+" + latest.getFileName() + "\n");
    assertThat(console.stripTrailing()).endsWith(latest.getFileName() + "/index.html");
    assertThat(latest.resolve("index.html")).isNotEmptyFile();
  }

  @Test
  void aRunThatBreaksOffKeepsAPageOfWhatWasMeasured() throws Exception {
    Thread killer = new Thread(this::killTheForkAfterTheFirstCell, "killer");
    killer.start();
    int code =
        run(
            "Gradient",
            "-Dbench.p=3,4",
            "-Dbench.k=2",
            "-Dbench.kernel=scalar",
            "-Dbench.precision=double",
            "-Dbench.level=1KiB",
            "-f",
            "1",
            "-wi",
            "0",
            "-i",
            "1",
            "-r",
            "1s");
    killer.interrupt();
    killer.join();
    assertThat(code).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("what was measured is kept in")
        .doesNotContain("page could not be written");
    List<Path> pages = files().stream().filter(file -> file.endsWith("index.html")).toList();
    assertThat(pages).hasSize(1);
    assertThat(pages.get(0)).content().contains("The run broke off");
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("Page: " + pages.get(0));
  }

  /** As if the second cell's JVM had crashed. */
  private void killTheForkAfterTheFirstCell() {
    try {
      while (!aCellIsKept()) {
        Thread.sleep(10);
      }
      // Again and again: the first one hit may be the first fork on its way out, or a JVM that JMH
      // asks
      // for its version. The second fork runs for a second, and is hit for certain.
      while (true) {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
        Thread.sleep(10);
      }
    } catch (InterruptedException e) {
      // The run has ended.
    }
  }

  private boolean aCellIsKept() {
    try {
      return files().stream().anyMatch(file -> file.endsWith("results.json"));
    } catch (IOException | UncheckedIOException e) {
      // A file got its name while the folder was read.
      return false;
    }
  }

  @Test
  void badParametersAreRefusedBeforeAnyRunIsBegun() throws IOException {
    assertThat(run("-Dbench.p=0", "-Dbench.kernel=foo")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .hasSize(2)
        .contains("patchgrad: p: 0 given; expected at least 1")
        .anyMatch(line -> line.startsWith("patchgrad: kernel: 'foo' is unknown; expected one of "));
    assertThat(files()).isEmpty();
  }

  @Test
  void flagsThatTheJvmDoesNotTakeAreRefused() throws IOException {
    assertThat(run("-jvmArgs", "-XX:+NoSuchFlag")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("patchgrad: jvmArgs: ")
        .contains("NoSuchFlag");
    assertThat(files()).isEmpty();
  }

  @Test
  void aJavaThatIsNoneIsRefused() throws IOException {
    assertThat(run("-jvm", folder.resolve("no-java").toString())).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("patchgrad: jvm: ");
    assertThat(files()).isEmpty();
  }

  @Test
  void aProfilerThatThereIsNotLeavesNoRun() throws IOException {
    assertThat(run("-Dbench.p=3", "-Dbench.k=2", "-prof", "no.such.Profiler")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("no.such.Profiler", "no run is recorded");
    assertThat(files()).isEmpty();
  }

  @Test
  void whatOnlyInformsRecordsNothing() throws IOException {
    for (String option : List.of("-h", "-l", "-lp", "-lprof", "-lrf")) {
      assertThat(run(option)).as(option).isZero();
    }
    assertThat(files()).isEmpty();
  }
}

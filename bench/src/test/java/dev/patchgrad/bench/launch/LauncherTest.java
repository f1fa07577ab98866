package dev.patchgrad.bench.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchgrad.bench.problem.NpyFiles;
import dev.patchgrad.kernel.KernelDescription;
import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.reports.comparison.Comparison;
import dev.patchgrad.reports.run.Result;
import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.run.RunFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs, with JVMs of their own, on the smallest of cells. */
class LauncherTest {
  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Interrupt interrupt = new Interrupt();

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
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Duration.ofMillis(50),
            interrupt)
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
    // A line for each cell; JMH's own words are in the log.
    assertThat(console)
        .containsPattern(
            "(?m)^1/2  gradient k=2 p=3 scalar 1KiB (double|float) +\\S+ \\S?.*samples/s  ")
        .containsPattern("(?m)^2/2  gradient ")
        .doesNotContain("# JMH version", "Iteration   1", "# patchgrad:");
    assertThat(latest.resolve(RunFolder.LOG))
        .content()
        .contains("# JMH version", "Iteration   1", "# patchgrad: kernel=scalar");
    assertThat(console)
        .contains("BatchLoss.of(batch)", "\"record latest\"", "\"compare latest RUN\"");
    assertThat(console).containsPattern("Recorded in \\S+" + latest.getFileName() + "\n");
    assertThat(console.stripTrailing()).endsWith(latest.getFileName() + "/index.html");
    assertThat(latest.resolve("index.html")).isNotEmptyFile();
  }

  /** JMH would ask another JVM than its own twice for each fork, and start it each time. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void anotherJdkIsAskedOnceForItsVersion() throws IOException {
    Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
    Path calls = folder.resolve("calls");
    Files.writeString(
        java,
        String.format(
            "#!/bin/sh\necho \"$@\" >>'%s'\nexec '%s' \"$@\"\n",
            calls, Path.of(System.getProperty("java.home"), "bin", "java")));
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
    List<String> arguments =
        new ArrayList<>(List.of("Gradient", "-jvm", java.toString(), "-p", "kernel=scalar"));
    arguments.addAll(List.of("-p", "p=3", "-p", "k=2", "-p", "level=1KiB", "-p"));
    arguments.addAll(List.of("precision=double", "-f", "2", "-wi", "0", "-i", "1", "-r", "20ms"));
    assertThat(run(arguments.toArray(String[]::new))).isZero();

    List<String> lines = Files.readAllLines(calls);
    assertThat(lines).filteredOn(line -> line.contains("ForkedMain")).hasSize(2);
    assertThat(lines).filteredOn(line -> line.contains("PrintPropertiesMain")).hasSize(1);
    Result.Settings settings =
        Run.read(RunFolder.latest(folder.resolve("runs"))).results().get(0).settings();
    assertThat(settings.jdkVersion()).isEqualTo(System.getProperty("java.version"));
    assertThat(settings.vmName()).isEqualTo(System.getProperty("java.vm.name"));
  }

  private int runOn(Path file, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("Gradient", "-p", "data=" + file, "-Dbench.kernel=scalar,interleaved"));
    arguments.addAll(List.of("-f", "1", "-wi", "0", "-i", "1", "-r", "20ms"));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  @Test
  void aRunOnTheUsersOwnPatchesRecordsWhatTheyAreAndIsComparedWithNoOther() throws IOException {
    Path file = NpyFiles.gaussian(folder.resolve("own.npy"), 11, 3, 5);
    assertThat(runOn(file, "-Dbench.precision=double,float")).isZero();
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    String console = out.toString(StandardCharsets.UTF_8);
    assertThat(console)
        .containsPattern("# data: own.npy@[0-9a-f]{12}, n = 11, k = 3, p = 5, float, \\d+ % of")
        .containsPattern("Fastest gradient kernel, float, data own.npy@[0-9a-f]{12}, n 11\n")
        .containsPattern("\n *5 +3 +11 ");

    Run run = Run.read(RunFolder.latest(folder.resolve("runs")));
    // One cell for each kernel and precision.
    assertThat(run.results()).hasSize(2 * 2);
    assertThat(run.results())
        .allMatch(result -> run.workOf(result).orElseThrow().samples() == 11)
        .allMatch(result -> "5".equals(result.params().get("p")))
        .allMatch(result -> "3".equals(result.params().get("k")))
        .allMatch(result -> result.params().getOrDefault("data", "").startsWith("own.npy@"));
    assertThat(run.folder().resolve("summary.md")).content().contains("data own.npy@", "n 11");
    assertThat(run.folder().resolve("results.csv")).content().contains("data=own.npy@");

    NpyFiles.floats(folder.resolve("own.labels.npy"), "11,", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    assertThat(runOn(file, "-Dbench.precision=double,float")).isZero();
    Run other = Run.read(RunFolder.latest(folder.resolve("runs")));
    assertThat(other.folder()).isNotEqualTo(run.folder());
    assertThatThrownBy(
            () ->
                Comparison.of(
                    new Comparison.Named("one", run), new Comparison.Named("other", other), false))
        .hasMessageContainingAll("params.data", "own.npy@");
  }

  @Test
  void aBadFileIsRefusedBeforeAnyRunIsBegun() throws IOException {
    Path file = NpyFiles.doubles(folder.resolve("own.npy"), "2, 3", 1, 2, 3, 4, 5, 6);
    assertThat(runOn(file)).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "patchgrad: data: " + file + ": shape [2, 3] found; expected shape (n, k, p)",
            LaunchOptions.usage(List.of()));
    assertThat(files()).isEmpty();
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
      while (forksKept() == 0) {
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

  /** Forks on disk so far. */
  private long forksKept() {
    try {
      long forks = 0;
      for (Path file : files()) {
        if (file.endsWith("results.json")) {
          forks +=
              Run.parseResults(Files.readString(file), file).stream()
                  .mapToLong(result -> result.primary().forks().size())
                  .sum();
        }
      }
      return forks;
    } catch (IOException | UncheckedIOException e) {
      // A file got its name while the folder was read.
      return 0;
    }
  }

  private static final List<String> THREE_CELLS =
      List.of(
          "Gradient",
          "-Dbench.p=3,4,5",
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
          "100ms");

  /** Runs three cells, and does something as soon as the first of them is on disk. */
  private int runThreeCells(Consumer<Path> afterTheFirst, String time) throws InterruptedException {
    List<String> arguments = new ArrayList<>(THREE_CELLS);
    arguments.set(arguments.size() - 1, time);
    return runUntil(1, afterTheFirst, arguments);
  }

  /** Runs, and does something as soon as so many forks are on disk. */
  private int runUntil(long forks, Consumer<Path> then, List<String> arguments)
      throws InterruptedException {
    Thread other =
        new Thread(
            () -> {
              try {
                while (forksKept() < forks) {
                  Thread.sleep(5);
                }
                then.accept(files().get(0).getParent());
              } catch (InterruptedException | IOException e) {
                // The run has ended.
              }
            },
            "other");
    other.start();
    int code = run(arguments.toArray(String[]::new));
    interrupt.ended();
    other.interrupt();
    other.join();
    return code;
  }

  /** What was written where the run's folder took no more. */
  private Path rescued() {
    Matcher matcher =
        Pattern.compile("all (\\d) that were measured are in (\\S+)")
            .matcher(err.toString(StandardCharsets.UTF_8));
    assertThat(matcher.find()).as(err.toString(StandardCharsets.UTF_8)).isTrue();
    Path place = Path.of(matcher.group(2));
    assertThat(Run.read(place).results()).hasSize(Integer.parseInt(matcher.group(1)));
    return place;
  }

  @Test
  void aDiskThatTakesNoMoreStopsTheRunAndLosesNothing() throws Exception {
    int code =
        runThreeCells(
            partial -> {
              // In the way of the next results, as a full disk would be.
              try {
                Files.createDirectories(partial.resolve("results.json.new").resolve("folder"));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            "100ms");
    assertThat(code).isEqualTo(1);
    String message = err.toString(StandardCharsets.UTF_8);
    assertThat(message)
        .containsPattern(
            "results.json.new.*; [12] of 3 forks (is|are) on disk, in \\S+\\.partial; all ");
    Path place = rescued();
    assertThat(Run.read(place).isPartial()).isTrue();
    assertThat(place.resolve("index.html")).isNotEmptyFile();
    deleteRescued(place);
  }

  @Tag("thorough")
  @Test
  void aFolderThatVanishesStopsTheRunAndLosesNothing() throws Exception {
    int code =
        runThreeCells(
            partial -> {
              try {
                Files.move(partial, folder.resolve("elsewhere"));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            "100ms");
    assertThat(code).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("there is no such file; ");
    deleteRescued(rescued());
  }

  private static void deleteRescued(Path place) throws IOException {
    RunFolder.delete(place);
    Files.delete(place.resolveSibling(""));
  }

  @Test
  void anInterruptEndsTheRunWithWhatWasMeasured() throws Exception {
    int code = runThreeCells(partial -> interrupt.request(), "2s");
    assertThat(code).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .containsPattern("patchgrad: interrupted; what was measured is kept in .*: 1 of 3 forks\n");
    assertThat(files().stream().map(file -> file.getFileName().toString()))
        .containsExactlyInAnyOrder(
            "results.json",
            "environment.json",
            "jmh.log",
            "index.html",
            "summary.md",
            "results.csv");
    assertThat(ProcessHandle.current().descendants()).isEmpty();
  }

  @Test
  void anInterruptAfterAWholeRoundLeavesAWholeRunOfFewerForks() throws Exception {
    List<String> arguments = new ArrayList<>(THREE_CELLS);
    arguments.set(arguments.indexOf("-f") + 1, "3");
    Path file = folder.resolve("of-user.json");
    arguments.addAll(List.of("-rf", "json", "-rff", file.toString()));
    assertThat(runUntil(4, partial -> interrupt.request(), arguments)).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("interrupted after 1 round of 3; what was measured is recorded");
    Run run = Run.read(RunFolder.latest(folder.resolve("runs")));
    assertThat(run.isPartial()).isFalse();
    assertThat(run.environment().notes()).contains("The run was interrupted after 1 round of 3.");
    // Also the forks of the round that was broken off.
    assertThat(run.results()).hasSize(3);
    assertThat(run.results().stream().mapToInt(result -> result.primary().forks().size()).sum())
        .isBetween(4, 5);
    assertThat(Run.parseResults(Files.readString(file), file)).isEqualTo(run.results());
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("After one round, with one fork of each cell.", "Page: ");
    assertThat(ProcessHandle.current().descendants()).isEmpty();
  }

  @Test
  void anInterruptBeforeTheRunLeavesNone() throws IOException {
    interrupt.ended();
    interrupt.request();
    assertThat(run(THREE_CELLS.toArray(String[]::new))).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo("patchgrad: interrupted; nothing was measured, no run is recorded\n");
    assertThat(folder.resolve("runs")).doesNotExist();
  }

  @Test
  void aFolderInTheWayOfLatestIsRefusedBeforeAnythingIsMeasured() throws IOException {
    Path inTheWay = Files.createDirectories(folder.resolve("runs").resolve("latest"));
    assertThat(run(THREE_CELLS.toArray(String[]::new))).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("runs: " + inTheWay + ": is a folder");
    assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("cells");
    assertThat(folder.resolve("runs").toFile().list()).containsExactly("latest");
  }

  @Tag("thorough")
  @Test
  void aPageThatCannotBeWrittenIsNoSuccess() throws Exception {
    int code =
        runThreeCells(
            partial -> {
              try {
                Files.createDirectories(partial.resolve("index.html.new").resolve("folder"));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            "100ms");
    assertThat(code).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("the run is recorded, but its page could not be written: ");
    Path latest = RunFolder.latest(folder.resolve("runs"));
    assertThat(Run.read(latest).results()).hasSize(3);
    assertThat(latest.resolve("results.csv")).doesNotExist();
  }

  @Tag("thorough")
  @Test
  void extraWordsBringJmhsLogBackToTheConsole() throws IOException {
    List<String> arguments = new ArrayList<>(THREE_CELLS);
    arguments.set(1, "-Dbench.p=3");
    arguments.addAll(List.of("-v", "EXTRA"));
    assertThat(run(arguments.toArray(String[]::new))).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("# JMH version", "Forking using command", "# patchgrad: kernel=scalar")
        .doesNotContain("1/1  ");
  }

  @Test
  void badParametersAreRefusedBeforeAnyRunIsBegun() throws IOException {
    assertThat(run("-Dbench.p=0", "-Dbench.kernel=foo")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .hasSize(3)
        .endsWith(LaunchOptions.usage(List.of()))
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

  /** Nobody typed the flag that makes the machine a lesser one: the forks say that they have it. */
  @Tag("thorough")
  @Test
  void aLesserMachineIsToldFromAFileOfArgumentsToo() throws IOException {
    Path file = Files.writeString(folder.resolve("arguments"), "-XX:MaxVectorSize=16 -Xmx256m");
    int code =
        run(
            "Gradient",
            "-Dbench.p=3",
            "-Dbench.k=2",
            "-Dbench.kernel=scalar",
            "-Dbench.precision=double",
            "-Dbench.level=1KiB",
            "-Dbench.label=lesser",
            "-f",
            "1",
            "-wi",
            "0",
            "-i",
            "1",
            "-r",
            "20ms",
            "-jvmArgsAppend",
            "@" + file);
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(code).isZero();
    Run run = Run.read(RunFolder.latest(folder.resolve("runs")));
    assertThat(run.environment().simulated()).isEqualTo("MaxVectorSize=16");
    assertThat(run.environment().distinction())
        .startsWith("lesser; ")
        .contains("-XX:MaxVectorSize=16 -Xmx256m");
    assertThat(run.environment().source()).isEqualTo(BuildFacts.ofThisBuild().source().revision());
    assertThat(run.environment().watched().isKnown()).isTrue();
  }

  @Test
  void helpBeginsWithTheProjectsOwnOptionsAndTheVersionNamesTheCommit() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .startsWith("patchgrad measures")
        .containsSubsequence("-Dbench.NAME=V1,V2", "-Dbench.quick", "JMH's options:");
    out.reset();
    assertThat(run("--version")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .startsWith("patchgrad 0.1")
        .contains(", commit " + BuildFacts.ofThisBuild().source().revision().shortCommit());
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
  void theKernelsOfTheListAreTold() throws IOException {
    assertThat(run("kernels")).isZero();
    String console = out.toString(StandardCharsets.UTF_8);
    assertThat(console.lines().filter(line -> !line.startsWith(" "))).isEqualTo(Kernels.names());
    for (KernelDescription kernel : Kernels.descriptions()) {
      assertThat(console).contains(kernel.layout(), kernel.shapes());
    }
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

package dev.patchgrad.bench.launch;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tries runs of tiny cells under signals, full disks and folders that vanish, at random moments. It
 * ends with exit code 1 if a try lost what a fork had finished, or left something behind.
 *
 * <p>Started by {@code bench/src/test/scripts/interrupt-runs}. Disks are file systems in memory,
 * which only root can mount; without root their tries are left out.
 */
final class InterruptedRuns {
  /** What happens to a run. */
  enum Trouble {
    SIGTERM(143),
    SIGINT(130),
    SIGKILL(137),
    DISK_FILLS(1),
    DISK_TURNS_READ_ONLY(1),
    FOLDER_VANISHES(1),
    TEMPORARY_FOLDER_TOO_SMALL(1);

    /** Of the program, where the trouble came before its end. */
    final int exitCode;

    Trouble(int exitCode) {
      this.exitCode = exitCode;
    }

    boolean isSignal() {
      return name().startsWith("SIG");
    }

    boolean needsMount() {
      return this == DISK_FILLS
          || this == DISK_TURNS_READ_ONLY
          || this == TEMPORARY_FOLDER_TOO_SMALL;
    }
  }

  /** Five cells: the fewest for which forks share their classes in the temporary folder. */
  private static final List<String> CELLS =
      List.of(
          "Gradient",
          "-Dbench.p=3,4,5,6,7",
          "-Dbench.k=2",
          "-Dbench.kernel=scalar",
          "-Dbench.precision=double",
          "-Dbench.level=1KiB");

  /**
   * Two rounds, since what a signal leaves depends on whether one is whole; and half a second for
   * each fork, so that most moments are within one.
   */
  private static final List<String> SHORT =
      List.of("-f", "2", "-wi", "0", "-i", "5", "-r", "100ms");

  private static final long PATIENCE_SECONDS = 120;

  private final Path folder;
  private final Random random;
  private final boolean root;
  private final PrintStream out = System.out;
  private final List<Path> mounted = new CopyOnWriteArrayList<>();

  private InterruptedRuns(Path folder, long seed) {
    this.folder = folder;
    this.random = new Random(seed);
    this.root = "root".equals(System.getProperty("user.name"));
    // Where the tries themselves are interrupted.
    Runtime.getRuntime().addShutdownHook(new Thread(this::unmount, "unmount"));
  }

  private void unmount() {
    try {
      for (Path mount : List.copyOf(mounted)) {
        command("umount", "-l", mount.toString());
        mounted.remove(mount);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Tries.
   *
   * @param arguments the number of tries, 50 if not given, and the seed, 1 if not given
   */
  public static void main(String[] arguments) throws Exception {
    int tries = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 50;
    long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
    Path folder = Files.createTempDirectory("patchgrad-interrupted");
    int bad = new InterruptedRuns(folder, seed).run(tries, seed);
    if (bad == 0) {
      delete(folder);
    }
    System.exit(bad == 0 ? 0 : 1);
  }

  private int run(int tries, long seed) throws IOException, InterruptedException {
    List<Trouble> kinds =
        Arrays.stream(Trouble.values()).filter(kind -> root || !kind.needsMount()).toList();
    if (!root) {
      out.println("left out, since only root can mount a disk in memory: disks that are too small");
    }
    // The first one also reads everything from disk: later runs are over before its time.
    undisturbed(folder.resolve("first"));
    double seconds = undisturbed(folder.resolve("undisturbed"));
    out.printf(
        Locale.ROOT, "%d tries, seed %d; undisturbed a run takes %.1f s%n", tries, seed, seconds);
    int bad = 0;
    for (int number = 1; number <= tries; number++) {
      // Each kind in turn, so that few tries have them all.
      Trouble trouble = kinds.get((number - 1) % kinds.size());
      double moment = seconds * (0.2 + 0.8 * random.nextDouble());
      RunCheck check = new RunCheck(Files.createDirectories(folder.resolve("try-" + number)));
      List<String> findings = tryOnce(check, trouble, moment);
      out.printf(
          Locale.ROOT,
          "%2d/%d  %-26s %5.1f s  %s%n",
          number,
          tries,
          trouble.name().toLowerCase(Locale.ROOT).replace('_', ' '),
          moment,
          findings.isEmpty() ? "good: " + check.inWords() : "BAD: " + String.join("; ", findings));
      if (findings.isEmpty()) {
        delete(check.folder());
      } else {
        bad++;
      }
    }
    out.println(bad == 0 ? "all good" : bad + " are bad; their folders are in " + folder);
    return bad;
  }

  /** Seconds of a run to which nothing happens. */
  private double undisturbed(Path place) throws IOException, InterruptedException {
    RunCheck check = new RunCheck(Files.createDirectories(place));
    long start = System.nanoTime();
    Process process = start(check);
    check.exited(waitFor(process));
    double seconds = (System.nanoTime() - start) / 1e9;
    List<String> findings = check.findings();
    if (check.exitCode() != 0 || !findings.isEmpty()) {
      throw new IllegalStateException("undisturbed: exit code " + check.exitCode() + findings);
    }
    delete(place);
    return seconds;
  }

  private List<String> tryOnce(RunCheck check, Trouble trouble, double moment)
      throws IOException, InterruptedException {
    try {
      if (trouble == Trouble.DISK_FILLS) {
        // From too small for the first file to just too small for the page.
        mount(check.runs(), 8 + random.nextInt(72));
      } else if (trouble == Trouble.DISK_TURNS_READ_ONLY) {
        mount(check.runs(), 4096);
      } else if (trouble == Trouble.TEMPORARY_FOLDER_TOO_SMALL) {
        mount(check.temporary(), 16 << random.nextInt(10));
      }
      Process process = start(check);
      boolean ended = process.waitFor((long) (1000 * moment), TimeUnit.MILLISECONDS);
      if (!ended) {
        happen(trouble, check, process);
      }
      check.exited(waitFor(process));
      List<String> findings = new ArrayList<>();
      boolean late = ended || check.exitCode() == 0;
      if (check.exitCode() != 0 && trouble.isSignal() && !late) {
        // A signal at the very end may meet a JVM that is going already.
        if (check.exitCode() != trouble.exitCode) {
          findings.add("exit code " + check.exitCode() + ", not " + trouble.exitCode);
        }
      } else if (check.exitCode() != 0 && check.exitCode() > 2) {
        findings.add("exit code " + check.exitCode());
      }
      if (trouble == Trouble.SIGKILL) {
        findings.addAll(check.lost());
        check.forgetConsole();
        // What a killed process leaves, the next one removes.
        check.exited(waitFor(start(check)));
      }
      findings.addAll(check.findings());
      return findings;
    } finally {
      // After the check: what is on such a disk is gone with it.
      unmount();
    }
  }

  private void happen(Trouble trouble, RunCheck check, Process process)
      throws IOException, InterruptedException {
    switch (trouble) {
      case SIGTERM, SIGINT, SIGKILL ->
          command("kill", "-" + trouble.name(), Long.toString(process.pid()));
      case DISK_TURNS_READ_ONLY -> command("mount", "-o", "remount,ro", check.runs().toString());
      case FOLDER_VANISHES -> check.removeRuns();
      case DISK_FILLS, TEMPORARY_FOLDER_TOO_SMALL -> {} // by themselves
    }
  }

  private void mount(Path folder, int kibibytes) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    mounted.add(folder);
    command("mount", "-t", "tmpfs", "-o", "size=" + kibibytes + "k", "none", folder.toString());
  }

  private static void command(String... words) throws IOException, InterruptedException {
    new ProcessBuilder(words).redirectErrorStream(true).start().waitFor();
  }

  private static Process start(RunCheck check) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Also where JMH keeps its lock: tries need not wait for another run on this machine.
    command.add("-Djava.io.tmpdir=" + Files.createDirectories(check.temporary()));
    command.add("-cp");
    command.add(
        Arrays.stream(System.getProperty("java.class.path").split(java.io.File.pathSeparator, -1))
            .filter(entry -> !entry.endsWith("test-classes"))
            .collect(Collectors.joining(java.io.File.pathSeparator)));
    command.add(Launcher.class.getName());
    command.add("-Dbench.runs=" + check.runs());
    command.addAll(CELLS);
    command.addAll(SHORT);
    ProcessBuilder builder = new ProcessBuilder(command).directory(check.folder().toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder
        .redirectOutput(ProcessBuilder.Redirect.appendTo(check.output().toFile()))
        .redirectError(ProcessBuilder.Redirect.appendTo(check.errors().toFile()))
        .start();
  }

  private static int waitFor(Process process) throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("a run did not end within " + PATIENCE_SECONDS + " s");
    }
    return process.exitValue();
  }

  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  static String text(Path file) throws IOException {
    return Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
  }
}

package dev.patchgrad.guard.fork;

import dev.patchgrad.guard.fork.Entry.Failure;
import dev.patchgrad.guard.fork.Entry.Reading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * The forks of all tests of a class that are guarded alike: run once, when the first of the tests
 * asks.
 *
 * @param forks what each told
 * @param explanations for tests that allocate, by their ids: where, and what C2 says
 */
record ForkGroup(List<Fork> forks, Map<String, String> explanations) {
  /**
   * What one fork told.
   *
   * @param entries of its tests
   * @param problem how it ended, if that was not well; else empty
   * @param output its last lines
   */
  record Fork(List<Entry> entries, String problem, List<String> output) {
    /** The last reading of a test. */
    Optional<Reading> reading(String id) {
      return entries.stream()
          .filter(Reading.class::isInstance)
          .map(Reading.class::cast)
          .filter(reading -> reading.id().equals(id))
          .reduce((first, second) -> second);
    }

    /** Whether any of its tests does. */
    boolean allocates() {
      return entries.stream()
          .anyMatch(
              entry ->
                  entry instanceof Reading reading
                      && reading(reading.id()).orElse(reading).perCall() >= 1);
    }

    /** What kept a test from being counted: its own failure, or one of a container around it. */
    Optional<Failure> failure(String id) {
      return entries.stream()
          .filter(Failure.class::isInstance)
          .map(Failure.class::cast)
          .filter(failure -> id.equals(failure.id()) || id.startsWith(failure.id() + "/"))
          .findFirst();
    }
  }

  private static final Namespace NAMESPACE = Namespace.create(ForkGroup.class);

  private static final int KEPT_LINES = 20;

  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  /**
   * Small buffers: an event for each few kilobytes that a call allocates. One thread of C2, whose
   * decisions then stand below the method that it compiles. A call waits until it is compiled, on a
   * busy machine too.
   */
  private static final List<String> FINDING =
      List.of(
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:+PrintCompilation",
          "-XX:+PrintInlining",
          "-XX:+PrintIntrinsics",
          "-XX:CICompilerCount=2",
          "-Xbatch",
          "-XX:TLABSize=8k",
          "-XX:-ResizeTLAB");

  private record Key(Kind kind, List<String> jvmArgs) {}

  /** The group of a test; runs its forks if nobody has yet. */
  static ForkGroup of(ExtensionContext test, Settings settings) {
    ExtensionContext container = test;
    while (container.getElement().filter(Class.class::isInstance).isEmpty()) {
      container = container.getParent().orElseThrow();
    }
    Semaphore permits =
        test.getRoot()
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent(
                "permits", key -> new Semaphore(PROCESSORS, true), Semaphore.class);
    Runner runner = new Runner(container, permits, settings);
    return container
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            new Key(settings.kind(), settings.jvmArgs()), key -> runner.run(), ForkGroup.class);
  }

  /** Runs the forks of a class. */
  private record Runner(ExtensionContext container, Semaphore permits, Settings settings) {
    ForkGroup run() {
      Class<?> testClass = container.getRequiredTestClass();
      List<Settings> all = Settings.alike(testClass, settings);
      int forks = all.stream().mapToInt(Settings::forks).max().orElse(settings.forks());
      Duration timeout =
          all.stream()
              .map(Settings::timeout)
              .max(Comparator.naturalOrder())
              .orElse(settings.timeout());
      try {
        Path folder = Files.createTempDirectory("patchgrad-guard");
        try {
          List<Fork> told = forks(folder, forks, timeout);
          List<String> allocating = allocating(told);
          int fork =
              IntStream.range(0, forks).filter(i -> told.get(i).allocates()).findFirst().orElse(0);
          return new ForkGroup(
              told, allocating.isEmpty() ? Map.of() : explain(folder, fork, allocating, timeout));
        } finally {
          delete(folder);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while forks ran: they are ended", e);
      }
    }

    /** Times are taken one after the other; bytes are counted on all processors. */
    private List<Fork> forks(Path folder, int forks, Duration timeout)
        throws IOException, InterruptedException {
      ExecutorService executor =
          Executors.newFixedThreadPool(
              settings.kind() == Kind.TIME ? 1 : Math.min(forks, PROCESSORS));
      try {
        List<Callable<Fork>> tasks = new ArrayList<>();
        for (int i = 0; i < forks; i++) {
          int fork = i;
          tasks.add(() -> fork(folder, fork, List.of(), List.of(), timeout));
        }
        List<Fork> told = new ArrayList<>();
        for (Future<Fork> task : executor.invokeAll(tasks)) {
          told.add(task.get());
        }
        return told;
      } catch (ExecutionException e) {
        throw new IllegalStateException("a fork was not started: " + e.getCause(), e.getCause());
      } finally {
        executor.shutdownNow();
      }
    }

    private Fork fork(
        Path folder, int fork, List<String> meant, List<String> flags, Duration timeout)
        throws IOException, InterruptedException {
      Path own = Files.createTempDirectory(folder, "fork");
      Class<?> testClass = container.getRequiredTestClass();
      Map<String, String> properties = new TreeMap<>();
      System.getProperties().stringPropertyNames().stream()
          .filter(name -> !name.startsWith("jdk.module."))
          .forEach(name -> properties.put(name, System.getProperty(name, "")));
      Request request =
          new Request(
              container.getUniqueId(),
              testClass.getName(),
              settings.kind(),
              settings.jvmArgs(),
              fork,
              meant,
              own.resolve("entries"),
              properties);
      List<String> all = new ArrayList<>(settings.jvmArgs());
      all.addAll(flags);
      String classPath =
          ForkJvm.classPath(
              testClass,
              ForkProgram.class,
              ExtensionContext.class,
              org.junit.platform.launcher.Launcher.class);
      int needed = settings.kind() == Kind.TIME ? PROCESSORS : 1;
      permits.acquire(needed);
      try {
        ForkJvm.Exit exit = ForkJvm.run(own, all, classPath, request, timeout);
        List<String> output =
            flags.isEmpty()
                ? exit.output()
                    .subList(Math.max(0, exit.output().size() - KEPT_LINES), exit.output().size())
                : exit.output();
        return new Fork(Entry.read(request.entries()), exit.problem(), output);
      } finally {
        permits.release(needed);
      }
    }

    private List<String> allocating(List<Fork> told) {
      return settings.kind() == Kind.TIME
          ? List.of()
          : told.stream()
              .flatMap(fork -> fork.entries().stream().map(Entry::id).distinct())
              .distinct()
              .filter(
                  id ->
                      told.stream()
                          .flatMap(fork -> fork.reading(id).stream())
                          .anyMatch(reading -> reading.perCall() >= 1))
              .toList();
    }

    /** By one more fork, of the number of one that allocated. */
    private Map<String, String> explain(Path folder, int fork, List<String> ids, Duration timeout)
        throws IOException, InterruptedException {
      Fork finding = fork(folder, fork, ids, FINDING, timeout);
      InliningLog log = new InliningLog(finding.output());
      Map<String, String> explanations = new TreeMap<>();
      for (Entry entry : finding.entries()) {
        if (entry instanceof Entry.Site site) {
          explanations.put(site.id(), log.explain(site));
        }
      }
      return explanations;
    }

    private static void delete(Path folder) throws IOException {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}

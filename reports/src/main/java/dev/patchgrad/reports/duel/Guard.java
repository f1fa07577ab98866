package dev.patchgrad.reports.duel;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Guards the processes of a duel: a signal (SIGTERM, SIGINT, a closed terminal) ends them at once,
 * and gives the program the time to tell what was measured and to clean up.
 */
public final class Guard implements AutoCloseable {
  /** For a page of many rows, on a busy machine. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Duration STEP = Duration.ofMillis(20);

  /**
   * A younger process may be starting its own at this moment. What a shell starts as it is killed,
   * nobody finds again.
   */
  private static final Duration YOUNG = Duration.ofMillis(250);

  /** With the time of each start, in nanoseconds. */
  private final Map<Process, Long> running = new ConcurrentHashMap<>();

  private final CountDownLatch ended = new CountDownLatch(1);
  private final BooleanSupplier outside;
  private Optional<Thread> hook = Optional.empty();
  private volatile boolean requested;

  private Guard(BooleanSupplier outside) {
    this.outside = outside;
  }

  /**
   * The guard of this program's processes.
   *
   * @return to be closed once all is told; then a signal ends this JVM as it would any other
   */
  public static Guard ofThisProgram() {
    Guard guard = new Guard(() -> false);
    Thread hook = new Thread(guard::stop, "patchgrad-duel-guard");
    Runtime.getRuntime().addShutdownHook(hook);
    guard.hook = Optional.of(hook);
    return guard;
  }

  /**
   * The guard of a program that has its own way to end its processes.
   *
   * @param stopped whether that has begun
   * @return a guard that asks
   */
  public static Guard by(BooleanSupplier stopped) {
    return new Guard(stopped);
  }

  /** Whether the duel is to end. */
  boolean isStopped() {
    return requested || outside.getAsBoolean();
  }

  /** Starts a process that ends with the duel at the latest. */
  Process start(ProcessBuilder builder) throws IOException {
    Process process = builder.start();
    running.put(process, System.nanoTime());
    if (outside.getAsBoolean()) {
      kill(process);
    }
    return process;
  }

  /** Ends a process and what it started, and waits for their end: they would disturb the next. */
  void end(Process process) {
    CompletableFuture<?>[] ends =
        Stream.concat(Stream.of(process.toHandle()), process.descendants())
            .map(ProcessHandle::onExit)
            .toArray(CompletableFuture[]::new);
    kill(process);
    CompletableFuture.allOf(ends)
        .completeOnTimeout(null, PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .join();
    running.remove(process);
  }

  /** Ends all processes, again and again, until the program has ended or patience is out. */
  void stop() {
    requested = true;
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try {
      do {
        running.forEach(this::killOnceGrown);
      } while (!ended.await(STEP.toMillis(), TimeUnit.MILLISECONDS)
          && System.nanoTime() < deadline);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void killOnceGrown(Process process, long start) {
    if (System.nanoTime() - start >= YOUNG.toNanos()) {
      kill(process);
    }
  }

  /** The forks of a killed JMH would go on measuring. */
  private static void kill(Process process) {
    List<ProcessHandle> forks = process.descendants().toList();
    process.destroyForcibly();
    forks.forEach(ProcessHandle::destroyForcibly);
  }

  @Override
  public void close() {
    running.keySet().forEach(this::end);
    ended.countDown();
    try {
      hook.ifPresent(Runtime.getRuntime()::removeShutdownHook);
    } catch (IllegalStateException e) {
      // This JVM is ending already.
    }
  }
}

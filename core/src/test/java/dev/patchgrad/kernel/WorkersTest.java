package dev.patchgrad.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchgrad.network.Precision;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads that end when they should, sleep when they may, and never keep a call waiting. */
@Timeout(60)
final class WorkersTest {
  /** What takes a millisecond is given so long before it counts as never. */
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);

  /** The worker threads that are alive, without those that were before. */
  private static List<Thread> workers(List<Thread> before) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("patchgrad-worker-"))
        .filter(thread -> !before.contains(thread))
        .toList();
  }

  private static List<Thread> workers() {
    return workers(List.of());
  }

  private static void untilNoneIsLeft(List<Thread> before) {
    until("the workers end", () -> workers(before).isEmpty());
  }

  private static void until(String what, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - start).as(what).isLessThan(PATIENCE);
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Test
  void closingDuringACallLetsItEndAndEndsTheWorkers() throws InterruptedException {
    List<Thread> before = workers();
    Workers workers = new Workers(3);
    CountDownLatch begun = new CountDownLatch(3);
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger done = new AtomicInteger();
    Thread caller =
        Thread.ofPlatform()
            .start(
                () ->
                    workers.run(
                        3,
                        part -> {
                          begun.countDown();
                          awaiting(release);
                          done.incrementAndGet();
                        }));
    begun.await();
    workers.close();
    workers.close();
    assertThat(workers(before)).hasSize(2);
    release.countDown();
    caller.join();
    assertThat(done).hasValue(3);
    untilNoneIsLeft(before);
    assertThatThrownBy(() -> workers.run(3, part -> {}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("kernel: closed; expected an open one");
  }

  private static void awaiting(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whenever it comes: before, in, between or after calls. */
  @Test
  void closingAtAnyMomentKeepsNoCallWaiting() throws InterruptedException {
    List<Thread> before = workers();
    SplittableRandom random = new SplittableRandom(5);
    for (int round = 0; round < 300; round++) {
      Workers workers = new Workers(3);
      AtomicInteger calls = new AtomicInteger();
      AtomicInteger parts = new AtomicInteger();
      Thread caller =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      while (true) {
                        workers.run(3, part -> parts.incrementAndGet());
                        calls.incrementAndGet();
                      }
                    } catch (IllegalStateException closed) {
                      // what ends this thread
                    }
                  });
      LockSupport.parkNanos(random.nextInt(200_000));
      workers.close();
      caller.join();
      assertThat(parts).hasValue(3 * calls.get());
    }
    untilNoneIsLeft(before);
  }

  /** A flag that nobody clears would let no later park sleep: a core busy for nothing. */
  @Test
  void interruptedWorkersSleepAgainAndStillWork() throws InterruptedException {
    List<Thread> before = workers();
    try (Workers workers = new Workers(3)) {
      workers.run(3, part -> {});
      for (Thread worker : workers(before)) {
        worker.interrupt();
        until(
            worker.getName() + " sleeps",
            () -> !worker.isInterrupted() && worker.getState() == Thread.State.WAITING);
      }
      AtomicInteger parts = new AtomicInteger();
      workers.run(3, part -> parts.incrementAndGet());
      assertThat(parts).hasValue(3);
    }
  }

  @Test
  void theWorkersOfAKernelThatIsDroppedEnd() {
    List<Thread> before = workers();
    for (int kernel = 0; kernel < 10; kernel++) {
      Kernels.create("scalar", Precision.DOUBLE, 4);
    }
    until(
        "the workers end",
        () -> {
          System.gc();
          return workers(before).isEmpty();
        });
  }

  /** A task belongs to whoever made the workers: through it they would keep him alive. */
  @Test
  void noTaskIsKeptBetweenCalls() {
    try (Workers workers = new Workers(3)) {
      AtomicInteger parts = new AtomicInteger();
      WeakReference<IntConsumer> task = new WeakReference<>(part -> parts.incrementAndGet());
      workers.run(3, Objects.requireNonNull(task.get()));
      until(
          "the task is dropped",
          () -> {
            System.gc();
            return task.get() == null;
          });
    }
  }

  @Test
  void whatAPartThrowsIsThrownOnceAndTheNextCallWorks() {
    try (Workers workers = new Workers(3)) {
      for (Throwable thrown :
          List.of(new IllegalStateException("one"), new AssertionError("two"))) {
        for (int failing = 0; failing < 3; failing++) {
          int part = failing;
          AtomicInteger others = new AtomicInteger();
          assertThatThrownBy(
                  () ->
                      workers.run(
                          3,
                          each -> {
                            if (each != part) {
                              others.incrementAndGet();
                            } else if (thrown instanceof Error error) {
                              throw error;
                            } else {
                              throw (RuntimeException) thrown;
                            }
                          }))
              .isSameAs(thrown);
          assertThat(others).hasValue(2);
        }
      }
      AtomicInteger parts = new AtomicInteger();
      workers.run(2, part -> parts.addAndGet(1 + part));
      assertThat(parts).hasValue(3);
    }
  }

  @Test
  void threadsThatCannotAllBeStartedLeaveNoneBehind() {
    List<Thread> before = workers();
    List<Thread> started = new ArrayList<>();
    assertThatThrownBy(
            () ->
                new Workers(
                    5,
                    thread -> {
                      if (started.size() == 3) {
                        throw new OutOfMemoryError("unable to create native thread");
                      }
                      thread.start();
                      started.add(thread);
                    }))
        .isInstanceOf(OutOfMemoryError.class);
    assertThat(started).hasSize(3);
    untilNoneIsLeft(before);
  }
}

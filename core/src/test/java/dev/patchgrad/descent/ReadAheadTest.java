package dev.patchgrad.descent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers come in order, no further ahead than there are buffers, and no thread is left. */
@Timeout(30)
class ReadAheadTest {
  private static List<long[]> buffers(int number) {
    return Stream.generate(() -> new long[1]).limit(number).toList();
  }

  @AfterEach
  void noThreadIsLeft() {
    assertThat(Threads.readers()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "3, 2", "2, 5", "9, 8"})
  void numbersComeInOrderAndNoneIsReadTooEarly(int buffers, int threads) throws Exception {
    AtomicLong taken = new AtomicLong();
    try (ReadAhead<long[]> ahead =
        new ReadAhead<>(
            buffers(buffers),
            threads,
            (number, buffer) -> {
              if (number >= taken.get() + buffers) {
                throw new IOException(number + " begun while " + taken + " were taken");
              }
              if (number % 7 == 0) {
                java.util.concurrent.locks.LockSupport.parkNanos(1000);
              }
              buffer[0] = number;
            })) {
      for (long number = 0; number < 5000; number++) {
        assertThat(ahead.take()[0]).isEqualTo(number);
        taken.incrementAndGet();
        ahead.giveBack();
      }
    }
  }

  @Test
  void readersHaveNamesAndKeepNoProgramAlive() {
    try (ReadAhead<long[]> ahead = new ReadAhead<>(buffers(2), 2, (number, buffer) -> {})) {
      assertThat(ahead).isNotNull();
      assertThat(Threads.readers())
          .allMatch(Thread::isDaemon)
          .extracting(Thread::getName)
          .containsExactlyInAnyOrder("patchgrad-reader-1", "patchgrad-reader-2");
    }
  }

  /** As many buffers as numbers: nobody has to take any of them first. */
  @Test
  void threadsEndOnceAllNumbersAreFilled() throws Exception {
    List<ReadAhead.Filling<long[]>> fillings = List.of((number, buffer) -> {});
    try (ReadAhead<long[]> ahead = new ReadAhead<>(buffers(3), fillings, 3)) {
      for (Thread reader : Threads.readers()) {
        reader.join();
      }
      ahead.take();
    }
  }

  @Test
  void whatFailsIsThrownAtItsTurnAndWhatCameBeforeIsTaken() throws Exception {
    try (ReadAhead<long[]> ahead =
        new ReadAhead<>(
            buffers(4),
            3,
            (number, buffer) -> {
              if (number >= 10) {
                throw new IOException("no number " + number);
              }
              buffer[0] = number;
            })) {
      for (long number = 0; number < 10; number++) {
        assertThat(ahead.take()[0]).isEqualTo(number);
        ahead.giveBack();
      }
      for (int again = 0; again < 2; again++) {
        assertThatThrownBy(ahead::take).isInstanceOf(IOException.class).hasMessage("no number 10");
      }
    }
    try (ReadAhead<long[]> ahead =
        new ReadAhead<>(
            buffers(1),
            1,
            (number, buffer) -> {
              throw new AssertionError("wrong");
            })) {
      assertThatThrownBy(ahead::take).isInstanceOf(AssertionError.class).hasMessage("wrong");
    }
  }

  /** Each thread has a filling of its own, and ends when no number is left. */
  @Test
  void threadsEndAfterTheLastNumber() throws Exception {
    long[] calls = new long[3];
    List<ReadAhead.Filling<long[]>> fillings =
        List.of(
            (number, buffer) -> buffer[0] = number + 0 * calls[0]++,
            (number, buffer) -> buffer[0] = number + 0 * calls[1]++,
            (number, buffer) -> buffer[0] = number + 0 * calls[2]++);
    try (ReadAhead<long[]> ahead = new ReadAhead<>(buffers(5), fillings, 101)) {
      for (long number = 0; number < 101; number++) {
        assertThat(ahead.take()[0]).isEqualTo(number);
        ahead.giveBack();
      }
      for (Thread thread : Threads.readers()) {
        thread.join();
      }
      assertThat(calls[0] + calls[1] + calls[2]).isEqualTo(101);
    }
  }

  @Test
  void anInterruptedThreadStopsWaitingAndTheReadersGoOn() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    try (ReadAhead<long[]> ahead =
        new ReadAhead<>(
            buffers(2),
            1,
            (number, buffer) -> {
              try {
                go.await();
              } catch (InterruptedException e) {
                throw new IOException("a reader was interrupted", e);
              }
              buffer[0] = number;
            })) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(ahead::take).isInstanceOf(InterruptedException.class);
      go.countDown();
      assertThat(ahead.take()[0]).isZero();
    }
  }

  /** The reader waits for a buffer, and another thread for a number that never comes. */
  @Test
  void closingEndsWhoeverWaits() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    ReadAhead<long[]> ahead =
        new ReadAhead<>(
            buffers(1),
            1,
            (number, buffer) -> {
              begun.countDown();
              try {
                go.await();
              } catch (InterruptedException e) {
                throw new IOException(e);
              }
            });
    begun.await();
    String[] seen = new String[1];
    Thread taker =
        new Thread(
            () -> {
              try {
                ahead.take();
              } catch (IOException | InterruptedException e) {
                seen[0] = e.getMessage();
              }
            });
    taker.start();
    while (taker.getState() != Thread.State.WAITING) {
      Thread.sleep(Duration.ofMillis(1));
    }
    Thread closer = new Thread(ahead::close);
    closer.start();
    taker.join();
    assertThat(seen[0]).isEqualTo("reading ahead: closed; expected an open one");
    assertThat(closer.isAlive()).isTrue(); // a read is under way
    go.countDown();
    closer.join();
    ahead.close();
  }

  @Test
  void closingOnAnInterruptedThreadLeavesItInterrupted() {
    ReadAhead<long[]> ahead = new ReadAhead<>(buffers(2), 2, (number, buffer) -> {});
    Thread.currentThread().interrupt();
    ahead.close();
    assertThat(Thread.interrupted()).isTrue();
  }
}

package dev.patchgrad.reports.duel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Holds that forks take turns, and that none is waited for in vain. */
@Timeout(60)
class TurnsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final List<String> heard = new CopyOnWriteArrayList<>();

  @Test
  void neitherMeasuresWhileTheOtherDoesInTheOrderABBA() throws Exception {
    try (Turns turns = new Turns()) {
      Thread a = fork("A", turns.port(), 4);
      Thread b = fork("B", turns.port(), 4);
      turns.host(PATIENCE, () -> a.isAlive() || b.isAlive());
      a.join();
      b.join();
    }
    assertThat(String.join(" ", heard))
        .isEqualTo("A( A) B( B) B( B) A( A) A( A) B( B) B( B) A( A)");
  }

  @Test
  void theForksOfOneModeAreFollowedByThoseOfTheNext() throws Exception {
    try (Turns turns = new Turns()) {
      Thread a = fork("A", turns.port(), 1, 1);
      Thread b = fork("B", turns.port(), 1, 1);
      turns.host(PATIENCE, () -> a.isAlive() || b.isAlive());
      a.join();
      b.join();
    }
    // Each pair of forks begins with A.
    assertThat(String.join(" ", heard)).isEqualTo("A( A) B( B) A( A) B( B)");
  }

  @Test
  void theLongerSideGoesOnAlone() throws Exception {
    try (Turns turns = new Turns()) {
      Thread a = fork("A", turns.port(), 1);
      Thread b = fork("B", turns.port(), 3);
      turns.host(PATIENCE, () -> a.isAlive() || b.isAlive());
      a.join();
      b.join();
    }
    assertThat(String.join(" ", heard)).isEqualTo("A( A) B( B) B( B) B( B)");
  }

  @Test
  void aSideThatNeverStartsEndsTheWaiting() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    Thread a;
    try (Turns turns = new Turns()) {
      a = fork("A", turns.port(), 1);
      turns.host(PATIENCE, () -> asked.incrementAndGet() < 5);
    }
    a.join();
    assertThat(heard).isEmpty();
  }

  @Test
  void anIterationThatTakesTooLongIsToldOf() throws Exception {
    try (Turns turns = new Turns();
        Socket a = connect("A", turns.port());
        Socket b = connect("B", turns.port())) {
      a.getOutputStream().write('b');
      b.getOutputStream().write('b');
      assertThatThrownBy(() -> turns.host(Duration.ofMillis(300), () -> true))
          .isInstanceOf(DuelException.class)
          .hasMessageContaining("an iteration of side A took longer than");
    }
  }

  /** What a fork's profiler does, with nothing between before and after. */
  private Thread fork(String side, int port, int... iterations) {
    Thread thread =
        new Thread(
            () -> {
              for (int ofOne : iterations) {
                iterate(side, port, ofOne);
              }
            });
    thread.start();
    return thread;
  }

  private void iterate(String side, int port, int iterations) {
    try (Socket socket = connect(side, port)) {
      for (int i = 0; i < iterations; i++) {
        if (!ask(socket, 'b')) {
          return;
        }
        heard.add(side + "(");
        Thread.sleep(5); // long enough for the other to break in, if it could
        heard.add(side + ")");
        ask(socket, 'a');
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Socket connect(String side, int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.getOutputStream().write((side + "\n").getBytes(StandardCharsets.UTF_8));
    return socket;
  }

  private static boolean ask(Socket socket, char what) throws IOException {
    socket.getOutputStream().write(what);
    return socket.getInputStream().read() >= 0;
  }
}

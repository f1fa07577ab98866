package dev.patchgrad.reports.duel;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Hands out turns to two forks: neither measures while the other does.
 *
 * <p>Both wait before an iteration until both have come to it, so that starting and reporting
 * disturb no one. Then one measures, then the other, in the order A B B A, so that what drifts
 * steadily touches both alike.
 */
final class Turns implements Closeable {
  /** How long an answer is waited for before it is asked whether to wait on. */
  private static final int TICK_MILLIS = 50;

  private final ServerSocket server;

  Turns() throws IOException {
    server = new ServerSocket(0, 2, InetAddress.getLoopbackAddress());
    server.setSoTimeout(TICK_MILLIS);
  }

  /** The port that the profilers connect to. */
  int port() {
    return server.getLocalPort();
  }

  /**
   * Lets forks measure in turns, pair after pair, and ends the hosting: JMH starts a fork for each
   * mode of a benchmark.
   *
   * @param patience how long one iteration may take
   * @param alive whether both sides' processes still run
   * @throws DuelException if an iteration takes longer, or one side's forks are more than the
   *     other's
   * @throws IOException if a connection fails
   */
  void host(Duration patience, BooleanSupplier alive) throws DuelException, IOException {
    try {
      boolean another = true;
      while (another) {
        another = hostPair(patience, alive);
      }
    } finally {
      // A fork that comes too late would wait for its turn for ever.
      server.close();
    }
  }

  /** Hosts a fork of each side; false if the sides end before both have come. */
  private boolean hostPair(Duration patience, BooleanSupplier alive)
      throws DuelException, IOException {
    Map<String, Fork> forks = new HashMap<>();
    try {
      while (forks.size() < 2) {
        Optional<Fork> fork = accept(patience, alive);
        if (fork.isEmpty()) {
          return false;
        }
        forks.put(fork.get().side, fork.get());
      }
      Fork a = forks.get("A");
      Fork b = forks.get("B");
      if (a == null || b == null) {
        throw new DuelException("one side connected twice; expected one fork of each");
      }
      boolean straight = true;
      while (bothCame(a, b, patience)) {
        for (Fork fork : straight ? List.of(a, b) : List.of(b, a)) {
          fork.go();
          if (!fork.came(patience)) {
            break;
          }
        }
        a.go();
        b.go();
        straight = !straight;
      }
      // What is left of the longer side has no partner.
      a.finish(patience);
      b.finish(patience);
      return true;
    } finally {
      for (Fork fork : forks.values()) {
        fork.socket.close();
      }
    }
  }

  private Optional<Fork> accept(Duration patience, BooleanSupplier alive)
      throws IOException, DuelException {
    long end = System.nanoTime() + patience.toNanos();
    while (alive.getAsBoolean()) {
      try {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TICK_MILLIS);
        Fork fork = new Fork(socket, end);
        if (!fork.side.isEmpty()) {
          return Optional.of(fork);
        }
        socket.close(); // killed as it connected
      } catch (SocketTimeoutException e) {
        if (System.nanoTime() > end) {
          throw new DuelException("a fork did not start within " + patience.toSeconds() + " s");
        }
      }
    }
    return Optional.empty();
  }

  private static boolean bothCame(Fork a, Fork b, Duration patience)
      throws IOException, DuelException {
    boolean one = a.came(patience);
    return b.came(patience) && one;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  /** One fork's connection. */
  private static final class Fork {
    private final Socket socket;
    private final InputStream in;
    private final String side;
    private boolean ended;

    Fork(Socket socket, long deadline) throws IOException {
      this.socket = socket;
      in = socket.getInputStream();
      side = name(deadline);
    }

    /** The name it gives; empty if it ends, or is silent until the deadline. */
    private String name(long deadline) {
      StringBuilder name = new StringBuilder();
      int said = 0;
      while (said >= 0 && System.nanoTime() < deadline) {
        try {
          said = in.read();
          if (said == '\n') {
            return name.toString();
          }
          name.append((char) said);
        } catch (SocketTimeoutException e) {
          // On a busy machine.
        } catch (IOException e) {
          said = -1;
        }
      }
      return "";
    }

    /** Whether the fork said something; false if it has ended. */
    boolean came(Duration patience) throws IOException, DuelException {
      long end = System.nanoTime() + patience.toNanos();
      while (!ended) {
        try {
          int said = in.read();
          ended = said < 0;
          return !ended;
        } catch (SocketTimeoutException e) {
          if (System.nanoTime() > end) {
            throw new DuelException(
                "an iteration of side "
                    + side
                    + " took longer than "
                    + patience.toSeconds()
                    + " s; give it more with --timeout");
          }
        } catch (IOException e) {
          // A fork that was killed resets the connection.
          ended = true;
        }
      }
      return false;
    }

    void go() {
      if (!ended) {
        try {
          socket.getOutputStream().write('g');
          socket.getOutputStream().flush();
        } catch (IOException e) {
          ended = true;
        }
      }
    }

    void finish(Duration patience) throws IOException, DuelException {
      go();
      while (came(patience)) {
        go();
      }
    }
  }
}

package dev.patchgrad.turns;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;

/**
 * Lets the iterations of two forks take turns: a profiler of JMH that asks a coordinator before each
 * iteration, and waits after it until the other fork has had its own.
 *
 * <p>It is compiled for Java 8 and uses nothing but JMH's interface for profilers, so that it can
 * join the class path of any benchmark. What it says is one byte each way: {@code b} before and
 * {@code a} after an iteration, answered by any byte.
 */
public final class TakeTurns implements InternalProfiler {
  private static final String PREFIX = "PATCHGRAD_TURNS_";

  private Socket socket;

  /** Called by JMH, in its own process and in each fork. */
  public TakeTurns() {}

  @Override
  public String getDescription() {
    return "Lets two forks take turns";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    ask('b');
  }

  @Override
  @SuppressWarnings("rawtypes") // as JMH declares it
  public Collection<? extends Result> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    ask('a');
    return Collections.emptyList();
  }

  private void ask(char what) {
    try {
      if (socket == null) {
        int port = Integer.parseInt(System.getenv(PREFIX + "PORT"));
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        OutputStream out = socket.getOutputStream();
        out.write((System.getenv(PREFIX + "SIDE") + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
      socket.getOutputStream().write(what);
      socket.getOutputStream().flush();
      InputStream in = socket.getInputStream();
      if (in.read() < 0) {
        throw new IllegalStateException("the duel has ended");
      }
    } catch (IOException e) {
      throw new IllegalStateException("the coordinator of the duel does not answer", e);
    }
  }
}

package dev.patchgrad.bench.launch;

import dev.patchgrad.reports.environment.Preflight;
import dev.patchgrad.reports.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * The forks' JVM, which is asked to check what is about to be measured.
 *
 * @param jvm that is to measure
 * @param withoutVariables of the environment that it does not get
 */
record PreflightProcess(ForkJvm jvm, Set<String> withoutVariables) {
  /** Of the suites' side, which is compiled for a newer release than this. */
  static final String MAIN = "dev.patchgrad.bench.fork.PreflightMain";

  /** With all variables of the environment, as the forks have them. */
  PreflightProcess(ForkJvm jvm) {
    this(jvm, Set.of());
  }

  /** The same JVM with nothing that a user told it. */
  PreflightProcess bare() {
    return new PreflightProcess(jvm.bare(), JavaProbe.VARIABLES);
  }

  /**
   * Has cells checked.
   *
   * @param request what is about to be measured
   * @return the JVM's facts, and the work of each cell
   * @throws UsageException if a parameter cannot be measured, or the JVM does not start with these
   *     flags
   * @throws IOException if the check itself fails
   * @throws InterruptedException if this thread is interrupted
   */
  Preflight ask(PreflightRequest request) throws UsageException, IOException, InterruptedException {
    return Preflight.fromJson(ask(MAIN, List.of(), Json.writeCompact(request)));
  }

  /**
   * Runs a check.
   *
   * @param main class of the suites' side; it ends with exit code 2 after lines of refusals
   * @param arguments of it
   * @param request on its standard input
   * @return what it answers, JSON on one line
   * @throws UsageException if it refuses, or the JVM does not start with these flags
   * @throws IOException if the check itself fails
   * @throws InterruptedException if this thread is interrupted
   */
  String ask(String main, List<String> arguments, String request)
      throws UsageException, IOException, InterruptedException {
    Process process = start(jvm.command(main, arguments));
    try {
      // Read beside the output: a full pipe would stop the process.
      Future<String> errors = read(process.getErrorStream());
      writeRequest(process, request);
      List<String> output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .toList();
      int code = process.waitFor();
      String complaint =
          textOf(errors)
              .lines()
              .filter(line -> !line.startsWith("WARNING:"))
              .collect(Collectors.joining("\n"));
      if (code == Launcher.USAGE) {
        throw new UsageException(output);
      }
      // A user's flags, such as -Xlog:gc, may make the JVM itself write to the same stream.
      String facts =
          output.stream()
              .filter(line -> line.startsWith("{"))
              .reduce("", (earlier, later) -> later);
      if (code == 0 && !facts.isEmpty()) {
        return facts;
      }
      if (complaint.contains("Could not create the Java Virtual Machine")) {
        throw new UsageException(
            "jvmArgs: "
                + jvm.java()
                + " does not start with them: "
                + complaint.replace('\n', ' '));
      }
      if (complaint.contains("UnsupportedClassVersionError")) {
        throw new UsageException(
            "jvm: "
                + jvm.java()
                + " given; expected a JDK of release "
                + JdkFinder.OLDEST
                + " or newer");
      }
      throw new IOException(
          "the check before the run ended with exit code "
              + code
              + ": "
              + String.join("\n", output)
              + complaint);
    } finally {
      process.destroyForcibly();
    }
  }

  private static Future<String> read(InputStream stream) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static String textOf(Future<String> errors) throws IOException, InterruptedException {
    try {
      return errors.get();
    } catch (ExecutionException e) {
      throw new IOException("the check's error stream: " + e.getCause(), e);
    }
  }

  private Process start(List<String> command) throws UsageException {
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().keySet().removeAll(withoutVariables);
      return builder.start();
    } catch (IOException e) {
      throw new UsageException("jvm: " + jvm.java() + " does not start: " + Reasons.of(e));
    }
  }

  private static void writeRequest(Process process, String request) {
    try (OutputStream stream = process.getOutputStream()) {
      stream.write(request.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // A JVM that ended before it read says why on its error stream, which is read next.
    }
  }
}

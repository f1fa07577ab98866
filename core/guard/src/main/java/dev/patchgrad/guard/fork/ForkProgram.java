package dev.patchgrad.guard.fork;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import dev.patchgrad.guard.fork.ForkSide.Turn;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.opentest4j.TestAbortedException;

/** The program of a fork: it takes the guarded tests of one class through several turns. */
final class ForkProgram {
  /** So that a call site has seen all types before C2 compiles it, and not one after the other. */
  private static final int MIXED_TURNS = 3;

  private ForkProgram() {}

  /**
   * Runs the tests of a request.
   *
   * @param arguments the file of the request
   */
  public static void main(String[] arguments) throws IOException {
    endWithTheTestJvm();
    Request request = Request.read(Path.of(arguments[0]));
    request.properties().forEach(ForkProgram::setProperty);
    Launcher launcher =
        LauncherFactory.create(
            LauncherConfig.builder().enableTestExecutionListenerAutoRegistration(false).build());
    for (Turn turn : turns(request)) {
      launcher.execute(
          LauncherDiscoveryRequestBuilder.request()
              .selectors(selectUniqueId(request.classId()))
              .filters((PostDiscoveryFilter) test -> filter(request, test))
              .configurationParameters(request.side(turn).configuration())
              .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
              .configurationParameter(
                  "junit.jupiter.testmethod.order.default",
                  "org.junit.jupiter.api.MethodOrderer$Random")
              .configurationParameter(
                  "junit.jupiter.execution.order.random.seed", String.valueOf(request.fork()))
              .build(),
          new FailureListener(request.entries()));
    }
    // Tests may leave threads behind.
    System.exit(0);
  }

  private static List<Turn> turns(Request request) {
    List<Turn> turns = new ArrayList<>();
    for (int i = 0; i < MIXED_TURNS; i++) {
      turns.add(Turn.MIX);
    }
    turns.add(Turn.COUNT);
    if (!request.meant().isEmpty()) {
      turns.add(Turn.FIND);
    } else if (request.kind() == Kind.ALLOCATION) {
      // Once more: the calls of all others lie between.
      turns.add(Turn.COUNT);
    }
    return turns;
  }

  /** Halts this JVM where the test JVM is gone: it holds the other end of this one's input. */
  private static void endWithTheTestJvm() {
    Thread.ofPlatform()
        .daemon()
        .name("patchgrad-guard-end")
        .start(
            () -> {
              try {
                System.in.transferTo(OutputStream.nullOutputStream());
              } catch (IOException e) {
                // As good as its end.
              }
              Runtime.getRuntime().halt(1);
            });
  }

  private static void setProperty(String key, String value) {
    if (System.getProperty(key) == null) {
      System.setProperty(key, value);
    }
  }

  /** Whether a test of the class is guarded as the request says. */
  private static FilterResult filter(Request request, TestDescriptor test) {
    if (!(test.getSource().orElse(null) instanceof MethodSource source)) {
      return FilterResult.included("no method");
    }
    Class<?> testClass = source.getJavaClass();
    return FilterResult.includedIf(
        testClass.getName().equals(request.className())
            && Settings.of(source.getJavaMethod(), testClass).stream()
                .anyMatch(
                    settings ->
                        settings.kind() == request.kind()
                            && settings.jvmArgs().equals(request.jvmArgs())));
  }

  /** Writes down what failed. */
  private record FailureListener(Path entries) implements TestExecutionListener {
    private static final Pattern CALLERS =
        Pattern.compile(
            "\\s+at (?:org\\.junit\\.|java\\.base/java\\.(?:util|lang\\.reflect)\\."
                + "|java\\.base/jdk\\.internal\\.|dev\\.patchgrad\\.guard\\.fork\\.).*");

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      result
          .getThrowable()
          .ifPresent(
              thrown -> {
                Entry.append(
                    entries,
                    new Entry.Failure(
                        test.getUniqueId(),
                        thrown instanceof TestAbortedException,
                        withOwnFrames(thrown)));
              });
    }

    /** Its stack as far as the tests reach: what called them is always the same. */
    private static String withOwnFrames(Throwable thrown) {
      StringWriter text = new StringWriter();
      thrown.printStackTrace(new PrintWriter(text));
      return text.toString()
          .lines()
          .filter(line -> !CALLERS.matcher(line).matches())
          .collect(Collectors.joining("\n"));
    }
  }
}

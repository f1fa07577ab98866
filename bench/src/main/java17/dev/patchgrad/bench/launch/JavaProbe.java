package dev.patchgrad.bench.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tries a {@code java}: whether the suites can run on it. */
final class JavaProbe {
  /** Variables by which a user adds flags to every JVM: those are judged later, by the forks. */
  static final Set<String> VARIABLES =
      Set.of("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS");

  private static final Pattern RELEASE =
      Pattern.compile("java\\.specification\\.version = (?:1\\.)?(\\d+)");

  private static final int SECONDS = 20;

  private JavaProbe() {}

  /**
   * Why the suites cannot run on a {@code java}.
   *
   * @param java the program
   * @return the reason, such as {@code is release 17; expected 25 or newer}; empty where they can
   */
  static Optional<String> refusal(Path java) {
    Answer withModule = Answer.of(java, List.of(ForkFlags.VECTOR_MODULE));
    // A release that does not know the option, or lacks the module, still tells which it is.
    Answer answer = withModule.ended ? withModule : Answer.of(java, List.of());
    Matcher release = RELEASE.matcher(answer.output);
    if (!answer.ended || !release.find()) {
      return Optional.of(
          "does not run: " + answer.output.lines().findFirst().orElse("it says nothing"));
    }
    if (Integer.parseInt(release.group(1)) < JdkFinder.OLDEST) {
      return Optional.of(
          "is release " + release.group(1) + "; expected " + JdkFinder.OLDEST + " or newer");
    }
    return withModule.ended
        ? Optional.empty()
        : Optional.of("lacks the module jdk.incubator.vector, which a full JDK has");
  }

  /** What it said, and whether it ended well. */
  private record Answer(boolean ended, String output) {
    static Answer of(Path java, List<String> flags) {
      List<String> command = new ArrayList<>(List.of(java.toString()));
      command.addAll(flags);
      command.addAll(List.of("-XshowSettings:properties", "-version"));
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().keySet().removeAll(VARIABLES);
      try {
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
          return new Answer(false, "it did not end within " + SECONDS + " seconds");
        }
        return new Answer(process.exitValue() == 0, output);
      } catch (IOException e) {
        return new Answer(false, Reasons.of(e));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return new Answer(false, "interrupted");
      }
    }
  }
}

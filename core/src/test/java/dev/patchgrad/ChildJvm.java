package dev.patchgrad;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Runs a program in a JVM of its own, with other flags than the tests' and another class path. */
public final class ChildJvm {
  private ChildJvm() {}

  /**
   * What a JVM printed.
   *
   * @param exit its exit status
   * @param text of both its streams, in the order of writing
   */
  public record Outcome(int exit, String text) {
    /** How often the text holds a part. */
    public int count(String part) {
      return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
    }
  }

  /** Runs java of this JDK. */
  public static Outcome run(List<String> arguments) throws IOException, InterruptedException {
    return runJava(Path.of(System.getProperty("java.home")), arguments);
  }

  /** Runs java of another runtime. */
  public static Outcome runJava(Path home, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin").resolve("java").toString());
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Outcome(process.waitFor(), output);
    } finally {
      process.destroy();
    }
  }

  /** Runs a class of the tests on their class path. */
  public static Outcome run(Class<?> program, String... flags)
      throws IOException, InterruptedException {
    return run(program, entry -> true, flags);
  }

  /** Runs a class of the tests on a part of their class path. */
  public static Outcome run(Class<?> program, Predicate<String> entries, String... flags)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(Arrays.asList(flags));
    arguments.addAll(List.of("-cp", classPath(entries), program.getName()));
    return run(arguments);
  }

  /** The entries of the tests' class path that fit. */
  public static String classPath(Predicate<String> entries) {
    String separator = System.getProperty("path.separator");
    return Arrays.stream(System.getProperty("java.class.path").split(separator, -1))
        .filter(entries)
        .collect(Collectors.joining(separator));
  }
}

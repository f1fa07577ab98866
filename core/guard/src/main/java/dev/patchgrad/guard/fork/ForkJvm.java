package dev.patchgrad.guard.fork;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Starts a JVM as the test JVM was started, and ends it in any case. */
final class ForkJvm {
  /**
   * Agents change byte code, and so what C2 inlines; two debuggers would want one port. Without C2
   * there is nothing to guard.
   */
  private static final Pattern LEFT_OUT =
      Pattern.compile(
          "-agentlib:.*|-agentpath:.*|-javaagent:.*|-Xrun.*|-Xdebug|-Xint|-Xcomp|-client"
              + "|-XX:TieredStopAtLevel=.*|-XX:StartFlightRecording.*"
              + "|-XX:FlightRecorderOptions.*|-XX:ArchiveClassesAtExit.*|-XX:AOTCacheOutput.*"
              + "|-Djdk\\.module\\.main\\.class=.*|-Dcom\\.sun\\.management\\..*");

  private static final String MAIN_MODULE = "-Djdk.module.main=";

  private ForkJvm() {}

  /**
   * How it ended.
   *
   * @param problem what is wrong with that; empty if it ended by itself and well
   * @param output of both its streams
   */
  record Exit(String problem, List<String> output) {}

  /**
   * The arguments of this JVM that a fork gets too.
   *
   * @param all of this JVM
   */
  static List<String> inherited(List<String> all) {
    return all.stream()
        .filter(argument -> !LEFT_OUT.matcher(argument).matches())
        .map(
            argument ->
                argument.startsWith(MAIN_MODULE)
                    ? "--add-modules=" + argument.substring(MAIN_MODULE.length())
                    : argument)
        .toList();
  }

  /** This JVM's class path, with the places of some classes where it lacks them. */
  static String classPath(Class<?>... needed) {
    Set<String> entries = new LinkedHashSet<>();
    Arrays.stream(System.getProperty("java.class.path", "").split(File.pathSeparator, -1))
        .filter(entry -> !entry.isEmpty())
        .forEach(entries::add);
    for (Class<?> type : needed) {
      @Nullable CodeSource source = type.getProtectionDomain().getCodeSource();
      if (!type.getModule().isNamed() && source != null && source.getLocation() != null) {
        try {
          entries.add(Path.of(source.getLocation().toURI()).toString());
        } catch (URISyntaxException | IllegalArgumentException e) {
          throw new IllegalStateException("no file on the class path: " + source.getLocation(), e);
        }
      }
    }
    return String.join(File.pathSeparator, entries);
  }

  /**
   * Runs the fork's program.
   *
   * @param folder of the fork's own, for its files
   * @param flags after those of the test JVM
   * @param classPath of the fork; empty for none
   * @param timeout after which it is ended
   */
  static Exit run(
      Path folder, List<String> flags, String classPath, Request request, Duration timeout)
      throws IOException, InterruptedException {
    Path requested = folder.resolve("request.properties");
    request.write(requested);
    List<String> arguments =
        new ArrayList<>(inherited(ManagementFactory.getRuntimeMXBean().getInputArguments()));
    arguments.addAll(flags);
    arguments.add("-Dpatchgrad.guard.fork=" + request.fork());
    // Without a class path Java takes the working folder.
    arguments.addAll(List.of("-cp", classPath.isEmpty() ? folder.toString() : classPath));
    arguments.add(ForkProgram.class.getName());
    arguments.add(requested.toString());
    return run(folder, arguments, timeout);
  }

  private static Exit run(Path folder, List<String> arguments, Duration timeout)
      throws IOException, InterruptedException {
    Path output = folder.resolve("output.txt");
    Path file = folder.resolve("arguments.txt");
    Files.write(file, arguments.stream().map(ForkJvm::quoted).toList(), Charset.defaultCharset());
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "@" + file)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    String problem = "";
    try {
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        problem = "was ended after " + timeout.toSeconds() + " s, its timeout";
      } else if (process.exitValue() != 0) {
        problem = "ended with exit status " + process.exitValue();
      }
    } finally {
      end(process);
    }
    String text = new String(Files.readAllBytes(output), Charset.defaultCharset());
    return new Exit(problem, text.lines().toList());
  }

  /** Ends a process with all that it started. */
  private static void end(Process process) throws InterruptedException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.waitFor();
  }

  /** As a file of arguments has it. */
  private static String quoted(String argument) {
    return '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}

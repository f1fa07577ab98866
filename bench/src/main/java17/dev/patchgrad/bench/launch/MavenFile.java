package dev.patchgrad.bench.launch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The file in which the build tells the launcher what the jmh plugin does not pass on: the JDK, the
 * folders, and all properties that begin with {@code bench.} or {@code jmh.}.
 *
 * @param properties its content
 */
record MavenFile(Properties properties) {
  /** The {@code java} of the JDK that compiled the suites. */
  static final String JDK = "jdk";

  /** The folder that Maven was called in. */
  private static final String DIRECTORY = "directory";

  /** The project's own folder. */
  private static final String PROJECT = "project";

  private static final String JMH = "jmh.";

  /** Patterns of benchmarks, and options that the plugin does not know; separated by commas. */
  private static final String BENCHMARKS = "jmh.benchmarks";

  /** The plugin's options, which it passes on itself. */
  private static final Set<String> OF_THE_PLUGIN =
      Set.of(
          "bm",
          "bs",
          "e",
          "f",
          "foe",
          "gc",
          "h",
          "i",
          "jvmArgs",
          "jvmArgsAppend",
          "jvmArgsPrepend",
          "lprof",
          "o",
          "opi",
          "prof",
          "r",
          "rf",
          "rff",
          "si",
          "t",
          "tg",
          "to",
          "tu",
          "v",
          "w",
          "wbs",
          "wf",
          "wi",
          "wm",
          "wmb");

  /** Properties of JMH's own, which it reads from the JVM that runs it. */
  private static final Set<String> OF_JMH =
      Set.of(
          "ignoreLock",
          "shutdownTimeout",
          "shutdownTimeout.step",
          "blackhole.mode",
          "blackhole.autoDetect",
          "blackhole.debug");

  /** A property of the build: the version of JMH. */
  private static final String VERSION = "version";

  /**
   * Reads the file.
   *
   * @throws UsageException if it cannot be read, or a property of JMH's is unknown
   */
  static MavenFile read(Path file) throws UsageException {
    Properties properties = new Properties();
    try (InputStream stream = Files.newInputStream(file)) {
      properties.load(stream);
    } catch (IOException e) {
      throw new UsageException(
          LaunchOptions.FROM_MAVEN
              + file
              + " cannot be read: "
              + Reasons.of(e)
              + "; expected the file that the build writes");
    }
    requireKnown(properties);
    return new MavenFile(properties);
  }

  private static void requireKnown(Properties properties) throws UsageException {
    List<String> unknown = new ArrayList<>();
    for (String name : new TreeSet<>(properties.stringPropertyNames())) {
      String own = name.startsWith(JMH) ? name.substring(JMH.length()) : VERSION;
      if (!own.equals(VERSION)
          && !name.equals(BENCHMARKS)
          && !OF_THE_PLUGIN.contains(own)
          && !OF_JMH.contains(own)) {
        Set<String> known = new TreeSet<>(OF_THE_PLUGIN);
        known.addAll(OF_JMH);
        known.add("benchmarks");
        unknown.add(
            "-D"
                + name
                + ": there is no such option; expected -Djmh. and one of "
                + String.join(", ", known)
                + "; other options of JMH go into -Djmh.benchmarks=PATTERN,-option,value");
      }
    }
    if (!unknown.isEmpty()) {
      throw new UsageException(unknown);
    }
  }

  /** The {@code java} that Maven chose. */
  Optional<String> java() {
    return Optional.ofNullable(properties.getProperty(JDK));
  }

  /** The folder that Maven was called in. */
  String directory() {
    return properties.getProperty(DIRECTORY, "");
  }

  /** The project's folder; empty where it is to be found around the directory. */
  Optional<String> project() {
    return Optional.ofNullable(properties.getProperty(PROJECT));
  }

  /** What the user typed after {@code -Djmh.benchmarks=}. */
  List<String> benchmarks() {
    return Arrays.stream(properties.getProperty(BENCHMARKS, "").split(",", -1))
        .filter(each -> !each.isEmpty())
        .toList();
  }

  /** The file for JMH's output as the user typed it: the plugin looks for it in its own folder. */
  Optional<String> output() {
    return Optional.ofNullable(properties.getProperty("jmh.o"));
  }

  /** JMH's own properties, by their full names. */
  TreeMap<String, String> ofJmh() {
    TreeMap<String, String> found = new TreeMap<>();
    for (String name : OF_JMH) {
      Optional.ofNullable(properties.getProperty(JMH + name))
          .ifPresent(value -> found.put(JMH + name, value));
    }
    return found;
  }
}

package dev.patchgrad.bench.launch;

import dev.patchgrad.reports.environment.FormerNames;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/**
 * The command line: JMH's own options, and this project's short form {@code -Dbench.NAME=VALUES},
 * given to the JVM, among the arguments, or to Maven.
 *
 * @param jmh JMH's options
 * @param params values of the suites' parameters by name, from the short form
 * @param java the forks' JVM, if the user or Maven named one
 * @param runs the folder of runs, if the user named one
 * @param simulated what the run is to be labelled as, if the user said so
 * @param directory that the command was given in: Maven starts this program in another
 * @param commandLine the arguments as a person would have typed them, for the record
 */
record LaunchOptions(
    CommandLineOptions jmh,
    Map<String, List<String>> params,
    Optional<String> java,
    Optional<String> runs,
    Optional<String> simulated,
    Path directory,
    List<String> commandLine) {

  /**
   * Before the file that Maven's side wrote: the JDK of its toolchain, the directory that it was
   * called in, and of its command line all -Dbench… and -Djmh.benchmarks.
   */
  static final String FROM_MAVEN = "from-maven:";

  private static final String PREFIX = "bench.";

  /** Patterns of benchmarks, and options that the plugin does not know; separated by commas. */
  private static final String BENCHMARKS = "jmh.benchmarks";

  /** Short forms that are no suite's parameter. */
  static final Set<String> OWN = Set.of("java", "runs", "simulated");

  /**
   * Reads a command line.
   *
   * @param arguments of the program
   * @param system properties of this JVM
   * @throws UsageException naming what cannot be understood
   */
  static LaunchOptions parse(List<String> arguments, Properties system) throws UsageException {
    Map<String, String> named = new TreeMap<>();
    // Maven's choice of the JDK is no word of the user's: it is not part of the recorded command.
    Map<String, String> typed = new TreeMap<>();
    putAll(typed, system);
    List<String> rest = new ArrayList<>();
    Path directory = Path.of("");
    for (String argument : arguments) {
      if (argument.startsWith(FROM_MAVEN)) {
        Properties maven = read(Path.of(argument.substring(FROM_MAVEN.length())));
        named.put("java", maven.getProperty("jdk"));
        directory = Path.of(maven.getProperty("directory"));
        putAll(typed, maven);
        Arrays.stream(maven.getProperty(BENCHMARKS, "").split(",", -1))
            .filter(each -> !each.isEmpty())
            .forEach(each -> rest.add(current(each, last(rest))));
      } else if (argument.startsWith("-D" + PREFIX)) {
        put(typed, argument.substring("-D".length()));
      } else {
        rest.add(current(argument, last(rest)));
      }
    }
    named.putAll(typed);
    CommandLineOptions jmh = jmh(rest);
    List<String> commandLine = new ArrayList<>();
    typed.forEach((name, value) -> commandLine.add("-D" + PREFIX + name + "=" + value));
    commandLine.addAll(rest);
    Map<String, List<String>> params = new TreeMap<>();
    for (Map.Entry<String, String> entry : named.entrySet()) {
      if (!OWN.contains(entry.getKey())) {
        params.put(entry.getKey(), values(entry.getKey(), entry.getValue()));
      }
    }
    return new LaunchOptions(
        jmh,
        params,
        Optional.ofNullable(named.get("java")),
        Optional.ofNullable(named.get("runs")),
        Optional.ofNullable(named.get("simulated")),
        directory.toAbsolutePath(),
        commandLine);
  }

  /**
   * The values that were asked for of a suite's parameter: JMH's own option beats the short form.
   *
   * @param name of the parameter
   * @return at least one value; empty where the suites' own hold
   */
  Optional<List<String>> values(String name) {
    return jmh.getParameter(name).hasValue()
        ? Optional.of(List.copyOf(jmh.getParameter(name).get()))
        : Optional.ofNullable(params.get(name));
  }

  private static String last(List<String> rest) {
    return rest.isEmpty() ? "" : rest.get(rest.size() - 1);
  }

  private static Properties read(Path file) throws UsageException {
    Properties properties = new Properties();
    try (InputStream stream = Files.newInputStream(file)) {
      properties.load(stream);
    } catch (IOException e) {
      throw new UsageException(
          FROM_MAVEN
              + file
              + " cannot be read: "
              + e
              + "; expected the file that the build writes");
    }
    return properties;
  }

  private static void putAll(Map<String, String> typed, Properties properties) {
    for (String name : properties.stringPropertyNames()) {
      if (name.startsWith(PREFIX)) {
        put(typed, name + "=" + properties.getProperty(name));
      }
    }
  }

  private static void put(Map<String, String> typed, String property) {
    int equals = property.indexOf('=');
    String name = equals < 0 ? property : property.substring(0, equals);
    String parameter = FormerNames.parameter(name.substring(PREFIX.length()));
    typed.put(parameter, equals < 0 ? "" : property.substring(equals + 1));
  }

  /** An argument with the names of today: a parameter's after -p, else a suite's. */
  private static String current(String argument, String before) {
    if (!before.equals("-p")) {
      return FormerNames.pattern(argument);
    }
    String[] parts = argument.split("=", 2);
    parts[0] = FormerNames.parameter(parts[0]);
    return String.join("=", parts);
  }

  private static List<String> values(String name, String text) throws UsageException {
    List<String> values = Arrays.stream(text.split(",", -1)).map(String::trim).distinct().toList();
    if (values.contains("")) {
      throw new UsageException(
          PREFIX + name + ": '" + text + "' given; expected values separated by commas");
    }
    return values;
  }

  private static CommandLineOptions jmh(List<String> arguments) throws UsageException {
    CommandLineOptions options;
    try {
      options = new CommandLineOptions(arguments.toArray(String[]::new));
    } catch (CommandLineOptionException e) {
      throw new UsageException(
          "options: " + e.getMessage() + ", in: " + String.join(" ", arguments) + "; -h lists all");
    }
    if (options.getForkCount().orElse(1) < 1) {
      throw new UsageException(
          "f: 0 given; expected at least 1, since this JVM is not the one that measures");
    }
    List<String> patterns = new ArrayList<>(options.getIncludes());
    patterns.addAll(options.getExcludes());
    for (String pattern : patterns) {
      try {
        Pattern.compile(pattern);
      } catch (PatternSyntaxException e) {
        throw new UsageException(
            "benchmarks: '"
                + pattern
                + "' given; expected a regular expression: "
                + e.getDescription());
      }
    }
    return options;
  }
}

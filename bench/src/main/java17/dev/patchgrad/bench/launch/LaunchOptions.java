package dev.patchgrad.bench.launch;

import dev.patchgrad.reports.environment.FormerNames;
import dev.patchgrad.reports.run.ProjectFolder;
import dev.patchgrad.reports.run.Result;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
 * @param label that tells the run from others of this machine; empty for none
 * @param quick whether a first look is enough
 * @param time that the run may take, if the user said so
 * @param directory that the command was given in: Maven starts this program in another
 * @param project the project's folder, whichever folder Maven was called in
 * @param jmhProperties what JMH is to read from this JVM's properties, and Maven does not pass on
 * @param commandLine the arguments as a person would have typed them, for the record
 */
record LaunchOptions(
    CommandLineOptions jmh,
    Map<String, List<String>> params,
    Optional<String> java,
    Optional<String> runs,
    Optional<String> simulated,
    String label,
    boolean quick,
    Optional<Duration> time,
    Path directory,
    Path project,
    Map<String, String> jmhProperties,
    List<String> commandLine) {

  /** Before the name of the file that Maven's side wrote: see {@link MavenFile}. */
  static final String FROM_MAVEN = "from-maven:";

  private static final String PREFIX = "bench.";

  /** Short forms that are no suite's parameter. */
  static final Set<String> OWN =
      Set.of("duel", "java", "label", "minutes", "quick", "runs", "simulated");

  /** A label stands in tables, beside the run's name. */
  private static final Pattern LABEL = Pattern.compile("[^\\p{Cntrl}]{1,60}");

  /** At most a week or so. */
  private static final Pattern MINUTES = Pattern.compile("\\d{1,4}(\\.\\d{1,3})?");

  /** The longest value of a parameter, and the longest name of a simulated machine. */
  private static final int MOST_CHARACTERS = 100;

  /** The same number in another form would be measured twice. */
  private static final Pattern NUMBER = Pattern.compile("\\+?0*(\\d+)((?:[KMG]i)?B)?");

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
    Map<String, String> jmhProperties = new TreeMap<>();
    putAll(typed, system);
    JmhArguments rest = new JmhArguments();
    Path directory = Path.of("").toAbsolutePath();
    Optional<Path> project = Optional.empty();
    Optional<MavenFile> maven = Optional.empty();
    for (String argument : arguments) {
      if (argument.startsWith(FROM_MAVEN)) {
        MavenFile file = MavenFile.read(Path.of(argument.substring(FROM_MAVEN.length())));
        file.java().ifPresent(java -> named.put("java", java));
        directory = Path.of(file.directory()).toAbsolutePath();
        project = file.project().map(Path::of);
        putAll(typed, file.properties());
        jmhProperties.putAll(file.ofJmh());
        file.benchmarks().forEach(rest::add);
        maven = Optional.of(file);
      } else if (argument.startsWith("-D" + PREFIX)) {
        put(typed, argument.substring("-D".length()));
      } else {
        rest.add(argument);
      }
    }
    maven.flatMap(MavenFile::output).ifPresent(file -> rest.replace("-o", file));
    for (String name : OWN) {
      if (!name.equals("quick") && typed.getOrDefault(name, name).isBlank()) {
        throw new UsageException("-D" + PREFIX + name + ": give it a value, or leave it out");
      }
    }
    boolean quick = quick(typed);
    named.putAll(typed);
    CommandLineOptions jmh = rest.parse(directory, quick ? QuickMode.options() : Map.of());
    if (quick && !jmh.getIncludes().isEmpty()) {
      throw new UsageException(
          "-Dbench.quick: leave out '"
              + String.join("', '", jmh.getIncludes())
              + "', or leave out -Dbench.quick, which knows the default suites alone");
    }
    List<String> commandLine = new ArrayList<>();
    typed.forEach((name, value) -> commandLine.add("-D" + PREFIX + name + "=" + value));
    jmhProperties.forEach((name, value) -> commandLine.add("-D" + name + "=" + value));
    commandLine.addAll(rest.typed());
    Map<String, List<String>> params = new TreeMap<>();
    for (Map.Entry<String, String> entry : named.entrySet()) {
      if (!OWN.contains(entry.getKey())) {
        params.put(entry.getKey(), values(entry.getKey(), entry.getValue()));
      }
    }
    Optional<String> runs = Optional.ofNullable(named.get("runs"));
    if (runs.isPresent()) {
      runs = Optional.of(UserPath.of("-Dbench.runs", runs.get(), directory).toString());
    }
    Path here = directory;
    return new LaunchOptions(
        jmh,
        params,
        Optional.ofNullable(named.get("java")),
        runs,
        simulated(named),
        label(named),
        quick,
        time(named),
        directory,
        project.orElseGet(() -> ProjectFolder.around(here)),
        jmhProperties,
        commandLine);
  }

  /** What stands for the command in a usage line. */
  static String usage(List<String> arguments) {
    return arguments.stream().anyMatch(argument -> argument.startsWith(FROM_MAVEN))
        ? "usage: mvn -pl bench jmh:benchmark [-Dbench.NAME=VALUES] [-Djmh.OPTION=VALUE];"
            + " -Djmh.h=true lists all"
        : "usage: java -jar bench/target/benchmarks.jar [-Dbench.NAME=VALUES] [JMH's options]"
            + " [PATTERN]; --help lists all";
  }

  private static boolean quick(Map<String, String> typed) throws UsageException {
    String text = typed.getOrDefault("quick", "false");
    return switch (text) {
      case "", "true" -> true;
      case "false" -> false;
      default ->
          throw new UsageException(
              "-Dbench.quick: '" + text + "' given; give true or false, or no value for true");
    };
  }

  private static Optional<Duration> time(Map<String, String> named) throws UsageException {
    Optional<String> minutes = Optional.ofNullable(named.get("minutes"));
    if (minutes.isEmpty()) {
      return Optional.empty();
    }
    if (!MINUTES.matcher(minutes.get()).matches() || !(Double.parseDouble(minutes.get()) > 0)) {
      throw new UsageException(
          "-Dbench.minutes: '"
              + minutes.get()
              + "' given; give a number above 0, such as 10 or 2.5");
    }
    return Optional.of(Duration.ofMillis((long) (60_000 * Double.parseDouble(minutes.get()))));
  }

  private static Optional<String> simulated(Map<String, String> named) throws UsageException {
    Optional<String> simulated = Optional.ofNullable(named.get("simulated"));
    if (simulated.isPresent() && !simulated.get().matches("(?s).*[A-Za-z0-9].*")) {
      throw new UsageException(
          "-Dbench.simulated: '"
              + simulated.get()
              + "' given; give a name with letters or digits, such as zen-2");
    }
    if (simulated.isPresent()) {
      requireShort("-Dbench.simulated", simulated.get());
    }
    return simulated;
  }

  private static String label(Map<String, String> named) throws UsageException {
    String label = named.getOrDefault("label", "").strip();
    if (!label.isEmpty() && !LABEL.matcher(label).matches()) {
      throw new UsageException(
          "-Dbench.label: '"
              + label.replaceAll("\\p{Cntrl}", "?")
              + "' given; give at most 60 characters, on one line");
    }
    return label;
  }

  /**
   * The values that were asked for of a suite's parameter: JMH's own option beats the short form.
   *
   * @param name of the parameter
   * @return at least one value, and none twice; empty where the suites' own hold
   */
  Optional<List<String>> values(String name) throws UsageException {
    // JMH has split it at its commas; of the name of a file they may be a part.
    return jmh.getParameter(name).hasValue()
        ? Optional.of(values(name, String.join(",", jmh.getParameter(name).get())))
        : Optional.ofNullable(params.get(name));
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

  private static List<String> values(String name, String text) throws UsageException {
    if (name.equals(Result.DATA) && !text.isBlank()) {
      return List.of(text);
    }
    List<String> values =
        Arrays.stream(text.split(",", -1)).map(LaunchOptions::inOneForm).distinct().toList();
    for (String value : values) {
      requireShort(PREFIX + name, value);
    }
    if (values.contains("")) {
      throw new UsageException(
          PREFIX + name + ": '" + text + "' given; expected values separated by commas");
    }
    return values;
  }

  /** A record refuses a longer text, once all is measured. */
  private static void requireShort(String name, String value) throws UsageException {
    if (value.length() > MOST_CHARACTERS) {
      throw new UsageException(
          name
              + ": a value of "
              + value.length()
              + " characters given; give at most "
              + MOST_CHARACTERS);
    }
  }

  private static String inOneForm(String value) {
    Matcher number = NUMBER.matcher(value.trim());
    return number.matches()
        ? number.group(1) + Optional.ofNullable(number.group(2)).orElse("")
        : value.trim();
  }
}

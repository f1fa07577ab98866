package dev.patchgrad.bench.launch;

import dev.patchgrad.reports.environment.FormerNames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/**
 * JMH's part of the command line: read into one form, checked for what JMH itself would take in
 * silence, and with paths that mean the same wherever JMH runs.
 */
final class JmhArguments {
  /** A parameter in one word with its option; {@code -prof} is another option. */
  private static final Pattern GLUED = Pattern.compile("--?p(?!rof)=?([^=]+=.*)");

  private final List<String> typed = new ArrayList<>();

  JmhArguments() {}

  /** Takes an argument as it was typed. */
  void add(String argument) {
    Matcher glued = GLUED.matcher(argument);
    if (glued.matches()) {
      typed.add("-p");
      typed.add(current(glued.group(1), "-p"));
    } else {
      typed.add(current(argument, typed.isEmpty() ? "" : typed.get(typed.size() - 1)));
    }
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

  /** The arguments as a person would type them. */
  List<String> typed() {
    return List.copyOf(typed);
  }

  /** Says what the user gave for an option that Maven's plugin has changed. */
  void replace(String option, String value) {
    int at = typed.indexOf(option);
    if (at >= 0 && at + 1 < typed.size()) {
      typed.set(at + 1, value);
    }
  }

  /**
   * Reads the arguments.
   *
   * @param directory that the command was given in: files of results and output go there
   * @param otherwise options and their values where the user gives none
   * @return JMH's options
   * @throws UsageException naming what cannot be understood, or would make the figures wrong
   */
  CommandLineOptions parse(Path directory, Map<String, String> otherwise) throws UsageException {
    List<String> arguments = new ArrayList<>(typed);
    for (String option : List.of("-o", "-rff")) {
      int at = arguments.indexOf(option);
      if (at >= 0 && at + 1 < arguments.size()) {
        arguments.set(at + 1, UserPath.of(option, arguments.get(at + 1), directory).toString());
      }
    }
    CommandLineOptions options = parsed(arguments);
    if (options.getResultFormat().hasValue() && !options.getResult().hasValue()) {
      String name = "jmh-result." + options.getResultFormat().get().name();
      arguments.addAll(
          List.of("-rff", directory.resolve(name.toLowerCase(Locale.ROOT)).toString()));
    }
    otherwise.forEach(
        (option, value) -> {
          if (!isGiven(option)) {
            arguments.addAll(List.of("-" + option, value));
          }
        });
    options = parsed(arguments);
    require(options);
    return options;
  }

  private boolean isGiven(String option) {
    Pattern form = Pattern.compile("--?" + option + "([=\\d].*)?");
    return typed.stream().anyMatch(argument -> form.matcher(argument).matches());
  }

  private CommandLineOptions parsed(List<String> arguments) throws UsageException {
    try {
      return new CommandLineOptions(arguments.toArray(String[]::new));
    } catch (CommandLineOptionException e) {
      throw new UsageException(
          "options: " + e.getMessage() + ", in: " + String.join(" ", typed) + "; -h lists all");
    }
  }

  private static void require(CommandLineOptions options) throws UsageException {
    if (options.getForkCount().orElse(1) < 1) {
      throw new UsageException(
          "f: 0 given; expected at least 1, since this JVM is not the one that measures");
    }
    if (options.getOperationsPerInvocation().hasValue()) {
      throw new UsageException(
          "opi: "
              + options.getOperationsPerInvocation().get()
              + " given, which would multiply every figure; leave it out, since the suites count"
              + " their operations themselves");
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
  }

  /** Names of parameters given by -p: JMH takes any, and ignores what no benchmark has. */
  static List<String> namesOfParameters(List<String> commandLine) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i + 1 < commandLine.size(); i++) {
      if (commandLine.get(i).equals("-p")) {
        names.add(commandLine.get(i + 1).split("=", 2)[0]);
      }
    }
    return names;
  }
}

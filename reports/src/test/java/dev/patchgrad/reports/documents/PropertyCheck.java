package dev.patchgrad.reports.documents;

import java.util.List;
import java.util.Set;

/**
 * The system properties {@code -DNAME=VALUE} of command lines: those of the benchmarks, of JMH's
 * plugin, of the programs that Maven starts, of the library, and few of Maven's own.
 *
 * @param suites that are measured
 * @param build that replaces properties
 * @param sources that read properties of the library's own
 * @param tool that {@code -Dpatchgrad.args} is for
 * @param experiments the options that {@code -Dexperiments} may hold
 */
record PropertyCheck(
    Suites suites, Build build, Sources sources, ToolCheck tool, Set<String> experiments) {

  /** Parameters of jmh-maven-plugin 0.2.2, as its descriptor lists them. */
  private static final Set<String> OF_JMH =
      Set.of(
          "benchmarks",
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

  private static final Set<String> OF_MAVEN =
      Set.of(
          "altDeploymentRepository",
          "excludedGroups",
          "gpg.keyname",
          "maven",
          "maven.test.skip",
          "skipTests",
          "surefire.failIfNoSpecifiedTests",
          "test",
          "type");

  /** Copies the set. */
  PropertyCheck {
    experiments = Set.copyOf(experiments);
  }

  /**
   * What is wrong with an argument.
   *
   * @param argument that begins with -D
   * @return messages; empty if there is such a property, and its value can be understood
   */
  List<String> wrong(String argument) {
    String[] parts = argument.substring("-D".length()).split("=", 2);
    String name = parts[0];
    String value = parts.length < 2 ? "" : parts[1];
    if (isPlaceholder(name.substring(name.indexOf('.') + 1))) {
      return List.of();
    }
    if (name.startsWith("bench.")) {
      return suites.hasParameter(name.substring("bench.".length()))
          ? List.of()
          : List.of(argument + ": no suite has this parameter; expected " + suites.parameters());
    }
    if (name.equals("jmh.benchmarks")) {
      return isPlaceholder(value) || suites.finds(value)
          ? List.of()
          : List.of(argument + ": finds no benchmark; expected one of " + suites.benchmarks());
    }
    if (name.startsWith("jmh.")) {
      return OF_JMH.contains(name.substring("jmh.".length()))
          ? List.of()
          : List.of(argument + ": the plugin has no such parameter; expected " + OF_JMH);
    }
    if (!build.properties().contains(name)) {
      return OF_MAVEN.contains(name) || isReadBySources(name)
          ? List.of()
          : List.of(argument + ": nothing reads this property");
    }
    List<String> words = ShellWords.commands(value).stream().flatMap(List::stream).toList();
    if (name.equals("patchgrad.args")) {
      return tool.wrong(words);
    }
    return words.stream()
        .filter(word -> name.equals("experiments") && word.startsWith("--"))
        .filter(word -> !experiments.contains(word.replaceFirst("=.*", "")))
        .map(word -> word + ": no option of the experiments; expected " + experiments)
        .toList();
  }

  /** What the reader is to replace: capitals, or three points. */
  private static boolean isPlaceholder(String text) {
    return text.matches("[A-Z]+|…|\\.\\.\\.");
  }

  private boolean isReadBySources(String name) {
    String literal = "\"" + name + "\"";
    return sources.textByClass().values().stream().anyMatch(text -> text.contains(literal));
  }
}

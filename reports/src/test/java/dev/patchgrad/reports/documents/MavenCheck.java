package dev.patchgrad.reports.documents;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Maven, as the project's build sets it up.
 *
 * @param build that it reads
 * @param properties that may be set
 */
record MavenCheck(Build build, PropertyCheck properties) implements CommandCheck {
  private static final Set<String> PHASES =
      Set.of(
          "clean",
          "validate",
          "compile",
          "test-compile",
          "test",
          "package",
          "verify",
          "install",
          "deploy");

  /** Goals of the plugins that people call by name. */
  private static final Map<String, Set<String>> GOALS =
      Map.of(
          "jmh",
          Set.of("benchmark"),
          "exec",
          Set.of("exec"),
          "spotless",
          Set.of("apply", "check"),
          "wrapper",
          Set.of("wrapper"));

  private static final Set<String> SWITCHES =
      Set.of("-q", "-B", "-ntp", "-o", "-e", "-N", "-am", "--also-make");

  @Override
  public List<String> wrong(List<String> arguments) {
    List<String> wrong = new ArrayList<>();
    for (Iterator<String> words = arguments.iterator(); words.hasNext(); ) {
      String word = words.next();
      if (word.equals("-pl")) {
        for (String module : words.hasNext() ? words.next().split(",", -1) : new String[] {""}) {
          if (!build.modules().contains(module)) {
            wrong.add("-pl " + module + ": no module; expected one of " + build.modules());
          }
        }
      } else if (word.startsWith("-D")) {
        wrong.addAll(properties.wrong(word));
      } else if (word.startsWith("-P")) {
        if (!build.executions().contains(word.substring(2))) {
          wrong.add(word + ": the build has no such profile");
        }
      } else if (word.startsWith("-")) {
        if (!SWITCHES.contains(word)) {
          wrong.add(word + ": no switch that the documents use; expected one of " + SWITCHES);
        }
      } else if (!isGoal(word) && !word.equals("…")) {
        wrong.add(word + ": neither a phase nor a goal of a plugin of the build");
      }
    }
    return wrong;
  }

  private boolean isGoal(String word) {
    int colon = word.indexOf(':');
    if (colon < 0) {
      return PHASES.contains(word);
    }
    int at = word.indexOf('@');
    String prefix = word.substring(0, colon);
    String goal = word.substring(colon + 1, at < 0 ? word.length() : at);
    return build.plugins().contains(prefix)
        && GOALS.getOrDefault(prefix, Set.of()).contains(goal)
        && (at < 0 || build.executions().contains(word.substring(at + 1)));
  }
}

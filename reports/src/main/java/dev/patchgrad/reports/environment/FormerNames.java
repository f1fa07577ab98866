package dev.patchgrad.reports.environment;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What suites and parameters were called before, in records and command lines that people still
 * have: read in the old form, known by the new one.
 */
public final class FormerNames {
  /** The suite of many students in one pass, and its parameter: both were called restarts. */
  private static final String FORMER_SUITE = "RestartsBenchmark";

  private static final String SUITE = "StudentsBenchmark";
  private static final String FORMER_PARAMETER = "restarts";
  private static final String PARAMETER = "students";

  /** The package of all suites, before the bench module had rooms. */
  private static final Pattern FORMER_PACKAGE =
      Pattern.compile("\\b(patchgrad(\\\\?\\.)bench\\2)(?=[A-Z])");

  private static final String PACKAGE = "$1suite$2";

  /** In the name of each benchmark of this project. */
  private static final String OWN = "patchgrad.bench.";

  private FormerNames() {}

  /**
   * A benchmark's name of today.
   *
   * @param recorded its full name, of today or of before
   * @return its full name of today; the same where it was never another
   */
  public static String benchmark(String recorded) {
    if (!recorded.contains(OWN)) {
      // Another project may have a suite of the same name.
      return recorded;
    }
    String placed = FORMER_PACKAGE.matcher(recorded).replaceFirst(PACKAGE);
    return placed.replace(FORMER_SUITE + ".", SUITE + ".");
  }

  /**
   * A cell's parameters by their names of today.
   *
   * @param benchmark of today
   * @param recorded parameters by name, of today or of before
   * @return the parameters, in order of names
   */
  public static Map<String, String> params(String benchmark, Map<String, String> recorded) {
    Map<String, String> params = new TreeMap<>(recorded);
    if (benchmark.contains(OWN)
        && benchmark.contains(SUITE + ".")
        && params.containsKey(FORMER_PARAMETER)) {
      params.put(PARAMETER, params.remove(FORMER_PARAMETER));
    }
    return params;
  }

  /**
   * A parameter's name of today, as a command line gives it.
   *
   * @param typed of today or of before
   * @return the name of today
   */
  public static String parameter(String typed) {
    return typed.equals(FORMER_PARAMETER) ? PARAMETER : typed;
  }

  /**
   * A pattern of benchmarks' names that finds the suites of today.
   *
   * @param typed with names of today or of before
   * @return the same pattern with the names of today
   */
  public static String pattern(String typed) {
    Matcher former = Pattern.compile("\\b" + FORMER_SUITE + "\\b").matcher(typed);
    return FORMER_PACKAGE.matcher(former.replaceAll(SUITE)).replaceAll(PACKAGE);
  }
}

package dev.patchgrad.reports.documents;

import dev.patchgrad.reports.environment.FormerNames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The names that a benchmark run understands, read from the suites' and the launcher's sources.
 *
 * @param benchmarks full names of all benchmark methods
 * @param words that stand in place of a benchmark
 * @param parameters that {@code -Dbench.NAME} may set
 */
record Suites(List<String> benchmarks, Set<String> words, Set<String> parameters) {
  private static final String BENCH = "bench/src/main/java";
  private static final String SUITES = BENCH + "/dev/patchgrad/bench/suite";
  private static final String LAUNCHER = "bench/src/main/java17/dev/patchgrad/bench/launch";

  private static final Pattern BENCHMARK =
      Pattern.compile("@Benchmark\\s+(?:@\\w+\\([^)]*\\)\\s+)*public\\s+\\w+\\s+(\\w+)\\(");
  private static final Pattern PARAMETER =
      Pattern.compile("@Param\\([^)]*\\)\\s+public\\s+\\w+\\s+(\\w+)");
  private static final Pattern OWN = Pattern.compile("OWN\\s*=\\s*Set\\.of\\(([^)]*)\\)");
  private static final Pattern WORD = Pattern.compile("String WORD\\s*=\\s*\"(\\w+)\"");
  private static final Pattern QUOTED = Pattern.compile("\"(\\w+)\"");

  /** Copies the collections. */
  Suites {
    benchmarks = List.copyOf(benchmarks);
    words = Set.copyOf(words);
    parameters = Set.copyOf(parameters);
  }

  /** The suites of a project. */
  static Suites of(Project project) {
    List<String> benchmarks = new ArrayList<>();
    for (Path file : project.filesIn(SUITES)) {
      String suite = String.valueOf(file.getFileName()).replace(".java", "");
      for (String method : Sources.find(List.of(file), BENCHMARK)) {
        benchmarks.add("dev.patchgrad.bench.suite." + suite + "." + method);
      }
    }
    Set<String> parameters = new TreeSet<>(Sources.find(project.filesIn(BENCH), PARAMETER));
    List<Path> launcher = project.filesIn(LAUNCHER);
    for (String names : Sources.find(launcher, OWN)) {
      QUOTED.matcher(names).results().forEach(found -> parameters.add(found.group(1)));
    }
    return new Suites(benchmarks, Set.copyOf(Sources.find(launcher, WORD)), parameters);
  }

  /** Whether a parameter has this name, or had it before. */
  boolean hasParameter(String name) {
    return parameters.contains(FormerNames.parameter(name));
  }

  /** Whether a pattern finds a benchmark, or is a word in place of one. */
  boolean finds(String pattern) {
    if (words.contains(pattern)) {
      return true;
    }
    try {
      Pattern compiled = Pattern.compile(FormerNames.pattern(pattern));
      return benchmarks.stream().anyMatch(name -> compiled.matcher(name).find());
    } catch (PatternSyntaxException e) {
      return false;
    }
  }
}

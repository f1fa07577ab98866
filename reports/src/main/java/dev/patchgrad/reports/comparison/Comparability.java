package dev.patchgrad.reports.comparison;

import dev.patchgrad.reports.environment.Environment;
import dev.patchgrad.reports.environment.Work;
import dev.patchgrad.reports.grid.SuiteNames;
import dev.patchgrad.reports.run.Result;
import dev.patchgrad.reports.run.Run;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Whether what two runs both have was measured in the same way.
 *
 * <p>What one compares them for may differ: machine, JDK, the JVM's flags, commit. So may the
 * numbers of forks and of iterations and how long those last: the interval is over forks, and a
 * longer look at a warm kernel shows the same; {@link Quantity} reads the iterations of both alike.
 * So may the grid: what only one run has is not compared, and counted. The warm-up may not differ,
 * since a colder kernel is another one.
 */
final class Comparability {
  /** What the settings of two cells must have in common, in the order of a refusal. */
  private static final Map<String, Function<Result, Object>> SETTINGS = settings();

  private Comparability() {}

  private static Map<String, Function<Result, Object>> settings() {
    Map<String, Function<Result, Object>> settings = new LinkedHashMap<>();
    settings.put("jmhVersion", result -> result.settings().jmhVersion());
    settings.put("warmupIterations", result -> result.settings().warmupIterations());
    settings.put("warmupTime", result -> result.settings().warmupTime());
    return Collections.unmodifiableMap(settings);
  }

  /** A cell of both runs. */
  private record Pair(Subject subject, Result first, Result other) {}

  /** How two runs differ, by key; empty if their numbers can be compared. */
  static List<Difference> differences(Run first, Run other) {
    boolean isForeign = isForeign(first, other);
    return differences(
        first, Comparison.subjects(first, isForeign), other, Comparison.subjects(other, isForeign));
  }

  /** The same of runs whose cells are at hand. */
  static List<Difference> differences(
      Run first, Map<Subject, Result> ofFirst, Run other, Map<Subject, Result> ofOther) {
    List<Difference> differences = new ArrayList<>();
    boolean isForeign = isForeign(first, other);
    if (!isForeign) {
      add(
          differences,
          "suites",
          Integer.toString(first.environment().suites()),
          Integer.toString(other.environment().suites()));
    }
    List<Pair> pairs = new ArrayList<>();
    ofFirst.forEach(
        (subject, result) -> {
          Result match = ofOther.get(subject);
          if (match != null) {
            pairs.add(new Pair(subject, result, match));
          }
        });
    setting("mode", Result::mode, pairs, differences);
    if (isForeign) {
      setting("unit", result -> result.primary().unit(), pairs, differences);
    }
    setting("threads", Result::threads, pairs, differences);
    SETTINGS.forEach((key, value) -> setting(key, value, pairs, differences));
    if (!isForeign) {
      batches(first, other, pairs, differences);
    }
    return differences;
  }

  /** Whether one of two runs is known by JMH's own file alone. */
  static boolean isForeign(Run first, Run other) {
    return !first.environment().isKnown() || !other.environment().isKnown();
  }

  /**
   * What cannot be compared, since one of two runs does not say it.
   *
   * @return in words; empty if nothing is unknown
   */
  static List<String> unchecked(Run first, Run other) {
    if (!isForeign(first, other)) {
      return List.of();
    }
    List<String> unchecked =
        new ArrayList<>(List.of("the machine", "the JVM's flags", "what else ran"));
    if (first.results().stream().anyMatch(result -> Result.isOwn(result.benchmark()))) {
      unchecked.addAll(List.of("the version of the suites", "the size of a batch"));
    }
    List<Result> all = new ArrayList<>(first.results());
    all.addAll(other.results());
    SETTINGS.forEach(
        (name, value) -> {
          if (all.stream().anyMatch(result -> value.apply(result).equals(Result.UNKNOWN))) {
            unchecked.add(name);
          }
        });
    return unchecked;
  }

  private static void add(List<Difference> differences, String key, String first, String other) {
    if (!first.equals(other)) {
      differences.add(new Difference(key, first, other));
    }
  }

  /** Compares a setting cell by cell, and keeps the values of the cells that differ. */
  private static void setting(
      String key, Function<Result, Object> value, List<Pair> pairs, List<Difference> differences) {
    Set<String> ofFirst = new TreeSet<>();
    Set<String> ofOther = new TreeSet<>();
    for (Pair pair : pairs) {
      Object mine = value.apply(pair.first());
      Object theirs = value.apply(pair.other());
      if (areOther(mine, theirs)) {
        ofFirst.add(mine.toString());
        ofOther.add(theirs.toString());
      }
    }
    add(differences, key, String.join(", ", ofFirst), String.join(", ", ofOther));
  }

  /** What an older JMH did not write cannot differ. */
  private static boolean areOther(Object first, Object other) {
    return !first.equals(other) && !first.equals(Result.UNKNOWN) && !other.equals(Result.UNKNOWN);
  }

  /**
   * Compares the sizes of the batches. A batch fills a share of a cache, so that machines with
   * other caches may have other sizes; their samples per second can be compared. Where the caches
   * are the same, or the size was given in bytes, another size makes another benchmark.
   */
  private static void batches(
      Run first, Run other, List<Pair> pairs, List<Difference> differences) {
    for (Pair pair : pairs) {
      double samples = first.workOf(pair.first()).map(Work::samples).orElse(0.0);
      double others = other.workOf(pair.other()).map(Work::samples).orElse(0.0);
      String level = pair.subject().param(SuiteNames.LEVEL);
      if (samples != others && !cachesDiffer(first.environment(), other.environment(), level)) {
        differences.add(
            new Difference(
                "work.samples of " + pair.other().label(),
                Long.toString(Math.round(samples)),
                Long.toString(Math.round(others))));
        return;
      }
    }
  }

  private static boolean cachesDiffer(Environment first, Environment other, String level) {
    Map<String, Long> ofFirst = new TreeMap<>(first.hardware().cacheBytes());
    Map<String, Long> ofOther = new TreeMap<>(other.hardware().cacheBytes());
    Set<String> relevant =
        switch (level) {
          case "L1", "L2" -> Set.of(level);
          case "L3", "DRAM" -> Set.of("L2", "L3");
          default -> Set.of();
        };
    ofFirst.keySet().retainAll(relevant);
    ofOther.keySet().retainAll(relevant);
    return !ofFirst.equals(ofOther);
  }
}

package dev.patchgrad.reports.comparison;

import dev.patchgrad.reports.environment.Environment;
import dev.patchgrad.reports.environment.Work;
import dev.patchgrad.reports.grid.SuiteNames;
import dev.patchgrad.reports.run.Result;
import dev.patchgrad.reports.run.Run;
import java.util.ArrayList;
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
 * longer look at a warm kernel shows the same. So may the grid: what only one run has is not
 * compared, and counted. The warm-up may not differ, since a colder kernel is another one.
 */
final class Comparability {
  private Comparability() {}

  /** How two runs differ, by key; empty if their numbers can be compared. */
  static List<Difference> differences(Run first, Run other) {
    List<Difference> differences = new ArrayList<>();
    add(
        differences,
        "suites",
        Integer.toString(first.environment().suites()),
        Integer.toString(other.environment().suites()));
    Map<Subject, Result> ofFirst = Comparison.subjects(first);
    Map<Subject, Result> ofOther = Comparison.subjects(other);
    setting("mode", Result::mode, ofFirst, ofOther, differences);
    setting("threads", Result::threads, ofFirst, ofOther, differences);
    setting("jmhVersion", result -> result.settings().jmhVersion(), ofFirst, ofOther, differences);
    setting(
        "warmupIterations",
        result -> result.settings().warmupIterations(),
        ofFirst,
        ofOther,
        differences);
    setting("warmupTime", result -> result.settings().warmupTime(), ofFirst, ofOther, differences);
    batches(first, ofFirst, other, ofOther, differences);
    return differences;
  }

  private static void add(List<Difference> differences, String key, String first, String other) {
    if (!first.equals(other)) {
      differences.add(new Difference(key, first, other));
    }
  }

  /** Compares a setting cell by cell, and keeps the values of the cells that differ. */
  private static void setting(
      String key,
      Function<Result, Object> value,
      Map<Subject, Result> first,
      Map<Subject, Result> other,
      List<Difference> differences) {
    Set<String> ofFirst = new TreeSet<>();
    Set<String> ofOther = new TreeSet<>();
    first.forEach(
        (subject, result) -> {
          Result match = other.get(subject);
          if (match != null && !value.apply(result).equals(value.apply(match))) {
            ofFirst.add(value.apply(result).toString());
            ofOther.add(value.apply(match).toString());
          }
        });
    add(differences, key, String.join(", ", ofFirst), String.join(", ", ofOther));
  }

  /**
   * Compares the sizes of the batches. A batch fills a share of a cache, so that machines with
   * other caches may have other sizes; their samples per second can be compared. Where the caches
   * are the same, or the size was given in bytes, another size makes another benchmark.
   */
  private static void batches(
      Run first,
      Map<Subject, Result> ofFirst,
      Run other,
      Map<Subject, Result> ofOther,
      List<Difference> differences) {
    for (Map.Entry<Subject, Result> entry : ofFirst.entrySet()) {
      Result match = ofOther.get(entry.getKey());
      if (match == null) {
        continue;
      }
      double samples = first.workOf(entry.getValue()).map(Work::samples).orElse(0.0);
      double others = other.workOf(match).map(Work::samples).orElse(0.0);
      String level = entry.getKey().param(SuiteNames.LEVEL);
      if (samples != others && !cachesDiffer(first.environment(), other.environment(), level)) {
        differences.add(
            new Difference(
                "work.samples of " + match.label(),
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

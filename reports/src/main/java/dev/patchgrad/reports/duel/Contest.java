package dev.patchgrad.reports.duel;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who meets whom: the benchmarks of two sides, matched by name and parameters.
 *
 * @param pairs in A's order
 * @param onlyInA what B does not have
 * @param onlyInB what A does not have
 */
record Contest(List<Pair> pairs, List<BenchmarkCell> onlyInA, List<BenchmarkCell> onlyInB) {
  /**
   * A benchmark that both have.
   *
   * @param shown what the sides have in common
   * @param a as A has it
   * @param b as B has it
   */
  record Pair(BenchmarkCell shown, BenchmarkCell a, BenchmarkCell b) {}

  /**
   * Matches two lists. A parameter of which the sides have no value in common is what the duel is
   * about, and is left out of the match.
   *
   * @param a cells of the one side
   * @param b cells of the other
   * @return the match
   */
  static Contest of(List<BenchmarkCell> a, List<BenchmarkCell> b) {
    Set<String> differing = differing(a, b);
    Map<BenchmarkCell, BenchmarkCell> ofB = new LinkedHashMap<>();
    b.forEach(cell -> ofB.putIfAbsent(cell.without(differing), cell));
    List<Pair> pairs = new ArrayList<>();
    List<BenchmarkCell> onlyInA = new ArrayList<>();
    for (BenchmarkCell cell : a) {
      BenchmarkCell shown = cell.without(differing);
      BenchmarkCell partner = ofB.remove(shown);
      if (partner == null) {
        onlyInA.add(cell);
      } else {
        pairs.add(new Pair(shown, cell, partner));
      }
    }
    return new Contest(pairs, onlyInA, List.copyOf(ofB.values()));
  }

  /** The same with one more parameter in what is shown, which tells this contest from others. */
  Contest named(String parameter, String value) {
    return new Contest(
        pairs.stream()
            .map(pair -> new Pair(pair.shown().with(parameter, value), pair.a(), pair.b()))
            .toList(),
        onlyInA,
        onlyInB);
  }

  private static Set<String> differing(List<BenchmarkCell> a, List<BenchmarkCell> b) {
    Set<String> differing = new TreeSet<>();
    for (String name : names(a)) {
      Set<String> common = values(a, name);
      common.retainAll(values(b, name));
      if (common.isEmpty() && names(b).contains(name)) {
        differing.add(name);
      }
    }
    return differing;
  }

  private static Set<String> names(List<BenchmarkCell> cells) {
    Set<String> names = new TreeSet<>();
    cells.forEach(cell -> names.addAll(cell.params().keySet()));
    return names;
  }

  private static Set<String> values(List<BenchmarkCell> cells, String name) {
    Set<String> values = new HashSet<>();
    for (BenchmarkCell cell : cells) {
      if (cell.params().containsKey(name)) {
        values.add(cell.params().getOrDefault(name, ""));
      }
    }
    return values;
  }
}

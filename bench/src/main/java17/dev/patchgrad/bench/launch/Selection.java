package dev.patchgrad.bench.launch;

import dev.patchgrad.reports.run.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * What a command line asks to be measured.
 *
 * @param includes patterns of benchmark names
 * @param params values of parameters that differ from the suites' own, by name
 * @param cells all benchmarks with all their parameters
 */
record Selection(
    List<String> includes, Map<String, List<String>> params, List<PreflightRequest.Cell> cells) {

  /** What runs when no pattern is given: the gradients, and what the machine allows for them. */
  static final List<String> DEFAULT_INCLUDES =
      List.of("\\.GradientBenchmark\\.", "\\.RoofBenchmark\\.(fma|read)$");

  /** What is measured of a suite's values when no pattern is given: the roofs at the batch. */
  static final Map<String, List<String>> DEFAULT_PARAMS =
      Map.of("bits", List.of("widest"), "level", List.of("L2"));

  /**
   * Finds the benchmarks, and the cells of their parameters.
   *
   * @throws UsageException if no benchmark matches, or a parameter is none of theirs
   */
  static Selection of(LaunchOptions options, BenchmarkList list) throws UsageException {
    return of(options, Map.of(), list);
  }

  /**
   * Finds the benchmarks, and the cells of their parameters.
   *
   * @param given values of parameters that the user's own data say
   * @throws UsageException if no benchmark matches, or a parameter is none of theirs
   */
  static Selection of(LaunchOptions options, Map<String, List<String>> given, BenchmarkList list)
      throws UsageException {
    List<String> includes = options.jmh().getIncludes();
    Map<String, List<String>> defaults = Map.of();
    if (includes.isEmpty()) {
      includes = DEFAULT_INCLUDES;
      defaults = new TreeMap<>(DEFAULT_PARAMS);
      if (options.quick()) {
        defaults.putAll(QuickMode.PARAMS);
      }
    }
    OutputFormat silent =
        OutputFormatFactory.createFormatInstance(
            new java.io.PrintStream(java.io.OutputStream.nullOutputStream(), false),
            VerboseMode.SILENT);
    Collection<BenchmarkListEntry> found = list.find(silent, includes, options.jmh().getExcludes());
    if (found.isEmpty()) {
      Set<String> all = new TreeSet<>();
      list.getAll(silent, List.of()).forEach(entry -> all.add(entry.getUsername()));
      throw new UsageException(
          "benchmarks: no benchmark matches '"
              + String.join("', '", includes)
              + "'; expected a regular expression that finds one of: "
              + String.join(", ", all));
    }
    Set<String> names = new TreeSet<>();
    for (BenchmarkListEntry entry : found) {
      names.addAll(entry.getParams().orElse(Map.of()).keySet());
    }
    requireKnown(options, names);
    Map<String, List<String>> params = new TreeMap<>();
    for (String name : names) {
      Optional<List<String>> values = options.values(name);
      if (given.containsKey(name) && (values.isEmpty() || name.equals(Result.DATA))) {
        params.put(name, given.get(name));
      } else if (values.isPresent()) {
        params.put(name, values.get());
      } else if (defaults.containsKey(name)) {
        params.put(name, defaults.get(name));
      }
    }
    List<PreflightRequest.Cell> cells = new ArrayList<>();
    for (BenchmarkListEntry entry : found) {
      cells.addAll(cells(entry, params));
    }
    return new Selection(includes, params, cells);
  }

  /**
   * The part that this machine can measure.
   *
   * @param here cells that it can
   * @return a selection without the values of parameters that no such cell has
   * @throws UsageException if the command line asked for such a value, or nothing is left
   */
  Selection restrictedTo(Set<PreflightRequest.Cell> here) throws UsageException {
    Map<String, List<String>> left = new TreeMap<>(params);
    for (String name : names(cells)) {
      List<String> all = values(cells, name);
      List<String> kept = values(cells.stream().filter(here::contains).toList(), name);
      if (kept.size() == all.size()) {
        continue;
      }
      if (params.containsKey(name) || kept.isEmpty()) {
        List<String> lacking = new ArrayList<>(all);
        lacking.removeAll(kept);
        throw new UsageException(
            name
                + ": "
                + String.join(", ", lacking)
                + " given; this machine has "
                + (kept.isEmpty() ? "nothing like it" : String.join(", ", kept) + " only"));
      }
      left.put(name, kept);
    }
    return new Selection(includes, left, cells.stream().filter(here::contains).toList());
  }

  private static Set<String> names(List<PreflightRequest.Cell> cells) {
    Set<String> names = new TreeSet<>();
    cells.forEach(cell -> names.addAll(cell.params().keySet()));
    return names;
  }

  private static List<String> values(List<PreflightRequest.Cell> cells, String name) {
    return cells.stream()
        .filter(cell -> cell.params().containsKey(name))
        .map(cell -> cell.params().getOrDefault(name, ""))
        .distinct()
        .toList();
  }

  private static void requireKnown(LaunchOptions options, Set<String> names) throws UsageException {
    List<String> lines = new ArrayList<>();
    for (String name : options.params().keySet()) {
      if (!names.contains(name)) {
        Set<String> known = new TreeSet<>(names);
        known.addAll(LaunchOptions.OWN);
        lines.add(
            "bench." + name + ": unknown; expected bench. and one of " + String.join(", ", known));
      }
    }
    for (String name : new TreeSet<>(JmhArguments.namesOfParameters(options.commandLine()))) {
      if (!names.contains(name)) {
        lines.add("-p " + name + ": unknown; expected one of " + String.join(", ", names));
      }
    }
    if (!lines.isEmpty()) {
      throw new UsageException(lines);
    }
  }

  private static List<PreflightRequest.Cell> cells(
      BenchmarkListEntry entry, Map<String, List<String>> asked) {
    List<Map<String, String>> combinations = List.of(Map.of());
    for (Map.Entry<String, String[]> param : entry.getParams().orElse(Map.of()).entrySet()) {
      List<String> values = asked.getOrDefault(param.getKey(), Arrays.asList(param.getValue()));
      List<Map<String, String>> longer = new ArrayList<>();
      for (Map<String, String> combination : combinations) {
        for (String value : values) {
          Map<String, String> next = new TreeMap<>(combination);
          next.put(param.getKey(), value);
          // As in the record of a run: what is generated has no data of its own.
          next.remove(Result.DATA, Result.GENERATED);
          longer.add(next);
        }
      }
      combinations = longer;
    }
    return combinations.stream()
        .map(params -> new PreflightRequest.Cell(entry.getUsername(), params))
        .toList();
  }
}

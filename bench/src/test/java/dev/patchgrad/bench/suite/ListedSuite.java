package dev.patchgrad.bench.suite;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The suites as JMH's list has them: what it would run, and with which values. */
final class ListedSuite {
  private ListedSuite() {}

  /** Every benchmark method. */
  static Stream<BenchmarkListEntry> all() {
    OutputFormat silent =
        OutputFormatFactory.createFormatInstance(
            new PrintStream(PrintStream.nullOutputStream(), false), VerboseMode.SILENT);
    return BenchmarkList.defaultList().getAll(silent, List.of()).stream();
  }

  private static Map<String, String[]> params(String benchmark) {
    return all()
        .filter(entry -> entry.getUsername().endsWith(".suite." + benchmark))
        .findFirst()
        .orElseThrow(() -> new AssertionError(benchmark + " is not in JMH's list"))
        .getParams()
        .orElse(Map.of());
  }

  /**
   * The values of a parameter.
   *
   * @param benchmark such as {@code GradientBenchmark.gradient}
   * @param parameter its name
   */
  static List<String> values(String benchmark, String parameter) {
    String[] values = params(benchmark).get(parameter);
    if (values == null) {
      throw new AssertionError(benchmark + " has no parameter " + parameter);
    }
    return List.of(values);
  }

  /**
   * All cells of a benchmark.
   *
   * @param benchmark such as {@code GradientBenchmark.gradient}
   * @param fixed the one value of a parameter that is not to be swept, by its name
   */
  static Stream<Map<String, String>> cells(String benchmark, Map<String, String> fixed) {
    Stream<Map<String, String>> cells = Stream.of(fixed);
    for (Map.Entry<String, String[]> parameter : params(benchmark).entrySet()) {
      if (!fixed.containsKey(parameter.getKey())) {
        cells =
            cells.flatMap(
                cell ->
                    Stream.of(parameter.getValue())
                        .map(
                            value -> {
                              Map<String, String> more = new TreeMap<>(cell);
                              more.put(parameter.getKey(), value);
                              return more;
                            }));
      }
    }
    return cells;
  }
}

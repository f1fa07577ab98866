package dev.patchgrad.reports.duel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a side can measure, as JMH's option {@code -lp} lists it. */
final class BenchmarkListing {
  private static final Pattern NAME = Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$.]*");
  private static final Pattern PARAM = Pattern.compile("\\s+param \"([^\"]+)\" = \\{(.*)}\\s*");

  private BenchmarkListing() {}

  /**
   * Asks a side.
   *
   * @param side whose benchmarks are wanted
   * @return each with each of its parameters' values
   * @throws DuelException if the side cannot be started, or has no such benchmark
   * @throws IOException if its output cannot be read
   * @throws InterruptedException if this thread is interrupted
   */
  static List<BenchmarkCell> of(JmhCommand side)
      throws DuelException, IOException, InterruptedException {
    Process process;
    try {
      process = new ProcessBuilder(side.listing()).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new DuelException(side.java() + ": cannot be started: " + e.getMessage());
    }
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    List<BenchmarkCell> cells = code == 0 ? parse(text) : List.of();
    if (cells.isEmpty()) {
      throw new DuelException(
          "'"
              + String.join(" ", side.listing())
              + "' lists no benchmark (exit code "
              + code
              + "):\n"
              + text.strip());
    }
    return cells;
  }

  /** Reads JMH's list. */
  static List<BenchmarkCell> parse(String text) {
    Map<String, Map<String, List<String>>> benchmarks = new LinkedHashMap<>();
    boolean begun = false;
    String current = "";
    for (String line : text.lines().toList()) {
      if (line.startsWith("Benchmarks:")) {
        begun = true;
        continue;
      }
      Matcher param = PARAM.matcher(line);
      if (begun && NAME.matcher(line.strip()).matches()) {
        current = line.strip();
        benchmarks.put(current, new TreeMap<>());
      } else if (begun && !current.isEmpty() && param.matches()) {
        benchmarks
            .getOrDefault(current, new TreeMap<>())
            .put(param.group(1), Arrays.asList(param.group(2).split(", ", -1)));
      }
    }
    List<BenchmarkCell> cells = new ArrayList<>();
    benchmarks.forEach((name, params) -> cells.addAll(combinations(name, params)));
    return cells;
  }

  private static List<BenchmarkCell> combinations(String name, Map<String, List<String>> params) {
    List<Map<String, String>> combinations = List.of(Map.of());
    for (Map.Entry<String, List<String>> param : params.entrySet()) {
      List<Map<String, String>> longer = new ArrayList<>();
      for (Map<String, String> combination : combinations) {
        for (String value : param.getValue()) {
          Map<String, String> next = new TreeMap<>(combination);
          next.put(param.getKey(), value);
          longer.add(next);
        }
      }
      combinations = longer;
    }
    return combinations.stream().map(values -> new BenchmarkCell(name, values)).toList();
  }
}

package dev.patchgrad.reports.duel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
   * @param name of the side
   * @param side whose benchmarks are wanted
   * @param guard of its process
   * @return each with each of its parameters' values
   * @throws DuelException if the side cannot be started, or has no such benchmark
   * @throws IOException if its output cannot be read
   * @throws InterruptedException if this thread is interrupted
   */
  static List<BenchmarkCell> of(String name, JmhCommand side, Guard guard)
      throws DuelException, IOException, InterruptedException {
    Process process;
    try {
      process = guard.start(side.process(side.listing()));
    } catch (IOException e) {
      throw new DuelException(side.java() + ": cannot be started: " + e.getMessage());
    }
    String text;
    int code;
    try {
      process.getOutputStream().close();
      text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      code = process.waitFor();
    } finally {
      guard.end(process);
    }
    List<BenchmarkCell> cells = code == 0 ? parse(text) : List.of();
    if (cells.isEmpty()) {
      List<String> said = text.lines().filter(line -> !line.startsWith("WARNING:")).toList();
      throw new DuelException(
          "side "
              + name
              + ": '"
              + side.mainClass()
              + " "
              + String.join(" ", side.listing().subList(side.start().size(), side.listing().size()))
              + "' lists no benchmark (exit code "
              + code
              + "):\n"
              + String.join("\n", said).strip());
    }
    return cells;
  }

  /** Reads JMH's list, which has a benchmark of several modes several times. */
  static List<BenchmarkCell> parse(String text) {
    Set<BenchmarkCell> cells = new LinkedHashSet<>();
    boolean begun = false;
    String current = "";
    Map<String, List<String>> params = new TreeMap<>();
    for (String line : text.lines().toList()) {
      Matcher param = PARAM.matcher(line);
      if (line.startsWith("Benchmarks:")) {
        begun = true;
      } else if (begun && NAME.matcher(line.strip()).matches()) {
        cells.addAll(combinations(current, params));
        current = line.strip();
        params.clear();
      } else if (begun && param.matches()) {
        params.put(param.group(1), Arrays.asList(param.group(2).split(", ", -1)));
      }
    }
    cells.addAll(combinations(current, params));
    return List.copyOf(cells);
  }

  private static List<BenchmarkCell> combinations(String name, Map<String, List<String>> params) {
    if (name.isEmpty()) {
      return List.of();
    }
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

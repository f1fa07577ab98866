package dev.patchgrad.reports.duel;

import dev.patchgrad.reports.run.Result;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A benchmark with one value for each of its parameters.
 *
 * @param benchmark the method's full name
 * @param params by name; empty where it has none
 */
public record BenchmarkCell(String benchmark, Map<String, String> params) {
  /** Copies the parameters, in order of their names. */
  public BenchmarkCell {
    params = Collections.unmodifiableMap(new TreeMap<>(params));
  }

  /**
   * The cell without the parameters in which the sides differ.
   *
   * @param names of the parameters that are left out
   * @return the rest
   */
  BenchmarkCell without(Iterable<String> names) {
    Map<String, String> rest = new TreeMap<>(params);
    names.forEach(rest::remove);
    return new BenchmarkCell(benchmark, rest);
  }

  /** The cell with one more parameter. */
  BenchmarkCell with(String name, String value) {
    Map<String, String> more = new TreeMap<>(params);
    more.put(name, value);
    return new BenchmarkCell(benchmark, more);
  }

  /**
   * The cell in short.
   *
   * @return class, method and parameters
   */
  public String label() {
    String name = Result.shortName(benchmark);
    return params.isEmpty()
        ? name
        : name
            + " "
            + params.entrySet().stream()
                .map(param -> param.getKey() + "=" + param.getValue())
                .collect(Collectors.joining(" "));
  }
}

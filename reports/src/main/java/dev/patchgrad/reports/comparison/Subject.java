package dev.patchgrad.reports.comparison;

import dev.patchgrad.reports.grid.SuiteNames;
import dev.patchgrad.reports.run.Result;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What was measured: a benchmark with its parameters.
 *
 * @param benchmark the method's full name
 * @param params by name
 */
public record Subject(String benchmark, Map<String, String> params) {
  /** Copies the map, in order of names. */
  public Subject {
    params = Collections.unmodifiableMap(new TreeMap<>(params));
  }

  /** Names of the columns in which tables show a subject, as {@link #columns} fills them. */
  static final List<String> COLUMNS = List.of("kernel", "precision", "level", "p", "k", "others");

  /** What tables show of it; empty where it has no such parameter. */
  List<String> columns() {
    return List.of(
        kernel(),
        param(SuiteNames.PRECISION),
        param(SuiteNames.LEVEL),
        param(SuiteNames.PATCH_DIMENSION),
        param(SuiteNames.PATCHES),
        others());
  }

  static Subject of(Result result) {
    return new Subject(result.benchmark(), result.params());
  }

  /** A result that its run has in another mode too. */
  static Subject inMode(Result result) {
    Map<String, String> params = new TreeMap<>(result.params());
    params.put("mode", result.mode());
    return new Subject(result.benchmark(), params);
  }

  /**
   * The kernel in whose geometric mean it counts.
   *
   * @return the kernel's name in the gradient suite; elsewhere after the benchmark's short name; of
   *     another project's benchmarks that name alone
   */
  public String kernel() {
    String kernel = param(SuiteNames.KERNEL);
    if (benchmark.equals(SuiteNames.GRADIENT) && !kernel.isEmpty()) {
      return kernel;
    }
    return kernel.isEmpty() ? suite() : suite() + " " + kernel;
  }

  /**
   * The benchmark's short name.
   *
   * @return such as {@code Roof.read}
   */
  public String suite() {
    String name = Result.shortName(benchmark);
    return isOwn() ? name.replaceFirst("Benchmark\\.", ".") : name;
  }

  /**
   * On one line, for a person.
   *
   * @return such as {@code vector, double, L2, p 8, k 16}
   */
  public String text() {
    List<String> parts = new ArrayList<>(List.of(kernel()));
    for (String name :
        List.of(
            SuiteNames.PRECISION,
            SuiteNames.LEVEL,
            SuiteNames.PATCH_DIMENSION,
            SuiteNames.PATCHES)) {
      String value = param(name);
      if (!value.isEmpty()) {
        boolean named = name.equals(SuiteNames.PATCH_DIMENSION) || name.equals(SuiteNames.PATCHES);
        parts.add(named ? name + " " + value : value);
      }
    }
    if (!others().isEmpty()) {
      parts.add(others());
    }
    return String.join(", ", parts);
  }

  /**
   * One of the parameters that have a column of their own.
   *
   * @param name of the parameter
   * @return its value; empty if there is none, or if the benchmark is another project's, whose
   *     parameter of this name may be anything
   */
  public String param(String name) {
    return isOwn() ? params.getOrDefault(name, "") : "";
  }

  private boolean isOwn() {
    return Result.isOwn(benchmark);
  }

  /**
   * The parameters that have no column of their own.
   *
   * @return such as {@code threads=2}; empty if there is none
   */
  public String others() {
    Map<String, String> others = new TreeMap<>(params);
    if (isOwn()) {
      others
          .keySet()
          .removeAll(
              Set.of(
                  SuiteNames.KERNEL,
                  SuiteNames.PRECISION,
                  SuiteNames.PATCH_DIMENSION,
                  SuiteNames.PATCHES,
                  SuiteNames.LEVEL));
    }
    String text = others.toString();
    return text.substring(1, text.length() - 1);
  }
}

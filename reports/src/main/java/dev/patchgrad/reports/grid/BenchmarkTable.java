package dev.patchgrad.reports.grid;

import dev.patchgrad.reports.grid.Warnings.Kind;
import dev.patchgrad.reports.grid.Warnings.Warning;
import dev.patchgrad.reports.run.Result;
import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.statistics.Forks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The benchmarks of one class in one mode, as any project names them: of results of whose machine
 * nothing is known.
 *
 * @param owner the class's full name
 * @param mode of JMH
 * @param threads that ran a benchmark at the same time
 * @param unit of the values, as JMH gave it
 * @param params names of the parameters, in order
 * @param rows in the order of the file
 */
public record BenchmarkTable(
    String owner, String mode, int threads, String unit, List<String> params, List<Row> rows) {
  /** Copies the lists. */
  public BenchmarkTable {
    params = List.copyOf(params);
    rows = List.copyOf(rows);
  }

  /**
   * One benchmark with one value for each of its parameters.
   *
   * @param result itself
   * @param values by fork, in JMH's unit; empty where JMH found no number
   * @param notWarm why it was not warm, as {@link Warmth#foreignDoubt} finds; empty if it was
   * @param unsteady what changed while it was measured, as {@link Steadiness} finds; empty if
   *     nothing
   */
  public record Row(
      Result result, Optional<Forks> values, Optional<String> notWarm, Optional<String> unsteady) {
    static Row of(Result result, Steadiness steadiness) {
      return result.isMeasured()
          ? new Row(
              result,
              Optional.of(Forks.ofIterations(result.scores())),
              Warmth.foreignDoubt(result),
              steadiness.doubt(result))
          : new Row(result, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * The name within its class.
     *
     * @return the method's
     */
    public String method() {
      return result.benchmark().substring(result.benchmark().lastIndexOf('.') + 1);
    }
  }

  private record Key(String owner, String mode, int threads, String unit) {
    static Key of(Result result) {
      String name = result.benchmark();
      return new Key(
          name.substring(0, Math.max(name.lastIndexOf('.'), 0)),
          result.mode(),
          result.threads(),
          result.primary().unit());
    }
  }

  /**
   * All results of a run.
   *
   * @param run of any project
   * @return tables in the order of the file
   */
  public static List<BenchmarkTable> of(Run run) {
    Map<Key, List<Row>> tables = new LinkedHashMap<>();
    Steadiness steadiness = Steadiness.of(run.results());
    for (Result result : run.results()) {
      tables
          .computeIfAbsent(Key.of(result), key -> new ArrayList<>())
          .add(Row.of(result, steadiness));
    }
    List<BenchmarkTable> all = new ArrayList<>();
    tables.forEach(
        (key, rows) -> {
          Set<String> params = new LinkedHashSet<>();
          rows.forEach(row -> params.addAll(row.result().params().keySet()));
          all.add(
              new BenchmarkTable(
                  key.owner(), key.mode(), key.threads(), key.unit(), List.copyOf(params), rows));
        });
    return all;
  }

  /**
   * The title of the table.
   *
   * @return such as {@code org.example.Sort: average time, us/op; less is faster}
   */
  public String title() {
    return owner
        + (owner.isEmpty() ? "" : ": ")
        + switch (mode) {
          case "thrpt" -> "throughput";
          case "avgt" -> "average time";
          case "sample" -> "median of sampled calls";
          default -> "single shot";
        }
        + ", "
        + unit
        + (threads == 1 ? "" : ", " + threads + " threads")
        + (mode.equals(Result.THROUGHPUT) ? "; more is faster" : "; less is faster");
  }

  private static String name(Result result) {
    return Result.shortName(result.benchmark())
        + result.params().entrySet().stream()
            .map(param -> " " + param.getKey() + "=" + param.getValue())
            .collect(Collectors.joining());
  }

  /** What to doubt of results of whose machine nothing is known. */
  static List<Warning> warnings(Run run) {
    List<Warning> warnings = new ArrayList<>();
    List<CellWarnings.Measured> measured = new ArrayList<>();
    List<String> without = new ArrayList<>();
    Steadiness steadiness = Steadiness.of(run.results());
    for (Result result : run.results()) {
      Row row = Row.of(result, steadiness);
      if (row.values().isPresent()) {
        measured.add(
            new CellWarnings.Measured(
                name(result), row.values().get(), row.notWarm(), row.unsteady()));
      } else {
        without.add(name(result));
      }
    }
    if (!without.isEmpty()) {
      warnings.add(
          new Warning(
              Kind.NOT_MEASURED,
              without.size() + " without a value",
              without.size()
                  + " of "
                  + run.results().size()
                  + " results have no value above 0 in some iteration, such as "
                  + without.get(0)
                  + ". Lengthen the iterations (-r 1s)."));
    }
    warnings.addAll(CellWarnings.of(measured, true));
    return warnings;
  }
}

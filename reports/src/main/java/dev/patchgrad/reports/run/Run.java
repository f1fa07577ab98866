package dev.patchgrad.reports.run;

import dev.patchgrad.reports.environment.Environment;
import dev.patchgrad.reports.environment.Work;
import dev.patchgrad.reports.json.BadRecordException;
import dev.patchgrad.reports.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A run as it was recorded.
 *
 * @param folder that it was read from
 * @param environment of the run
 * @param results in the order of the file
 */
public record Run(Path folder, Environment environment, List<Result> results) {
  /** Copies the list. */
  public Run {
    results = List.copyOf(results);
  }

  /**
   * Reads a run's folder, whole or not at all.
   *
   * @param folder with {@code environment.json} and {@code results.json}
   * @return the run
   * @throws BadRecordException naming file, key and reason
   */
  public static Run read(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new BadRecordException(folder, "", "is not a folder; expected a run's folder");
    }
    Path environmentFile = folder.resolve(RunFolder.ENVIRONMENT);
    Environment environment = Environment.fromJson(Json.text(environmentFile), environmentFile);
    Path resultsFile = folder.resolve(RunFolder.RESULTS);
    return new Run(folder, environment, parseResults(Json.text(resultsFile), resultsFile));
  }

  /**
   * Whether the run broke off before its end.
   *
   * @return true for a folder whose name says that it is partial
   */
  public boolean isPartial() {
    Path name = folder.getFileName();
    return name != null && name.toString().endsWith(RunFolder.PARTIAL);
  }

  /**
   * What one operation of a result does.
   *
   * @param result of this run
   * @return its work; empty where the environment does not have it
   */
  public Optional<Work> workOf(Result result) {
    return environment.work().stream()
        .filter(work -> work.benchmark().equals(result.benchmark()))
        .filter(work -> work.params().equals(result.params()))
        .findFirst();
  }

  /**
   * A parameter that a result must have.
   *
   * @param result of this run
   * @param name of the parameter
   * @return its value
   * @throws BadRecordException if it is missing
   */
  public String param(Result result, String name) {
    String value = result.params().get(name);
    if (value == null) {
      throw refuse(result, name, "is missing");
    }
    return value;
  }

  /**
   * A parameter that a result must have, and that counts something.
   *
   * @param result of this run
   * @param name of the parameter
   * @return its value, at least 1
   * @throws BadRecordException if it is missing, or not a whole number of at least 1
   */
  public int count(Result result, String name) {
    String value = param(result, name);
    if (!value.matches("[1-9]\\d{0,8}")) {
      throw refuse(result, name, "'" + value + "'; expected a whole number of at least 1");
    }
    return Integer.parseInt(value);
  }

  private BadRecordException refuse(Result result, String param, String reason) {
    return new BadRecordException(
        folder.resolve(RunFolder.RESULTS), result.label() + ".params." + param, reason);
  }

  /**
   * Results from JMH's JSON.
   *
   * @param json the text
   * @param origin its file, for messages
   * @return at least one result
   * @throws BadRecordException naming file, key and reason
   */
  public static List<Result> parseResults(String json, Path origin) {
    JmhFile.Entry[] entries = Json.readForeign(json, origin, JmhFile.Entry[].class);
    if (entries.length == 0) {
      throw new BadRecordException(origin, "", "holds no results");
    }
    List<Result> results = new ArrayList<>();
    Set<List<Object>> seen = new HashSet<>();
    for (int i = 0; i < entries.length; i++) {
      JmhFile.@Nullable Entry entry = entries[i];
      if (entry == null) {
        throw new BadRecordException(origin, "[" + i + "]", "is null; expected a result");
      }
      Result result = new EntryReader(origin, "[" + i + "]").read(entry);
      if (!seen.add(List.of(result.benchmark(), result.params(), result.mode()))) {
        throw new BadRecordException(
            origin, "[" + i + "].benchmark", result.label() + " appears twice");
      }
      results.add(result);
    }
    return results;
  }

  /** Checks one entry; a refusal names the key within the file. */
  private record EntryReader(Path origin, String at) {
    Result read(JmhFile.Entry entry) {
      String mode = required("mode", entry.mode());
      Metric primary =
          metric("primaryMetric", required("primaryMetric", entry.primaryMetric()), true, mode);
      Map<String, Metric> secondary = new LinkedHashMap<>();
      Map<String, JmhFile.Metric> profilers =
          entry.secondaryMetrics() == null ? Map.of() : entry.secondaryMetrics();
      profilers.forEach(
          (name, metric) ->
              // Before version 1.36 JMH put a dot before the names of its profilers' metrics.
              secondary.put(
                  name.startsWith("·") ? name.substring(1) : name,
                  metric("secondaryMetrics." + name, metric, false, mode)));
      return new Result(
          required("benchmark", entry.benchmark()),
          entry.params() == null ? Map.of() : entry.params(),
          mode,
          entry.threads(),
          new Result.Settings(
              required("jmhVersion", entry.jmhVersion()),
              required("jdkVersion", entry.jdkVersion()),
              required("vmName", entry.vmName()),
              entry.jvmArgs() == null ? List.of() : entry.jvmArgs(),
              entry.forks(),
              entry.warmupIterations(),
              required("warmupTime", entry.warmupTime()),
              entry.measurementIterations(),
              required("measurementTime", entry.measurementTime())),
          primary,
          secondary);
    }

    private Metric metric(String key, JmhFile.Metric metric, boolean primary, String mode) {
      String unit = required(key + ".scoreUnit", metric.scoreUnit());
      boolean rate = primary && (mode.equals("thrpt") || mode.equals("avgt"));
      if (rate && Double.isNaN(Result.secondsOf(Result.timeOf(mode, unit)))) {
        throw refuse(
            key + ".scoreUnit",
            "'" + unit + "' in mode " + mode + "; expected a unit such as ops/s or us/op");
      }
      List<List<Double>> forks = metric.rawData() == null ? List.of() : metric.rawData();
      if (rate && forks.isEmpty()) {
        throw refuse(key + ".rawData", "is missing or empty; expected a list for each fork");
      }
      for (int fork = 0; fork < forks.size(); fork++) {
        List<Double> iterations = forks.get(fork);
        if (rate && iterations.isEmpty()) {
          throw refuse(
              key + ".rawData[" + fork + "]", "is empty; expected a value for each iteration");
        }
        for (int iteration = 0; rate && iteration < iterations.size(); iteration++) {
          double value = iterations.get(iteration);
          if (!(value > 0) || Double.isInfinite(value)) {
            throw refuse(
                key + ".rawData[" + fork + "][" + iteration + "]",
                value + "; expected a finite number above 0");
          }
        }
      }
      return new Metric(unit, forks);
    }

    private <T> T required(String key, @Nullable T value) {
      if (value == null) {
        throw refuse(key, "is missing");
      }
      return value;
    }

    private BadRecordException refuse(String key, String reason) {
      return new BadRecordException(origin, at + "." + key, reason);
    }
  }
}

package dev.patchgrad.reports.run;

import dev.patchgrad.reports.json.BadRecordException;
import dev.patchgrad.reports.json.Json;
import dev.patchgrad.reports.json.PlainText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes results of JMH's JSON, and refuses what no run of this project can hold. A refusal names
 * the key within the file.
 *
 * @param origin the file, for messages
 * @param at the entry's place in it, such as {@code [3]}
 */
record ResultReader(Path origin, String at) {
  /** The longest name or value of a parameter; that of a user's file has at most 255. */
  private static final int MOST_CHARACTERS = 1000;

  /** The most threads, forks and iterations. */
  private static final int MOST = 1_000_000;

  /** Operations per second: from a day for one, to far more than a processor's clock allows. */
  private static final double LEAST_RATE = 1e-6;

  private static final double MOST_RATE = 1e15;

  /** Parameters that count something, in every suite that has them. */
  private static final Set<String> COUNTS = Set.of("p", "k", "n", "students");

  /** All results of a file. */
  static List<Result> read(String json, Path origin) {
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
      Result result = new ResultReader(origin, "[" + i + "]").result(entry);
      if (!seen.add(List.of(result.benchmark(), result.params(), result.mode()))) {
        throw new BadRecordException(
            origin, "[" + i + "].benchmark", result.label() + " appears twice");
      }
      results.add(result);
    }
    return results;
  }

  private Result result(JmhFile.Entry entry) {
    String mode = text("mode", entry.mode());
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
        text("benchmark", entry.benchmark()),
        params(entry.params() == null ? Map.of() : entry.params()),
        mode,
        count("threads", entry.threads(), 1),
        new Result.Settings(
            text("jmhVersion", entry.jmhVersion()),
            text("jdkVersion", entry.jdkVersion()),
            text("vmName", entry.vmName()),
            entry.jvmArgs() == null ? List.of() : entry.jvmArgs(),
            count("forks", entry.forks(), 0),
            count("warmupIterations", entry.warmupIterations(), 0),
            text("warmupTime", entry.warmupTime()),
            count("measurementIterations", entry.measurementIterations(), 0),
            text("measurementTime", entry.measurementTime())),
        primary,
        secondary);
  }

  private Map<String, String> params(Map<String, String> params) {
    params.forEach(
        (name, value) -> {
          String key = "params." + PlainText.inShort(name);
          text(key, name);
          requireLine(key, value);
          if (COUNTS.contains(name) && !Result.isCount(value)) {
            throw refuse(
                key, "'" + PlainText.inShort(value) + "'; expected " + Result.COUNT_IN_WORDS);
          }
        });
    return params;
  }

  private Metric metric(String key, JmhFile.Metric metric, boolean primary, String mode) {
    String unit = required(key + ".scoreUnit", metric.scoreUnit());
    boolean rate = primary && Result.isRate(mode);
    if (rate && Double.isNaN(Result.secondsOf(Result.timeOf(mode, unit)))) {
      throw refuse(
          key + ".scoreUnit",
          "'"
              + PlainText.inShort(unit)
              + "' in mode "
              + mode
              + "; expected a unit such as ops/s or us/op");
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
        requireRate(
            key + ".rawData[" + fork + "][" + iteration + "]",
            iterations.get(iteration),
            mode,
            unit);
      }
    }
    return new Metric(unit, forks);
  }

  private void requireRate(String key, double value, String mode, String unit) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw refuse(key, value + "; expected a finite number above 0");
    }
    double rate = Result.operationsPerSecond(mode, unit, value);
    if (!(rate >= LEAST_RATE && rate <= MOST_RATE)) {
      throw refuse(
          key,
          value
              + " "
              + unit
              + ", or "
              + rate
              + " operations per second; expected from "
              + LEAST_RATE
              + " to "
              + MOST_RATE);
    }
  }

  private int count(String key, int value, int least) {
    if (value < least || value > MOST) {
      throw refuse(
          key, value + "; expected a whole number of at least " + least + ", at most " + MOST);
    }
    return value;
  }

  private String text(String key, @Nullable String value) {
    String present = required(key, value);
    if (present.isBlank()) {
      throw refuse(key, "'" + PlainText.inShort(present) + "'; expected a text");
    }
    requireLine(key, present);
    return present;
  }

  private void requireLine(String key, String value) {
    if (value.length() > MOST_CHARACTERS) {
      throw refuse(
          key, value.length() + " characters; expected a text of at most " + MOST_CHARACTERS);
    }
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw refuse(
          key, "'" + PlainText.inShort(value) + "' has a tab or line end; expected one line");
    }
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

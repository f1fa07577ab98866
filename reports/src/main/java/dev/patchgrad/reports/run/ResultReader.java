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
 * Makes results of JMH's JSON, and refuses what no run can hold. A refusal names the key within the
 * file.
 *
 * @param origin the file, for messages
 * @param at the entry's place in it, such as {@code [3]}
 * @param isForeign whether the file may be of another project, and of an older JMH
 */
record ResultReader(Path origin, String at, boolean isForeign) {
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
  static List<Result> read(String json, Path origin, boolean isForeign) {
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
      Result result = new ResultReader(origin, "[" + i + "]", isForeign).result(entry);
      if (!seen.add(List.of(result.benchmark(), result.params(), result.mode()))) {
        throw new BadRecordException(
            origin, "[" + i + "].benchmark", result.label() + " appears twice");
      }
      results.add(result);
    }
    return results;
  }

  private Result result(JmhFile.Entry entry) {
    String benchmark = text("benchmark", entry.benchmark());
    String mode = text("mode", entry.mode());
    if (isForeign && !Result.MODES.contains(mode)) {
      throw refuse(
          "mode",
          "'" + PlainText.inShort(mode) + "'; expected one of " + String.join(", ", Result.MODES));
    }
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
        benchmark,
        params(Result.isOwn(benchmark), entry.params() == null ? Map.of() : entry.params()),
        mode,
        count("threads", entry.threads(), 1),
        new Result.Settings(
            setting("jmhVersion", entry.jmhVersion()),
            setting("jdkVersion", entry.jdkVersion()),
            setting("vmName", entry.vmName()),
            entry.jvmArgs() == null ? List.of() : entry.jvmArgs(),
            count("forks", entry.forks(), 0),
            count("warmupIterations", entry.warmupIterations(), 0),
            setting("warmupTime", entry.warmupTime()),
            count("measurementIterations", entry.measurementIterations(), 0),
            setting("measurementTime", entry.measurementTime())),
        primary,
        secondary);
  }

  /** A setting that an older JMH may not have written. */
  private String setting(String key, @Nullable String value) {
    return isForeign && value == null ? Result.UNKNOWN : text(key, value);
  }

  private Map<String, String> params(boolean isOwn, Map<String, String> params) {
    params.forEach(
        (name, value) -> {
          String key = "params." + PlainText.inShort(name);
          text(key, name);
          requireLine(key, value);
          if (isOwn && COUNTS.contains(name) && !Result.isCount(value)) {
            throw refuse(
                key, "'" + PlainText.inShort(value) + "'; expected " + Result.COUNT_IN_WORDS);
          }
        });
    return params;
  }

  private Metric metric(String key, JmhFile.Metric metric, boolean primary, String mode) {
    String unit = required(key + ".scoreUnit", metric.scoreUnit());
    boolean needed = primary && (isForeign || Result.isRate(mode));
    if (needed && Double.isNaN(Result.secondsOf(Result.timeOf(mode, unit)))) {
      throw refuse(
          key + ".scoreUnit",
          "'"
              + PlainText.inShort(unit)
              + "' in mode "
              + mode
              + "; expected a unit such as "
              + (mode.equals(Result.THROUGHPUT) ? "ops/s" : "us/op"));
    }
    if (primary && metric.rawData() == null && metric.rawDataHistogram() != null) {
      return values(
          key + ".rawDataHistogram",
          unit,
          mode,
          new Histograms(this, key + ".rawDataHistogram").medians(metric.rawDataHistogram()));
    }
    List<List<Double>> forks = metric.rawData() == null ? List.of() : metric.rawData();
    if (!needed) {
      return new Metric(unit, forks);
    }
    if (forks.isEmpty()) {
      throw refuse(key + ".rawData", "is missing or empty; expected a list for each fork");
    }
    return values(key + ".rawData", unit, mode, forks);
  }

  /** Values of each iteration; none at all where JMH found no number in some of them. */
  private Metric values(String key, String unit, String mode, List<List<Double>> forks) {
    boolean isMeasured = true;
    for (int fork = 0; fork < forks.size(); fork++) {
      List<Double> iterations = forks.get(fork);
      if (iterations.isEmpty()) {
        throw refuse(key + "[" + fork + "]", "is empty; expected a value for each iteration");
      }
      for (int iteration = 0; iteration < iterations.size(); iteration++) {
        double value = iterations.get(iteration);
        // Nothing was called in this iteration, or the clock is too coarse for a call.
        if (isForeign && (Double.isNaN(value) || value == 0)) {
          isMeasured = false;
        } else {
          requireRate(key + "[" + fork + "][" + iteration + "]", value, mode, unit);
        }
      }
    }
    return new Metric(unit, isMeasured ? forks : List.of());
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

  BadRecordException refuse(String key, String reason) {
    return new BadRecordException(origin, at + "." + key, reason);
  }
}

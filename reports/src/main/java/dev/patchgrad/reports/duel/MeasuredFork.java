package dev.patchgrad.reports.duel;

import dev.patchgrad.reports.json.BadRecordException;
import dev.patchgrad.reports.json.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What one fork measured in one of JMH's modes.
 *
 * @param mode as JMH writes it: thrpt, avgt, sample or ss
 * @param unit such as {@code ops/s}
 * @param iterations a value for each; of sampled single calls the median
 * @param entry the whole element of results.json
 */
record MeasuredFork(String mode, String unit, List<Double> iterations, JsonNode entry) {
  /** The mode of calls that are measured cold. */
  static final String SINGLE_SHOT = "ss";

  /** Copies the list. */
  MeasuredFork {
    iterations = List.copyOf(iterations);
  }

  /**
   * Reads what JMH wrote of one fork.
   *
   * @param file results.json
   * @return an element for each mode
   * @throws BadRecordException if the file is none of JMH's
   */
  static List<MeasuredFork> read(Path file) {
    List<MeasuredFork> forks = new ArrayList<>();
    for (JsonNode entry : Json.readForeign(Json.text(file), file, JsonNode.class)) {
      JsonNode metric = entry.path("primaryMetric");
      List<Double> iterations = new ArrayList<>();
      for (JsonNode value : metric.path("rawData").path(0)) {
        iterations.add(value.asDouble());
      }
      for (JsonNode histogram : metric.path("rawDataHistogram").path(0)) {
        iterations.add(median(histogram));
      }
      if (iterations.isEmpty()) {
        throw new BadRecordException(file, "primaryMetric", "holds no raw data of a fork");
      }
      forks.add(
          new MeasuredFork(
              entry.path("mode").asString(),
              metric.path("scoreUnit").asString(),
              iterations,
              entry));
    }
    return forks;
  }

  /** Whether larger values are better. */
  boolean largerIsFaster() {
    return mode.equals("thrpt");
  }

  /** The iterations as operations in some time, so that more is faster. */
  List<Double> speeds() {
    return largerIsFaster() ? iterations : iterations.stream().map(time -> 1 / time).toList();
  }

  /** The middle of sampled calls, given as pairs of a value and how often it was seen. */
  private static double median(JsonNode histogram) {
    List<double[]> pairs = new ArrayList<>();
    double count = 0;
    for (JsonNode pair : histogram) {
      pairs.add(new double[] {pair.path(0).asDouble(), pair.path(1).asDouble()});
      count += pair.path(1).asDouble();
    }
    Collections.sort(pairs, (one, other) -> Double.compare(one[0], other[0]));
    double seen = 0;
    for (double[] pair : pairs) {
      seen += pair[1];
      if (2 * seen >= count) {
        return pair[0];
      }
    }
    return Double.NaN;
  }
}

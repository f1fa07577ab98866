package dev.patchgrad.reports.run;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JMH's own JSON, before anything is checked: what an entry lacks is null. */
final class JmhFile {
  private JmhFile() {}

  /** One element of the file's array; see JMH's JSONResultFormat for the keys. */
  record Entry(
      @Nullable String jmhVersion,
      @Nullable String benchmark,
      @Nullable String mode,
      int threads,
      int forks,
      @Nullable String jvm,
      @Nullable List<String> jvmArgs,
      @Nullable String jdkVersion,
      @Nullable String vmName,
      @Nullable String vmVersion,
      int warmupIterations,
      @Nullable String warmupTime,
      int measurementIterations,
      @Nullable String measurementTime,
      @Nullable Map<String, String> params,
      @Nullable Metric primaryMetric,
      @Nullable Map<String, Metric> secondaryMetrics) {}

  /**
   * A metric. In mode sample JMH writes histograms instead of raw data: by fork and iteration,
   * pairs of a time and how often it was seen.
   */
  record Metric(
      @Nullable String scoreUnit,
      @Nullable List<List<Double>> rawData,
      @Nullable List<List<List<List<Double>>>> rawDataHistogram) {}
}

package dev.patchgrad.bench.experiments;

import dev.patchgrad.reports.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What all experiments gave, and what it took.
 *
 * @param settings of all
 * @param table its cells
 * @param phases the courses
 * @param samples the recoveries
 * @param restarts the searches
 * @param seconds of each experiment by its name: measured, and no part of the data
 * @param threads that shared the work
 */
record PaperResults(
    PaperSettings settings,
    List<SuccessTable.Cell> table,
    TwoPhases.Result phases,
    SampleSizes.Result samples,
    List<RestartCounts.Outcome> restarts,
    Map<String, Double> seconds,
    int threads) {
  /** Is told that an experiment begins, and gives what is told of its progress. */
  interface Reporter {
    Progress begins(String experiment);

    void ended(String experiment, double seconds);
  }

  private interface Experiment<T> {
    T run(Progress progress) throws InterruptedException;
  }

  /** Runs all of them, one after the other, each on all threads. */
  static PaperResults run(PaperSettings settings, StudyThreads threads, Reporter reporter)
      throws InterruptedException {
    Map<String, Double> seconds = new LinkedHashMap<>();
    return new PaperResults(
        settings,
        timed(
            "table 1",
            seconds,
            reporter,
            progress -> SuccessTable.run(settings.table(), threads, progress)),
        timed(
            "two phases",
            seconds,
            reporter,
            progress -> TwoPhases.run(settings.phases(), threads, progress)),
        timed(
            "learning from samples",
            seconds,
            reporter,
            progress -> SampleSizes.run(settings.samples(), threads, progress)),
        timed(
            "restarts",
            seconds,
            reporter,
            progress -> RestartCounts.run(settings.restarts(), threads, progress)),
        seconds,
        threads.threads());
  }

  private static <T> T timed(
      String name, Map<String, Double> seconds, Reporter reporter, Experiment<T> experiment)
      throws InterruptedException {
    long start = System.nanoTime();
    T result = experiment.run(reporter.begins(name));
    double took = (System.nanoTime() - start) * 1e-9;
    seconds.put(name, took);
    reporter.ended(name, took);
    return result;
  }

  /** The data's files by their names: the same bytes for the same settings, on any threads. */
  Map<String, String> files() {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("settings.json", Json.write(settings));
    files.put("table1.csv", SuccessTable.csv(table).text());
    files.put("phases.csv", TwoPhases.csv(phases).text());
    files.put("samples.csv", SampleSizes.csv(samples).text());
    files.put("learning_curves.csv", SampleSizes.curvesCsv(samples).text());
    files.put("restarts.csv", RestartCounts.csv(restarts).text());
    return files;
  }
}

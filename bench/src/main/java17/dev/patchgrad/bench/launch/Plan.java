package dev.patchgrad.bench.launch;

import dev.patchgrad.reports.environment.Environment;
import dev.patchgrad.reports.environment.Preflight;
import dev.patchgrad.reports.run.ProjectFolder;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.openjdk.jmh.runner.BenchmarkList;

/**
 * What a command line comes to on this machine: checked in the JVM that measures, and not begun.
 *
 * @param selection what is to be measured, without what this machine lacks
 * @param environment that it is recorded with
 */
record Plan(Selection selection, Environment environment) {
  /**
   * The plan for benchmarks.
   *
   * @param options of the command line
   * @param data the user's own batch, if there is one
   * @param jvm that is to measure
   * @throws UsageException if something cannot be measured
   * @throws IOException if the check itself fails
   * @throws InterruptedException if this thread is interrupted
   */
  static Plan of(LaunchOptions options, Optional<OwnData> data, ForkJvm jvm)
      throws UsageException, IOException, InterruptedException {
    Map<String, List<String>> given = data.map(OwnData::params).orElse(Map.of());
    return of(options, Selection.of(options, given, BenchmarkList.defaultList()), jvm);
  }

  /**
   * The plan for what is no benchmark: nothing is selected.
   *
   * @param options of the command line
   * @param jvm that is to measure
   * @throws UsageException if the JVM does not start
   * @throws IOException if the check itself fails
   * @throws InterruptedException if this thread is interrupted
   */
  static Plan ofNoBenchmark(LaunchOptions options, ForkJvm jvm)
      throws UsageException, IOException, InterruptedException {
    return of(options, new Selection(List.of(), Map.of(), List.of()), jvm);
  }

  private static Plan of(LaunchOptions options, Selection asked, ForkJvm jvm)
      throws UsageException, IOException, InterruptedException {
    Preflight preflight = new PreflightProcess(jvm).ask(new PreflightRequest(asked.cells()));
    Selection selection =
        asked.restrictedTo(
            preflight.work().stream()
                .map(work -> new PreflightRequest.Cell(work.benchmark(), work.params()))
                .collect(Collectors.toSet()));
    Environment environment =
        Environment.capture(
            preflight,
            ProjectFolder.around(options.directory()),
            options.commandLine(),
            options
                .simulated()
                .or(() -> ForkFlags.pretence(jvm.flags()))
                .orElse(Environment.NOT_SIMULATED));
    return new Plan(selection, environment);
  }
}

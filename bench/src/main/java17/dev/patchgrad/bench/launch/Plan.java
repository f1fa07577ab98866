package dev.patchgrad.bench.launch;

import dev.patchgrad.reports.environment.Environment;
import dev.patchgrad.reports.environment.HardwareProbe;
import dev.patchgrad.reports.environment.Preflight;
import dev.patchgrad.reports.environment.Rounds;
import dev.patchgrad.reports.environment.SourceState;
import dev.patchgrad.reports.environment.SystemState;
import dev.patchgrad.reports.grid.SuiteNames;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
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
  /** How long the machine is watched before a run: long enough to see more than one tick. */
  static final Duration WATCH = Duration.ofSeconds(3);

  /**
   * The plan for benchmarks.
   *
   * @param options of the command line
   * @param data the user's own batch, if there is one
   * @param jvm that is to measure
   * @param watch how long the machine is watched, once all is ready to measure
   * @throws UsageException if something cannot be measured
   * @throws IOException if the check itself fails
   * @throws InterruptedException if this thread is interrupted
   */
  static Plan of(LaunchOptions options, Optional<OwnData> data, ForkJvm jvm, Duration watch)
      throws UsageException, IOException, InterruptedException {
    Map<String, List<String>> given = data.map(OwnData::params).orElse(Map.of());
    return of(options, Selection.of(options, given, BenchmarkList.defaultList()), jvm, watch);
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
    return of(options, new Selection(List.of(), Map.of(), List.of()), jvm, Duration.ZERO);
  }

  /**
   * The plan for what has been selected.
   *
   * @param options of the command line
   * @param asked what is to be measured, where this machine can
   * @param jvm that is to measure
   * @param watch how long the machine is watched, once all is ready to measure
   * @throws UsageException if something cannot be measured
   * @throws IOException if the check itself fails
   * @throws InterruptedException if this thread is interrupted
   */
  static Plan of(LaunchOptions options, Selection asked, ForkJvm jvm, Duration watch)
      throws UsageException, IOException, InterruptedException {
    PreflightProcess process = new PreflightProcess(jvm);
    Preflight preflight = process.ask(new PreflightRequest(asked.cells()));
    Selection selection =
        asked.restrictedTo(
            preflight.work().stream()
                .map(work -> new PreflightRequest.Cell(work.benchmark(), work.params()))
                .collect(Collectors.toSet()));
    if (options.quick()) {
      QuickMode.require(selection.cells().size(), options.jmh());
    }
    String simulated = Environment.NOT_SIMULATED;
    if (options.simulated().isPresent()) {
      simulated = options.simulated().get();
    } else if (!Pretence.ofInterest(preflight.setFlags()).isEmpty()) {
      Preflight bare = process.bare().ask(new PreflightRequest(List.of()));
      simulated =
          Pretence.of(preflight.jvm(), preflight.setFlags(), bare.jvm())
              .orElse(Environment.NOT_SIMULATED);
    }
    SourceState source = BuildFacts.ofThisBuild().source();
    return new Plan(
        selection,
        Environment.capture(
            preflight,
            source.revision(),
            new Environment.Intent(
                options.commandLine(),
                simulated,
                options.label(),
                options.quick(),
                notes(source, jvm, preflight.leftOut()),
                rounds(options, selection)),
            watched(watch)));
  }

  /** Whether more forks may follow those that were planned: where nobody fixed their number. */
  boolean isAdaptive() {
    return environment.rounds().looks() > 1;
  }

  private static Rounds rounds(LaunchOptions options, Selection selection) {
    boolean fixed =
        options.jmh().getForkCount().hasValue()
            || ForkOptions.warmsUpInBulk(options.jmh())
            || selection.cells().stream()
                .noneMatch(cell -> cell.benchmark().equals(SuiteNames.GRADIENT));
    // Small enough to be typed, and to stand in JSON to the digit.
    int seed = new SecureRandom().nextInt(1, 1_000_000);
    return new Rounds(seed, fixed ? 1 : FurtherForks.LOOKS);
  }

  /** The state of the machine some time ago: this program did nothing since. */
  private static SystemState watched(Duration watch) throws InterruptedException {
    if (watch.isZero()) {
      return SystemState.UNKNOWN;
    }
    SystemState state = new HardwareProbe().state();
    Thread.sleep(watch.toMillis());
    return state;
  }

  private static List<String> notes(SourceState source, ForkJvm jvm, List<String> leftOut) {
    List<String> notes = new ArrayList<>();
    leftOut.forEach(reason -> notes.add("Left out: " + reason + "."));
    if (!source.reason().isEmpty()) {
      notes.add(
          "The commit is unknown: "
              + source.reason()
              + (source.reason().contains("dubious ownership")
                  ? ". git config --global --add safe.directory FOLDER makes git trust it; then"
                      + " build again."
                  : ". Build in a clone of the project's repository to have it recorded."));
    }
    if (!jvm.passedOver().isEmpty()) {
      notes.add(
          "Another JDK was passed over: "
              + String.join("; ", jvm.passedOver())
              + ". Taken: "
              + jvm.java()
              + ".");
    }
    return notes;
  }
}

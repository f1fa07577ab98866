package dev.patchgrad.bench.launch;

import dev.patchgrad.reports.page.RunPage;
import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.summary.Summary;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.runner.Defaults;
import org.openjdk.jmh.runner.ProfilersFailedException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;

/** JMH at work on a plan: what it measures is recorded, shown, and judged, however it ends. */
final class MeasuredRun {
  /** Fewer start sooner than their classes are packed and archived. */
  private static final int CELLS_WORTH_AN_ARCHIVE = 5;

  private final CommandLineOptions jmh;
  private final Plan plan;
  private final ForkJvm jvm;
  private final RunRecord record;
  private final boolean locked;
  private final Interrupt interrupt;
  private final PrintStream out;
  private final PrintStream err;
  private final PlannedForks planned;
  private final Run begun;
  private final MeasuredRounds rounds;
  private final TimeLimit limit;
  private final ProgressLines progress;

  /**
   * A run that has not begun.
   *
   * @param options of the user
   * @param plan what is to be measured
   * @param jvm that measures
   * @param record that has been begun
   * @param locked whether this process holds JMH's lock
   * @param interrupt that may end the run
   * @param out for progress and the summary
   * @param err for what went wrong
   */
  MeasuredRun(
      LaunchOptions options,
      Plan plan,
      ForkJvm jvm,
      RunRecord record,
      boolean locked,
      Interrupt interrupt,
      PrintStream out,
      PrintStream err) {
    this.jmh = options.jmh();
    this.plan = plan;
    this.jvm = jvm;
    this.record = record;
    this.locked = locked;
    this.interrupt = interrupt;
    this.out = out;
    this.err = err;
    this.planned = PlannedForks.of(jmh, plan.selection());
    this.begun = new Run(record.partial(), plan.environment(), List.of());
    this.limit =
        new TimeLimit(
            options.time().orElse(TimeLimit.USUAL), options.time().isPresent(), System::nanoTime);
    this.rounds =
        new MeasuredRounds(
            planned, new RoundOrder(plan.environment().rounds().seed()), limit, plan.isAdaptive());
    this.progress = new ProgressLines(out, begun, planned.forks(), System::nanoTime);
  }

  /**
   * Measures.
   *
   * @return the exit code
   * @throws IOException if the record cannot be written
   */
  int run() throws IOException {
    // JMH hands its own class path to the forks.
    String classPath = System.getProperty("java.class.path");
    try (SharedClasses classes = sharedClasses(classPath)) {
      System.setProperty("java.class.path", classes.classPath());
      List<String> prepended = new ArrayList<>(classes.flags());
      prepended.addAll(jvm.prepended());
      return run(
          new ForkOptions(
              jmh, jvm.java(), prepended, ShortIterations.of(plan.environment().work())));
    } finally {
      System.setProperty("java.class.path", classPath);
      breakOff("failed");
    }
  }

  /** Classes that forks share, where that is worth it and can be had. */
  private SharedClasses sharedClasses(String classPath) {
    if (plan.selection().cells().size() >= CELLS_WORTH_AN_ARCHIVE) {
      try {
        return SharedClasses.of(plan.environment().jvm().name(), jvm.flags(), classPath);
      } catch (IOException e) {
        err.println(
            "patchgrad: each fork loads its classes anew, since the temporary folder cannot be used: "
                + Reasons.of(e));
      }
    }
    return SharedClasses.none(classPath);
  }

  private int run(ForkOptions forks) throws IOException {
    try (JmhLog log = new JmhLog(jmh, record.log(), out)) {
      KnownJvm known = KnownJvm.ask(jvm);
      ResultCollector collector =
          new ResultCollector(log.format(), plan.selection().cells(), new Keeper(known));
      try {
        return measure(forks, known, collector, log);
      } catch (ProfilersFailedException e) {
        breakOff(messages(e));
        return Launcher.USAGE;
      } catch (RunnerException e) {
        if (interrupt.isRequested() && isWhole(collector)) {
          return interrupted(collector);
        }
        if (!interrupt.isRequested() && record.failure().isEmpty()) {
          showLastFork(log);
        }
        breakOff(messages(e));
        return Launcher.FAILURE;
      } catch (IOException | RuntimeException e) {
        if (interrupt.isRequested() && isWhole(collector)) {
          return interrupted(collector);
        }
        // JMH's own trouble as well, such as with a JVM that does not tell its version.
        e.printStackTrace(System.err); // into the log
        breakOff(messages(e));
        return Launcher.FAILURE;
      }
    }
  }

  private int measure(ForkOptions forks, KnownJvm known, ResultCollector collector, JmhLog log)
      throws RunnerException, IOException {
    String end;
    if (ForkOptions.warmsUpInBulk(jmh)) {
      run(forks.all(plan.selection()), known, collector);
      end = "";
    } else {
      end =
          inWords(
              rounds.run(
                  cell -> run(forks.oneFork(cell), known, collector),
                  new RoundsOnConsole(out, progress, limit, planned, begun, collector::measured)));
    }
    if (record.failure().isPresent()) {
      throw new RunStoppedException();
    }
    if (collector.failedCells() > 0 || collector.lostForks() > 0) {
      showLastFork(log);
      breakOff(
          collector.failedCells() > 0
              ? collector.failedCells() + " cells failed"
              : collector.lostForks() + " forks failed");
      return Launcher.FAILURE;
    }
    collector.end();
    writeFileOfUser(collector);
    List<String> notes = List.of();
    if (!end.isEmpty()) {
      out.println("# " + end);
    }
    if (rounds.whole() > 0 && rounds.whole() < planned.rounds()) {
      notes = List.of(end);
    }
    return conclude(finish(collector, notes));
  }

  private static void run(Options part, KnownJvm known, ResultCollector collector)
      throws RunnerException {
    known.begin();
    try {
      new Runner(part, collector).run();
    } finally {
      known.end();
    }
  }

  private Path finish(ResultCollector collector, List<String> notes) throws IOException {
    return record.finish(
        collector.measured(),
        notes,
        warning -> err.println("patchgrad: the run is recorded, but " + warning));
  }

  private String inWords(MeasuredRounds.End end) {
    return switch (end) {
      case COMPLETE -> "";
      case SURE -> "Every row is sure, and no cell is noisy, " + afterRounds() + ".";
      case TIME ->
          "The time was over "
              + afterRounds()
              + ". More of it, such as -Dbench.minutes=30, or a number of forks, such as -Djmh.f=10,"
              + " makes more rows sure.";
      case UNSURE ->
          "Some rows are not sure, or noisy, "
              + afterRounds()
              + ". More forks may help: -Djmh.f=30.";
    };
  }

  /** JMH's own file of results, which it would write anew for each part of the run. */
  private void writeFileOfUser(ResultCollector collector) {
    if (!jmh.getResult().hasValue()) {
      return;
    }
    String file = jmh.getResult().get();
    ResultFormatFactory.getInstance(jmh.getResultFormat().orElse(Defaults.RESULT_FORMAT), file)
        .writeOut(collector.measured());
  }

  /**
   * Whether each cell has been measured, and a run that ends now is one of fewer forks. The fork
   * that is at work is lost with the interrupt, and no other may be.
   */
  private boolean isWhole(ResultCollector collector) {
    return rounds.whole() > 0 && record.failure().isEmpty() && collector.lostForks() <= 1;
  }

  /** Ends a run whose user does not want to wait for further rounds. */
  private int interrupted(ResultCollector collector) throws IOException {
    String after = "interrupted " + afterRounds();
    Path folder = finish(collector, List.of("The run was " + after + "."));
    err.println("patchgrad: " + after + "; what was measured is recorded");
    writeFileOfUser(collector);
    conclude(folder);
    return Launcher.FAILURE;
  }

  private String afterRounds() {
    int whole = rounds.whole();
    return "after "
        + whole
        + (whole == 1 ? " round" : " rounds")
        + (whole < planned.rounds() ? " of " + planned.rounds() : "");
  }

  /** Keeps what is measured, and shows it. */
  private final class Keeper implements ResultCollector.Keeper {
    private final KnownJvm known;

    private Keeper(KnownJvm known) {
      this.known = known;
      out.println(
          "# "
              + planned.cells()
              + " cells, "
              + planned.forks()
              + " forks"
              + (plan.isAdaptive() ? " and more where they are needed" : "")
              + "; JMH's log goes into the run's folder");
    }

    @Override
    public void runBegins() {
      TemporaryFolder.sweepJmh(locked);
    }

    @Override
    public void isPlanned() {
      known.end();
    }

    @Override
    public void forkEnded(List<RunResult> soFar) {
      record.keep(soFar);
      progress.forkEnded();
    }

    @Override
    public void cellEnded(RunResult soFar) {
      if (!jmh.verbosity().hasValue()) {
        progress.cellEnded(soFar);
      }
    }

    @Override
    public boolean isStopped() {
      return interrupt.isRequested() || record.failure().isPresent();
    }
  }

  /** Shows a run that is whole, and judges it. */
  private int conclude(Path folder) {
    Run run = Run.read(folder);
    out.print(Summary.console(run));
    boolean shown = writePage(folder, true);
    out.flush();
    List<String> complaints = RunVerdict.complaints(run);
    complaints.forEach(line -> err.println("patchgrad: " + line));
    return shown && complaints.isEmpty() ? Launcher.SUCCESS : Launcher.FAILURE;
  }

  /** The record is on disk by now: a page that cannot be written loses nothing of it. */
  private boolean writePage(Path folder, boolean whole) {
    try {
      Path page = RunPage.write(Run.read(folder));
      if (whole) {
        NextSteps.lines().forEach(out::println);
      }
      out.println("Page: " + page);
      return true;
    } catch (IOException | RuntimeException e) {
      err.println(
          "patchgrad: the run is recorded, but its page could not be written: " + Reasons.of(e));
      return false;
    }
  }

  /** What JMH's log says of the fork that failed: the console has not shown it yet. */
  private void showLastFork(JmhLog log) {
    if (!JmhLog.isOnConsole(jmh)) {
      log.ofTheLastFork().forEach(err::println);
    }
  }

  /** Does nothing if the run has ended. */
  private void breakOff(String otherReason) {
    String reason = interrupt.isRequested() ? "interrupted" : record.failure().orElse(otherReason);
    Optional<RunRecord.BrokenOff> end = record.breakOff(planned.forks());
    if (end.isEmpty()) {
      return;
    }
    out.flush();
    err.println("patchgrad: " + reason + "; " + end.get().inWords());
    end.get().folder().ifPresent(folder -> writePage(folder, false));
    out.flush();
  }

  private static String messages(Throwable thrown) {
    List<String> messages = new ArrayList<>();
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause.getMessage() != null) {
        messages.add(cause.getMessage());
      }
      for (Throwable other : cause.getSuppressed()) {
        if (other.getMessage() != null) {
          messages.add(other.getMessage());
        }
      }
    }
    return String.join(": ", messages.stream().distinct().toList());
  }
}

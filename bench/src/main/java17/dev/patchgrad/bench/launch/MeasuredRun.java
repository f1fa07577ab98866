package dev.patchgrad.bench.launch;

import dev.patchgrad.reports.page.RunPage;
import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.summary.Summary;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.ProfilersFailedException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** JMH at work on a plan: what it measures is recorded, shown, and judged, however it ends. */
final class MeasuredRun {
  /** Fewer start sooner than their classes are packed and archived. */
  private static final int CELLS_WORTH_AN_ARCHIVE = 5;

  private final CommandLineOptions jmh;
  private final Plan plan;
  private final ForkJvm jvm;
  private final RunRecord record;
  private final Interrupt interrupt;
  private final PrintStream out;
  private final PrintStream err;

  /**
   * A run that has not begun.
   *
   * @param jmh the user's options
   * @param plan what is to be measured
   * @param jvm that measures
   * @param record that has been begun
   * @param interrupt that may end the run
   * @param out for progress and the summary
   * @param err for what went wrong
   */
  MeasuredRun(
      CommandLineOptions jmh,
      Plan plan,
      ForkJvm jvm,
      RunRecord record,
      Interrupt interrupt,
      PrintStream out,
      PrintStream err) {
    this.jmh = jmh;
    this.plan = plan;
    this.jvm = jvm;
    this.record = record;
    this.interrupt = interrupt;
    this.out = out;
    this.err = err;
  }

  /**
   * Measures.
   *
   * @return the exit code
   * @throws IOException if the record cannot be written
   */
  int run() throws IOException {
    long forks = PlannedForks.of(jmh, plan.selection());
    // JMH hands its own class path to the forks.
    String classPath = System.getProperty("java.class.path");
    try (SharedClasses classes = sharedClasses(classPath)) {
      System.setProperty("java.class.path", classes.classPath());
      return run(options(classes.flags()), forks);
    } finally {
      System.setProperty("java.class.path", classPath);
      breakOff("failed", forks);
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

  private Options options(List<String> sharing) {
    List<String> prepended = new ArrayList<>(sharing);
    prepended.addAll(jvm.prepended());
    ChainedOptionsBuilder builder =
        new OptionsBuilder()
            .parent(jmh)
            .jvm(jvm.java())
            .jvmArgsPrepend(prepended.toArray(String[]::new))
            .shouldFailOnError(jmh.shouldFailOnError().orElse(true));
    if (jmh.getIncludes().isEmpty()) {
      plan.selection().includes().forEach(builder::include);
    }
    plan.selection()
        .params()
        .forEach((name, values) -> builder.param(name, values.toArray(String[]::new)));
    return builder.build();
  }

  private int run(Options options, long forks) throws IOException {
    try (JmhLog log = new JmhLog(jmh, record.log(), out)) {
      try {
        return measure(options, forks, log);
      } catch (ProfilersFailedException e) {
        breakOff(messages(e), forks);
        return Launcher.USAGE;
      } catch (RunnerException e) {
        if (!interrupt.isRequested() && record.failure().isEmpty()) {
          showLastFork(log);
        }
        breakOff(messages(e), forks);
        return Launcher.FAILURE;
      } catch (IOException | RuntimeException e) {
        // JMH's own trouble as well, such as with a JVM that does not tell its version.
        e.printStackTrace(System.err); // into the log
        breakOff(messages(e), forks);
        return Launcher.FAILURE;
      }
    }
  }

  private int measure(Options options, long forks, JmhLog log) throws RunnerException, IOException {
    ResultCollector collector = new ResultCollector(log.format(), new Keeper(forks));
    Collection<RunResult> results = new Runner(options, collector).run();
    long lost = lostForks(results);
    if (record.failure().isPresent()) {
      throw new RunStoppedException();
    }
    if (collector.failedCells() > 0 || results.isEmpty() || lost > 0) {
      showLastFork(log);
      boolean cells = collector.failedCells() > 0 || results.isEmpty();
      breakOff(cells ? collector.failedCells() + " cells failed" : lost + " forks failed", forks);
      return Launcher.FAILURE;
    }
    Path folder =
        record.finish(
            results, warning -> err.println("patchgrad: the run is recorded, but " + warning));
    return conclude(folder);
  }

  /** Keeps what is measured, and shows it. */
  private final class Keeper implements ResultCollector.Keeper {
    private final ProgressLines progress;

    private Keeper(long forks) {
      int cells = PlannedForks.cells(jmh, plan.selection());
      progress =
          new ProgressLines(
              out, record.partial(), plan.environment(), cells, forks, System::nanoTime);
      out.println(
          "# " + cells + " cells, " + forks + " forks; JMH's log goes into the run's folder");
    }

    @Override
    public void runBegins() {
      TemporaryFolder.sweepJmh(!Boolean.getBoolean("jmh.ignoreLock"));
    }

    @Override
    public void forkEnded(List<RunResult> soFar) {
      record.keep(soFar);
      progress.forkEnded();
    }

    @Override
    public void cellEnded(RunResult cell) {
      if (!jmh.verbosity().hasValue()) {
        progress.cellEnded(cell);
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

  /**
   * Forks that did not return: with {@code -foe false} JMH lets a cell end without them. A fork
   * fails when its kernel disagrees with the scalar one, which no record may pass over.
   */
  static long lostForks(Collection<RunResult> results) {
    return results.stream()
        .mapToLong(
            result -> result.getParams().getForks() - (long) result.getBenchmarkResults().size())
        .filter(missing -> missing > 0)
        .sum();
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
  private void breakOff(String otherReason, long forks) {
    String reason = interrupt.isRequested() ? "interrupted" : record.failure().orElse(otherReason);
    Optional<RunRecord.BrokenOff> end = record.breakOff(forks);
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

package dev.patchgrad.bench.launch;

import dev.patchgrad.reports.page.RunPage;
import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.summary.Summary;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Defaults;
import org.openjdk.jmh.runner.ProfilersFailedException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
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
  private final PrintStream out;
  private final PrintStream err;

  /**
   * A run that has not begun.
   *
   * @param jmh the user's options
   * @param plan what is to be measured
   * @param jvm that measures
   * @param record that has been begun
   * @param out for JMH's output and the summary
   * @param err for what went wrong
   */
  MeasuredRun(
      CommandLineOptions jmh,
      Plan plan,
      ForkJvm jvm,
      RunRecord record,
      PrintStream out,
      PrintStream err) {
    this.jmh = jmh;
    this.plan = plan;
    this.jvm = jvm;
    this.record = record;
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
    Optional<ClassArchive> archive =
        plan.selection().cells().size() < CELLS_WORTH_AN_ARCHIVE
            ? Optional.empty()
            : ClassArchive.create(plan.environment().jvm().name(), jvm.flags());
    if (archive.isEmpty()) {
      return run(options(jvm.prepended()));
    }
    // JMH hands its own class path to the forks.
    String classPath = System.getProperty("java.class.path");
    try (ClassArchive classes = archive.get()) {
      System.setProperty("java.class.path", classes.jars(classPath));
      List<String> shared = new ArrayList<>(classes.flags());
      shared.addAll(jvm.prepended());
      return run(options(shared));
    } finally {
      System.setProperty("java.class.path", classPath);
    }
  }

  private Options options(List<String> prepended) {
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

  private int run(Options options) throws IOException {
    Thread interrupt = new Thread(() -> breakOff("interrupted"), "patchgrad-interrupt");
    Runtime.getRuntime().addShutdownHook(interrupt);
    try {
      ResultCollector collector = new ResultCollector(console(), record::keep);
      Collection<RunResult> results = new Runner(options, collector).run();
      if (collector.failedCells() > 0 || results.isEmpty()) {
        breakOff(collector.failedCells() + " cells failed");
        return Launcher.FAILURE;
      }
      long lost = lostForks(results);
      if (lost > 0) {
        breakOff(lost + " forks failed");
        return Launcher.FAILURE;
      }
      Optional<Path> folder = record.finish(results);
      return folder.isPresent() ? conclude(folder.get()) : Launcher.FAILURE;
    } catch (ProfilersFailedException e) {
      breakOff(messages(e));
      return Launcher.USAGE;
    } catch (RunnerException e) {
      breakOff(messages(e));
      return Launcher.FAILURE;
    } finally {
      breakOff("failed");
      removeHook(interrupt);
    }
  }

  /** Shows a run that is whole, and judges it. */
  private int conclude(Path folder) {
    Run run = Run.read(folder);
    out.print(Summary.console(run));
    writePage(folder);
    out.flush();
    List<String> complaints = RunVerdict.complaints(run);
    complaints.forEach(line -> err.println("patchgrad: " + line));
    return complaints.isEmpty() ? Launcher.SUCCESS : Launcher.FAILURE;
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
  private void writePage(Path folder) {
    try {
      out.println("Page: " + RunPage.write(Run.read(folder)));
    } catch (IOException | RuntimeException e) {
      err.println("patchgrad: the run is recorded, but its page could not be written: " + e);
    }
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // This JVM is ending already: the hook has run or will.
    }
  }

  /** Does nothing if the run has ended. */
  private void breakOff(String reason) {
    try {
      if (!record.isOpen()) {
        return;
      }
      Optional<Path> kept = record.breakOff();
      out.flush();
      err.println(
          "patchgrad: "
              + reason
              + "; "
              + kept.map(folder -> "what was measured is kept in " + folder)
                  .orElse("nothing was measured, no run is recorded"));
      kept.ifPresent(this::writePage);
    } catch (IOException e) {
      err.println("patchgrad: " + reason + "; and the run's folder: " + e);
    }
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

  private OutputFormat console() throws FileNotFoundException {
    PrintStream stream =
        jmh.getOutput().hasValue()
            ? new PrintStream(jmh.getOutput().get())
            : new PrintStream(out, true) {
              @Override
              public void close() {
                // JMH closes its output; the summary is still to come.
                flush();
              }
            };
    return OutputFormatFactory.createFormatInstance(
        stream, jmh.verbosity().orElse(Defaults.VERBOSITY));
  }
}

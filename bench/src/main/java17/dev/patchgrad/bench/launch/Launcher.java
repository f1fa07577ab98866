package dev.patchgrad.bench.launch;

import dev.patchgrad.reports.environment.Environment;
import dev.patchgrad.reports.environment.HardwareProbe;
import dev.patchgrad.reports.environment.Preflight;
import dev.patchgrad.reports.grid.Cliffs;
import dev.patchgrad.reports.grid.Grid;
import dev.patchgrad.reports.page.RunPage;
import dev.patchgrad.reports.run.ProjectFolder;
import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.summary.Summary;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.Defaults;
import org.openjdk.jmh.runner.ProfilersFailedException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs JMH as its own main program would, on a JDK that the suites can run on, checks everything
 * that can be checked before anything is measured, and records the run.
 */
public final class Launcher {
  /** Exit code of a run that is whole. */
  static final int SUCCESS = 0;

  /** Exit code of a run that failed or broke off. */
  static final int FAILURE = 1;

  /** Exit code of a command line that cannot be run. */
  static final int USAGE = 2;

  /** Fewer start sooner than their classes are packed and archived. */
  private static final int CELLS_WORTH_AN_ARCHIVE = 5;

  private final Properties system;
  private final Map<String, String> variables;
  private final PrintStream out;
  private final PrintStream err;

  /**
   * A launcher.
   *
   * @param system properties of this JVM
   * @param variables of the environment
   * @param out for JMH's output and the summary
   * @param err for what went wrong
   */
  Launcher(Properties system, Map<String, String> variables, PrintStream out, PrintStream err) {
    this.system = system;
    this.variables = variables;
    this.out = out;
    this.err = err;
  }

  /**
   * Runs benchmarks and ends this JVM: with exit code 0 if the run is whole, 1 if it failed, 2 if
   * the command line cannot be run.
   *
   * @param arguments JMH's options, and {@code -Dbench.NAME=VALUES}
   */
  public static void main(String[] arguments) {
    Launcher launcher =
        new Launcher(System.getProperties(), System.getenv(), System.out, System.err);
    System.exit(launcher.run(List.of(arguments)));
  }

  /**
   * Runs benchmarks.
   *
   * @param arguments of the program
   * @return the exit code
   */
  int run(List<String> arguments) {
    try {
      LaunchOptions options = LaunchOptions.parse(arguments, system);
      return informs(options.jmh()) ? SUCCESS : measure(options);
    } catch (UsageException e) {
      e.lines().forEach(line -> err.println("patchgrad: " + line));
      return USAGE;
    } catch (IOException | UncheckedIOException e) {
      err.println("patchgrad: " + e);
      return FAILURE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      err.println("patchgrad: interrupted");
      return FAILURE;
    }
  }

  /** JMH's options that only tell something. */
  private boolean informs(CommandLineOptions options) throws IOException {
    if (options.shouldHelp()) {
      options.showHelp();
      out.println();
      out.println("Short forms of patchgrad, also as options of Maven:");
      out.println("  -Dbench.NAME=V1,V2    values of a suite's parameter, such as -Dbench.p=8,64");
      out.println("  -Dbench.data=FILE     your own patches (n, k, p), labels in *.labels.npy");
      out.println("  -Dbench.java=PATH     the java that measures");
      out.println("  -Dbench.runs=FOLDER   where runs are recorded");
      out.println("  -Dbench.simulated=ID  label of a run that pretends to be another machine");
      out.println("In place of benchmarks:");
      out.println("  regret                how much slower the chosen kernels are than the best");
    } else if (options.shouldList()) {
      new Runner(options).list();
    } else if (options.shouldListWithParams()) {
      new Runner(options).listWithParams(options);
    } else if (options.shouldListProfilers()) {
      options.listProfilers();
    } else if (options.shouldListResultFormats()) {
      options.listResultFormats();
    } else {
      return false;
    }
    return true;
  }

  private int measure(LaunchOptions options)
      throws UsageException, IOException, InterruptedException {
    CommandLineOptions jmh = options.jmh();
    boolean regret = RegretRun.isAskedFor(options);
    Path here = options.directory();
    Optional<Path> dataFile = OwnData.file(options);
    String java = java(options);
    List<String> prepended =
        new ArrayList<>(
            ForkFlags.prepended(
                HardwareProbe.cacheBytes(),
                List.copyOf(jmh.getJvmArgsPrepend().orElse(List.of()))));
    dataFile.ifPresent(file -> prepended.add("-D" + ForkFlags.DATA_PROPERTY + "=" + file));
    List<String> flags = new ArrayList<>(prepended);
    flags.addAll(
        jmh.getJvmArgs().orElseGet(() -> ManagementFactory.getRuntimeMXBean().getInputArguments()));
    flags.addAll(jmh.getJvmArgsAppend().orElse(List.of()));
    PreflightProcess process =
        new PreflightProcess(java, flags, system.getProperty("java.class.path"));
    Map<String, List<String>> given = Map.of();
    if (dataFile.isPresent()) {
      OwnData data = OwnData.read(process, dataFile.get(), options);
      out.println(data.inWords());
      given = data.params();
    }
    Selection asked =
        regret
            ? new Selection(List.of(), Map.of(), List.of())
            : Selection.of(options, given, BenchmarkList.defaultList());
    Preflight preflight = process.ask(new PreflightRequest(asked.cells()));
    Selection selection =
        asked.restrictedTo(
            preflight.work().stream()
                .map(work -> new PreflightRequest.Cell(work.benchmark(), work.params()))
                .collect(Collectors.toSet()));
    Environment environment =
        Environment.capture(
            preflight,
            ProjectFolder.around(here),
            options.commandLine(),
            options
                .simulated()
                .or(() -> ForkFlags.pretence(flags))
                .orElse(Environment.NOT_SIMULATED));
    if (regret) {
      new RegretRun(java, flags, system.getProperty("java.class.path"), out)
          .run(RunsRoot.of(options.runs(), here), environment);
      return SUCCESS;
    }
    RunRecord record = RunRecord.begin(RunsRoot.of(options.runs(), here), environment);
    Optional<ClassArchive> archive =
        selection.cells().size() < CELLS_WORTH_AN_ARCHIVE
            ? Optional.empty()
            : ClassArchive.create(preflight.jvm().name(), flags);
    if (archive.isEmpty()) {
      return run(builder(jmh, selection, java, prepended), jmh, record);
    }
    // JMH hands its own class path to the forks.
    String classPath = System.getProperty("java.class.path");
    try (ClassArchive classes = archive.get()) {
      System.setProperty("java.class.path", classes.jars(classPath));
      List<String> shared = new ArrayList<>(classes.flags());
      shared.addAll(prepended);
      return run(builder(jmh, selection, java, shared), jmh, record);
    } finally {
      System.setProperty("java.class.path", classPath);
    }
  }

  private String java(LaunchOptions options) throws UsageException {
    if (options.jmh().getJvm().hasValue()) {
      return options.jmh().getJvm().get();
    }
    Optional<String> asked = options.java();
    return asked.isPresent() ? asked.get() : JdkFinder.ofThisMachine(variables).find().toString();
  }

  private static ChainedOptionsBuilder builder(
      CommandLineOptions jmh, Selection selection, String java, List<String> prepended) {
    ChainedOptionsBuilder builder =
        new OptionsBuilder()
            .parent(jmh)
            .jvm(java)
            .jvmArgsPrepend(prepended.toArray(String[]::new))
            .shouldFailOnError(jmh.shouldFailOnError().orElse(true));
    if (jmh.getIncludes().isEmpty()) {
      selection.includes().forEach(builder::include);
    }
    selection
        .params()
        .forEach((name, values) -> builder.param(name, values.toArray(String[]::new)));
    return builder;
  }

  private int run(ChainedOptionsBuilder builder, CommandLineOptions jmh, RunRecord record)
      throws IOException {
    Thread interrupt = new Thread(() -> breakOff(record, "interrupted"), "patchgrad-interrupt");
    Runtime.getRuntime().addShutdownHook(interrupt);
    try {
      ResultCollector collector = new ResultCollector(console(jmh), record::keep);
      Collection<RunResult> results = new Runner(builder.build(), collector).run();
      if (collector.failedCells() > 0 || results.isEmpty()) {
        breakOff(record, collector.failedCells() + " cells failed");
        return FAILURE;
      }
      long lost = lostForks(results);
      if (lost > 0) {
        breakOff(record, lost + " forks failed");
        return FAILURE;
      }
      Optional<Path> folder = record.finish(results);
      if (folder.isEmpty()) {
        return FAILURE;
      }
      Run run = Run.read(folder.get());
      out.print(Summary.console(run));
      writePage(folder.get());
      out.flush();
      return verdict(run);
    } catch (ProfilersFailedException e) {
      breakOff(record, messages(e));
      return USAGE;
    } catch (RunnerException e) {
      breakOff(record, messages(e));
      return FAILURE;
    } finally {
      breakOff(record, "failed");
      removeHook(interrupt);
    }
  }

  /** The record is on disk by now: a page that cannot be written loses nothing of it. */
  private void writePage(Path folder) {
    try {
      out.println("Page: " + RunPage.write(Run.read(folder)));
    } catch (IOException | RuntimeException e) {
      err.println("patchgrad: the run is recorded, but its page could not be written: " + e);
    }
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

  /** A run whose kernels beat the machine, or fall off a cliff, is recorded, and is no success. */
  private int verdict(Run run) {
    Cliffs cliffs = Cliffs.of(run);
    if (!cliffs.broken().isEmpty()) {
      err.println(
          "patchgrad: the run is recorded, and "
              + cliffs.broken().size()
              + " of its cells are cliffs:");
      cliffs.broken().forEach(line -> err.println("patchgrad: " + line));
    }
    Grid grid = Grid.of(run);
    List<String> beaten = grid.provenAboveLimit();
    if (beaten.isEmpty()) {
      return cliffs.broken().isEmpty() ? SUCCESS : FAILURE;
    }
    err.println(
        "patchgrad: the run is recorded, but more was measured than the machine allows, so a roof or"
            + " a count is wrong: "
            + grid.inShort(beaten));
    return FAILURE;
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // This JVM is ending already: the hook has run or will.
    }
  }

  /** Does nothing if the run has ended. */
  private void breakOff(RunRecord record, String reason) {
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

  private OutputFormat console(CommandLineOptions jmh) throws FileNotFoundException {
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

package dev.patchgrad.bench.launch;

import dev.patchgrad.reports.grid.MachineWarnings;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.CommandLineOptions;

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

  private final Properties system;
  private final Map<String, String> variables;
  private final PrintStream out;
  private final PrintStream err;
  private final Duration watch;
  private final Interrupt interrupt;

  /**
   * A launcher.
   *
   * @param system properties of this JVM
   * @param variables of the environment
   * @param out for JMH's output and the summary
   * @param err for what went wrong
   * @param watch how long the machine is watched before it measures
   * @param interrupt that may end the run
   */
  Launcher(
      Properties system,
      Map<String, String> variables,
      PrintStream out,
      PrintStream err,
      Duration watch,
      Interrupt interrupt) {
    this.system = system;
    this.variables = variables;
    this.out = out;
    this.err = err;
    this.watch = watch;
    this.interrupt = interrupt;
  }

  /**
   * Runs benchmarks and ends this JVM: with exit code 0 if the run is whole, 1 if it failed, 2 if
   * the command line cannot be run.
   *
   * @param arguments JMH's options, and {@code -Dbench.NAME=VALUES}
   */
  public static void main(String[] arguments) {
    // Before anything is begun: from here on a signal leaves nothing behind.
    Interrupt interrupt = Interrupt.ofThisProgram();
    int code;
    try {
      Launcher launcher =
          new Launcher(
              System.getProperties(),
              System.getenv(),
              System.out,
              System.err,
              Plan.WATCH,
              interrupt);
      code = launcher.run(List.of(arguments));
    } finally {
      interrupt.ended();
    }
    System.exit(code);
  }

  /**
   * Runs benchmarks.
   *
   * @param arguments of the program
   * @return the exit code
   */
  int run(List<String> arguments) {
    if (arguments.contains("--version")) {
      out.println(BuildFacts.ofThisBuild().inWords());
      return SUCCESS;
    }
    List<String> spelt =
        arguments.stream().map(each -> each.equals("--help") ? "-h" : each).toList();
    try {
      LaunchOptions options = LaunchOptions.parse(spelt, system);
      options.jmhProperties().forEach(System::setProperty);
      boolean tells = !DuelSide.isOne(variables) && informs(options.jmh());
      return tells ? SUCCESS : measure(options);
    } catch (UsageException e) {
      if (interrupt.isRequested()) {
        return interrupted();
      }
      e.lines().forEach(line -> err.println("patchgrad: " + line));
      err.println(LaunchOptions.usage(arguments));
      return USAGE;
    } catch (IOException | UncheckedIOException e) {
      if (interrupt.isRequested()) {
        return interrupted();
      }
      err.println("patchgrad: " + Reasons.of(e));
      return FAILURE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return interrupted();
    }
  }

  private void help(CommandLineOptions options) throws IOException {
    for (String line :
        List.of(
            "patchgrad measures gradient kernels. Without options: the whole grid.",
            "",
            "Its own options, for Maven too:",
            "  -Dbench.NAME=V1,V2    values of a suite's parameter, such as -Dbench.p=8,64",
            "  -Dbench.quick         a first look, in 90 seconds at most",
            "  -Dbench.data=FILE     your own patches (n, k, p), labels in *.labels.npy",
            "  -Dbench.minutes=N     the time after which no further forks are measured, 10 if not given",
            "  -Dbench.duel=A,B      two kernels in a duel, such as vector,single-touch",
            "  -Dbench.label=TEXT    what this run is shown with, such as -Dbench.label=before",
            "  -Dbench.java=PATH     the java that measures",
            "  -Dbench.runs=FOLDER   where runs are recorded",
            "  -Dbench.simulated=ID  name of the machine that this run pretends to be",
            "  --version             version and commit of this build",
            "In place of benchmarks:",
            "  kernels               what each kernel reads and is for",
            "  regret                how much slower the chosen kernels are than the best",
            "",
            "JMH's options:")) {
      out.println(line);
    }
    out.flush();
    options.showHelp();
  }

  /** Before a run was begun: what the end of a JVM that only checks did to it is not told. */
  private int interrupted() {
    err.println("patchgrad: interrupted; nothing was measured, no run is recorded");
    return FAILURE;
  }

  /** JMH's options that only tell something. */
  private boolean informs(CommandLineOptions options) throws IOException {
    if (options.shouldHelp()) {
      help(options);
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
    Optional<Path> dataFile = OwnData.file(options);
    ForkJvm jvm = ForkJvm.of(options, dataFile, system, variables);
    if (KernelList.isAskedFor(options)) {
      out.print(KernelList.ask(new PreflightProcess(jvm)).inWords());
      return SUCCESS;
    }
    Optional<OwnData> data = Optional.empty();
    if (dataFile.isPresent()) {
      data = Optional.of(OwnData.read(new PreflightProcess(jvm), dataFile.get(), options));
      out.println(data.get().inWords());
    }
    if (DuelSide.isOne(variables)) {
      return new DuelSide(options, jvm, data).run(out, err);
    }
    Path runs = RunsRoot.of(options.runs(), options.project());
    if (RegretRun.isAskedFor(options)) {
      new RegretRun(jvm, out).run(runs, Plan.ofNoBenchmark(options, jvm).environment());
      return SUCCESS;
    }
    if (DuelRun.isAskedFor(options)) {
      return new DuelRun(options, data, jvm, interrupt, out, err).run(runs, watch);
    }
    Plan plan = Plan.of(options, data, jvm, watch);
    if (options.quick()) {
      out.printf(
          Locale.ROOT,
          "# quick: %d cells, about %.0f s%n",
          plan.selection().cells().size(),
          QuickMode.seconds(plan.selection().cells().size(), options.jmh()));
    }
    MachineWarnings.beforehand(plan.environment()).forEach(warning -> out.println("# " + warning));
    if (interrupt.isRequested()) {
      return interrupted();
    }
    try (JmhLock lock = JmhLock.take()) {
      RunRecord record = RunRecord.begin(runs, plan.environment());
      return new MeasuredRun(options, plan, jvm, record, lock.isHeld(), interrupt, out, err).run();
    }
  }
}

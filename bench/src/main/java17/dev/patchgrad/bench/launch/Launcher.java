package dev.patchgrad.bench.launch;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
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
      out.println("  kernels               what each kernel reads and is for");
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
    Path runs = RunsRoot.of(options.runs(), options.directory());
    if (RegretRun.isAskedFor(options)) {
      new RegretRun(jvm, out).run(runs, Plan.ofNoBenchmark(options, jvm).environment());
      return SUCCESS;
    }
    Plan plan = Plan.of(options, data, jvm);
    RunRecord record = RunRecord.begin(runs, plan.environment());
    return new MeasuredRun(options.jmh(), plan, jvm, record, out, err).run();
  }
}

package dev.patchgrad.bench.launch;

import dev.patchgrad.reports.duel.Bout;
import dev.patchgrad.reports.duel.DuelException;
import dev.patchgrad.reports.duel.DuelResult;
import dev.patchgrad.reports.duel.DuelText;
import dev.patchgrad.reports.duel.Guard;
import dev.patchgrad.reports.duel.Side;
import dev.patchgrad.reports.grid.MachineWarnings;
import dev.patchgrad.reports.grid.SuiteNames;
import dev.patchgrad.reports.page.DuelFolder;
import dev.patchgrad.reports.run.WholeFiles;
import dev.patchgrad.reports.summary.Look;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.openjdk.jmh.runner.BenchmarkList;

/**
 * Two kernels in a duel over the grid: {@code -Dbench.duel=vector,single-touch}. Both sides are
 * this program, started anew for each fork, with another kernel each.
 */
final class DuelRun {
  /** The option's name after {@code -Dbench.}. */
  static final String NAME = "duel";

  private static final String GIVEN = "-Dbench." + NAME + "=";

  /** What runs when no pattern is given. */
  private static final String SUITE = "\\.GradientBenchmark\\.";

  private static final double WITHIN = .01;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** What is said of a run, and not of how a side measures; the duel names the JVM itself. */
  private static final Set<String> NOT_OF_A_SIDE =
      Set.of(NAME, "java", "label", "minutes", "runs", "simulated");

  private final LaunchOptions options;
  private final Optional<OwnData> data;
  private final ForkJvm jvm;
  private final Interrupt interrupt;
  private final PrintStream out;
  private final PrintStream err;

  /**
   * A duel that has not begun.
   *
   * @param options of the command line
   * @param data the user's own batch, if there is one
   * @param jvm that measures
   * @param interrupt that may end it
   * @param out for progress and the result
   * @param err for what went wrong
   */
  DuelRun(
      LaunchOptions options,
      Optional<OwnData> data,
      ForkJvm jvm,
      Interrupt interrupt,
      PrintStream out,
      PrintStream err) {
    this.options = options;
    this.data = data;
    this.jvm = jvm;
    this.interrupt = interrupt;
    this.out = out;
    this.err = err;
  }

  /** Whether the command line asks for it. */
  static boolean isAskedFor(LaunchOptions options) {
    return options.commandLine().stream().anyMatch(word -> word.startsWith(GIVEN));
  }

  /**
   * Checks both kernels, measures, shows and records.
   *
   * @param runs folder of all runs
   * @param watch how long the machine is watched before
   * @return the exit code
   * @throws UsageException if something cannot be measured; then nothing has been
   * @throws IOException if a file cannot be written
   * @throws InterruptedException if this thread is interrupted
   */
  int run(Path runs, Duration watch) throws UsageException, IOException, InterruptedException {
    List<String> kernels = kernels();
    Plan plan = plan(kernels, watch);
    MachineWarnings.beforehand(plan.environment()).forEach(warning -> out.println("# " + warning));
    Side a = side(kernels.get(0));
    Side b = side(kernels.get(1));
    DuelFolder folder = DuelFolder.within(runs);
    Bout.Rules rules =
        new Bout.Rules(
            WITHIN,
            Optional.empty(),
            options.time().orElse(TimeLimit.USUAL),
            options.jmh().getForkCount().orElse(Integer.MAX_VALUE),
            false,
            false,
            PATIENCE);
    PrintWriter progress = new PrintWriter(out, true, StandardCharsets.UTF_8);
    out.println("# a duel: A is " + kernels.get(0) + ", B is " + kernels.get(1));
    DuelResult result;
    try (JmhLock lock = JmhLock.take()) {
      if (!lock.isHeld()) {
        out.println("# JMH's lock is ignored: another JMH may measure at the same time");
      }
      result =
          new Bout(progress, Guard.by(interrupt::isRequested)).fight(a, b, rules, folder.forks());
    } catch (DuelException e) {
      if (!interrupt.isRequested()) {
        throw new UsageException("-Dbench.duel: " + e.getMessage());
      }
      err.println("patchgrad: interrupted; nothing was measured");
      return Launcher.FAILURE;
    }
    if (!folder.finish(result, a, b)) {
      result
          .failures()
          .forEach((label, reason) -> err.println("patchgrad: " + label + ": " + reason));
      err.println("patchgrad: nothing was measured, no duel is recorded");
      return Launcher.FAILURE;
    }
    WholeFiles.write(folder.path().resolve(DuelFolder.MACHINE), plan.environment().toJson());
    out.println();
    out.print(DuelText.console(result, Look.plain()));
    out.println("\nRecorded in " + folder.path());
    out.println("Page: " + folder.path().resolve(DuelFolder.PAGE));
    if (interrupt.isRequested()) {
      err.println("patchgrad: interrupted; what was measured is in " + folder.path());
    }
    return result.failures().isEmpty() && !interrupt.isRequested()
        ? Launcher.SUCCESS
        : Launcher.FAILURE;
  }

  private List<String> kernels() throws UsageException {
    String given =
        options.commandLine().stream()
            .filter(word -> word.startsWith(GIVEN))
            .map(word -> word.substring(GIVEN.length()))
            .reduce("", (earlier, later) -> later);
    List<String> kernels =
        Arrays.stream(given.split(",", -1)).map(String::trim).distinct().toList();
    List<String> lines = new ArrayList<>();
    if (kernels.size() != 2 || kernels.contains("")) {
      lines.add(
          "-Dbench.duel: '" + given + "' given; expected two kernels, such as vector,single-touch");
    }
    if (options.quick()) {
      lines.add("-Dbench.quick: given beside -Dbench.duel; leave one of them out");
    }
    if (options.values(SuiteNames.KERNEL).isPresent()) {
      lines.add(
          "kernel: "
              + String.join(", ", options.values(SuiteNames.KERNEL).get())
              + " given beside -Dbench.duel; leave it out, since the duel names both");
    }
    if (!lines.isEmpty()) {
      throw new UsageException(lines);
    }
    return kernels;
  }

  /** Has the forks' JVM check both kernels in every cell. */
  private Plan plan(List<String> kernels, Duration watch)
      throws UsageException, IOException, InterruptedException {
    Map<String, List<String>> given = new TreeMap<>(data.map(OwnData::params).orElse(Map.of()));
    given.put(SuiteNames.KERNEL, kernels);
    Selection all = Selection.of(options, given, BenchmarkList.defaultList());
    List<PreflightRequest.Cell> cells =
        all.cells().stream().filter(cell -> cell.params().containsKey(SuiteNames.KERNEL)).toList();
    if (cells.isEmpty()) {
      throw new UsageException(
          "-Dbench.duel: no benchmark of '"
              + String.join("', '", all.includes())
              + "' has kernels; expected one such as GradientBenchmark");
    }
    return Plan.of(options, new Selection(all.includes(), all.params(), cells), jvm, watch);
  }

  /** This program with one of the kernels, in the folder that the command was given in. */
  private Side side(String kernel) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    options.jmhProperties().forEach((name, value) -> words.add("-D" + name + "=" + value));
    words.addAll(List.of(ForkFlags.NATIVE, "-cp", absolute(jvm.classPath())));
    words.add(Launcher.class.getName());
    List<String> typed = options.commandLine();
    for (int i = 0; i < typed.size(); i++) {
      if (typed.get(i).equals("-jvm")) {
        i++;
      } else if (!isOfTheRun(typed.get(i))) {
        words.add(typed.get(i));
      }
    }
    if (options.jmh().getIncludes().isEmpty()) {
      words.add(SUITE);
    }
    words.addAll(List.of("-jvm", jvm.java(), "-p", SuiteNames.KERNEL + "=" + kernel));
    return new Side(words, options.directory());
  }

  private boolean isOfTheRun(String word) {
    return NOT_OF_A_SIDE.stream().anyMatch(name -> word.startsWith("-Dbench." + name + "="))
        || options.jmhProperties().keySet().stream()
            .anyMatch(name -> word.startsWith("-D" + name + "="));
  }

  private static String absolute(String classPath) {
    return Arrays.stream(classPath.split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }
}

package dev.patchgrad.bench.launch;

import dev.patchgrad.reports.duel.Bout;
import dev.patchgrad.reports.run.Result;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * The launcher as a side of a duel: it measures one fork after the other as ordinary runs do, and
 * leaves watching, checking and recording to the duel, which starts it anew for each of them.
 *
 * @param options of the command line
 * @param jvm that measures
 * @param data the user's own batch, if there is one
 */
record DuelSide(LaunchOptions options, ForkJvm jvm, Optional<OwnData> data) {

  /** Whether a duel started this program. */
  static boolean isOne(Map<String, String> variables) {
    return variables.containsKey(Bout.VARIABLE);
  }

  /**
   * Lists what can be measured, or measures it with JMH alone.
   *
   * @param out for the list
   * @param err for what went wrong
   * @return the exit code
   * @throws UsageException if something cannot be measured
   * @throws IOException if the check itself fails
   * @throws InterruptedException if this thread is interrupted
   */
  int run(PrintStream out, PrintStream err)
      throws UsageException, IOException, InterruptedException {
    if (options.jmh().shouldListWithParams()) {
      Plan plan = Plan.of(options, data, jvm, Duration.ZERO);
      list(plan.selection().cells(), OwnData.file(options), out);
      out.flush();
      return Launcher.SUCCESS;
    }
    Map<String, List<String>> given = data.map(OwnData::params).orElse(Map.of());
    Selection selection = Selection.of(options, given, BenchmarkList.defaultList());
    ChainedOptionsBuilder builder =
        new OptionsBuilder()
            .parent(options.jmh())
            .jvm(jvm.java())
            .jvmArgsPrepend(jvm.prepended().toArray(String[]::new));
    selection
        .params()
        .forEach((name, values) -> builder.param(name, values.toArray(String[]::new)));
    try {
      new Runner(builder.build()).run();
      return Launcher.SUCCESS;
    } catch (RunnerException e) {
      // Such as why a profiler does not start.
      for (Optional<Throwable> each = Optional.of(e);
          each.isPresent();
          each = each.map(Throwable::getCause)) {
        err.println("patchgrad: " + Reasons.of(each.get()));
        for (Throwable other : each.get().getSuppressed()) {
          err.println("patchgrad: " + Reasons.of(other));
        }
      }
      return Launcher.FAILURE;
    }
  }

  /**
   * Writes cells as JMH's option {@code -lp} does, each by itself: this machine may lack some
   * combinations of values. What a file says of its patches is left out, since it cannot be asked
   * for beside the file.
   */
  private static void list(
      List<PreflightRequest.Cell> cells, Optional<Path> file, PrintStream out) {
    out.println("Benchmarks: ");
    for (PreflightRequest.Cell cell : cells) {
      Map<String, String> params = new TreeMap<>(cell.params());
      file.ifPresent(
          path -> {
            OwnData.SAID_BY_THE_FILE.forEach(params::remove);
            params.put(Result.DATA, path.toString());
          });
      out.println(cell.benchmark());
      params.forEach((name, value) -> out.println("  param \"" + name + "\" = {" + value + "}"));
    }
  }
}

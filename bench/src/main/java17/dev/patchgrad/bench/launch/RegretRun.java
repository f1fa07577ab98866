package dev.patchgrad.bench.launch;

import dev.patchgrad.reports.choice.Regret;
import dev.patchgrad.reports.environment.Environment;
import dev.patchgrad.reports.json.BadRecordException;
import dev.patchgrad.reports.json.Json;
import dev.patchgrad.reports.page.RunPage;
import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.run.RunFolder;
import dev.patchgrad.reports.run.WholeFiles;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Measures how much slower the chosen kernels are than the best: a few JVMs, one after the other,
 * each with all shapes in one precision. The result goes beside the machine's latest run, and onto
 * its page.
 */
final class RegretRun {
  /** The word on the command line that asks for it. */
  static final String WORD = "regret";

  static final String MAIN = "dev.patchgrad.bench.fork.RegretMain";
  private static final int FORKS = 3;

  /** Of warm-up, and again of measurement: 2 precisions, 3 forks, 24 shapes take 3 minutes. */
  private static final int MILLISECONDS = 600;

  private final ForkJvm jvm;
  private final PrintStream out;

  /**
   * A measurement.
   *
   * @param jvm that measures
   * @param out where progress and result are shown
   */
  RegretRun(ForkJvm jvm, PrintStream out) {
    this.jvm = jvm;
    this.out = out;
  }

  /**
   * Measures, shows and records.
   *
   * @param runs folder of all runs
   * @param environment of this machine in the forks' JVM
   * @throws IOException if a fork fails or a file cannot be written
   * @throws InterruptedException if this thread is interrupted
   */
  void run(Path runs, Environment environment) throws IOException, InterruptedException {
    List<Regret.Shape> shapes = new ArrayList<>();
    for (int fork = 1; fork <= FORKS; fork++) {
      for (String precision : List.of("double", "float")) {
        out.println("# regret: fork " + fork + " of " + FORKS + ", " + precision);
        shapes.addAll(fork(precision, fork));
      }
    }
    Regret regret =
        new Regret(
            Regret.SCHEMA,
            environment.machine(),
            environment.jvm().version(),
            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
            Regret.merged(shapes));
    out.print(regret.console());
    Optional<Run> latest = latest(runs, environment.machine());
    Path folder =
        latest.isPresent()
            ? latest.get().folder()
            : Files.createDirectories(runs.resolve(environment.machine()));
    WholeFiles.write(folder.resolve(Regret.FILE), regret.toJson());
    if (latest.isPresent()) {
      RunPage.write(latest.get());
    }
    out.println("\nRecorded in " + folder.resolve(Regret.FILE));
  }

  private List<Regret.Shape> fork(String precision, int seed)
      throws IOException, InterruptedException {
    List<String> arguments =
        List.of(precision, Integer.toString(MILLISECONDS), Integer.toString(seed));
    Process process =
        new ProcessBuilder(jvm.command(MAIN, arguments))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      List<Regret.Shape> shapes = new ArrayList<>();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      for (String line : output.lines().filter(text -> text.startsWith("{")).toList()) {
        shapes.add(Json.read(line, Path.of(MAIN), Regret.Shape.class));
      }
      int code = process.waitFor();
      if (code != 0) {
        throw new IOException(MAIN + " ended with exit code " + code);
      }
      return shapes;
    } finally {
      process.destroy();
    }
  }

  private static Optional<Run> latest(Path runs, String machine) {
    try {
      Run run = Run.read(RunFolder.latest(runs));
      return run.environment().machine().equals(machine) ? Optional.of(run) : Optional.empty();
    } catch (BadRecordException e) {
      return Optional.empty(); // none yet, or one of another version
    }
  }

  /** Whether the command line asks for it, and for nothing else. */
  static boolean isAskedFor(LaunchOptions options) {
    return options.jmh().getIncludes().equals(List.of(WORD));
  }
}

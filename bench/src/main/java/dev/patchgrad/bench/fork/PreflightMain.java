package dev.patchgrad.bench.fork;

import dev.patchgrad.bench.launch.PreflightRequest;
import dev.patchgrad.bench.problem.BadParametersException;
import dev.patchgrad.bench.suite.SuiteList;
import dev.patchgrad.reports.environment.Preflight;
import dev.patchgrad.reports.environment.Work;
import dev.patchgrad.reports.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The check before a run, in the JVM that is to measure: every cell's parameters, and what this JVM
 * is.
 */
public final class PreflightMain {
  /** Exit code for parameters that cannot be measured. */
  private static final int USAGE = 2;

  private PreflightMain() {}

  /**
   * Reads a request from standard input; writes facts as JSON, or a line for each bad parameter.
   *
   * @param arguments none
   * @throws IOException if the request cannot be read
   */
  public static void main(String[] arguments) throws IOException {
    System.exit(run(System.in, new PrintStream(System.out, true, StandardCharsets.UTF_8)));
  }

  /**
   * Answers a request.
   *
   * @param in a {@link PreflightRequest} as JSON
   * @param out a {@link Preflight} as JSON on one line, or a line for each bad parameter
   * @return the exit code: 0, or 2 for bad parameters
   * @throws IOException if the request cannot be read
   */
  static int run(InputStream in, PrintStream out) throws IOException {
    PreflightRequest request =
        Json.read(
            new String(in.readAllBytes(), StandardCharsets.UTF_8),
            Path.of("request"),
            PreflightRequest.class);
    List<Work> work = new ArrayList<>();
    Set<String> refusals = new LinkedHashSet<>();
    Set<String> leftOut = new LinkedHashSet<>();
    for (PreflightRequest.Cell cell : request.cells()) {
      try {
        work.add(SuiteList.work(cell));
      } catch (BadParametersException e) {
        // What only this machine lacks has no work, and the launcher leaves it out.
        if (!e.goodElsewhere()) {
          refusals.addAll(e.lines());
        } else {
          // A contender that is missing is missed; vectors that are too wide are not.
          e.lines().stream().filter(line -> line.startsWith("kernel:")).forEach(leftOut::add);
        }
      }
    }
    if (!refusals.isEmpty()) {
      refusals.forEach(out::println);
      return USAGE;
    }
    out.println(
        new Preflight(RunningJvm.facts(), RunningJvm.setFlags(), work, List.copyOf(leftOut))
            .toJson());
    return 0;
  }
}

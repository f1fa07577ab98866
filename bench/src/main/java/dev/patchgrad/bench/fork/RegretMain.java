package dev.patchgrad.bench.fork;

import dev.patchgrad.bench.problem.BadParametersException;
import dev.patchgrad.bench.problem.GradientProblem;
import dev.patchgrad.choice.KernelChooser;
import dev.patchgrad.choice.PairedTiming;
import dev.patchgrad.choice.Workload;
import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.reports.choice.Regret;
import dev.patchgrad.reports.json.Json;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * One fork of the regret's measurement: on each shape all kernels in interleaved rounds, and which
 * one the chooser takes.
 */
public final class RegretMain {
  /** Patch dimensions that are in no table. */
  private static final List<Integer> PATCH_DIMENSIONS = List.of(5, 12, 24, 40, 96, 200, 384, 1000);

  /** Patches of a sample that are in no table. */
  private static final List<Integer> PATCHES = List.of(6, 25, 100);

  /** Shapes that are measured twice, the first time for the compiler alone. */
  private static final int WARM_UP_SHAPES = 6;

  /** A kernel that is still not compiled after so many more has met a compiler that gave it up. */
  private static final int MOST_WARM_UPS = 50;

  private RegretMain() {}

  private static boolean areComplete(List<PairedTiming.Timing> timings) {
    return timings.stream().allMatch(timing -> timing.rounds() > 0);
  }

  /**
   * Measures all shapes in one precision; writes each as JSON on a line of its own.
   *
   * @param arguments precision; milliseconds of warm-up and of measurement a shape; seed of the
   *     shapes' order
   * @throws BadParametersException if the precision is none
   */
  public static void main(String[] arguments) throws BadParametersException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    long nanos = 1_000_000L * Long.parseLong(arguments[1]);
    List<Map.Entry<Integer, Integer>> shapes = new ArrayList<>();
    for (int p : PATCH_DIMENSIONS) {
      for (int k : PATCHES) {
        shapes.add(Map.entry(p, k));
      }
    }
    // Another order in each fork: what one shape does to the next one's code then differs.
    Collections.shuffle(shapes, new Random(Long.parseLong(arguments[2])));
    // Until C2 is done, vector code is up to a thousand times slower: these are thrown away.
    for (Map.Entry<Integer, Integer> shape : shapes.subList(0, WARM_UP_SHAPES)) {
      measure(arguments[0], shape.getKey(), shape.getValue(), nanos);
    }
    for (Map.Entry<Integer, Integer> shape : shapes) {
      out.println(
          Json.writeCompact(measure(arguments[0], shape.getKey(), shape.getValue(), nanos)));
    }
  }

  /** One shape, with a batch that fills L2 as in the gradient suite. */
  static Regret.Shape measure(String precision, int p, int k, long nanos)
      throws BadParametersException {
    GradientProblem problem =
        GradientProblem.check(
            GradientProblem.params(precision, p, k, Kernels.names().getFirst(), "L2"));
    PatchBatch batch = problem.batch();
    PairedTiming timing = PairedTiming.of(batch, problem.student(), Kernels.names());
    // The first rounds are warm-up: the compiler goes on when nothing is allocated any more.
    List<PairedTiming.Timing> timings = timing.run(nanos, nanos / 2);
    for (int more = 0; more == 0 || (more < MOST_WARM_UPS && !areComplete(timings)); more++) {
      timings = timing.run(nanos, nanos);
    }
    if (!areComplete(timings)) {
      throw new IllegalStateException(
          "not compiled in time, at p " + p + ", k " + k + ": " + timings);
    }
    Map<String, List<Double>> times = new TreeMap<>();
    timings.forEach(each -> times.put(each.kernel(), List.of(each.nanos())));
    String chosen = KernelChooser.ofThisMachine().choose(Workload.of(batch)).kernel();
    return new Regret.Shape(precision, p, k, batch.n(), chosen, times);
  }
}

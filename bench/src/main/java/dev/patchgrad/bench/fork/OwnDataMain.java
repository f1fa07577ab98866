package dev.patchgrad.bench.fork;

import dev.patchgrad.bench.launch.OwnData;
import dev.patchgrad.bench.problem.BadParametersException;
import dev.patchgrad.bench.problem.GradientProblem;
import dev.patchgrad.bench.problem.OwnBatch;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import dev.patchgrad.reports.json.Json;
import dev.patchgrad.reports.run.Result;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads and checks a user's own batch before a run, in the JVM that is to measure. */
public final class OwnDataMain {
  /** Exit code for a file that cannot be measured. */
  private static final int USAGE = 2;

  private OwnDataMain() {}

  /**
   * Reads a file of patches, and its labels.
   *
   * @param arguments the file; then the precisions that it is to be measured in, if not its own
   */
  public static void main(String[] arguments) {
    System.exit(run(List.of(arguments), new PrintStream(System.out, true, StandardCharsets.UTF_8)));
  }

  /**
   * Reads a file of patches, and its labels.
   *
   * @param arguments as of {@link #main}
   * @param out an {@link OwnData} as JSON on one line, or what is wrong on one line
   * @return the exit code: 0, or 2 for a file that cannot be measured
   */
  static int run(List<String> arguments, PrintStream out) {
    try {
      OwnBatch own = OwnBatch.of(Path.of(arguments.getFirst()));
      Precision precision = own.header().precision();
      Set<String> precisions = new LinkedHashSet<>(List.of(precision.label()));
      precisions.addAll(arguments.subList(1, arguments.size()));
      for (String each : precisions) {
        requireRoom(own, each);
        own.read(Precision.ofLabel(each));
      }
      PatchBatch batch = own.read(precision);
      Student student = GradientProblem.student(batch.p(), batch.k());
      out.println(
          Json.writeCompact(
              new OwnData(
                  own.identity(),
                  precision.label(),
                  batch.n(),
                  batch.k(),
                  batch.p(),
                  batch.patchBytes(),
                  OwnBatch.openGates(batch, student))));
      return 0;
    } catch (BadParametersException e) {
      e.lines().forEach(out::println);
      return USAGE;
    } catch (IllegalArgumentException e) {
      out.println(e.getMessage());
      return USAGE;
    }
  }

  /** Before it is read: no array or heap may be too small for it. */
  private static void requireRoom(OwnBatch own, String precision) throws BadParametersException {
    GradientProblem.check(
        Map.of(
            "precision",
            precision,
            "p",
            Integer.toString(own.p()),
            "k",
            Integer.toString(own.k()),
            "kernel",
            "scalar",
            "level",
            "L1",
            Result.DATA,
            own.patches().toString()));
  }
}

package dev.patchgrad.reports.choice;

import dev.patchgrad.reports.environment.Environment;
import dev.patchgrad.reports.environment.Hardware;
import dev.patchgrad.reports.environment.HardwareProbe;
import dev.patchgrad.reports.environment.Work;
import dev.patchgrad.reports.grid.Cell;
import dev.patchgrad.reports.grid.DefaultGrid;
import dev.patchgrad.reports.grid.Grid;
import dev.patchgrad.reports.grid.Roofs;
import dev.patchgrad.reports.grid.Row;
import dev.patchgrad.reports.grid.SuiteNames;
import dev.patchgrad.reports.grid.Table;
import dev.patchgrad.reports.grid.Warmth;
import dev.patchgrad.reports.json.BadRecordException;
import dev.patchgrad.reports.profile.Profile;
import dev.patchgrad.reports.run.Result;
import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.run.RunFolder;
import dev.patchgrad.reports.statistics.Forks;
import dev.patchgrad.reports.statistics.Interval;
import dev.patchgrad.reports.statistics.Ratio;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The table that core's chooser reads: the recorded processors, and how the kernels compare on each
 * at every point that was measured. Core's {@code MeasuredTimes} describes the format.
 */
public final class TimesTable {
  /** The version of the format that this code writes. */
  public static final int VERSION = 1;

  /** The table's path, from the project's folder. */
  public static final String RESOURCE =
      "core/src/main/resources/dev/patchgrad/choice/measured-times.tsv";

  /**
   * The largest slowdown that is within the noise: forks of the same kernel differ by as much. A
   * kernel that is slower is beyond the noise, however wide the interval of few forks, so that it
   * is not chosen for its simplicity. Core's chooser allows the same.
   */
  private static final double INDISTINCT_SLOWDOWN = 1.05;

  /** Core's name for the kernel that computes many students in one pass. */
  private static final String ONE_PASS = "students";

  private TimesTable() {}

  /**
   * The table of some runs.
   *
   * @param runs of different machines, or of one machine over different points
   * @return its text; lines end in a line feed
   * @throws BadRecordException naming the folder if a run broke off, has neither the gradient suite
   *     nor that of many students, measured a kernel at a point that an earlier one has, or gives a
   *     line that the library would refuse
   * @throws IllegalArgumentException if there is no run
   */
  public static String of(List<Run> runs) {
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("runs: none given; expected at least 1");
    }
    StringBuilder text = new StringBuilder();
    line(text, "patchgrad-measured-times", VERSION);
    text.append("# Written by the command times from recorded runs: change those, not this.\n");
    Map<String, Environment> machines = new LinkedHashMap<>();
    for (Run run : runs) {
      machines.putIfAbsent(Profile.idOf(run.environment()), run.environment());
    }
    microarchitectures(machines.values(), text);
    machines.forEach((id, environment) -> machine(id, environment, text));
    Set<String> told = new LinkedHashSet<>();
    for (Run run : runs) {
      if (told.add(Profile.idOf(run.environment()))) {
        facts(run, text);
      }
    }
    Set<List<Object>> seen = new LinkedHashSet<>();
    for (Run run : runs) {
      times(run, seen, text);
    }
    String table = text.toString();
    TimesTableRules.complaint(table)
        .ifPresent(
            complaint -> {
              throw refused(runs, complaint);
            });
    return table;
  }

  /** Before anything is written: the library refuses the whole table for one line of it. */
  private static BadRecordException refused(List<Run> runs, TimesTableRules.Complaint complaint) {
    List<String> fields = List.of(complaint.line().split("\t", -1));
    Run run =
        runs.stream()
            .filter(one -> fields.contains(Profile.idOf(one.environment())))
            .findFirst()
            .orElse(runs.get(0));
    return new BadRecordException(
        run.folder(), "", "gives a line that the library would refuse: " + complaint.text());
  }

  private static void microarchitectures(Iterable<Environment> environments, StringBuilder text) {
    Set<List<String>> seen = new LinkedHashSet<>();
    for (Environment environment : environments) {
      Hardware hardware = environment.hardware();
      String name = hardware.microarchitecture();
      if (!name.equals("unknown")
          && seen.add(List.of(name, hardware.vendor(), hardware.family()))) {
        line(
            text,
            "microarchitecture",
            name,
            hardware.vendor(),
            hardware.family(),
            String.join(",", HardwareProbe.modelsOfSameMicroarchitecture(hardware)));
      }
    }
  }

  private static void machine(String id, Environment environment, StringBuilder text) {
    Hardware hardware = environment.hardware();
    line(
        text,
        "machine",
        id,
        hardware.microarchitecture(),
        hardware.vendor(),
        hardware.model(),
        hardware.family(),
        hardware.familyModel(),
        hardware.physicalCores(),
        hardware.logicalCores(),
        environment.instructions(),
        environment.jvm().floatSpecies().bits(),
        environment.simulated(),
        environment.jvm().version(),
        environment.date());
  }

  /** What makes kernels fast on a machine, by which core finds those that are alike. */
  private static void facts(Run run, StringBuilder text) {
    String id = Profile.idOf(run.environment());
    Hardware hardware = run.environment().hardware();
    Map<String, Long> caches = hardware.cacheBytes();
    for (String level : List.of("L1", "L2")) {
      long kib = caches.getOrDefault(level, 0L) / 1024;
      if (kib > 0) {
        line(text, "fact", id, level.toLowerCase(Locale.ROOT) + "-kib", kib);
      }
    }
    if (!hardware.extensions().isEmpty()) {
      line(text, "fact", id, "extensions", String.join(" ", hardware.extensions()));
    }
    Roofs roofs = Roofs.of(run, 1);
    double flops = roofs.peakFlops().getOrDefault("double", 0.0);
    double bytes = roofs.readBandwidth().getOrDefault(DefaultGrid.LEVEL, 0.0);
    if (flops > 0 && bytes > 0) {
      line(
          text, "fact", id, "l2-bytes-per-flop", String.format(Locale.ROOT, "%.3f", bytes / flops));
    }
  }

  /** Where kernels may be compared: everything but the kernel is the same. */
  private record Point(String precision, int students, int threads, int p, int k, int n) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%s, students %d, threads %d, p %d, k %d, n %d",
          precision,
          students,
          threads,
          p,
          k,
          n);
    }
  }

  /** The points of a run, and why some of them are left out. */
  private record Points(Map<Point, Map<String, Forks>> times, Map<Point, String> notWarm) {
    void add(Run run, Point point, String kernel, Forks operations, Optional<String> doubt) {
      doubt.ifPresent(reason -> notWarm.putIfAbsent(point, kernel + " " + reason));
      Map<String, Forks> kernels = times.computeIfAbsent(point, any -> new LinkedHashMap<>());
      if (kernels.put(kernel, operations) != null) {
        throw twice(run, List.of(point, kernel));
      }
    }
  }

  private static void times(Run run, Set<List<Object>> seen, StringBuilder text) {
    if (run.isPartial()) {
      throw new BadRecordException(run.folder(), "", "broke off; expected a whole run");
    }
    Points points = new Points(new LinkedHashMap<>(), new LinkedHashMap<>());
    gradients(run, points);
    students(run, points);
    if (points.times().isEmpty()) {
      throw new BadRecordException(
          run.folder().resolve(RunFolder.RESULTS),
          "",
          "has no result of the gradient suite or of the suite of many students");
    }
    points
        .times()
        .forEach(
            (point, kernels) -> {
              String reason = points.notWarm().get(point);
              if (reason == null) {
                times(run, point, kernels, seen, text);
              } else {
                // Without any one of its kernels a point would recommend a wrong one.
                text.append("# ")
                    .append(Warmth.NO_RANKING)
                    .append(": ")
                    .append(clean(Profile.idOf(run.environment()) + ", " + point + ": " + reason))
                    .append('\n');
              }
            });
  }

  private static void gradients(Run run, Points points) {
    String mode = mode(run);
    for (Table table : Grid.of(run).tables()) {
      for (Row row : table.mode().equals(mode) ? table.rows() : List.<Row>of()) {
        for (Cell cell : row.cells()) {
          Point point =
              new Point(
                  table.precision(),
                  1,
                  table.threads(),
                  row.p(),
                  row.k(),
                  samples(run, cell.samplesPerOperation()));
          points.add(run, point, cell.kernel(), cell.operations(), cell.notWarm());
        }
      }
    }
  }

  /**
   * All students in one pass, and one student after the other. A kernel's time for the latter is by
   * blocks of samples where the run has it, as the library then takes blocks, else by whole passes.
   */
  private static void students(Run run, Points points) {
    for (String benchmark :
        List.of(
            SuiteNames.STUDENTS_SEPARATE,
            SuiteNames.STUDENTS_BLOCKS,
            SuiteNames.STUDENTS_TOGETHER)) {
      Points found = students(run, benchmark);
      points.notWarm().putAll(found.notWarm());
      found
          .times()
          .forEach(
              (point, kernels) ->
                  points
                      .times()
                      .computeIfAbsent(point, any -> new LinkedHashMap<>())
                      .putAll(kernels));
    }
  }

  /** Throughput, unless a run has average times alone: a kernel has one time at a point. */
  private static String mode(Run run) {
    return run.results().stream()
        .filter(Result::isRate)
        .map(Result::mode)
        .max(Comparator.naturalOrder())
        .orElse(Result.THROUGHPUT);
  }

  private static Points students(Run run, String benchmark) {
    Points points = new Points(new LinkedHashMap<>(), new LinkedHashMap<>());
    String mode = mode(run);
    boolean together = benchmark.equals(SuiteNames.STUDENTS_TOGETHER);
    for (Result result : run.results()) {
      if (!result.benchmark().equals(benchmark)
          || !result.isRate()
          || !result.mode().equals(mode)) {
        continue;
      }
      Point point =
          new Point(
              run.param(result, SuiteNames.PRECISION),
              run.count(result, SuiteNames.STUDENTS),
              result.threads(),
              run.count(result, SuiteNames.PATCH_DIMENSION),
              run.count(result, SuiteNames.PATCHES),
              samples(run, run.workOf(result).map(Work::samples).orElse(0.0)));
      points.add(
          run,
          point,
          together ? ONE_PASS : run.param(result, SuiteNames.KERNEL),
          Forks.ofIterations(result.rates()),
          Warmth.doubt(result, run.workOf(result).map(Work::bytes).orElse(0.0)));
    }
    return points;
  }

  private static void times(
      Run run,
      Point point,
      Map<String, Forks> kernels,
      Set<List<Object>> seen,
      StringBuilder text) {
    Forks fastest =
        kernels.values().stream().max(Comparator.comparingDouble(Forks::median)).orElseThrow();
    kernels.entrySet().stream()
        .sorted(
            Comparator.comparingDouble(
                    (Map.Entry<String, Forks> kernel) -> kernel.getValue().median())
                .reversed())
        .forEach(
            kernel -> {
              String id = Profile.idOf(run.environment());
              if (!seen.add(List.of(id, point, kernel.getKey()))) {
                throw twice(run, List.of(id, point, kernel.getKey()));
              }
              Ratio slowdown = Ratio.of(fastest, kernel.getValue());
              line(
                  text,
                  "time",
                  id,
                  point.precision(),
                  point.students(),
                  point.threads(),
                  point.p(),
                  point.k(),
                  point.n(),
                  kernel.getKey(),
                  String.format(Locale.ROOT, "%.4f", Math.max(1, slowdown.value())),
                  isWithinNoise(slowdown) ? "within" : "beyond");
            });
  }

  private static BadRecordException twice(Run run, List<Object> point) {
    return new BadRecordException(
        run.folder().resolve(RunFolder.RESULTS),
        "",
        "measured a kernel at a point that is in the table already: " + point);
  }

  private static int samples(Run run, double samples) {
    if (samples < 1) {
      throw new BadRecordException(
          run.folder().resolve(RunFolder.ENVIRONMENT), "work", "does not say how many samples");
    }
    return (int) samples;
  }

  private static boolean isWithinNoise(Ratio slowdown) {
    // One fork has no interval: the slowdown alone decides then.
    return slowdown.value() <= INDISTINCT_SLOWDOWN
        && slowdown.interval().map((Interval interval) -> interval.contains(1)).orElse(true);
  }

  private static void line(StringBuilder text, Object... fields) {
    List<String> clean = new ArrayList<>();
    for (Object field : fields) {
      clean.add(clean(String.valueOf(field)));
    }
    text.append(String.join("\t", clean)).append('\n');
  }

  /** A processor may call itself anything; a tab or line end would begin another field or line. */
  private static String clean(String text) {
    return text.replaceAll("[\\t\\r\\n]+", " ");
  }
}

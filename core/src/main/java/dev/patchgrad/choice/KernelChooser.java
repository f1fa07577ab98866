package dev.patchgrad.choice;

import dev.patchgrad.internal.Lack;
import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Student;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Says which kernel to use for a workload on this machine, from what recorded machines measured.
 *
 * <p>The machines to go by are looked for in this order: the same hardware with the same vectors;
 * the same microarchitecture with the same vectors; else all, and then each counts by its {@link
 * Likeness} to this one. {@link Prediction} says how the kernels compare on each. Where the
 * measurement cannot tell kernels apart, the simplest is taken, in the order of {@link
 * Kernels#names}.
 *
 * <p>For several students the choice is between one pass for all and a pass for each. It goes by
 * what machines measured of both; where none of a step did, by what they measured of one student
 * and by {@link DefaultCosts}. Several threads share the samples of one student, or the students
 * where there are several.
 *
 * <p>Where vector code is not fast in this JVM, the simplest kernel is taken. That, and a choice by
 * other machines or another JDK than these, is logged once in a JVM, by {@link System.Logger} under
 * the name {@code dev.patchgrad}.
 *
 * <p>The system property {@value #PROPERTY} names a kernel that is taken in any case.
 *
 * <p>Immutable, and safe for use by several threads.
 */
public final class KernelChooser {
  /** The system property that overrides the choice by a kernel's name. */
  public static final String PROPERTY = "patchgrad.kernel";

  /** What {@link #measure(PatchBatch)} may take at most. */
  public static final Duration MEASURING = Duration.ofSeconds(1);

  /** What any measurement may be given at most: all of it is spent. */
  public static final Duration LONGEST = Duration.ofDays(1);

  /**
   * Up to so many times the least expected time a kernel counts as equally fast, where no
   * measurement tells it from the fastest: forks of the same kernel differ by as much. The reports
   * mark a kernel in the table as within the noise up to the same slowdown.
   */
  static final double INDISTINCT_SLOWDOWN = 1.05;

  private final Machine machine;
  private final MeasuredTimes table;
  private final Properties system;
  private final Optional<Lack> noVectors;
  private final FallbackLog log;

  /**
   * A chooser.
   *
   * @param machine that the kernels are to run on
   * @param table of recorded machines
   * @param system properties, read at each choice
   * @param noVectors what the JVM lacks for fast vector code; empty where it lacks nothing
   * @param log of what a choice falls back from
   */
  KernelChooser(
      Machine machine,
      MeasuredTimes table,
      Properties system,
      Optional<Lack> noVectors,
      FallbackLog log) {
    this.machine = machine;
    this.table = table;
    this.system = system;
    this.noVectors = noVectors;
    this.log = log;
  }

  /** What this JVM finds once: the machine and the table do not change while it runs. */
  private static final class ThisJvm {
    static final KernelChooser CHOOSER = onThisMachine(MeasuredTimes.ofThisLibrary());
  }

  private static KernelChooser onThisMachine(MeasuredTimes table) {
    return new KernelChooser(
        Machine.ofThisJvm(),
        table,
        System.getProperties(),
        VectorSupport.missing(),
        FallbackLog.ofThisJvm());
  }

  /**
   * A chooser for this machine, from the table that this library comes with.
   *
   * @return the chooser
   */
  public static KernelChooser ofThisMachine() {
    return ThisJvm.CHOOSER;
  }

  /**
   * A chooser for this machine, from a table of the user's own.
   *
   * @param file that {@code patchgrad times} wrote
   * @return the chooser
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if it is no such table; the message names the line
   */
  public static KernelChooser ofTable(Path file) throws IOException {
    try (Reader text = Files.newBufferedReader(file)) {
      return onThisMachine(MeasuredTimes.read(text, file.toString()));
    }
  }

  /**
   * Chooses.
   *
   * @param workload that is wanted
   * @return the kernel and why
   * @throws IllegalArgumentException if {@value #PROPERTY} names a kernel that there is not, or
   *     that this JVM cannot load; the message lists those that it can
   */
  public Choice choose(Workload workload) {
    List<String> steps = new ArrayList<>();
    steps.add("wanted: " + workload);
    Candidates candidates = Candidates.of(workload);
    ThreadAdvice.of(workload, machine).ifPresent(steps::add);
    String asked = system.getProperty(PROPERTY);
    if (asked != null) {
      String override = Kernels.currentName(asked);
      if (!candidates.layouts().containsKey(override)) {
        throw new IllegalArgumentException(
            PROPERTY
                + ": '"
                + override
                + "' given; expected one of "
                + String.join(", ", candidates.layouts().keySet())
                + candidates
                    .missingInWords(name -> true)
                    .map(missing -> "; " + missing)
                    .orElse(""));
      }
      steps.add("taken: " + override + ", since the system property " + PROPERTY + " says so");
      return new Choice(override, workload, steps);
    }
    steps.add("this machine: " + machine);
    String simplest = Kernels.names().getFirst();
    candidates.missingInWords(name -> !Kernels.usesVectors(name)).ifPresent(steps::add);
    if (noVectors.isPresent()) {
      steps.add(log.noVectors(noVectors.get(), candidates));
      steps.add("taken: " + simplest + ", which needs no vectors");
      return new Choice(simplest, workload, steps);
    }
    List<String> unmeasured =
        candidates.layouts().keySet().stream()
            .filter(name -> !name.equals(Kernels.STUDENTS) && !table.kernels().contains(name))
            .toList();
    if (!unmeasured.isEmpty()) {
      steps.add("left out, since no recorded machine has it: " + String.join(", ", unmeasured));
    }
    Optional<Basis> basis = basis(workload, candidates.layouts(), steps);
    if (basis.isPresent()) {
      steps.addAll(strangers(basis.get(), workload));
      return best(basis.get(), workload, candidates.layouts(), steps);
    }
    steps.add("taken: " + simplest + ", the simplest, since nothing is recorded");
    return new Choice(simplest, workload, steps);
  }

  /** Says where the choice goes by another machine or JDK than these. */
  private List<String> strangers(Basis basis, Workload workload) {
    List<String> words = new ArrayList<>();
    if (!basis.isOfThisKind()) {
      words.add(log.unknownMachine(workload, machine));
    }
    String here = system.getProperty("java.specification.version", "");
    List<String> releases = basis.jdkReleases();
    if (here.matches("\\d+") && !releases.contains(here)) {
      words.add(log.otherJdk(releases, here));
    }
    return words;
  }

  /** The nearest machines that measured something alike; empty where nothing is recorded. */
  private Optional<Basis> basis(
      Workload workload, Map<String, Layout> candidates, List<String> steps) {
    NearMachines near =
        new NearMachines(machine, table, system.getProperty("java.specification.version", ""));
    for (NearMachines.Step step : near.steps(steps)) {
      Set<MeasuredTimes.Recorded> machines = step.machines().keySet();
      Map<MeasuredTimes.Recorded, Prediction> predictions =
          predictions(machines, workload, candidates);
      if (!predictions.isEmpty()) {
        return Optional.of(new Basis(step, "", predictions));
      }
      predictions = byRule(machines, workload, candidates);
      if (!predictions.isEmpty()) {
        return Optional.of(new Basis(step, ", for one student at a time", predictions));
      }
      if (!step.machines().isEmpty()) {
        steps.add(step.reason() + ", but none was measured in " + workload.precision().label());
      }
    }
    return Optional.empty();
  }

  /**
   * Times the kernels on the caller's own batch, in at most {@link #MEASURING}, with a student
   * whose gates are open for half of Gaussian patches.
   *
   * <p>What is promised is that of {@link #measure(PatchBatch, Student, Duration)}. In a JVM that
   * has just started a second is not enough for all kernels: call this again later, or allow more.
   *
   * @param batch in any layout; of a large one the first samples are measured
   * @return the kernel that was fastest, with what was measured
   */
  public MeasuredChoice measure(PatchBatch batch) {
    RandomGenerator random = new SplittableRandom(batch.p());
    return measure(
        batch,
        Student.weightNormalised(
            random.doubles(batch.p(), -1, 1).toArray(), random.doubles(batch.k(), -1, 1).toArray()),
        MEASURING);
  }

  /**
   * Times the kernels on the caller's own batch and student, in interleaved rounds.
   *
   * <p>Only compiled kernels are timed: each is called until the JVM has compiled it, first those
   * that recorded machines expect most of. One that was not compiled in time is judged by what
   * recorded machines expect of it beside a kernel that was timed, never by the time of code that
   * will not stay; {@link MeasuredChoice#isComplete} tells whether there was one. So too short a
   * time gives what {@link #choose} gives, and a longer one may correct it.
   *
   * @param batch in any layout; of a large one the first samples are measured
   * @param student of the batch's k and p
   * @param limit of the whole, conversions and warm-up included, at most {@link #LONGEST}; kept but
   *     for the call that is under way
   * @return the kernel that was fastest, the simplest of those within {@link
   *     MeasuredChoice#INDISTINCT_SLOWDOWN}; with what was measured
   * @throws IllegalArgumentException if sizes do not match, a parameter is not finite, or the limit
   *     is longer than {@link #LONGEST}
   * @throws UnsupportedOperationException if the Java runtime has no module jdk.management, by
   *     which compiled kernels are told
   */
  public MeasuredChoice measure(PatchBatch batch, Student student, Duration limit) {
    if (limit.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("limit: " + limit + " given; expected at most " + LONGEST);
    }
    long start = System.nanoTime();
    Workload workload = Workload.of(batch);
    Candidates runnable = Candidates.of(workload);
    noVectors.ifPresent(lack -> log.noVectors(lack, runnable));
    Map<String, Layout> candidates =
        noVectors.map(runnable::withoutVectors).orElse(runnable).layouts();
    Map<String, Double> expected =
        basis(workload, candidates, new ArrayList<>())
            .map(basis -> basis.expected(workload, candidates))
            .orElse(Map.of());
    List<String> bySimplicity = List.copyOf(candidates.keySet());
    PairedTiming timing = PairedTiming.of(batch, student, byPromise(bySimplicity, expected));
    List<PairedTiming.Timing> timings =
        timing.runUntil(start + limit.toNanos()).stream()
            .sorted(Comparator.comparingInt(each -> bySimplicity.indexOf(each.kernel())))
            .toList();
    return MeasuredChoice.of(workload, timings, expected, machine);
  }

  /** Kernels of which most is expected first; those of which nothing is known last. */
  static List<String> byPromise(List<String> kernels, Map<String, Double> expected) {
    return kernels.stream()
        .sorted(
            Comparator.comparingDouble(
                kernel -> expected.getOrDefault(kernel, Double.POSITIVE_INFINITY)))
        .toList();
  }

  private Map<MeasuredTimes.Recorded, Prediction> predictions(
      Set<MeasuredTimes.Recorded> machines, Workload workload, Map<String, Layout> candidates) {
    Map<MeasuredTimes.Recorded, Prediction> predictions = new LinkedHashMap<>();
    Map<String, Layout> here = Candidates.withVectorsOf(machine, workload.precision(), candidates);
    for (MeasuredTimes.Recorded recorded : machines) {
      Prediction.of(
              table.points(recorded.id(), workload.precision()),
              workload,
              here,
              Candidates.withVectorsOf(recorded.machine(), workload.precision(), candidates))
          .ifPresent(prediction -> predictions.put(recorded, prediction));
    }
    return predictions;
  }

  /** Of machines that measured one student at a time. */
  private Map<MeasuredTimes.Recorded, Prediction> byRule(
      Set<MeasuredTimes.Recorded> machines, Workload workload, Map<String, Layout> candidates) {
    int students = workload.studentsOfAThread();
    if (students == 1) {
      return Map.of();
    }
    Workload one = workload.withStudents(1).withThreads(1);
    double onePass = DefaultCosts.onePass(workload.p()) * Prediction.lanes(workload, students);
    Map<MeasuredTimes.Recorded, Prediction> predictions = predictions(machines, one, candidates);
    predictions.replaceAll((recorded, each) -> each.withOnePass(onePass));
    return predictions;
  }

  private static Choice best(
      Basis basis, Workload workload, Map<String, Layout> candidates, List<String> steps) {
    steps.add(basis.reason());
    Map<String, Double> expected = basis.expected(workload, candidates);
    int machines = basis.predictions().size();
    if (machines == 1) {
      steps.add("by the points: " + basis.predictions().values().iterator().next().pointsInWords());
    }
    boolean atWorst = basis.isOfThisKind() && machines > 1;
    steps.add((atWorst ? "worst expected time: " : "expected time: ") + inWords(expected));
    Map.Entry<String, Double> fastest =
        expected.entrySet().stream().min(Map.Entry.comparingByValue()).orElseThrow();
    for (Map.Entry<String, Double> kernel : expected.entrySet()) {
      boolean indistinct =
          kernel.getValue() <= INDISTINCT_SLOWDOWN * fastest.getValue()
              && basis.isWithinNoise(kernel.getKey());
      if (kernel.equals(fastest)) {
        steps.add(
            "taken: "
                + fastest.getKey()
                + passes(fastest.getKey(), workload)
                + ", "
                + (atWorst ? "whose worst is the least" : "the fastest"));
        return new Choice(fastest.getKey(), workload, steps);
      }
      if (indistinct) {
        steps.add(
            "taken: "
                + kernel.getKey()
                + passes(kernel.getKey(), workload)
                + ", the simplest of those that the measurement cannot tell apart");
        return new Choice(kernel.getKey(), workload, steps);
      }
    }
    throw new IllegalStateException("the fastest is not among " + expected);
  }

  private static String passes(String kernel, Workload workload) {
    if (workload.studentsOfAThread() == 1) {
      return "";
    }
    return kernel.equals(Kernels.STUDENTS) ? " in one pass" : " for one student after the other";
  }

  /** Kernels with their relative times, the fastest first. */
  static String inWords(Map<String, Double> slowdowns) {
    return slowdowns.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .map(entry -> entry.getKey() + String.format(Locale.ROOT, " %.2f", entry.getValue()))
        .collect(Collectors.joining(", "));
  }
}

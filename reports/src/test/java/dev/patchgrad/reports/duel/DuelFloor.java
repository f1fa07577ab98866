package dev.patchgrad.reports.duel;

import dev.patchgrad.reports.statistics.Interval;
import dev.patchgrad.reports.statistics.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * Measures how often duels are wrong on this machine: of a side against itself, of sides that
 * differ by 3 %, and of those beside a process that comes and goes. It writes each outcome, keeps
 * each fork, and compares the counts with what is wanted of duels.
 *
 * <p>Started by {@code reports/src/test/scripts/duel-floor}.
 */
final class DuelFloor {
  /** Forks of a duel of a side against itself, which may end earlier where it shows equality. */
  private static final int MOST_FORKS = 10;

  private static final double WITHIN = .01;
  private static final int SIMULATED = 10_000;

  private static final List<String> CELLS =
      List.of(
          "-p kernel=single-touch -p p=64 -p k=16 -p precision=double",
          "-p kernel=vector -p p=8 -p k=64 -p precision=float",
          "-p kernel=interleaved -p p=8 -p k=16 -p precision=double",
          "-p kernel=vector -p p=512 -p k=64 -p precision=double",
          "-p kernel=scalar -p p=64 -p k=256 -p precision=float",
          "-p kernel=single-touch -p p=512 -p k=16 -p precision=float");

  private final Path folder;
  private final String java;
  private final String jar;
  private final PrintWriter out;
  private final Guard guard;
  private final List<List<Double>> ofEqualSides = new ArrayList<>();
  private final Map<String, Map<Verdict, Integer>> counts = new TreeMap<>();

  private DuelFloor(Path folder, String java, String jar, PrintWriter out, Guard guard) {
    this.folder = folder;
    this.java = java;
    this.jar = jar;
    this.out = out;
    this.guard = guard;
  }

  /**
   * Measures, or is the process that comes and goes.
   *
   * @param words the folder for what is measured; the java and the jar of this project's suites; a
   *     foreign command of JMH; how many duels of equal sides; how many of sides that differ
   */
  public static void main(String[] words) throws Exception {
    if (words.length == 1 && words[0].equals("comeAndGo")) {
      comeAndGo();
      return;
    }
    if (words.length != 6) {
      throw new IllegalArgumentException(
          "expected FOLDER JAVA JAR FOREIGN-COMMAND EQUAL-DUELS DIFFERENT-DUELS");
    }
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    boolean reached;
    try (Guard guard = Guard.ofThisProgram()) {
      Path folder = Files.createDirectories(Path.of(words[0]));
      DuelFloor floor = new DuelFloor(folder, words[1], words[2], out, guard);
      floor.equal(words[3], Integer.parseInt(words[4]));
      floor.different("3 %", Integer.parseInt(words[5]));
      Process other =
          guard.start(
              new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  DuelFloor.class.getName(),
                  "comeAndGo"));
      try {
        floor.different("3 % beside another process", Integer.parseInt(words[5]));
      } finally {
        guard.end(other);
      }
      reached = floor.isReached();
    }
    System.exit(reached ? 0 : 1);
  }

  /** Loads one core for a while, then sleeps for a while: 0.2 to 2 seconds each. */
  private static void comeAndGo() throws InterruptedException {
    Random random = new Random(1);
    while (true) {
      long end = System.nanoTime() + Duration.ofMillis(200 + random.nextInt(1800)).toNanos();
      while (System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      Thread.sleep(200 + random.nextInt(1800));
    }
  }

  /**
   * Half of the sides are cells of this project at L2, half are benchmarks of a foreign command.
   */
  private void equal(String foreign, int duels) throws Exception {
    JmhCommand command = JmhCommand.parse(new Side(ShellWords.split(foreign)));
    List<BenchmarkCell> cells = BenchmarkListing.of("A", command, guard);
    for (int i = 0; i < duels; i++) {
      Side side =
          i % 2 == 0
              ? new Side(
                  ShellWords.split(
                      "%s -jar %s GradientBenchmark -p level=L2 %s"
                          .formatted(java, jar, CELLS.get(i / 2 % CELLS.size()))))
              : alone(command, cells.get(i / 2 % cells.size()));
      duel("equal", i, side, side, MOST_FORKS, Duration.ofMinutes(10));
    }
  }

  /** A command with one of its benchmarks. */
  private static Side alone(JmhCommand command, BenchmarkCell cell) {
    List<String> words = new ArrayList<>(command.start());
    words.add("^" + cell.benchmark().replace(".", "\\.") + "$");
    words.addAll(command.options());
    cell.params().forEach((name, value) -> words.addAll(List.of("-p", name + "=" + value)));
    return new Side(words, command.directory());
  }

  private void different(String phase, int duels) throws Exception {
    for (int i = 0; i < duels; i++) {
      duel(phase, i, tokens(10_000), tokens(10_300), Integer.MAX_VALUE, Duration.ofSeconds(50));
    }
  }

  /** Without this project's launcher, as a benchmark of anyone. */
  private Side tokens(int tokens) throws DuelException {
    return new Side(
        ShellWords.split(
            "%s -cp %s org.openjdk.jmh.Main ConsumeBenchmark -p tokens=%d"
                .formatted(java, jar, tokens)));
  }

  private void duel(String phase, int number, Side a, Side b, int mostForks, Duration time)
      throws Exception {
    if (guard.isStopped()) {
      return;
    }
    Bout.Rules rules =
        new Bout.Rules(
            WITHIN, Optional.empty(), time, mostForks, false, false, Duration.ofSeconds(60));
    Path forks =
        folder.resolve("%s-%03d.jsonl".formatted(phase.replaceAll("[^a-z0-9]+", "-"), number));
    long start = System.nanoTime();
    DuelResult result = new Bout(out, guard).fight(a, b, rules, forks);
    double seconds = (System.nanoTime() - start) / 1e9;
    for (int i = 0; i < result.rows().size(); i++) {
      DuelRow row = result.rows().get(i);
      Verdict verdict = result.verdicts().get(i);
      counts.computeIfAbsent(phase, any -> new TreeMap<>()).merge(verdict, 1, Integer::sum);
      if (phase.equals("equal")) {
        ofEqualSides.add(row.logRatios());
      }
      Optional<Interval> ends = row.interval(DuelResult.ALPHA);
      write(
          String.format(
              Locale.ROOT,
              "%s\t%d\t%s\t%.5f\t%.5f\t%.5f\t%s\t%d\t%.1f",
              phase,
              number,
              DuelText.label(row),
              row.ratio(),
              ends.map(Interval::low).orElse(Double.NaN),
              ends.map(Interval::high).orElse(Double.NaN),
              verdict.word(),
              row.forks(),
              seconds));
    }
    result.failures().forEach((label, reason) -> out.println("! " + label + ": " + reason));
  }

  private void write(String line) throws IOException {
    Path file = folder.resolve("outcomes.tsv");
    if (!Files.exists(file)) {
      Files.writeString(
          file, "phase\tnumber\tbenchmark\tratio\tlow\thigh\tverdict\tforks\tseconds\n");
    }
    Files.writeString(file, line + "\n", StandardOpenOption.APPEND);
  }

  /**
   * The share of false verdicts in duels that are drawn from the pairs of one recorded duel each,
   * with the sides swapped at random, so that neither is faster, and that end as duels do.
   */
  static double simulatedFalse(List<List<Double>> recorded, int duels, int mostForks, long seed) {
    Random random = new Random(seed);
    int wrong = 0;
    for (int i = 0; i < duels; i++) {
      List<Double> pairs = recorded.get(random.nextInt(recorded.size()));
      List<Double> drawn = new ArrayList<>();
      Verdict verdict = Verdict.UNDECIDED;
      while (verdict == Verdict.UNDECIDED && drawn.size() < mostForks) {
        double pair = pairs.get(random.nextInt(pairs.size()));
        drawn.add(random.nextBoolean() ? pair : -pair);
        DuelRow row =
            new DuelRow(
                new BenchmarkCell("simulated", Map.of()),
                "thrpt",
                "ops/s",
                false,
                drawn,
                List.of(),
                List.of());
        verdict = DuelResult.verdicts(List.of(row), 1, WITHIN).get(0);
      }
      wrong += verdict == Verdict.FASTER || verdict == Verdict.SLOWER ? 1 : 0;
    }
    return (double) wrong / duels;
  }

  /** Tells the counts beside what is wanted, and whether all of it is reached. */
  private boolean isReached() {
    boolean reached = true;
    int equal = all("equal");
    int wrong = count("equal", Verdict.FASTER) + count("equal", Verdict.SLOWER);
    reached &= tell("a side against itself: called faster or slower", wrong, equal, .05, false);
    List<List<Double>> drawn = ofEqualSides.stream().filter(pairs -> pairs.size() > 1).toList();
    if (!drawn.isEmpty()) {
      int simulated = (int) Math.round(SIMULATED * simulatedFalse(drawn, SIMULATED, MOST_FORKS, 1));
      reached &= tell("the same, simulated from these forks", simulated, SIMULATED, .05, false);
    }
    for (String phase : List.of("3 %", "3 % beside another process")) {
      double wanted = phase.equals("3 %") ? .9 : .8;
      reached &=
          tell(phase + ": called slower", count(phase, Verdict.SLOWER), all(phase), wanted, true);
      reached &=
          tell(phase + ": called faster", count(phase, Verdict.FASTER), all(phase), .05, false);
    }
    return reached;
  }

  private boolean tell(String what, int count, int all, double share, boolean atLeast) {
    boolean reached = atLeast ? count >= share * all : count <= share * all;
    out.printf(
        Locale.ROOT,
        "%-55s %5d of %5d, wanted %s %.0f %%: %s%n",
        what,
        count,
        all,
        atLeast ? "at least" : "at most",
        100 * share,
        reached ? "reached" : "MISSED");
    return reached;
  }

  private int count(String phase, Verdict verdict) {
    return counts.getOrDefault(phase, Map.of()).getOrDefault(verdict, 0);
  }

  private int all(String phase) {
    return counts.getOrDefault(phase, Map.of()).values().stream().mapToInt(count -> count).sum();
  }
}

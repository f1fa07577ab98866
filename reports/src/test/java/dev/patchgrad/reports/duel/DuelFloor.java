package dev.patchgrad.reports.duel;

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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Measures how often duels are wrong on this machine: of a side against itself, of sides that
 * differ by 3 %, and of those beside a process that comes and goes. It writes each outcome, keeps
 * each fork, and compares the counts with what is wanted of duels. Started again with the same
 * folder, it goes on where it ended.
 *
 * <p>Started by {@code reports/src/test/scripts/duel-floor}.
 */
final class DuelFloor {
  /** Forks of a duel of a side against itself, which may end earlier where it shows equality. */
  private static final int MOST_FORKS = 10;

  private static final double WITHIN = .01;

  /** Short forks, of which more fit into an hour; the kernels need a while to be compiled. */
  private static final String ITERATIONS = " -wi 5 -w 100ms -i 16 -r 30ms";

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
  private final long end;
  private final List<Outcome> outcomes = new ArrayList<>();

  private DuelFloor(
      Path folder, String java, String jar, PrintWriter out, Guard guard, Duration time)
      throws IOException {
    this.folder = folder;
    this.java = java;
    this.jar = jar;
    this.out = out;
    this.guard = guard;
    end = System.nanoTime() + time.toNanos();
    if (Files.exists(outcomesFile())) {
      Files.readAllLines(outcomesFile()).stream()
          .skip(1)
          .map(Outcome::parse)
          .forEach(outcomes::add);
    }
  }

  private Path outcomesFile() {
    return folder.resolve("outcomes.tsv");
  }

  /**
   * What came of a duel.
   *
   * @param phase it belongs to
   * @param number of it in that phase
   * @param benchmark as the duel names it
   * @param verdict in one word
   * @param seconds that the duel took
   * @param logRatios of its pairs of forks
   */
  private record Outcome(
      String phase,
      int number,
      String benchmark,
      String verdict,
      double seconds,
      List<Double> logRatios) {
    static final String HEADER = "phase\tnumber\tbenchmark\tverdict\tseconds\tlogarithms of pairs";

    static Outcome parse(String line) {
      String[] cells = line.split("\t");
      return new Outcome(
          cells[0],
          Integer.parseInt(cells[1]),
          cells[2],
          cells[3],
          Double.parseDouble(cells[4]),
          Stream.of(cells[5].split(" ")).map(Double::valueOf).toList());
    }

    String line() {
      return String.join(
          "\t",
          phase,
          Integer.toString(number),
          benchmark,
          verdict,
          String.format(Locale.ROOT, "%.1f", seconds),
          logRatios.stream()
              .map(pair -> String.format(Locale.ROOT, "%.5f", pair))
              .collect(Collectors.joining(" ")));
    }
  }

  /**
   * Measures, or is the process that comes and goes.
   *
   * @param words the folder for what is measured; the java and the jar of this project's suites; a
   *     foreign command of JMH; how many duels of equal sides; how many of sides that differ; after
   *     how many minutes no duel is begun
   */
  public static void main(String[] words) throws Exception {
    if (words.length == 1 && words[0].equals("comeAndGo")) {
      comeAndGo();
      return;
    }
    if (words.length != 7) {
      throw new IllegalArgumentException(
          "expected FOLDER JAVA JAR FOREIGN-COMMAND EQUAL-DUELS DIFFERENT-DUELS MINUTES");
    }
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    boolean reached;
    try (Guard guard = Guard.ofThisProgram()) {
      Path folder = Files.createDirectories(Path.of(words[0]));
      Duration time = Duration.ofMillis((long) (60_000 * Double.parseDouble(words[6])));
      DuelFloor floor = new DuelFloor(folder, words[1], words[2], out, guard, time);
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
    JmhCommand command = JmhCommand.parse(new Side(ShellWords.split(foreign + ITERATIONS)));
    List<BenchmarkCell> cells = BenchmarkListing.of("A", command, guard);
    for (int i = 0; i < duels; i++) {
      Side side =
          i % 2 == 0
              ? new Side(
                  ShellWords.split(
                      ("%s -jar %s GradientBenchmark -p level=L2 %s" + ITERATIONS)
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
    boolean done =
        outcomes.stream().anyMatch(one -> one.phase.equals(phase) && one.number == number);
    if (done || guard.isStopped() || System.nanoTime() > end) {
      return;
    }
    Bout.Rules rules =
        new Bout.Rules(
            WITHIN, Optional.empty(), time, mostForks, false, false, Duration.ofSeconds(60));
    Path forks =
        folder.resolve("%s-%03d.jsonl".formatted(phase.replaceAll("[^a-z0-9]+", "-"), number));
    // Of a duel that was broken off.
    Files.deleteIfExists(forks);
    long start = System.nanoTime();
    DuelResult result = new Bout(out, guard).fight(a, b, rules, forks);
    double seconds = (System.nanoTime() - start) / 1e9;
    result.failures().forEach((label, reason) -> out.println("! " + label + ": " + reason));
    if (guard.isStopped()) {
      return;
    }
    for (int i = 0; i < result.rows().size(); i++) {
      DuelRow row = result.rows().get(i);
      write(
          new Outcome(
              phase,
              number,
              DuelText.label(row),
              result.verdicts().get(i).word(),
              seconds,
              row.logRatios()));
    }
  }

  private void write(Outcome outcome) throws IOException {
    outcomes.add(outcome);
    if (!Files.exists(outcomesFile())) {
      Files.writeString(outcomesFile(), Outcome.HEADER + "\n");
    }
    Files.writeString(outcomesFile(), outcome.line() + "\n", StandardOpenOption.APPEND);
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
    List<List<Double>> drawn =
        outcomes.stream()
            .filter(one -> one.phase.equals("equal") && one.logRatios.size() > 1)
            .map(Outcome::logRatios)
            .toList();
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
      double longest =
          outcomes.stream()
              .filter(one -> one.phase.equals(phase))
              .mapToDouble(Outcome::seconds)
              .max()
              .orElse(0);
      out.printf(Locale.ROOT, "%-55s %5.1f s%n", phase + ": the longest took", longest);
    }
    return reached;
  }

  private boolean tell(String what, int count, int all, double share, boolean atLeast) {
    boolean reached = all > 0 && (atLeast ? count >= share * all : count <= share * all);
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
    return (int)
        outcomes.stream()
            .filter(one -> one.phase.equals(phase) && one.verdict.equals(verdict.word()))
            .count();
  }

  private int all(String phase) {
    return (int) outcomes.stream().filter(one -> one.phase.equals(phase)).count();
  }
}

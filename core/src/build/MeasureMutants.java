import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.pitest.mutationtest.commandline.MutationCoverageReport;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * Tells how many small changes of a module's code its tests notice, room by room, and fails where
 * they notice too few. The profile {@code mutation} runs it, as {@code java MeasureMutants.java
 * MODULE PACKAGE ROOM…}.
 *
 * <p>pitest makes the changes and runs the tests of the same room; what it says goes to a log. A
 * change that makes no difference is listed with its reason in the module's {@code
 * src/test/mutation/equivalent.tsv} and does not count. An entry that no surviving change matches
 * is an error, so that the list stays true. Classes in single precision are left out: they come
 * from the templates of their twins. So are tiles of half a vector, which come from the same
 * templates as those of a quarter, and are not used where vectors have 512 bits.
 */
final class MeasureMutants {
  /** The share of the changes that make a difference, of which the tests of a room must hear. */
  private static final double LEAST = .95;

  /** Tests that start JVMs of their own, or read sources: they see no change, and take long. */
  private static final String BLIND =
      "*OtherVectorWidthsTest,*SameBitsTest,*AllocationTest,*CacheLinesTest,*SmallHeapTest,"
          + "*VectorLintTest,*ModulePathTest,*ReadmeExampleTest,*HeardFallbacksTest,*Without*Test,"
          + "*ArchitectureTest,*BrowserTest,*DocumentsTest";

  /** Half of them: the tests of threads start some of their own, and have limits of time. */
  private static final int THREADS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

  private MeasureMutants() {}

  /** Changes that make no difference: those of one kind in the lines of one text. */
  private record Equivalent(String place, String mutator, String text) {}

  /** A change, and what became of it. */
  private record Mutant(Equivalent where, int line, String status) {
    boolean killed() {
      return !status.equals("SURVIVED") && !status.equals("NO_COVERAGE");
    }
  }

  /** What became of the changes of a room. */
  private record Outcome(
      String room,
      int killed,
      long timedOut,
      int equivalent,
      List<Mutant> alive,
      List<Equivalent> stale,
      Duration time) {
    int killable() {
      return killed + alive.size();
    }

    double share() {
      return (double) killed / killable();
    }

    boolean isGood() {
      return share() >= LEAST && stale.isEmpty();
    }

    void print(PrintStream out) {
      out.printf(Locale.ROOT, "%s: %.1f %% noticed%n", room, 100 * share());
      for (Mutant mutant : alive) {
        out.printf(
            "  %s at line %d: %s\t%s\t%s%n",
            mutant.status().toLowerCase(Locale.ROOT),
            mutant.line(),
            mutant.where().place(),
            mutant.where().mutator(),
            mutant.where().text());
      }
      for (Equivalent entry : stale) {
        out.println("  equivalent.tsv lists what no surviving change matches: " + entry);
      }
    }
  }

  /**
   * Changes the code of each room and says what its tests noticed.
   *
   * @param arguments the module's folder, the package that holds its rooms, and the rooms' names
   * @throws IOException if a file cannot be read or written
   */
  public static void main(String[] arguments)
      throws IOException, ParserConfigurationException, SAXException {
    Path module = Path.of(arguments[0]);
    List<String> rooms = List.of(arguments).subList(2, arguments.length);
    Path log = Files.createDirectories(module.resolve("target/mutation")).resolve("pitest.log");
    PrintStream console = System.out;
    List<Outcome> outcomes = new ArrayList<>();
    boolean good = true;
    try (PrintStream chatter = new PrintStream(log.toFile(), StandardCharsets.UTF_8)) {
      System.setOut(chatter);
      System.setErr(chatter);
      for (String room : rooms) {
        try {
          Outcome outcome = measure(module, arguments[1], room);
          outcome.print(console);
          outcomes.add(outcome);
          good &= outcome.isGood();
        } catch (RuntimeException e) {
          e.printStackTrace();
          console.printf("%s: not counted, %s: see %s%n", room, e.getMessage(), log);
          good = false;
        }
      }
    }
    console.printf(
        "%n%-12s %8s %8s %10s %11s %9s %8s%n",
        "room", "changes", "noticed", "by timeout", "equivalent", "share", "minutes");
    for (Outcome outcome : outcomes) {
      console.printf(
          Locale.ROOT,
          "%-12s %8d %8d %10d %11d %7.1f %% %8.1f%s%n",
          outcome.room(),
          outcome.killable(),
          outcome.killed(),
          outcome.timedOut(),
          outcome.equivalent(),
          100 * outcome.share(),
          outcome.time().toSeconds() / 60.0,
          outcome.isGood() ? "" : "  too few, or a stale entry");
    }
    System.exit(good ? 0 : 1);
  }

  private static Outcome measure(Path module, String parent, String room)
      throws IOException, ParserConfigurationException, SAXException {
    Path report = module.resolve("target/mutation").resolve(room);
    Map<Equivalent, Integer> excused = equivalents(module, parent + "." + room + ".");
    Instant start = Instant.now();
    MutationCoverageReport.main(
        new String[] {
          "--reportDir=" + report,
          "--sourceDirs=" + String.join(",", sourceFolders(module).map(Path::toString).toList()),
          "--targetClasses=" + parent + "." + room + ".*",
          "--excludedClasses=" + parent + "." + room + ".Float*,*.DoubleHalf*,*Test,*Test$*",
          "--targetTests=" + parent + "." + room + ".*",
          "--excludedTestClasses=" + BLIND,
          "--outputFormats=XML,HTML",
          "--timestampedReports=false",
          "--threads=" + THREADS,
          "--jvmArgs=--add-modules=jdk.incubator.vector,--enable-native-access=ALL-UNNAMED",
          "--verbosity=QUIET"
        });
    List<Mutant> mutants = mutants(module, report.resolve("mutations.xml"));
    int killed = 0;
    int equivalent = 0;
    List<Mutant> alive = new ArrayList<>();
    for (Mutant mutant : mutants) {
      if (mutant.killed()) {
        killed++;
      } else if (excused.merge(mutant.where(), -1, Integer::sum) >= 0) {
        equivalent++;
      } else {
        alive.add(mutant);
      }
    }
    List<Equivalent> stale =
        excused.entrySet().stream().filter(e -> e.getValue() > 0).map(Map.Entry::getKey).toList();
    long timedOut = mutants.stream().filter(m -> m.status().equals("TIMED_OUT")).count();
    return new Outcome(
        room, killed, timedOut, equivalent, alive, stale, Duration.between(start, Instant.now()));
  }

  private static Stream<Path> sourceFolders(Path module) {
    return Stream.of("src/main/java", "target/generated-sources/templates", "src/test/java")
        .map(module::resolve);
  }

  private static List<Mutant> mutants(Path module, Path file)
      throws IOException, ParserConfigurationException, SAXException {
    NodeList nodes =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(file.toFile())
            .getElementsByTagName("mutation");
    Map<String, List<String>> sources = new HashMap<>();
    List<Mutant> mutants = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      Element node = (Element) nodes.item(i);
      String type = text(node, "mutatedClass");
      String folder = type.substring(0, type.lastIndexOf('.')).replace('.', '/');
      String source = folder + "/" + text(node, "sourceFile");
      if (!sources.containsKey(source)) {
        sources.put(source, lines(module, source));
      }
      int line = Integer.parseInt(text(node, "lineNumber"));
      String mutator = text(node, "mutator");
      mutants.add(
          new Mutant(
              new Equivalent(
                  type + "." + text(node, "mutatedMethod"),
                  mutator.substring(mutator.lastIndexOf('.') + 1),
                  sources.get(source).get(line - 1).strip()),
              line,
              node.getAttribute("status")));
    }
    return mutants;
  }

  private static String text(Element node, String name) {
    return node.getElementsByTagName(name).item(0).getTextContent();
  }

  private static List<String> lines(Path module, String source) throws IOException {
    Path file =
        sourceFolders(module).map(f -> f.resolve(source)).filter(Files::exists).findFirst().get();
    return Files.readAllLines(file);
  }

  /** The list of a room: tab-separated place, mutator, line's text, number of changes, reason. */
  private static Map<Equivalent, Integer> equivalents(Path module, String room) throws IOException {
    Map<Equivalent, Integer> equivalents = new HashMap<>();
    Path list = module.resolve("src/test/mutation/equivalent.tsv");
    for (String line : Files.readAllLines(list)) {
      if (!line.startsWith(room)) {
        continue;
      }
      String[] cells = line.split("\t");
      if (cells.length != 5 || cells[4].isBlank()) {
        throw new IllegalArgumentException(
            "%s: '%s' given; expected place, mutator, line's text, number and reason"
                .formatted(list, line));
      }
      equivalents.put(new Equivalent(cells[0], cells[1], cells[2]), Integer.valueOf(cells[3]));
    }
    return equivalents;
  }
}

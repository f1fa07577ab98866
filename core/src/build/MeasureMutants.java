import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
 * <p>pitest makes the changes and runs the tests of the same room. A change that makes no
 * difference is listed with its reason in the module's {@code src/test/mutation/equivalent.tsv} and
 * does not count. An entry that no surviving change matches is an error, so that the list stays
 * true. Classes in single precision are left out: they come from the templates of their twins.
 */
final class MeasureMutants {
  /** The share of the changes that make a difference, of which the tests of a room must hear. */
  private static final double LEAST = .95;

  /** Tests that start JVMs of their own, or read sources: they see no change, and take long. */
  private static final String BLIND =
      "*OtherVectorWidthsTest,*AllocationTest,*VectorLintTest,*ModulePathTest,*ReadmeExampleTest,"
          + "*HeardFallbacksTest,*Without*Test,*ArchitectureTest,*BrowserTest,*DocumentsTest";

  private MeasureMutants() {}

  /** Changes that make no difference: those of one kind in the lines of one text. */
  private record Equivalent(String place, String mutator, String text) {}

  /** A change, and what became of it. */
  private record Mutant(Equivalent where, int line, String status) {
    boolean killed() {
      return !status.equals("SURVIVED") && !status.equals("NO_COVERAGE");
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
    boolean enough = true;
    for (String room : List.of(arguments).subList(2, arguments.length)) {
      enough &= measure(module, arguments[1], room);
    }
    System.exit(enough ? 0 : 1);
  }

  private static boolean measure(Path module, String parent, String room)
      throws IOException, ParserConfigurationException, SAXException {
    Path report = module.resolve("target/mutation").resolve(room);
    System.out.printf("%nChanges in %s.%s%n", parent, room);
    MutationCoverageReport.main(
        new String[] {
          "--reportDir=" + report,
          "--sourceDirs=" + String.join(",", sourceFolders(module).map(Path::toString).toList()),
          "--targetClasses=" + parent + "." + room + ".*",
          "--excludedClasses=" + parent + "." + room + ".Float*,*Test,*Test$*",
          "--targetTests=" + parent + "." + room + ".*",
          "--excludedTestClasses=" + BLIND,
          "--outputFormats=XML,HTML",
          "--timestampedReports=false",
          "--threads=" + Runtime.getRuntime().availableProcessors(),
          "--jvmArgs=--add-modules=jdk.incubator.vector,--enable-native-access=ALL-UNNAMED",
          "--verbosity=QUIET"
        });
    List<Mutant> mutants = mutants(module, report.resolve("mutations.xml"));
    Map<Equivalent, Integer> excused = equivalents(module, parent + "." + room + ".");
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
    double score = (double) killed / (killed + alive.size());
    System.out.printf(
        Locale.ROOT,
        "%s: %.1f %% of %d changes noticed; %d more make no difference%n",
        room,
        100 * score,
        killed + alive.size(),
        equivalent);
    for (Mutant mutant : alive) {
      System.out.printf(
          "  %s at line %d: %s\t%s\t%s%n",
          mutant.status().toLowerCase(Locale.ROOT),
          mutant.line(),
          mutant.where().place(),
          mutant.where().mutator(),
          mutant.where().text());
    }
    List<Equivalent> stale =
        excused.entrySet().stream().filter(e -> e.getValue() > 0).map(Map.Entry::getKey).toList();
    for (Equivalent entry : stale) {
      System.out.println("  equivalent.tsv lists what no surviving change matches: " + entry);
    }
    return score >= LEAST && stale.isEmpty();
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

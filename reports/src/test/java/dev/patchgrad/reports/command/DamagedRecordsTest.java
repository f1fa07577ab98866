package dev.patchgrad.reports.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.patchgrad.reports.choice.Regret;
import dev.patchgrad.reports.fixture.DamagedJson.Damage;
import dev.patchgrad.reports.fixture.SyntheticRun;
import dev.patchgrad.reports.grid.SuiteNames;
import dev.patchgrad.reports.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Reads damaged records by the tool's own commands, thousands where tests are thorough: each is
 * shown or refused by one of the documented exit codes, in a sentence; nothing hangs, and nothing
 * half-written stays.
 */
final class DamagedRecordsTest {
  /** A safety net: a try takes some milliseconds, and what hangs must not stop the build. */
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private static final String SEED = "20261127";

  /** What the suite of cliffs counts in each iteration of its forks. */
  private static final String COUNTED =
      Stream.of(SuiteNames.ALLOCATED_BYTES, SuiteNames.YARDSTICK)
          .map(
              name ->
                  "\"%s\" : {\"scoreUnit\" : \"#\", \"rawData\" : [%s]}, "
                      .formatted(
                          name,
                          String.join(", ", Collections.nCopies(3, "[1.0, 1.0, 1.0, 1.0, 1.0]"))))
          .collect(Collectors.joining());

  private static Path folder = Path.of("");
  private static String results = "";
  private static String environment = "";
  private static String regret = "";

  @BeforeContainer
  static void writeSoundRecords() throws IOException {
    folder = Files.createTempDirectory("patchgrad-damaged");
    SyntheticRun run = new SyntheticRun().kernels("scalar", "vector").grid(List.of(8), List.of(16));
    results = withEverySuite(run.precisions("double").resultsJson());
    environment = run.environment().toJson();
    new SyntheticRun().writeTo(folder.resolve("runs/machine/whole"));
    regret =
        new Regret(
                Regret.SCHEMA,
                "machine",
                "25",
                "2026-11-24T10:00:00Z",
                List.of(
                    new Regret.Shape(
                        "double",
                        5,
                        4,
                        10,
                        "a",
                        Map.of("a", List.of(1.0, 2.0), "b", List.of(2.0, 1.0)))))
            .toJson();
  }

  @AfterContainer
  static void delete() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /** The same cells once more as those of each suite that something is made of. */
  private static String withEverySuite(String json) {
    String list = json.strip();
    String entries = list.substring(1, list.length() - 1);
    StringBuilder all = new StringBuilder("[").append(entries);
    String gradients = entries.substring(0, entries.indexOf(SuiteNames.READ_ROOF));
    gradients = gradients.substring(0, gradients.lastIndexOf("}, {") + 1);
    for (String suite :
        List.of(
            SuiteNames.PEER,
            SuiteNames.CLIFF,
            SuiteNames.STUDENTS_SEPARATE,
            SuiteNames.STUDENTS_BLOCKS)) {
      all.append(", ")
          .append(
              gradients
                  .replace(SuiteNames.GRADIENT, suite)
                  .replace("\"kernel\" : \"vector\"", "\"kernel\" : \"ojalgo\"")
                  .replace("\"p\" :", "\"students\" : \"4\", \"p\" :")
                  .replace("\"secondaryMetrics\" : {", "\"secondaryMetrics\" : {" + COUNTED));
    }
    return all.append("]").toString();
  }

  @Provide
  Arbitrary<List<Damage>> damages() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 10_000),
            Arbitraries.integers().between(0, 10_000),
            Arbitraries.integers().between(0, 10_000))
        .as(Damage::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(2);
  }

  /** A page holds a megabyte of script, so that it is written less often. */
  @Provide
  Arbitrary<Command> commands() {
    List<Command> often = new ArrayList<>();
    for (Command command : Command.values()) {
      boolean page = command == Command.PAGE || command == Command.COMPARISON_PAGE;
      often.addAll(Collections.nCopies(page ? 1 : 4, command));
    }
    return Arbitraries.of(often);
  }

  private static String damaged(String json, List<Damage> damages) {
    String text = json;
    for (Damage damage : damages) {
      text = damage.done(text);
    }
    return text;
  }

  /** The files of a record. */
  enum File {
    RESULTS,
    ENVIRONMENT,
    REGRET
  }

  @Property(tries = 200, seed = SEED, shrinking = ShrinkingMode.OFF)
  void resultsAreShownOrRefused(
      @ForAll("damages") List<Damage> damages, @ForAll("commands") Command command)
      throws IOException {
    tried(File.RESULTS, damages, command);
  }

  @Property(tries = 200, seed = SEED, shrinking = ShrinkingMode.OFF)
  void environmentsAreShownOrRefused(
      @ForAll("damages") List<Damage> damages, @ForAll("commands") Command command)
      throws IOException {
    tried(File.ENVIRONMENT, damages, command);
  }

  @Tag("thorough")
  @Property(tries = 2000, seed = SEED, shrinking = ShrinkingMode.OFF)
  void manyMoreAreShownOrRefused(
      @ForAll("damages") List<Damage> damages,
      @ForAll("commands") Command command,
      @ForAll File file)
      throws IOException {
    tried(file, damages, command);
  }

  @Property(tries = 50, seed = SEED, shrinking = ShrinkingMode.OFF)
  void regretsAreShownOrRefused(@ForAll("damages") List<Damage> damages) throws IOException {
    tried(File.REGRET, damages, Command.PAGE);
  }

  /** The commands that read records. */
  enum Command {
    SHOW,
    RUNS,
    CONSOLE,
    MARKDOWN,
    CSV,
    JSON,
    COMPARISON_PAGE,
    GATE,
    PAGE,
    TIMES,
    RECORD;

    private List<String> line(Path run, Path whole, Path output) {
      return switch (this) {
        case SHOW -> List.of("show", run.toString());
        case RUNS -> List.of("runs");
        case CONSOLE -> List.of("compare", run.toString(), whole.toString(), "--force");
        case MARKDOWN, CSV, JSON ->
            List.of("compare", run.toString(), run.toString(), "--format", name());
        case COMPARISON_PAGE ->
            List.of(
                "compare",
                whole.toString(),
                run.toString(),
                "--force",
                "--format",
                "page",
                "-o",
                output.toString());
        case GATE ->
            List.of("compare", run.toString(), whole.toString(), "--force", "--fail-on-slower=5%");
        case PAGE -> List.of("page", run.toString());
        case TIMES -> List.of("times", run.toString(), "--output", output.toString());
        case RECORD -> List.of("record", run.toString());
      };
    }
  }

  private static void tried(File file, List<Damage> damages, Command command) throws IOException {
    Path run = folder.resolve("runs/machine/damaged");
    Files.createDirectories(run);
    Files.writeString(
        run.resolve(RunFolder.RESULTS), file == File.RESULTS ? damaged(results, damages) : results);
    Files.writeString(
        run.resolve(RunFolder.ENVIRONMENT),
        file == File.ENVIRONMENT ? damaged(environment, damages) : environment);
    Files.deleteIfExists(run.resolve(Regret.FILE));
    if (file == File.REGRET) {
      Files.writeString(run.resolve(Regret.FILE), damaged(regret, damages));
    }
    Map<String, Long> before = files();
    Tool tool = new Tool(folder);
    List<String> line =
        command.line(run, folder.resolve("runs/machine/whole"), folder.resolve("output"));
    List<String> arguments = new ArrayList<>(line.subList(1, line.size()));
    int code =
        assertTimeoutPreemptively(
            LONGEST, () -> tool.call(line.get(0), arguments.toArray(String[]::new)));
    assertThat(code)
        .as(command + ": " + tool.err())
        .isIn(
            command == Command.RUNS
                ? List.of(ExitCode.OK)
                : command == Command.GATE
                    ? List.of(ExitCode.OK, ExitCode.SLOWER, ExitCode.BAD_RECORD, ExitCode.NOT_ALIKE)
                    : List.of(ExitCode.OK, ExitCode.BAD_RECORD, ExitCode.NOT_ALIKE));
    assertThat(tool.err()).doesNotContain("Exception", "java.", "`");
    if (code == ExitCode.BAD_RECORD) {
      assertThat(tool.out()).isEmpty();
      assertThat(tool.err()).startsWith("patchgrad: " + run).hasSizeLessThan(2000);
      assertThat(files()).isEqualTo(before);
    }
    assertThat(files().keySet()).noneMatch(name -> name.endsWith(".new"));
  }

  private static Map<String, Long> files() throws IOException {
    Map<String, Long> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.filter(Files::isRegularFile).toList()) {
        files.put(path.toString(), Files.size(path));
      }
    }
    return files;
  }
}

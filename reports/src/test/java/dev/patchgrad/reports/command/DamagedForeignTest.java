package dev.patchgrad.reports.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.patchgrad.reports.fixture.DamagedJson.Damage;
import dev.patchgrad.reports.fixture.ForeignFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Reads hundreds of damaged files of other projects: each is shown or refused by one of the
 * documented exit codes, in a sentence; nothing hangs, and nothing half-written stays.
 */
final class DamagedForeignTest {
  /** A safety net: a try takes some milliseconds, and what hangs must not stop the build. */
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private static Path folder = Path.of("");

  @BeforeContainer
  static void makeFolder() throws IOException {
    folder = Files.createTempDirectory("patchgrad-foreign");
  }

  @AfterContainer
  static void delete() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
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

  @Provide
  Arbitrary<String> files() {
    return Arbitraries.of("thrpt", "avgt", "ss", "sample");
  }

  /** A page holds a megabyte of script, so that it is written less often. */
  @Provide
  Arbitrary<List<String>> commands() {
    return Arbitraries.frequency(
            Tuple.of(4, "show FILE"),
            Tuple.of(3, "show FILE --format=csv"),
            Tuple.of(3, "show FILE --format=markdown"),
            Tuple.of(4, "compare WHOLE FILE --force"),
            Tuple.of(3, "compare FILE FILE --format=json"),
            Tuple.of(3, "compare FILE WHOLE --force --format=csv"),
            Tuple.of(3, "compare FILE WHOLE --fail-on-slower=5%"),
            Tuple.of(1, "page FILE"))
        .map(line -> List.of(line.split(" ", -1)));
  }

  @Property(tries = 200, seed = "20261127", shrinking = ShrinkingMode.OFF)
  void filesAreShownOrRefused(
      @ForAll("files") String mode,
      @ForAll("damages") List<Damage> damages,
      @ForAll("commands") List<String> command)
      throws IOException {
    tried(mode, damages, command);
  }

  @Tag("thorough")
  @Property(tries = 600, seed = "20261127", shrinking = ShrinkingMode.OFF)
  void manyMoreAreShownOrRefused(
      @ForAll("files") String mode,
      @ForAll("damages") List<Damage> damages,
      @ForAll("commands") List<String> command)
      throws IOException {
    tried(mode, damages, command);
  }

  private static void tried(String mode, List<Damage> damages, List<String> command)
      throws IOException {
    String json = ForeignFiles.inMode(mode);
    Path whole = Files.writeString(folder.resolve("whole.json"), json);
    for (Damage damage : damages) {
      json = damage.done(json);
    }
    Path file = Files.writeString(folder.resolve("damaged.json"), json);
    List<String> before = names();
    List<String> line = new ArrayList<>(command);
    line.replaceAll(
        word ->
            word.equals("FILE") ? file.toString() : word.equals("WHOLE") ? whole.toString() : word);
    Tool tool = new Tool(folder);
    int code =
        assertTimeoutPreemptively(
            LONGEST,
            () -> tool.call(line.get(0), line.subList(1, line.size()).toArray(String[]::new)));
    assertThat(code)
        .as(command + ": " + tool.err())
        .isIn(ExitCode.OK, ExitCode.SLOWER, ExitCode.BAD_RECORD, ExitCode.NOT_ALIKE);
    assertThat(tool.err()).doesNotContain("Exception", "java.", "`");
    if (code == ExitCode.BAD_RECORD) {
      assertThat(tool.out()).isEmpty();
      assertThat(tool.err()).startsWith("patchgrad: ").contains(".json: ").hasSizeLessThan(2000);
      assertThat(names()).isEqualTo(before);
    }
    assertThat(names()).noneMatch(name -> name.endsWith(".new"));
  }

  private static List<String> names() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return List.copyOf(new TreeSet<>(all.map(Path::toString).toList()));
    }
  }
}

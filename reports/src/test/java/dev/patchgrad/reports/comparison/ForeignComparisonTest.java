package dev.patchgrad.reports.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.patchgrad.reports.fixture.ForeignFiles;
import dev.patchgrad.reports.fixture.SyntheticRun;
import dev.patchgrad.reports.run.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds how runs are compared that are known by JMH's file alone. */
final class ForeignComparisonTest {
  private static final List<String> UNKNOWN =
      List.of("the machine", "the JVM's flags", "what else ran");

  @TempDir private Path root;

  private Comparison.Named named(String name, String json) {
    try {
      return new Comparison.Named(
          name, Run.readForeign(Files.writeString(root.resolve(name + ".json"), json)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String steady(String mode, double factor) {
    return ForeignFiles.steady(ForeignFiles.inMode(mode), factor, 3);
  }

  private Comparison comparison(String first, String other, boolean force) {
    return Comparison.of(named("first", first), named("other", other), force);
  }

  @Test
  void cellsAreThoseOfTheFileInItsOwnUnitAndInTheOrderOfTheirParameters() {
    Comparison comparison = comparison(steady("avgt", 1), steady("avgt", 2), false);
    assertThat(comparison.unchecked()).isEqualTo(UNKNOWN);
    assertThat(comparison.ignored()).isEmpty();
    assertThat(comparison.cells()).extracting(cell -> cell.subject().benchmark()).isSorted();
    assertThat(comparison.cells()).allMatch(cell -> cell.unit().equals("us/op") && cell.isTime());
    assertThat(comparison.cells())
        .filteredOn(cell -> cell.subject().params().containsKey("arg"))
        .extracting(cell -> Integer.valueOf(cell.subject().params().getOrDefault("arg", "")))
        .isSorted()
        .hasSizeGreaterThan(2);
    for (ComparedCell cell : comparison.cells()) {
      // Forks differ by 0.2 %.
      assertThat(cell.ratio().value()).isCloseTo(.5, within(.002));
    }
  }

  @Test
  void ratesAreNoTimes() {
    Comparison comparison = comparison(steady("thrpt", 1), steady("thrpt", 2), false);
    assertThat(comparison.cells()).noneMatch(ComparedCell::isTime);
    assertThat(comparison.cells())
        .allSatisfy(cell -> assertThat(cell.ratio().value()).isCloseTo(2, within(.008)));
  }

  /** Results of the gradient suite that lost their environment are read as those that have it. */
  @Test
  void aNeighbourAtHalfOfTheIterationsIsNoDifference() {
    for (String mode : List.of("thrpt", "avgt")) {
      SyntheticRun run = new SyntheticRun().noise(0).mode(mode).withoutRoofs();
      String loud = run.besideNeighbour().resultsJson();
      Comparison comparison = comparison(loud, loud, false);
      List<Double> iterations =
          comparison.first().run().results().get(2).primary().forks().get(0); // ejml
      assertThat(comparison.cells().get(0).first().values().get(0)).isEqualTo(iterations.get(15));
      assertThat(iterations.get(0)).isNotEqualTo(iterations.get(15));
    }
  }

  @Test
  void theTableHasBenchmarksAndParametersInPlaceOfKernels() {
    String text =
        ComparisonText.console(comparison(steady("avgt", 1), steady("avgt", 2), false), .05);
    assertThat(text.replace("\n  ", " "))
        .contains(
            "first: first: environment unknown; JMH 1.37",
            "! not checked, since a run is known by JMH's file alone: "
                + String.join(", ", UNKNOWN),
            "benchmark ")
        .containsPattern("arg=\\d+, certainty=\\d+")
        .doesNotContain("kernel", "others", "JVM flags that differ");
    String own =
        ComparisonText.console(
            Comparison.of(
                new SyntheticRun().named("a", root), new SyntheticRun().named("b", root), false),
            .05);
    assertThat(own).contains("kernel ").doesNotContain("not checked", "benchmark ", "parameters");
  }

  @Test
  void otherUnitsAreRefusedAndByForceComparedAsOperationsASecond() {
    String micros = steady("avgt", 1);
    String nanos = micros.replace("us/op", "ns/op");
    assertThatThrownBy(() -> comparison(micros, nanos, false))
        .hasMessageContaining("unit: us/op | ns/op");
    Comparison forced = comparison(micros, nanos, true);
    assertThat(forced.cells())
        .isNotEmpty()
        .allSatisfy(
            cell -> {
              assertThat(cell.unit()).isEqualTo("ops/s");
              assertThat(cell.isTime()).isFalse();
              assertThat(cell.ratio().value()).isCloseTo(1000, within(1.0));
            });
    Comparison modes = comparison(steady("thrpt", 1), steady("avgt", 1), true);
    assertThat(modes.cells()).isNotEmpty().allMatch(cell -> cell.unit().equals("ops/s"));
    assertThat(modes.ignored()).extracting(Difference::key).contains("mode", "unit");
  }

  @Test
  void whatAFileDoesNotSayIsNotCheckedAndCannotDiffer() {
    String silent = steady("avgt", 1).replace("\"jmhVersion\" : \"1.37\",", "");
    Comparison comparison = comparison(steady("avgt", 1), silent, false);
    assertThat(comparison.unchecked()).hasSize(4).endsWith("jmhVersion").containsAll(UNKNOWN);
    assertThat(comparison.ignored()).isEmpty();
    String older = steady("avgt", 1).replace("\"1.37\"", "\"1.36\"");
    assertThatThrownBy(() -> comparison(steady("avgt", 1), older, false))
        .hasMessageContaining("jmhVersion: 1.37 | 1.36");
  }

  @Test
  void ofThisProjectsSuitesTheirVersionAndBatchesAreNotCheckedEither() throws IOException {
    Path run = new SyntheticRun().noise(.001).writeTo(root.resolve("run"));
    Comparison comparison =
        Comparison.of(
            new Comparison.Named("run", Run.read(run)),
            named("alone", Files.readString(run.resolve("results.json"))),
            false);
    assertThat(comparison.unchecked())
        .containsExactly(
            "the machine",
            "the JVM's flags",
            "what else ran",
            "the version of the suites",
            "the size of a batch");
    assertThat(comparison.cells()).isNotEmpty().allMatch(cell -> cell.unit().equals("ops/s"));
    assertThat(ComparisonText.console(comparison, .05)).contains("kernel ");
  }
}

package dev.patchgrad.reports.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.reports.fixture.SyntheticRun;
import dev.patchgrad.reports.grid.SuiteNames;
import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.statistics.Forks;
import dev.patchgrad.reports.summary.Look;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which tables, columns, counts and signs the text of a comparison has. */
final class ComparisonTablesTest {
  private static final Forks STEADY = new Forks(List.of(2.0, 2.0));
  private static final Forks FASTER = new Forks(List.of(5.0, 5.0));
  private static final Forks NOISY = new Forks(List.of(1.0, 4.0));

  @TempDir private Path root;

  private static Subject subject(String benchmark, String kernel, String p) {
    return new Subject(
        benchmark, Map.of("kernel", kernel, "precision", "double", "level", "L2", "p", p));
  }

  private static ComparedCell cell(Subject subject, Forks other) {
    return new ComparedCell(subject, "samples/s", STEADY, other, "512", Optional.empty());
  }

  private Comparison comparison(
      List<ComparedCell> cells,
      List<ComparedLimit> limits,
      List<Subject> onlyInFirst,
      List<Subject> onlyInOther,
      List<Subject> noQuantity) {
    Run run = Run.read(new SyntheticRun().writeTo(root.resolve("run")));
    return new Comparison(
        new Comparison.Named("old", run),
        new Comparison.Named("new", run),
        List.of(),
        cells,
        limits,
        onlyInFirst,
        onlyInOther,
        noQuantity);
  }

  private Comparison of(ComparedCell... cells) {
    return comparison(List.of(cells), List.of(), List.of(), List.of(), List.of());
  }

  private static String console(Comparison comparison) {
    return ComparisonText.console(comparison, 0.05, false, new Look(200, false));
  }

  private static ComparedCell gradient(String kernel, String p) {
    return cell(subject(SuiteNames.GRADIENT, kernel, p), STEADY);
  }

  private static ComparedCell students(String kernel, String p) {
    return cell(subject(SuiteNames.STUDENTS_SEPARATE, kernel, p), STEADY);
  }

  @Test
  void gradientsComeFirstAndOtherSuitesHaveATableOfTheirOwn() {
    Comparison both =
        of(
            students("scalar", "8"),
            students("scalar", "64"),
            gradient("vector", "8"),
            gradient("vector", "64"));
    assertThat(console(both).lines().filter(line -> line.matches("(kernel|vector|Stud).*512.*")))
        .extracting(line -> line.replaceFirst("(\\S) +512.*", "$1"))
        .containsExactly(
            "vector  8", "vector 64", "Students.separate scalar  8", "Students.separate scalar 64");
    assertThat(ComparisonText.markdown(both, 0.05, false).lines())
        .filteredOn(line -> line.contains("| 512 |"))
        .extracting(line -> line.replaceFirst(" \\| 512.*", ""))
        .containsExactly(
            "| vector | double | L2 | 8",
            "| vector | double | L2 | 64",
            "| Students.separate scalar | double | L2 | 8",
            "| Students.separate scalar | double | L2 | 64");
  }

  @Test
  void aColumnThatIsTheSameInAllRowsStandsAboveTheTableButForTheKernels() {
    assertThat(console(of(gradient("vector", "8"), gradient("vector", "64"))))
        .contains("\nCells with precision double, level L2\n")
        .containsPattern("\nkernel +p +n +first +other +ratio\n");
    assertThat(console(of(gradient("vector", "8"))))
        .doesNotContain("Cells with")
        .containsPattern("\nkernel +precision +level +p +n +first +other +ratio\n");
  }

  @Test
  void furtherParametersThatAreTheSameInAllRowsStandAboveTheTableWithoutAHead() {
    Map<String, String> params = Map.of("kernel", "vector", "p", "8", "threads", "2");
    Map<String, String> wider = Map.of("kernel", "vector", "p", "64", "threads", "2");
    assertThat(
            console(
                of(
                    cell(new Subject(SuiteNames.GRADIENT, params), STEADY),
                    cell(new Subject(SuiteNames.GRADIENT, wider), STEADY))))
        .contains("\nCells with threads=2\n");
  }

  /** On a narrow line a table goes on below itself, and names its rows again: n is no name. */
  @Test
  void aTableThatGoesOnRepeatsWhatNamesARowAlone() {
    String text =
        ComparisonText.console(
            of(gradient("vector", "8"), gradient("vector", "64")),
            0.05,
            false,
            new Look(40, false));
    assertThat(text.lines().filter(line -> line.startsWith("kernel "))).hasSizeGreaterThan(1);
    assertThat(text.lines().filter(line -> line.matches("kernel .*\\bn\\b.*"))).hasSize(1);
  }

  @Test
  void aTableForPastingLeavesOutEmptyColumns() {
    assertThat(ComparisonText.markdown(of(gradient("vector", "8")), 0.05, false))
        .contains("\n| kernel | precision | level | p | n | first | other | ratio |  |\n");
  }

  @Test
  void theSignsThatAreThereAreExplainedAndNoOthers() {
    Subject subject = subject(SuiteNames.GRADIENT, "vector", "8");
    assertThat(console(of(cell(subject, FASTER))))
        .contains("\nratio: other over first; [low, high]: 95 % interval over forks\n");
    assertThat(console(of(cell(subject, STEADY))))
        .contains(
            "\nratio: other over first; [low, high]: 95 % interval over forks;"
                + " same: within 5.00 %, with 95 % confidence\n");
    assertThat(console(of(cell(subject, NOISY))))
        .contains(
            "\nratio: other over first; [low, high]: 95 % interval over forks;"
                + " ~: undecided with these forks; measure with more (-Djmh.f=10)\n");
    assertThat(console(of(cell(subject, new Forks(List.of(2.0))))))
        .contains(
            "\nratio: other over first;"
                + " ~: undecided with these forks; measure with more (-Djmh.f=10)\n");
  }

  @Test
  void whereThereAreLimitsAloneNothingIsSaidOfCells() {
    ComparedLimit limit =
        new ComparedLimit(
            new Subject(SuiteNames.READ_ROOF, Map.of("level", "L2")), "B/s", 4e9, 2e9);
    String text = console(comparison(List.of(), List.of(limit), List.of(), List.of(), List.of()));
    assertThat(text)
        .containsPattern("\nRoof.read, L2 +4.00 GB/s +2.00 GB/s +0.500x\n")
        .doesNotContain("values: samples/s", "ratio: other over first", " cells\n");
    assertThat(console(of(gradient("vector", "8"))))
        .endsWith("values: samples/s unless they say another unit, medians over forks\n");
  }

  private static List<Subject> kernels(String... kernels) {
    return Stream.of(kernels).map(kernel -> subject(SuiteNames.GRADIENT, kernel, "8")).toList();
  }

  @Test
  void whatIsMissingIsCountedAndUpToFourKernelsAreNamed() {
    String text =
        console(
            comparison(
                List.of(gradient("vector", "8")),
                List.of(),
                kernels("a"),
                kernels("a", "b", "c", "d"),
                kernels("a", "b", "c", "d", "e", "f", "f")));
    assertThat(text)
        .contains("\nonly in first, not compared: 1 cell of a\n")
        .contains("\nonly in other, not compared: 4 cells of a, b, c, d\n")
        .contains(
            "\nwithout the work of an operation, not compared: 7 cells of a, b, c, d and 2 more\n");
  }
}

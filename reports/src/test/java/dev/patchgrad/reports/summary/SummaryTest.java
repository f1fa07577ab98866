package dev.patchgrad.reports.summary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.reports.fixture.SyntheticRun;
import dev.patchgrad.reports.run.Run;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SummaryTest {
  @TempDir Path root;

  @Test
  void namesTheFastestForEachPrecisionAndShape() {
    String text = console(new SyntheticRun());
    assertThat(text).contains("Fastest gradient kernel, double, L2");
    assertThat(text).contains("Fastest gradient kernel, float, L2");
    // vector: 60e9 * 512 / 552 = 55.7 GFLOP/s against scalar's 6, give or take 1 % noise.
    assertThat(text)
        .containsPattern("512 +256 +1000 +vector +\\S+ \\S+ +5[4-7]\\.\\d +\\d+ % +9\\.\\d+x \\[");
    assertThat(text).contains("What this machine allows: double 1");
  }

  @Test
  void fitsAConsole() {
    String text =
        console(new SyntheticRun().noise(0.02).kernels("scalar", "vector", "interleaved", "ejml"));
    // The folder's line is as long as the folder's name.
    assertThat(text.lines().filter(line -> !line.startsWith("Recorded in")))
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(Look.USUAL));
  }

  @Test
  void aWideConsoleHasOnePartAndANarrowOneRepeatsWhatNamesARow() {
    Run run = Run.read(new SyntheticRun().record(root));
    String wide = Summary.console(run, new Look(120, false));
    assertThat(wide.lines().filter(line -> line.contains("p   k    n"))).hasSize(2);
    assertThat(wide.lines().filter(line -> line.startsWith("  8  16 1000"))).hasSize(2);
    for (int width : new int[] {40, 60, 80}) {
      String narrow = Summary.console(run, new Look(width, false));
      assertThat(narrow.lines().filter(line -> line.matches("\\s*8 +16 1000 +~?vector.*")).count())
          .isGreaterThanOrEqualTo(2 * 2);
      assertThat(narrow.lines().filter(line -> line.matches("\\s*8 +16 1000.*")))
          .allMatch(line -> line.length() <= Math.max(width, 56));
    }
  }

  @Test
  void coloursRepeatWhatTheMarksSay() {
    Run run = Run.read(new SyntheticRun().noise(0.3).kernels("a", "b").seed(3).record(root));
    String coloured = Summary.console(run, new Look(80, true));
    assertThat(coloured).contains("\u001b[35m~a\u001b[0m").contains("\u001b[1;31m! ");
    assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", ""))
        .isEqualTo(Summary.console(run, new Look(80, false)));
  }

  /** The few samples of a large shape are marked, and counted with no other. */
  @Test
  void theSizeOfABatchIsShownAndAFewSamplesAreMarked() {
    assertThat(console(new SyntheticRun())).containsPattern("\n  8  16 1000 +~?vector ");
    String few = console(new SyntheticRun().samples(1).kernels("a", "b").noise(0.3).seed(3));
    assertThat(few)
        .containsPattern("\n  8  16 1\\* ")
        .contains("* fewer than 4 samples: not counted with the others")
        .doesNotContain("cannot be told from the next");
  }

  @Test
  void whatWasNotWarmHasNoRankingAndSaysByWhichTest() {
    String text = console(new SyntheticRun().speedsUp("vector", 400.0, 1.0, 60.0));
    assertThat(text)
        .containsPattern("\n  8  16 1000 !not warmed up: no ranking\n")
        .doesNotContain("over the next  ")
        .doesNotContainPattern("(vector|scalar|ejml) \\d+\\.\\d+x")
        .containsPattern("18 of 54 cells are not warmed up,\\s+and their\\s+shapes have no ranking")
        .containsPattern("vector at\\s+p 8, k 16, double, L2 still\\s+speeds up: ");
    assertThat(console(new SyntheticRun().warmupIterations(1).warmupTime("200 ms")))
        .containsPattern("had 200 ms of\\s+warm-up,\\s+and needs\\s+400 ms at least");
  }

  @Test
  void lastLineNamesTheFolder() {
    Path folder = new SyntheticRun().record(root);
    assertThat(Summary.console(Run.read(folder))).endsWith("Recorded in " + folder + "\n");
  }

  @Test
  void marksWhatCannotBeTold() {
    String text = console(new SyntheticRun().noise(0.3).kernels("a", "b").seed(3));
    assertThat(text).contains("~a ").contains("~ the fastest cannot be told from the next");
  }

  @Test
  void oneForkHasNoIntervalsAndSaysSo() {
    String text = console(new SyntheticRun().forks(1));
    assertThat(text).doesNotContain("[").contains("measured in one fork").contains("~vector");
  }

  @Test
  void itSaysForWhichClockRatesAreGiven() {
    assertThat(console(new SyntheticRun())).doesNotContain("clock");
    assertThat(console(new SyntheticRun().clocks(3400.0, 3726.0, 3600.0)))
        .contains(
            "\nThe core's clock ran at 3.40 to 3.73 GHz. Rates in L1 and L2 are given for 3.73.\n");
  }

  @Test
  void withoutRoofsThereIsNoLimit() {
    assertThat(console(new SyntheticRun().withoutRoofs()))
        .doesNotContain("limit")
        .doesNotContain("allows");
  }

  @Test
  void warnsOfAllocationAndStealWithWhatToDo() {
    String text = console(new SyntheticRun().allocated(5e6).stolen(7000));
    assertThat(text).contains("bytes per gradient").contains("PrintInlining");
    assertThat(text).contains("took 7.0 % of the processor time").contains("quieter");
  }

  @Test
  void aKernelAboveItsRoofIsTheFirstWarning() {
    // vector at p 512 does 55.7 GFLOP/s in double, 100 in float; reading allows 75 and 150.
    String text = console(new SyntheticRun().factor("vector", 2));
    assertThat(text.lines().filter(line -> line.startsWith("!")).findFirst().orElseThrow())
        .startsWith("! More than the machine allows: vector at p 512, k ");
    assertThat(console(new SyntheticRun())).doesNotContain("More than the machine allows");
  }

  @ParameterizedTest
  @CsvSource({
    "0, -",
    "0.0123, 0.012",
    "1.234, 1.23",
    "12.34, 12.3",
    "999.4, 999",
    "999.6, 1.00 k",
    "1234567, 1.23 M"
  })
  void numbersHaveThreeDigits(double value, String text) {
    assertThat(NumberText.si(value)).isEqualTo(text);
  }

  private String console(SyntheticRun run) {
    return Summary.console(Run.read(run.record(root)));
  }
}

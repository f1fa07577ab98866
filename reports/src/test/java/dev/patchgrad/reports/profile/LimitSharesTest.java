package dev.patchgrad.reports.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.reports.fixture.SyntheticRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LimitSharesTest {
  /** The module's folder, in which tests run. */
  private static final Path MODULE = Path.of("").toAbsolutePath();

  @TempDir private Path root;

  private String markdown(SyntheticRun run) throws IOException {
    Path own = Files.createTempDirectory(root, "run");
    Path folder = run.record(own.resolve("runs"));
    return LimitShares.markdown(List.of(Profiles.record(folder, own.resolve("profiles"), false)));
  }

  @Test
  void theDocumentOfTheKernelsShowsTheRecordedProfiles() throws IOException {
    String document = Files.readString(MODULE.resolveSibling("docs/kernels.md"));
    assertThat(LimitShares.within(document, Profiles.all(MODULE.resolve("profiles"))))
        .as("run `kernels --update docs/kernels.md`")
        .contains(document);
  }

  @Test
  void aLineHasTheShareAndTheSpeedOfEachKernelAtOneShape() throws IOException {
    // A gradient of 1000 samples at p 8, k 16 takes 611 kFLOP and reads 1032 kB in double. Reading
    // 150 GB/s allows 145 k of them per second, which is 88.8 GFLOP/s; scalar does 6, vector
    // 60 * 8 / 48 = 10, ejml 9 * 8 / 16 = 4.5. Float reads half and is 1.8 times as fast: 177.6.
    assertThat(markdown(new SyntheticRun().noise(0)))
        .contains("\n\n**`intel-emerald-rapids-2c-avx512/jdk-25`**: Intel(R) Xeon(R) Processor,")
        .contains("\nMeasured on 2026-11-23 from commit 0123456789ab. ")
        .contains(" Limits: 120 GFLOP/s double, 240 GFLOP/s float, 150 GB/s read from L2.\n")
        .contains(
            """

            | precision | p | k | n | scalar | vector | ejml |
            |---|---:|---:|---:|---:|---:|---:|
            | double | 8 | 16 | 1000 | 7 % (6.00) | **11 % (10.0)** | 5 % (4.50) |
            """)
        .contains("\n| float | 8 | 16 | 1000 | 6 % (10.8) | **10 % (18.0)** | 5 % (8.10) |\n");
  }

  @Test
  void whatCannotBeToldFromTheNextIsMarked() throws IOException {
    // Two kernels of one law, scattered by 30 %: three forks cannot decide all of 18 shapes.
    assertThat(markdown(new SyntheticRun().kernels("scalar", "a", "b").noise(0.3).seed(3)))
        .contains("| ~**");
  }

  @Test
  void aLineWithACellThatWasNotWarmHasNoRanking() throws IOException {
    assertThat(markdown(new SyntheticRun().noise(0).speedsUp("ejml", 60.0)))
        .contains("| double | 8 | 16 | 1000 | 7 % (6.00) | 11 % (10.0) | ")
        .containsPattern("\\| double \\| 8 \\| 16 \\| 1000 \\| [^*]*!\\ \\|")
        .doesNotContain("**7 %", "**11 %");
  }

  @Test
  void withoutRoofsThereIsNoShare() throws IOException {
    assertThat(markdown(new SyntheticRun().withoutRoofs().noise(0)))
        .contains(" The limits were not measured.\n")
        .contains("| double | 8 | 16 | 1000 | - (6.00) | **- (10.0)** | - (4.50) |\n");
  }

  @Test
  void aBatchOfFewSamplesIsMarked() throws IOException {
    assertThat(markdown(new SyntheticRun().samples(1).noise(0)))
        .contains("| double | 8 | 16 | 1* | ")
        .contains("a * after it marks fewer than 4,");
    assertThat(markdown(new SyntheticRun().samples(4).noise(0)))
        .contains("| double | 8 | 16 | 4 | ");
  }

  @Test
  void aSimulatedMachineIsNamedSo() throws IOException {
    assertThat(markdown(new SyntheticRun().simulated("MaxVectorSize=16")))
        .contains("-simulated-maxvectorsize-16/jdk-25`**")
        .contains(", simulated (MaxVectorSize=16).\n");
  }

  @Test
  void aDocumentKeepsWhatIsAroundThePart() {
    MarkedPart part = new MarkedPart("<!-- a -->", "<!-- b -->");
    assertThat(part.replaced("1\n<!-- a -->\nold\n<!-- b -->\n2\n", "new\n"))
        .contains("1\n<!-- a -->\n\nnew\n\n<!-- b -->\n2\n");
    assertThat(part.replaced("1\n<!-- a -->\n", "new\n")).isEmpty();
    assertThat(part.replaced("<!-- b -->\n", "new\n")).isEmpty();
    assertThat(part.replaced("<!-- b -->\n<!-- a -->\n", "new\n")).isEmpty();
  }
}

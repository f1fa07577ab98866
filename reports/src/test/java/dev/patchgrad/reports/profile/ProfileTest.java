package dev.patchgrad.reports.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchgrad.reports.environment.Agreement;
import dev.patchgrad.reports.environment.Environment;
import dev.patchgrad.reports.environment.Revision;
import dev.patchgrad.reports.fixture.SyntheticRun;
import dev.patchgrad.reports.json.BadRecordException;
import dev.patchgrad.reports.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ProfileTest {
  private static final String ID = "intel-emerald-rapids-2c-avx512/jdk-25";
  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

  @TempDir private Path root;

  /** A run whose JVM's path is taken out already. */
  private static SyntheticRun whole() {
    return new SyntheticRun().jvm("<path>");
  }

  @Test
  void aWholeRunIsAProfile() {
    Path folder = whole().writeTo(root.resolve(ID));
    Profile profile = Profile.read(root, folder);
    assertThat(profile.id()).isEqualTo(ID);
    assertThat(profile.run().results()).hasSize(2 * 9 * 3 + 3);
  }

  @Test
  void moreThanTheDefaultGridIsWelcome() {
    SyntheticRun run = whole().grid(List.of(3, 8, 64, 512), List.of(16, 64, 100, 256));
    assertThat(Profile.read(root, run.writeTo(root.resolve(ID))).id()).isEqualTo(ID);
  }

  @Test
  void aSimulatedMachineIsAProfileOfItsOwn() {
    String id = "intel-emerald-rapids-2c-avx512-simulated-maxvectorsize-16/jdk-25";
    Path folder = whole().simulated("MaxVectorSize=16").writeTo(root.resolve(id));
    assertThat(Profile.read(root, folder).id()).isEqualTo(id);
  }

  static Stream<Arguments> badRuns() {
    return Stream.of(
        Arguments.of(
            new SyntheticRun().suites(Environment.SUITES + 1),
            "environment.json",
            "suites",
            "version 2 found"),
        Arguments.of(
            new SyntheticRun().agreement(Agreement.PENDING),
            "environment.json",
            "agreement",
            "PENDING found; expected PASSED"),
        Arguments.of(new SyntheticRun().quick(), "environment.json", "quick", "is true; expected"),
        Arguments.of(
            new SyntheticRun().command("-opi", "10"),
            "environment.json",
            "command[0]",
            "-opi found, which multiplies every rate"),
        Arguments.of(
            new SyntheticRun().source(Revision.UNKNOWN),
            "environment.json",
            "source.commit",
            "is unknown"),
        Arguments.of(
            new SyntheticRun().source(new Revision(COMMIT, true)),
            "environment.json",
            "source.dirty",
            "differed from commit " + COMMIT),
        Arguments.of(new SyntheticRun().mode("avgt"), "results.json", "[0].mode", "avgt found"),
        Arguments.of(
            new SyntheticRun().forks(2),
            "results.json",
            "[0].primaryMetric.rawData",
            "2 forks found; expected at least 3"),
        Arguments.of(
            new SyntheticRun().kernels("vector", "ejml"),
            "results.json",
            "params.kernel",
            "ejml, vector found; expected scalar"),
        Arguments.of(
            new SyntheticRun().precisions("double"),
            "results.json",
            "params",
            "no result for {k=16, kernel=ejml, level=L2, p=8, precision=float}"),
        Arguments.of(
            new SyntheticRun().grid(List.of(8, 64, 512), List.of(16, 64)),
            "results.json",
            "params",
            "no result for {k=256, kernel=ejml, level=L2, p=8, precision=double}"),
        Arguments.of(
            new SyntheticRun().command("-Dbench.java=/home/ann/jdk/bin/java"),
            "environment.json",
            "command[0]",
            "contains a path of the machine that measured"));
  }

  @ParameterizedTest(name = "{1}: {2}: {3}")
  @MethodSource("badRuns")
  void aBadRunIsRefusedWithFileKeyAndReason(
      SyntheticRun run, String file, String key, String reason) throws IOException {
    Path folder = run.jvm("<path>").writeTo(root.resolve(ID));
    assertRefused(folder, file, key, reason);
  }

  private void assertRefused(Path folder, String file, String key, String reason) {
    assertThatThrownBy(() -> Profile.read(root, folder))
        .isInstanceOfSatisfying(
            BadRecordException.class,
            refusal -> {
              assertThat(refusal.file())
                  .isEqualTo((file.isEmpty() ? folder : folder.resolve(file)).toString());
              assertThat(refusal.key()).isEqualTo(key);
              assertThat(refusal.reason()).contains(reason);
            });
    // Nor is it read in part among others.
    assertThatThrownBy(() -> Profiles.all(root)).isInstanceOf(BadRecordException.class);
  }

  @ParameterizedTest(name = "{4}")
  @CsvSource(
      delimiter = '|',
      value = {
        "environment.json | \"schema\" : 2 | \"schema\" : 1 | schema | version 1 found; this version reads 2",
        "results.json | \"forks\" : 3 | \"forks\" : 4 | [0].primaryMetric.rawData | 3 forks found; expected 4, as requested",
        "results.json | \"measurementIterations\" : 5 | \"measurementIterations\" : 6 | [0].primaryMetric.rawData[0] | 5 iterations found; expected 6, as requested",
        "environment.json | \"p\" : \"8\" | \"p\" : \"9\" | work | nothing for GradientBenchmark.gradient {k=16, kernel=scalar, level=L2, p=8",
        "results.json | \"threads\" : 1 | \"threads\" : 2 | params | in one thread",
      })
  void aRecordWithOneValueChangedIsRefused(
      String file, String from, String to, String key, String reason) throws IOException {
    Path folder = whole().writeTo(root.resolve(ID));
    String text = Files.readString(folder.resolve(file));
    int at = text.indexOf(from);
    assertThat(at).as(from).isNotNegative();
    Files.writeString(
        folder.resolve(file), text.substring(0, at) + to + text.substring(at + from.length()));
    assertRefused(folder, file, key, reason);
  }

  @Test
  void anotherMachinesFolderIsRefused() {
    assertRefused(
        whole().writeTo(root.resolve("amd-zen-3-2c-avx2/jdk-25")),
        "environment.json",
        "hardware",
        "is that of " + ID);
  }

  @Test
  void aPartialRunIsRefused() {
    assertRefused(
        whole().writeTo(root.resolve(ID + RunFolder.PARTIAL)), "", "", "the run broke off");
  }

  @Test
  void aFolderWithoutResultsIsRefused() throws IOException {
    Path folder = whole().writeTo(root.resolve(ID));
    Files.delete(folder.resolve(RunFolder.RESULTS));
    assertRefused(folder, "results.json", "", "there is no such file");
  }
}

package dev.patchgrad.reports.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.patchgrad.reports.environment.Cache;
import dev.patchgrad.reports.environment.Hardware;
import dev.patchgrad.reports.fixture.SyntheticRun;
import dev.patchgrad.reports.run.Result;
import dev.patchgrad.reports.run.Run;
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

/** Each setting that two runs must have in common, and when their batches may differ. */
final class ComparabilityTest {
  private static final Result.Settings SETTINGS =
      new Result.Settings("1.37", "25", "VM", List.of(), 3, 4, "1 s", 5, "500 ms");

  @TempDir private Path root;

  private Run synthetic(String name, SyntheticRun run) {
    return run.precisions("double").grid(List.of(8), List.of(16)).named(name, root).run();
  }

  /** A run whose every result is measured in one way. */
  private Run run(String name, String mode, int threads, Result.Settings settings) {
    Run run = synthetic(name, new SyntheticRun());
    return new Run(
        run.folder(),
        run.environment(),
        run.results().stream()
            .map(
                result ->
                    new Result(
                        result.benchmark(),
                        result.params(),
                        mode,
                        threads,
                        settings,
                        result.primary(),
                        result.secondary()))
            .toList());
  }

  static Stream<Arguments> unlike() {
    return Stream.of(
        Arguments.of("mode", "avgt", 1, SETTINGS, "thrpt", "avgt"),
        Arguments.of("threads", "thrpt", 2, SETTINGS, "1", "2"),
        Arguments.of(
            "jmhVersion",
            "thrpt",
            1,
            new Result.Settings("1.36", "25", "VM", List.of(), 3, 4, "1 s", 5, "500 ms"),
            "1.37",
            "1.36"),
        Arguments.of(
            "warmupIterations",
            "thrpt",
            1,
            new Result.Settings("1.37", "25", "VM", List.of(), 3, 2, "1 s", 5, "500 ms"),
            "4",
            "2"),
        Arguments.of(
            "warmupTime",
            "thrpt",
            1,
            new Result.Settings("1.37", "25", "VM", List.of(), 3, 4, "2 s", 5, "500 ms"),
            "1 s",
            "2 s"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unlike")
  void aSettingThatDiffersIsToldByItsKeyAndBothValues(
      String key, String mode, int threads, Result.Settings settings, String first, String other) {
    assertThat(
            Comparability.differences(
                run("first", "thrpt", 1, SETTINGS), run("other", mode, threads, settings)))
        .containsExactly(new Difference(key, first, other));
  }

  @Test
  void forksIterationsAndTheJvmMayDiffer() {
    Result.Settings other =
        new Result.Settings("1.37", "26", "other", List.of("-Xmx1g"), 5, 4, "1 s", 8, "60 ms");
    assertThat(
            Comparability.differences(
                run("first", "thrpt", 1, SETTINGS), run("other", "thrpt", 1, other)))
        .isEmpty();
  }

  /** A machine with other caches. */
  private static Hardware caches(int l1, int l2, int l3) {
    return SyntheticRun.hardware(
        2,
        List.of(
            new Cache(1, "data", l1 << 10),
            new Cache(2, "unified", l2 << 10),
            new Cache(3, "unified", l3 << 10)));
  }

  /** A run of batches that fill a level, of so many samples, on a machine with such caches. */
  private Run batches(String name, String level, int samples, Hardware hardware)
      throws IOException {
    Path folder =
        new SyntheticRun()
            .withoutRoofs()
            .samples(samples)
            .hardware(hardware)
            .precisions("double")
            .grid(List.of(8), List.of(16))
            .writeTo(root.resolve(name));
    for (String file : List.of(RunFolder.ENVIRONMENT, RunFolder.RESULTS)) {
      String text = Files.readString(folder.resolve(file));
      Files.writeString(folder.resolve(file), text.replace("\"L2\"", '"' + level + '"'));
    }
    return Run.read(folder);
  }

  /** Half of a cache holds other counts of samples on other machines; a size in bytes does not. */
  @ParameterizedTest(name = "{0}: L1 {1}, L2 {2}, L3 {3} KiB")
  @CsvSource({
    "L1, 32, 2048, 8192, true",
    "L1, 48, 1024, 4096, false",
    "L2, 48, 1024, 8192, true",
    "L2, 32, 2048, 4096, false",
    "L3, 48, 1024, 8192, true",
    "L3, 48, 2048, 4096, true",
    "L3, 32, 2048, 8192, false",
    "DRAM, 48, 1024, 8192, true",
    "DRAM, 48, 2048, 4096, true",
    "DRAM, 32, 2048, 8192, false",
    "64KiB, 32, 1024, 4096, false",
  })
  void batchesMayDifferWhereTheCachesDoThatTheyAreCutFor(
      String level, int l1, int l2, int l3, boolean areAlike) throws IOException {
    Run first = batches("first", level, 1000, caches(48, 2048, 8192));
    Run other = batches("other", level, 500, caches(l1, l2, l3));
    assertThat(Comparability.differences(first, other))
        .extracting(Difference::first, Difference::other)
        .isEqualTo(areAlike ? List.of() : List.of(tuple("1000", "500")));
  }

  /** Of cells that only one run has, neither the setting nor the batch is looked at. */
  @Test
  void whatOneRunHasAloneIsNoDifference() {
    Run wide = synthetic("wide", new SyntheticRun());
    Run narrow = synthetic("narrow", new SyntheticRun().kernels("scalar").withoutRoofs());
    assertThat(Comparability.differences(wide, narrow)).isEmpty();
    assertThat(Comparability.differences(narrow, wide)).isEmpty();
  }
}

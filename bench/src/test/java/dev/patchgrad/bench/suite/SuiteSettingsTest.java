package dev.patchgrad.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.bench.launch.ForkFlags;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.BenchmarkListEntry;

/**
 * The settings that JMH takes from a suite and from what it inherits: other ones make other
 * numbers, which no record could be compared with.
 */
class SuiteSettingsTest {
  private static String settings(BenchmarkListEntry entry) {
    String name = entry.getUserClassQName();
    return String.format(
        "%s: %s in %s, %d forks of %d x %s, then %d x %s",
        name.substring(name.lastIndexOf('.') + 1),
        entry.getMode(),
        entry.getTimeUnit().get(),
        entry.getForks().get(),
        entry.getWarmupIterations().get(),
        entry.getWarmupTime().get(),
        entry.getMeasurementIterations().get(),
        entry.getMeasurementTime().get());
  }

  @Test
  void aSuiteMeasuresAsItsRecordsWereMeasured() {
    assertThat(ListedSuite.all().map(SuiteSettingsTest::settings).distinct())
        .containsExactlyInAnyOrder(
            "CliffBenchmark: Throughput in SECONDS, 5 forks of 2 x 300 ms, then 5 x 45 ms",
            "ClosedFormBenchmark: Throughput in SECONDS, 2 forks of 2 x 300 ms, then 3 x 200 ms",
            "ConsumeBenchmark: Throughput in SECONDS, 3 forks of 3 x 400 ms, then 3 x 200 ms",
            "ConversionBenchmark: Throughput in SECONDS, 3 forks of 3 x 400 ms, then 3 x 200 ms",
            "DataSetBenchmark: Throughput in SECONDS, 2 forks of 3 x 1 s, then 3 x 2 s",
            "GradientBenchmark: Throughput in SECONDS, 3 forks of 2 x 400 ms, then 8 x 60 ms",
            "PeerBenchmark: Throughput in SECONDS, 3 forks of 3 x 400 ms, then 3 x 200 ms",
            "RecoveryBenchmark: AverageTime in MILLISECONDS, 2 forks of 1 x 1 s, then 2 x 1 s",
            "RoofBenchmark: Throughput in SECONDS, 2 forks of 3 x 200 ms, then 3 x 200 ms",
            "SignFlipsBenchmark: Throughput in SECONDS, 3 forks of 3 x 400 ms, then 3 x 200 ms",
            "StudentsPeerBenchmark: Throughput in SECONDS, 3 forks of 3 x 400 ms, then 3 x 200 ms",
            "StudentsBenchmark: Throughput in SECONDS, 3 forks of 3 x 400 ms, then 3 x 200 ms",
            "ThreadsBenchmark: Throughput in SECONDS, 3 forks of 3 x 400 ms, then 3 x 200 ms");
  }

  @Test
  void aForkHasTheVectorApiWhateverASuiteSaysOfForks() {
    assertThat(ListedSuite.all())
        .isNotEmpty()
        .allSatisfy(
            entry ->
                assertThat(entry.getJvmArgsPrepend().get())
                    .containsExactly(ForkFlags.VECTOR_MODULE, ForkFlags.UNSAFE, ForkFlags.NATIVE));
  }
}

package dev.patchgrad.bench.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.reports.environment.Work;
import dev.patchgrad.reports.grid.SuiteNames;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.runner.options.Options;

/** Many short iterations, where a batch has places and nobody asked for something else. */
class ShortIterationsTest {
  private static final Map<String, String> PARAMS = Map.of("kernel", "scalar", "level", "L2");

  private static Options oneFork(String benchmark, double bytes, String... arguments)
      throws UsageException {
    return new ForkOptions(
            LaunchOptions.parse(List.of(arguments), new Properties()).jmh(),
            "java",
            List.of(),
            ShortIterations.of(List.of(new Work(benchmark, PARAMS, 1, 1, bytes))))
        .oneFork(new PreflightRequest.Cell(benchmark, PARAMS));
  }

  private static boolean areShort(Options options) {
    boolean counted = options.getMeasurementIterations().hasValue();
    if (counted) {
      // Whole passes over eight places, in about the time of eight iterations of 60 ms.
      assertThat(options.getMeasurementIterations().get()).isEqualTo(8 * 20);
      assertThat(options.getMeasurementTime().get().convertTo(TimeUnit.MILLISECONDS)).isEqualTo(3);
    }
    return counted;
  }

  @Test
  void aBatchThatHasPlacesGetsThem() throws UsageException {
    assertThat(areShort(oneFork(SuiteNames.GRADIENT, 512 << 10))).isTrue();
    assertThat(areShort(oneFork(SuiteNames.GRADIENT, 8 << 20, "-bm", "avgt"))).isTrue();
  }

  /** One gradient over a GiB takes longer than an iteration would last. */
  @Test
  void aBatchWithOnePlaceDoesNot() throws UsageException {
    assertThat(areShort(oneFork(SuiteNames.GRADIENT, (8 << 20) + 1))).isFalse();
  }

  @Test
  void anotherSuiteDoesNot() throws UsageException {
    assertThat(areShort(oneFork(SuiteNames.READ_ROOF, 512 << 10))).isFalse();
  }

  /** A profiler counts by iteration, and a cold call is no iteration at a place. */
  @ParameterizedTest
  @ValueSource(strings = {"-prof gc", "-bm ss", "-bm thrpt,sample", "-Dbench.quick"})
  void whatNeedsLongIterationsKeepsThem(String arguments) throws UsageException {
    Options options = oneFork(SuiteNames.GRADIENT, 512 << 10, arguments.split(" ", -1));
    assertThat(options.getMeasurementTime().hasValue())
        .isEqualTo(arguments.equals("-Dbench.quick"));
    assertThat(options.getMeasurementIterations().orElse(2)).isEqualTo(2);
  }

  @Test
  void whatTheUserAsksForHolds() throws UsageException {
    Options count = oneFork(SuiteNames.GRADIENT, 512 << 10, "-i", "5");
    assertThat(count.getMeasurementIterations().get()).isEqualTo(5);
    assertThat(count.getMeasurementTime().hasValue()).isFalse();
    Options time = oneFork(SuiteNames.GRADIENT, 512 << 10, "-r", "1s");
    assertThat(time.getMeasurementIterations().hasValue()).isFalse();
    assertThat(time.getMeasurementTime().get().convertTo(TimeUnit.SECONDS)).isOne();
  }
}

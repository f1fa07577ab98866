package dev.patchgrad.bench.launch;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.util.Optional;

/**
 * A first look at a machine: the gradient suite and its roofs on fewer cells, with shorter
 * iterations. The warm-up is no shorter, and there are as many forks, since a ranking of cold code
 * or of one JVM may be the opposite of the true one.
 */
final class QuickMode {
  /** What it measures of a suite's values, where the user names none. */
  static final Map<String, List<String>> PARAMS =
      Map.of("precision", List.of("double"), "k", List.of("64"), "streams", List.of("4"));

  private static final int FORKS = 3;
  private static final int WARMUPS = 2;
  private static final int WARMUP_MILLIS = 400;
  private static final int ITERATIONS = 2;
  private static final int MILLIS = 100;

  /**
   * Of a fork's start and end: 0.5 s with an archive of classes (see {@link ClassArchive}), and
   * some reserve.
   */
  private static final int START_MILLIS = 550;

  /** What it promises to end within. */
  private static final int SECONDS = 90;

  private QuickMode() {}

  /** JMH's options for it, each with its value. */
  static Map<String, String> options() {
    return Map.of(
        "f",
        Integer.toString(FORKS),
        "wi",
        Integer.toString(WARMUPS),
        "w",
        WARMUP_MILLIS + "ms",
        "i",
        Integer.toString(ITERATIONS),
        "r",
        MILLIS + "ms",
        // Vector code that C2 has not compiled yet allocates, and has no rank: with fewer cores to
        // compile on, as beside other programs, even this warm-up may be too short.
        "prof",
        "gc");
  }

  /**
   * The time that a run takes.
   *
   * @param cells that it measures
   * @param jmh the run's options, with those of {@link #options} where the user gave none
   * @return seconds
   */
  static double seconds(int cells, CommandLineOptions jmh) {
    long fork =
        START_MILLIS
            + jmh.getWarmupIterations().orElse(WARMUPS) * millis(jmh.getWarmupTime(), WARMUP_MILLIS)
            + jmh.getMeasurementIterations().orElse(ITERATIONS)
                * millis(jmh.getMeasurementTime(), MILLIS);
    return cells * jmh.getForkCount().orElse(FORKS) * fork / 1e3;
  }

  private static long millis(Optional<TimeValue> asked, long otherwise) {
    return asked.hasValue() ? asked.get().convertTo(TimeUnit.MILLISECONDS) : otherwise;
  }

  /**
   * Refuses what is not quick.
   *
   * @param cells that are to be measured
   * @param jmh the run's options
   * @throws UsageException if they take too long
   */
  static void require(int cells, CommandLineOptions jmh) throws UsageException {
    double seconds = seconds(cells, jmh);
    if (seconds > SECONDS) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "-Dbench.quick: these %d cells take about %.0f s, and quick means at most %d; ask for"
                  + " fewer values or forks, or leave out -Dbench.quick",
              cells,
              seconds,
              SECONDS));
    }
  }
}

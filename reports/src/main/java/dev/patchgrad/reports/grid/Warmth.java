package dev.patchgrad.reports.grid;

import dev.patchgrad.reports.run.Result;
import dev.patchgrad.reports.statistics.SpeedUp;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Whether the compiler had done its work when a cell was measured. What was measured before is the
 * time of the interpreter, which may be hundreds of times the kernel's. So a cell that was not warm
 * has no rank.
 */
public final class Warmth {
  /** What tables say in place of a rank. */
  public static final String NO_RANKING = "not warmed up: no ranking";

  /** Bytes per operation: JMH's own bookkeeping stays below this, and a boxed vector does not. */
  private static final double ALLOCATED_BYTES = 1024;

  /** In long operations JMH's bookkeeping adds up, but stays below this share of the data. */
  private static final double ALLOCATED_SHARE = 0.001;

  /**
   * Seconds of warm-up in a fork. Vector kernels were seen to be compiled after 0.3 to 0.6 s; the
   * suites take 0.6 s or more.
   */
  private static final double SHORTEST_WARM_UP = 0.4;

  private Warmth() {}

  /**
   * Why a result is not that of a warm kernel.
   *
   * @param result that {@link Result#isRate}
   * @param bytesPerOperation that one operation reads at least; 0 where the run does not say
   * @return the test that it fails, in words; empty if it was warm, as far as the record tells
   */
  public static Optional<String> doubt(Result result, double bytesPerOperation) {
    double allocated =
        result.secondaryValues(Result.ALLOCATION).stream()
            .mapToDouble(value -> value)
            .max()
            .orElse(0);
    if (allocated > ALLOCATED_BYTES && allocated > ALLOCATED_SHARE * bytesPerOperation) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "allocates %.0f bytes per %s",
              allocated,
              result.benchmark().equals(SuiteNames.GRADIENT) ? "gradient" : "operation"));
    }
    Optional<String> speedsUp = speedsUp(result);
    if (speedsUp.isPresent()) {
      return speedsUp;
    }
    OptionalDouble warmUp = result.settings().warmUpSeconds();
    if (warmUp.isPresent() && warmUp.getAsDouble() < SHORTEST_WARM_UP) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "had %.0f ms of warm-up, and needs %.0f ms at least",
              1000 * warmUp.getAsDouble(),
              1000 * SHORTEST_WARM_UP));
    }
    return Optional.empty();
  }

  /**
   * Why a result of another project is not that of warm code. What its operations allocate is their
   * own affair, and so is how long they warm up, as long as they do not speed up any more.
   *
   * @param result that {@link Result#isMeasured}
   * @return the test that it fails, in words; empty if it was warm, or is to be measured cold
   */
  public static Optional<String> foreignDoubt(Result result) {
    return result.mode().equals(Result.SINGLE_SHOT) ? Optional.empty() : speedsUp(result);
  }

  private static Optional<String> speedsUp(Result result) {
    // Where the fastest iteration of a place counts, the fastest of each half tells whether the
    // second was still needed. A neighbour in a part of the first is no cold code.
    int most = result.repeatsPlaces() ? 2 : Course.MOST;
    OptionalDouble largest =
        SpeedUp.ofColdForks(
            Course.of(result, most).stream().map(course -> SpeedUp.of(course.values())).toList());
    return largest.isEmpty()
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "still speeds up: %.1fx from the first half of a fork's iterations to the last",
                largest.getAsDouble()));
  }
}

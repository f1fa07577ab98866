package dev.patchgrad.reports.comparison;

import dev.patchgrad.reports.environment.Work;
import dev.patchgrad.reports.grid.SuiteNames;
import dev.patchgrad.reports.grid.Warmth;
import dev.patchgrad.reports.run.Result;
import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.statistics.Forks;
import java.util.List;
import java.util.Optional;

/**
 * A result in a quantity that is the same on every machine. How much one operation does often
 * follows from the machine: a roof's loop from the width of its vectors, a batch from the size of a
 * cache. So what is compared is work for each second, and not operations.
 *
 * @param unit {@code samples/s}, {@code FLOP/s}, {@code B/s} or {@code ops/s}; or JMH's own
 * @param values by fork
 * @param samples of an operation; 0 where there are none
 * @param isKnown whether the record says how much work an operation is, if that may differ
 * @param notWarm as {@link Warmth#doubt}
 */
record Quantity(
    String unit, Forks values, double samples, boolean isKnown, Optional<String> notWarm) {
  private static final String OPERATIONS = "ops/s";

  /**
   * A result, as it is compared with another.
   *
   * @param run of the result
   * @param result that has a rate
   * @param match the other run's result
   */
  static Quantity of(Run run, Result result, Result match) {
    Optional<Work> work = run.workOf(result);
    double samples = work.map(Work::samples).orElse(0.0);
    double flops = work.map(Work::flops).orElse(0.0);
    double bytes = work.map(Work::bytes).orElse(0.0);
    Forks rates = Forks.ofIterations(rates(result, match));
    Optional<String> notWarm = Warmth.doubt(result, bytes);
    if (SuiteNames.ROOFS.contains(result.benchmark())) {
      double each = flops > 0 ? flops : bytes;
      String unit = flops > 0 ? "FLOP/s" : "B/s";
      return new Quantity(unit, each > 0 ? rates.times(each) : rates, 0, each > 0, notWarm);
    }
    return samples > 0
        ? new Quantity("samples/s", rates.times(samples), samples, true, notWarm)
        : new Quantity(OPERATIONS, rates, 0, true, notWarm);
  }

  /**
   * A result as JMH gave it, where of one of the runs nothing is known but that. Where the two have
   * other modes or units, and are compared all the same, it is operations per second.
   */
  static Quantity asGiven(Run run, Result result, Result match) {
    boolean isAlike =
        result.mode().equals(match.mode())
            && result.primary().unit().equals(match.primary().unit());
    double bytes = run.workOf(result).map(Work::bytes).orElse(0.0);
    return new Quantity(
        isAlike ? result.primary().unit() : OPERATIONS,
        Forks.ofIterations(isAlike ? scores(result, match) : rates(result, match)),
        0,
        !SuiteNames.ROOFS.contains(result.benchmark()),
        run.environment().isKnown() ? Warmth.doubt(result, bytes) : Warmth.foreignDoubt(result));
  }

  private static List<List<Double>> rates(Result result, Result match) {
    return areReadAlike(result, match) ? result.rates() : result.operationsPerSecond();
  }

  private static List<List<Double>> scores(Result result, Result match) {
    return areReadAlike(result, match) ? result.scores() : result.primary().forks();
  }

  /**
   * Whether a fork's iterations tell the same in both. The fastest of many short ones is compared
   * with its like, and never with the median of a few long ones.
   */
  private static boolean areReadAlike(Result result, Result match) {
    return result.repeatsPlaces() == match.repeatsPlaces();
  }

  /** The samples of this and another run's operation, as {@link ComparedCell#n} has them. */
  String samples(Quantity other) {
    if (!(samples > 0)) {
      return "";
    }
    String own = Long.toString(Math.round(samples));
    return samples == other.samples ? own : own + ", " + Math.round(other.samples);
  }
}

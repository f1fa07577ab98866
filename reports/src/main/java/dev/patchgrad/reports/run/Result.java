package dev.patchgrad.reports.run;

import dev.patchgrad.reports.environment.FormerNames;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What was measured of one benchmark with one set of parameters.
 *
 * @param benchmark the method's full name
 * @param params by name; empty where it has none
 * @param mode of JMH: thrpt, avgt, sample or ss
 * @param threads that ran the benchmark at the same time
 * @param settings of the measurement
 * @param primary raw values; of a mode that samples single calls the median call of each iteration;
 *     none where JMH found no number
 * @param secondary raw values of profilers and other counts, by name
 * @param atMHz the clock for which {@link #rates} are given; 0 for each fork's own
 */
public record Result(
    String benchmark,
    Map<String, String> params,
    String mode,
    int threads,
    Settings settings,
    Metric primary,
    Map<String, Metric> secondary,
    double atMHz) {

  /** The mode in which suites are measured unless another is asked for. */
  public static final String THROUGHPUT = "thrpt";

  /** The mode whose values are mean times. */
  static final String AVERAGE_TIME = "avgt";

  /** The mode that times some calls one by one, and keeps how often it saw each time. */
  static final String SAMPLE_TIME = "sample";

  /** The mode that times one call, or one batch of calls, in each iteration. */
  public static final String SINGLE_SHOT = "ss";

  /** All modes of JMH. */
  static final List<String> MODES = List.of(THROUGHPUT, AVERAGE_TIME, SAMPLE_TIME, SINGLE_SHOT);

  /** Stands for a setting that a file does not have; JMH did not always write all of them. */
  public static final String UNKNOWN = "unknown";

  /** One gradient over a batch: the suite that everything else is about. */
  public static final String GRADIENT = "dev.patchgrad.bench.suite.GradientBenchmark.gradient";

  /** How the names of this project's benchmarks begin. */
  private static final String OWN = "dev.patchgrad.bench.";

  /** Parameter: the memory level that the batch fills. */
  public static final String LEVEL = "level";

  /** Parameter: the batch that is measured, by the name and digest of the user's file. */
  public static final String DATA = "data";

  /**
   * The value of {@link #DATA} where the batch is generated. A record leaves it out, as records did
   * before there was any other value.
   */
  public static final String GENERATED = "generated";

  /** JMH's name for the bytes that one operation allocates. */
  public static final String ALLOCATION = "gc.alloc.rate.norm";

  /** The suites' name for the clock of a core, which they read before each iteration. */
  public static final String CORE_CLOCK = "coreMHz";

  /** A time as JMH writes it, such as {@code 400 ms}. */
  private static final Pattern TIME =
      Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?) (ns|us|ms|s|min|hr|day)");

  /**
   * How a result was measured.
   *
   * @param jmhVersion of JMH
   * @param jdkVersion of the forks
   * @param vmName of the forks
   * @param jvmArgs of the forks
   * @param forks that were requested
   * @param warmupIterations per fork
   * @param warmupTime of an iteration, as JMH writes it
   * @param measurementIterations per fork
   * @param measurementTime of an iteration, as JMH writes it
   */
  public record Settings(
      String jmhVersion,
      String jdkVersion,
      String vmName,
      List<String> jvmArgs,
      int forks,
      int warmupIterations,
      String warmupTime,
      int measurementIterations,
      String measurementTime) {
    /** Copies the list. */
    public Settings {
      jvmArgs = List.copyOf(jvmArgs);
    }

    /**
     * How long a fork ran before it was measured.
     *
     * @return seconds of all its iterations together; empty where JMH's text gives no time
     */
    public OptionalDouble warmUpSeconds() {
      Matcher time = TIME.matcher(warmupTime);
      return time.matches()
          ? OptionalDouble.of(
              warmupIterations * Double.parseDouble(time.group(1)) * secondsOf(time.group(2)))
          : OptionalDouble.empty();
    }
  }

  /**
   * Copies the maps, in order of names, without {@link #GENERATED} data, and replaces {@link
   * FormerNames}.
   */
  public Result {
    benchmark = FormerNames.benchmark(benchmark);
    Map<String, String> recorded = FormerNames.params(benchmark, params);
    if (isOwn(benchmark)) {
      recorded.remove(DATA, GENERATED);
    }
    params = Collections.unmodifiableMap(recorded);
    secondary = Collections.unmodifiableMap(new TreeMap<>(secondary));
  }

  /**
   * A result whose rates are those that were measured.
   *
   * @param benchmark the method's full name
   * @param params by name; empty where it has none
   * @param mode of JMH: thrpt, avgt, sample or ss
   * @param threads that ran the benchmark at the same time
   * @param settings of the measurement
   * @param primary raw values
   * @param secondary raw values of profilers and other counts, by name
   */
  public Result(
      String benchmark,
      Map<String, String> params,
      String mode,
      int threads,
      Settings settings,
      Metric primary,
      Map<String, Metric> secondary) {
    this(benchmark, params, mode, threads, settings, primary, secondary, 0);
  }

  /**
   * The same result, with rates as they would be at another clock.
   *
   * @param clock in MHz; 0 for each fork's own
   * @return a result without {@link #clocks} stays as it is
   */
  Result at(double clock) {
    return clocks().isEmpty() || clock == atMHz
        ? this
        : new Result(benchmark, params, mode, threads, settings, primary, secondary, clock);
  }

  /**
   * The clock at which each fork was fastest.
   *
   * @return MHz by fork; empty where none was read, or rates do not follow it
   */
  List<Double> clocks() {
    return CoreClock.ofForks(this);
  }

  /**
   * Whether a benchmark is one of this project's, whose parameters have a meaning here.
   *
   * @param benchmark the method's full name
   * @return false for those of others, which are shown as they are named
   */
  public static boolean isOwn(String benchmark) {
    return benchmark.startsWith(OWN);
  }

  /**
   * Whether there are values.
   *
   * @return false where JMH found no number in some iteration
   */
  public boolean isMeasured() {
    return !primary.forks().isEmpty();
  }

  /**
   * Whether a larger value is faster.
   *
   * @return true for throughput, false for times
   */
  public boolean isThroughput() {
    return mode.equals(THROUGHPUT);
  }

  /**
   * Whether its values give a number of operations per second.
   *
   * @return true for JMH's throughput and average time
   */
  public boolean isRate() {
    return isRate(mode) && isMeasured();
  }

  /**
   * Operations per second of each iteration, whatever the unit in which JMH gave them. Of a single
   * call's time it is what would follow if each took as long.
   *
   * @return by fork, by iteration
   * @throws IllegalStateException if there are no values
   */
  public List<List<Double>> operationsPerSecond() {
    if (!isMeasured()) {
      throw new IllegalStateException(label() + ": mode " + mode + " has no operations per second");
    }
    return primary.forks().stream()
        .map(
            fork ->
                fork.stream()
                    .map(value -> operationsPerSecond(mode, primary.unit(), value))
                    .toList())
        .toList();
  }

  /**
   * Whether the iterations of a fork take several places in memory in turn, as {@link Places} says.
   *
   * @return true for rates of the gradient suite
   */
  public boolean isInPlaces() {
    return benchmark.equals(GRADIENT) && isRate();
  }

  /**
   * Whether every fork measured some place more than once, so that the fastest of its iterations
   * says more than their median.
   *
   * @return false where iterations have no places, or there are no more of them than places
   */
  public boolean repeatsPlaces() {
    return isInPlaces() && primary.forks().stream().allMatch(fork -> fork.size() > Places.COUNT);
  }

  /**
   * What each fork tells in {@linkplain #operationsPerSecond operations per second}: the fastest
   * iteration at each place in memory, or all iterations where they have no places. They are given
   * for the clock {@link #atMHz}, if there is one.
   *
   * @return by fork, at least one value each
   * @throws IllegalStateException if there are no values
   */
  public List<List<Double>> rates() {
    List<List<Double>> measured = byPlace(operationsPerSecond(), true);
    return atMHz > 0 ? CoreClock.at(atMHz, measured, clocks()) : measured;
  }

  /**
   * The same in JMH's own unit.
   *
   * @return by fork; none where JMH found no number
   */
  public List<List<Double>> scores() {
    return byPlace(primary.forks(), isThroughput());
  }

  private List<List<Double>> byPlace(List<List<Double>> forks, boolean largerIsFaster) {
    return isInPlaces()
        ? forks.stream().map(iterations -> Places.fastest(iterations, largerIsFaster)).toList()
        : forks;
  }

  /**
   * Whether a mode's values are a rate, or its inverse.
   *
   * @param mode of JMH
   * @return true for throughput and average time
   */
  public static boolean isRate(String mode) {
    return mode.equals(THROUGHPUT) || mode.equals(AVERAGE_TIME);
  }

  /** Operations per second of one of JMH's values. */
  static double operationsPerSecond(String mode, String unit, double value) {
    double seconds = secondsOf(timeOf(mode, unit));
    return mode.equals(THROUGHPUT) ? value / seconds : 1 / (value * seconds);
  }

  /**
   * Raw values of a profiler's metric.
   *
   * @param name such as {@link #ALLOCATION}
   * @return every iteration's value of every fork; empty where the profiler did not run
   */
  public List<Double> secondaryValues(String name) {
    @Nullable Metric metric = secondary.get(name);
    return metric == null ? List.of() : metric.forks().stream().flatMap(List::stream).toList();
  }

  /**
   * Raw values of a count beside the score.
   *
   * @param name of the count
   * @return by fork, by iteration; empty where it was not counted
   */
  public List<List<Double>> secondaryForks(String name) {
    @Nullable Metric metric = secondary.get(name);
    return metric == null ? List.of() : metric.forks();
  }

  /**
   * The benchmark in short.
   *
   * @param benchmark the method's full name
   * @return its class and method, such as {@code GradientBenchmark.gradient}
   */
  public static String shortName(String benchmark) {
    int method = benchmark.lastIndexOf('.');
    return benchmark.substring(benchmark.lastIndexOf('.', Math.max(method - 1, 0)) + 1);
  }

  /**
   * The benchmark and its parameters, in short.
   *
   * @return such as {@code GradientBenchmark.gradient {k=16, p=8}}
   */
  public String label() {
    return shortName(benchmark) + " " + params;
  }

  /** What {@link #isCount} accepts, for messages. */
  static final String COUNT_IN_WORDS = "a whole number of at least 1";

  /**
   * Whether a parameter's value counts something. There is one way to write a number, so that 8 and
   * 08 are not two cells.
   */
  static boolean isCount(String value) {
    return value.matches("[1-9]\\d{0,8}");
  }

  /** Seconds in one of JMH's units of time; NaN for another unit. */
  static double secondsOf(String time) {
    return switch (time) {
      case "ns" -> 1e-9;
      case "us" -> 1e-6;
      case "ms" -> 1e-3;
      case "s" -> 1;
      case "min" -> 60;
      case "hr" -> 3600;
      case "day" -> 86400;
      default -> Double.NaN;
    };
  }

  /** The unit of time in {@code ops/s} or {@code s/op}; empty when it is neither. */
  static String timeOf(String mode, String unit) {
    return mode.equals(THROUGHPUT) ? after(unit) : before(unit);
  }

  private static String before(String unit) {
    return unit.endsWith("/op") ? unit.substring(0, unit.length() - 3) : "";
  }

  private static String after(String unit) {
    return unit.startsWith("ops/") ? unit.substring(4) : "";
  }
}

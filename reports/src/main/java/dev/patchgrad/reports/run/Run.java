package dev.patchgrad.reports.run;

import dev.patchgrad.reports.environment.Agreement;
import dev.patchgrad.reports.environment.Environment;
import dev.patchgrad.reports.environment.Work;
import dev.patchgrad.reports.json.BadRecordException;
import dev.patchgrad.reports.json.Json;
import dev.patchgrad.reports.json.PlainText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A run as it was recorded. Two are equal if their folders, environments and results are. */
public final class Run {
  private final Path folder;
  private final Path resultsFile;
  private final Environment environment;
  private final List<Result> results;

  /** By benchmark and parameters: each result asks for its own, and there are thousands. */
  private final Map<Cell, Work> work = new HashMap<>();

  private record Cell(String benchmark, Map<String, String> params) {}

  /**
   * A run.
   *
   * @param folder that it was read from
   * @param environment of the run
   * @param results in the order of the file
   */
  public Run(Path folder, Environment environment, List<Result> results) {
    this(
        folder,
        folder.resolve(RunFolder.RESULTS),
        environment,
        at(CoreClock.highest(results), results));
  }

  private Run(Path folder, Path resultsFile, Environment environment, List<Result> results) {
    this.folder = folder;
    this.resultsFile = resultsFile;
    this.environment = environment;
    this.results = results;
    for (Work one : environment.work()) {
      work.putIfAbsent(new Cell(one.benchmark(), one.params()), one);
    }
  }

  private static List<Result> at(double clock, List<Result> results) {
    return results.stream().map(result -> result.at(clock)).toList();
  }

  /**
   * The clock for which the rates of small batches are given.
   *
   * @return MHz; at first the highest at which a fork was fastest; 0 where none was read
   */
  public double clock() {
    return results.stream().mapToDouble(Result::atMHz).max().orElse(0);
  }

  /**
   * The same run, with rates as they would be at another clock.
   *
   * @param clock in MHz; 0 for each fork's own, as it was measured
   * @return the run; what does not follow the clock, or has none, stays as it is
   */
  public Run at(double clock) {
    return new Run(folder, resultsFile, environment, at(clock, results));
  }

  /**
   * The clock at which the forks of a run were fastest.
   *
   * @return MHz, in no order; empty where none was read
   */
  public List<Double> clocks() {
    return results.stream().flatMap(result -> result.clocks().stream()).toList();
  }

  /**
   * The folder that it was read from.
   *
   * @return its path
   */
  public Path folder() {
    return folder;
  }

  /**
   * The file of its results.
   *
   * @return within {@link #folder}; of any name where another program kept it
   */
  public Path resultsFile() {
    return resultsFile;
  }

  /**
   * Everything about the run that JMH's own file does not hold.
   *
   * @return the environment; {@link Environment#UNKNOWN} of results that another program kept
   */
  public Environment environment() {
    return environment;
  }

  /**
   * What was measured.
   *
   * @return in the order of the file
   */
  public List<Result> results() {
    return results;
  }

  /**
   * Reads a run's folder, whole or not at all.
   *
   * @param folder with {@code environment.json} and {@code results.json}
   * @return the run
   * @throws BadRecordException naming file, key and reason
   * @throws java.io.UncheckedIOException if a file cannot be read, or is larger than any record
   */
  public static Run read(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new BadRecordException(folder, "", "is not a folder; expected a run's folder");
    }
    Path environmentFile = folder.resolve(RunFolder.ENVIRONMENT);
    Environment environment = Environment.fromJson(Json.text(environmentFile), environmentFile);
    Path resultsFile = folder.resolve(RunFolder.RESULTS);
    return new Run(folder, environment, parseResults(Json.text(resultsFile), resultsFile));
  }

  /**
   * Reads results that any JMH from 1.20 on wrote, of any benchmarks, in any mode. Nothing is known
   * of the machine. Parameters keep their names, and mean nothing here.
   *
   * @param file in JMH's own JSON
   * @return the run, with {@link Environment#UNKNOWN}
   * @throws BadRecordException naming file, key and reason
   * @throws java.io.UncheckedIOException if the file cannot be read, or is larger than any record
   */
  public static Run readForeign(Path file) {
    Path folder = file.getParent();
    return new Run(
        folder == null ? Path.of("") : folder,
        file,
        Environment.UNKNOWN,
        List.copyOf(ResultReader.read(Json.text(file), file, true)));
  }

  /**
   * Whether the run broke off before its end, or has not ended yet.
   *
   * @return true where the record does not say that every fork agreed, which it says at the end
   *     alone, whatever its folder is called; and where the folder's name says that it is partial
   */
  public boolean isPartial() {
    Path name = folder.getFileName();
    return (environment.isKnown() && environment.agreement() == Agreement.PENDING)
        || (name != null && name.toString().endsWith(RunFolder.PARTIAL));
  }

  /**
   * What one operation of a result does.
   *
   * @param result of this run
   * @return its work; empty where the environment does not have it
   */
  public Optional<Work> workOf(Result result) {
    return Optional.ofNullable(work.get(new Cell(result.benchmark(), result.params())));
  }

  /**
   * A parameter that a result must have.
   *
   * @param result of this run
   * @param name of the parameter
   * @return its value
   * @throws BadRecordException if it is missing
   */
  public String param(Result result, String name) {
    String value = result.params().get(name);
    if (value == null) {
      throw refuse(result, name, "is missing");
    }
    return value;
  }

  /**
   * A parameter that a result must have, and that counts something.
   *
   * @param result of this run
   * @param name of the parameter
   * @return its value, at least 1
   * @throws BadRecordException if it is missing, or not a whole number of at least 1
   */
  public int count(Result result, String name) {
    String value = param(result, name);
    if (!Result.isCount(value)) {
      throw refuse(
          result, name, "'" + PlainText.inShort(value) + "'; expected " + Result.COUNT_IN_WORDS);
    }
    return Integer.parseInt(value);
  }

  private BadRecordException refuse(Result result, String param, String reason) {
    return new BadRecordException(resultsFile, result.label() + ".params." + param, reason);
  }

  /**
   * Results from JMH's JSON.
   *
   * @param json the text
   * @param origin its file, for messages
   * @return at least one result
   * @throws BadRecordException naming file, key and reason
   */
  public static List<Result> parseResults(String json, Path origin) {
    return ResultReader.read(json, origin, false);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Run run
        && resultsFile.equals(run.resultsFile)
        && environment.equals(run.environment)
        && results.equals(run.results);
  }

  @Override
  public int hashCode() {
    return folder.hashCode();
  }

  @Override
  public String toString() {
    return "run in " + resultsFile + ", " + results.size() + " results";
  }
}

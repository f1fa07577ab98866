package dev.patchgrad.spark;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The paper's Table 1 over a grid, on a cluster: prints a line for each cell, with commas between
 * its values. Settings are arguments {@code name=value}, lists with commas; those of the paper hold
 * where nothing is said.
 */
public final class SuccessOnCluster {
  private SuccessOnCluster() {}

  /**
   * Runs it.
   *
   * @param arguments such as {@code starts=100000 squares=.25,1}
   * @throws IllegalArgumentException if a setting is unknown or refused, before anything is started
   */
  public static void main(String[] arguments) {
    SuccessStudy.Settings settings = settings(arguments);
    try (JavaSparkContext spark = new JavaSparkContext(RecoverOnCluster.settings())) {
      List<SuccessStudy.Cell> cells = SuccessStudy.of(settings).run(spark);
      System.out.println("k,rho,squares,starts,global,spurious,undecided,diverged,steps,share");
      for (SuccessStudy.Cell cell : cells) {
        System.out.println(line(cell));
      }
    }
  }

  private static String line(SuccessStudy.Cell cell) {
    return String.format(
        Locale.ROOT,
        "%d,%s,%s,%d,%d,%d,%d,%d,%d,%.6f",
        cell.k(),
        cell.rho(),
        cell.squares(),
        cell.counts().starts(),
        cell.counts().global(),
        cell.counts().spurious(),
        cell.counts().undecided(),
        cell.counts().diverged(),
        cell.counts().steps(),
        cell.share());
  }

  /** The settings that arguments ask for. */
  static SuccessStudy.Settings settings(String... arguments) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("k", "25,36,49,64,81,100");
    values.put("rho", "0,1,4,9,16,25");
    values.put("squares", ".25");
    values.put("p", "6");
    values.put("step", ".1");
    values.put("starts", "5000");
    values.put("steps", "100000");
    values.put("seed", "1");
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      if (equals < 0 || !values.containsKey(name)) {
        throw new IllegalArgumentException(
            "'" + argument + "' given; expected NAME=VALUE with a name of " + values.keySet());
      }
      values.put(name, argument.substring(equals + 1));
    }
    return new SuccessStudy.Settings(
        list(values, "k", Integer::valueOf),
        list(values, "rho", Double::valueOf),
        list(values, "squares", Double::valueOf),
        one(values, "p", Integer::valueOf),
        one(values, "step", Double::valueOf),
        one(values, "starts", Integer::valueOf),
        one(values, "steps", Integer::valueOf),
        one(values, "seed", Long::valueOf));
  }

  private static <T> List<T> list(
      Map<String, String> values, String name, Function<String, T> reader) {
    return Arrays.stream(values.getOrDefault(name, "").split(",", -1))
        .map(text -> number(name, text, reader))
        .toList();
  }

  private static <T> T one(Map<String, String> values, String name, Function<String, T> reader) {
    return number(name, values.getOrDefault(name, ""), reader);
  }

  private static <T> T number(String name, String text, Function<String, T> reader) {
    try {
      return reader.apply(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + ": '" + text + "' given; expected a number", e);
    }
  }
}

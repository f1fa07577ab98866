package dev.patchgrad.reports.choice;

import dev.patchgrad.reports.json.BadRecordException;
import dev.patchgrad.reports.json.Json;
import dev.patchgrad.reports.statistics.Forks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much slower the chosen kernels are than the best, on shapes that are not in the table.
 *
 * @param schema version of this record's form, {@link #SCHEMA}
 * @param machine that was measured, as runs name it
 * @param jdk that was measured with
 * @param date of the measurement, UTC, ISO 8601
 * @param shapes that were measured
 */
public record Regret(int schema, String machine, String jdk, String date, List<Shape> shapes) {
  /** The version that this code writes and reads. */
  public static final int SCHEMA = 1;

  /** The record's file, in a run's folder. */
  public static final String FILE = "regret.json";

  /** A day: the longest time of one gradient, in nanoseconds. */
  private static final double MOST_NANOS = 8.64e13;

  /** The median regret that the chooser should not exceed. */
  public static final double MEDIAN_TARGET = 1.03;

  /** The worst regret that the chooser should not exceed. */
  public static final double WORST_TARGET = 1.25;

  /**
   * One shape.
   *
   * @param precision float or double
   * @param p dimension of a patch
   * @param k patches of a sample
   * @param n samples
   * @param chosen the kernel that the chooser took
   * @param nanos of one gradient by kernel, one value per fork; all kernels in the same forks
   */
  public record Shape(
      String precision, int p, int k, int n, String chosen, Map<String, List<Double>> nanos) {
    /**
     * Copies the map.
     *
     * @throws IllegalArgumentException if a dimension is less than 1, the precision is neither
     *     float nor double, the chosen kernel is not among those measured, a time is no finite
     *     number above 0, or the kernels have no forks or not the same number
     */
    public Shape {
      nanos = Collections.unmodifiableMap(new TreeMap<>(nanos));
      if (!precision.equals("double") && !precision.equals("float")) {
        throw new IllegalArgumentException(
            "precision: '" + precision + "' given; expected float or double");
      }
      requirePositive("p", p);
      requirePositive("k", k);
      requirePositive("n", n);
      requireTimes(nanos);
      if (!nanos.containsKey(chosen)) {
        throw new IllegalArgumentException(
            "chosen: '" + chosen + "' given; expected one of " + String.join(", ", nanos.keySet()));
      }
    }

    private static void requirePositive(String key, int value) {
      if (value < 1) {
        throw new IllegalArgumentException(
            key + ": " + value + " given; expected a whole number of at least 1");
      }
    }

    private static void requireTimes(Map<String, List<Double>> nanos) {
      int forks = nanos.values().stream().mapToInt(List::size).max().orElse(0);
      nanos.forEach(
          (kernel, times) -> {
            if (times.isEmpty() || times.size() != forks) {
              throw new IllegalArgumentException(
                  "nanos."
                      + kernel
                      + ": "
                      + times.size()
                      + " forks given; expected as many as the other kernels, at least 1");
            }
            for (double time : times) {
              if (!(time > 0 && time <= MOST_NANOS)) {
                throw new IllegalArgumentException(
                    "nanos."
                        + kernel
                        + ": "
                        + time
                        + " given; expected a number above 0, at most "
                        + MOST_NANOS);
              }
            }
          });
    }

    /**
     * The kernel with the least median over forks.
     *
     * @return its name
     */
    public String best() {
      return nanos.entrySet().stream()
          .min(Comparator.comparingDouble(entry -> new Forks(entry.getValue()).median()))
          .orElseThrow()
          .getKey();
    }

    /**
     * The chosen kernel's time over the best kernel's: the median over forks of their ratio within
     * a fork.
     *
     * @return the ratio
     */
    public double regret() {
      List<Double> ours = nanos.getOrDefault(chosen, List.of());
      List<Double> theirs = nanos.getOrDefault(best(), List.of());
      List<Double> ratios = new ArrayList<>();
      for (int fork = 0; fork < Math.min(ours.size(), theirs.size()); fork++) {
        ratios.add(ours.get(fork) / theirs.get(fork));
      }
      return new Forks(ratios).median();
    }
  }

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if the schema is of another version, or there is no shape
   */
  public Regret {
    if (schema != SCHEMA) {
      throw new IllegalArgumentException(
          "schema: version " + schema + " found; this version reads " + SCHEMA);
    }
    shapes = List.copyOf(shapes);
    if (shapes.isEmpty()) {
      throw new IllegalArgumentException("shapes: none given; expected at least 1");
    }
  }

  /**
   * The same shapes measured in several forks, as one.
   *
   * @param forks all shapes of all forks
   * @return each shape once, with one value per fork
   */
  public static List<Shape> merged(List<Shape> forks) {
    Map<List<Object>, Map<String, List<Double>>> nanos = new LinkedHashMap<>();
    Map<List<Object>, Shape> first = new LinkedHashMap<>();
    for (Shape shape : forks) {
      List<Object> key =
          List.of(shape.precision(), shape.p(), shape.k(), shape.n(), shape.chosen());
      first.putIfAbsent(key, shape);
      Map<String, List<Double>> all = nanos.computeIfAbsent(key, any -> new TreeMap<>());
      shape
          .nanos()
          .forEach(
              (kernel, values) ->
                  all.computeIfAbsent(kernel, any -> new ArrayList<>()).addAll(values));
    }
    List<Shape> merged = new ArrayList<>();
    first.forEach(
        (key, shape) ->
            merged.add(
                new Shape(
                    shape.precision(),
                    shape.p(),
                    shape.k(),
                    shape.n(),
                    shape.chosen(),
                    nanos.getOrDefault(key, Map.of()))));
    merged.sort(
        Comparator.comparing(Shape::precision)
            .thenComparingInt(Shape::p)
            .thenComparingInt(Shape::k));
    return merged;
  }

  /**
   * The median regret.
   *
   * @return the median over shapes
   */
  public double median() {
    return new Forks(shapes.stream().map(Shape::regret).toList()).median();
  }

  /**
   * The shape with the largest regret.
   *
   * @return the shape
   */
  public Shape worst() {
    return shapes.stream().max(Comparator.comparingDouble(Shape::regret)).orElseThrow();
  }

  /**
   * The result in words.
   *
   * @return a sentence with the median, the worst, and the target of each
   */
  public String verdict() {
    Shape worst = worst();
    return String.format(
        Locale.ROOT,
        "Regret over %d shapes that are not in the table: median %.3f (aim: at most %.2f), worst %.3f"
            + " (aim: at most %.2f) at %s, p %d, k %d, where %s was chosen and %s is the fastest.",
        shapes.size(),
        median(),
        MEDIAN_TARGET,
        worst.regret(),
        WORST_TARGET,
        worst.precision(),
        worst.p(),
        worst.k(),
        worst.chosen(),
        worst.best());
  }

  /**
   * A table for a console, and the verdict.
   *
   * @return lines
   */
  public String console() {
    StringBuilder text =
        new StringBuilder("Chosen kernel's time over the best kernel's, " + machine + "\n");
    text.append(
        String.format(
            Locale.ROOT,
            "%-9s %5s %4s %6s  %-16s %-16s %6s%n",
            "precision",
            "p",
            "k",
            "n",
            "chosen",
            "fastest",
            "regret"));
    for (Shape shape : shapes) {
      text.append(
          String.format(
              Locale.ROOT,
              "%-9s %5d %4d %6d  %-16s %-16s %6.3f%n",
              shape.precision(),
              shape.p(),
              shape.k(),
              shape.n(),
              shape.chosen(),
              shape.best(),
              shape.regret()));
    }
    return text.append(verdict()).append('\n').toString();
  }

  /**
   * As JSON, indented.
   *
   * @return the text
   */
  public String toJson() {
    return Json.write(this);
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @param file to read
   * @return the record
   * @throws BadRecordException naming file, key and reason
   */
  public static Regret read(Path file) {
    return Json.read(Json.text(file), file, Regret.class);
  }
}

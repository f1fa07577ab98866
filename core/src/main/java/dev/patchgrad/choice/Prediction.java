package dev.patchgrad.choice;

import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.network.Layout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * How the kernels compare for a workload on one recorded machine.
 *
 * <p>Logarithms of slowdowns are interpolated, linearly in log p and log k, between the four points
 * of the grid around the workload; beyond the grid's edge the edge holds. Where the grid has holes
 * the nearest point in log p, log k holds alone. The logarithm of one kernel's slowdown over
 * another's is then interpolated as well, since both refer to the same fastest.
 *
 * <p>A grid of powers of two says nothing about padding, so that is calculated: a kernel whose
 * layout pads patches or samples computes on the padding too, and its time grows by as much. So
 * does that of one pass for many students, which computes whole vectors of them. Where the machine
 * was recorded with other vectors, what it padded was something else.
 *
 * @param points that it goes by, and the weight of each; the weights add up to 1
 * @param costs relative to the fastest candidate, by kernel
 * @param withinNoise by kernel: whether at every point the measurement could not tell it from the
 *     fastest
 */
record Prediction(
    Map<MeasuredTimes.Point, Double> points,
    Map<String, Double> costs,
    Map<String, Boolean> withinNoise) {

  /**
   * The prediction for a workload.
   *
   * @param all points of one machine and precision
   * @param workload that is wanted
   * @param candidates layouts by kernel, on the machine that is chosen for
   * @param recorded layouts by kernel, on the machine of the points
   * @return the prediction; empty where there is no point that has one of the candidates
   */
  static Optional<Prediction> of(
      List<MeasuredTimes.Point> all,
      Workload workload,
      Map<String, Layout> candidates,
      Map<String, Layout> recorded) {
    Map<MeasuredTimes.Point, Double> points = around(alike(all, workload), workload);
    Map<String, Double> costs = new LinkedHashMap<>();
    Map<String, Boolean> withinNoise = new LinkedHashMap<>();
    candidates.forEach(
        (kernel, layout) -> {
          if (points.isEmpty()
              || !points.keySet().stream().allMatch(point -> point.kernels().containsKey(kernel))) {
            return;
          }
          Layout layoutThere = recorded.getOrDefault(kernel, layout);
          double logarithm = 0;
          boolean within = true;
          for (Map.Entry<MeasuredTimes.Point, Double> weighted : points.entrySet()) {
            MeasuredTimes.Point point = weighted.getKey();
            MeasuredTimes.Entry entry = entry(point, kernel);
            double padding =
                padding(layoutThere, point.p(), point.n())
                    * lanes(kernel, workload, point.students());
            logarithm += weighted.getValue() * Math.log(entry.slowdown() / padding);
            within &= entry.withinNoise();
          }
          costs.put(
              kernel,
              Math.exp(logarithm)
                  * padding(layout, workload.p(), workload.samplesOfAThread())
                  * lanes(kernel, workload, workload.studentsOfAThread()));
          withinNoise.put(kernel, within);
        });
    if (costs.isEmpty()) {
      return Optional.empty();
    }
    double least = costs.values().stream().mapToDouble(cost -> cost).min().orElseThrow();
    costs.replaceAll((kernel, cost) -> cost / least);
    return Optional.of(new Prediction(points, costs, withinNoise));
  }

  /**
   * With one pass for many students beside the kernels for one.
   *
   * @param cost of it, relative to as many passes by the fastest
   */
  Prediction withOnePass(double cost) {
    Map<String, Double> all = new LinkedHashMap<>(costs);
    all.put(Kernels.STUDENTS, cost);
    all.replaceAll((kernel, each) -> each / Math.min(1, cost));
    Map<String, Boolean> within = new LinkedHashMap<>(withinNoise);
    within.put(Kernels.STUDENTS, false);
    return new Prediction(points, all, within);
  }

  private static MeasuredTimes.Entry entry(MeasuredTimes.Point point, String kernel) {
    MeasuredTimes.Entry entry = point.kernels().get(kernel);
    if (entry == null) {
      throw new IllegalStateException(kernel + " is not at " + point);
    }
    return entry;
  }

  /** The elements that a layout stores, over those that there are. */
  private static double padding(Layout layout, int p, int n) {
    return (double) layout.storedElements(p) / p * layout.storedSamples(n) / n;
  }

  private static double lanes(String kernel, Workload workload, int students) {
    return kernel.equals(Kernels.STUDENTS) ? lanes(workload, students) : 1;
  }

  /** The students that one pass has lanes for, over those that there are. */
  static double lanes(Workload workload, int students) {
    return (double) Kernels.studentLanes(workload.precision(), students) / students;
  }

  /**
   * One point for each p and k: of the nearest number of students and threads, and of the nearest
   * size of the batch, by the logarithm.
   */
  private static List<MeasuredTimes.Point> alike(List<MeasuredTimes.Point> all, Workload workload) {
    double bytes = bytes(workload.p(), workload.k(), workload.samplesOfAThread());
    int students = workload.studentsOfAThread();
    Comparator<MeasuredTimes.Point> nearest =
        Comparator.comparingDouble(
                (MeasuredTimes.Point point) -> distance(point.students(), students))
            .thenComparingDouble(point -> distance(point.threads(), workload.threads()))
            .thenComparingDouble(point -> distance(bytes(point.p(), point.k(), point.n()), bytes));
    Map<List<Integer>, MeasuredTimes.Point> chosen = new LinkedHashMap<>();
    for (MeasuredTimes.Point point : all) {
      if ((point.students() > 1) == (students > 1)) {
        chosen.merge(
            List.of(point.p(), point.k()),
            point,
            (one, other) -> nearest.compare(other, one) < 0 ? other : one);
      }
    }
    return List.copyOf(chosen.values());
  }

  private static double bytes(double p, double k, double n) {
    return p * k * n;
  }

  private static double distance(double one, double other) {
    return Math.abs(Math.log(one / other));
  }

  private static Map<MeasuredTimes.Point, Double> around(
      List<MeasuredTimes.Point> points, Workload workload) {
    if (points.isEmpty()) {
      return Map.of();
    }
    Map<Integer, Double> byP =
        weights(points.stream().mapToInt(MeasuredTimes.Point::p), workload.p());
    Map<Integer, Double> byK =
        weights(points.stream().mapToInt(MeasuredTimes.Point::k), workload.k());
    Map<MeasuredTimes.Point, Double> corners = new LinkedHashMap<>();
    for (MeasuredTimes.Point point : points) {
      double weight = byP.getOrDefault(point.p(), 0.0) * byK.getOrDefault(point.k(), 0.0);
      if (byP.containsKey(point.p()) && byK.containsKey(point.k())) {
        corners.put(point, weight);
      }
    }
    if (corners.size() == byP.size() * byK.size()) {
      return corners;
    }
    MeasuredTimes.Point nearest =
        points.stream()
            .min(
                Comparator.comparingDouble(
                    point ->
                        Math.hypot(
                            distance(point.p(), workload.p()), distance(point.k(), workload.k()))))
            .orElseThrow();
    return Map.of(nearest, 1.0);
  }

  /** The one or two nearest values around another, and their weights by the logarithm. */
  private static Map<Integer, Double> weights(IntStream values, int wanted) {
    List<Integer> sorted = values.distinct().sorted().boxed().toList();
    OptionalInt below =
        sorted.stream().mapToInt(value -> value).filter(value -> value <= wanted).max();
    OptionalInt above =
        sorted.stream().mapToInt(value -> value).filter(value -> value >= wanted).min();
    Map<Integer, Double> weights = new TreeMap<>();
    if (below.isEmpty() || above.isEmpty() || below.getAsInt() == above.getAsInt()) {
      weights.put(below.orElse(above.orElse(wanted)), 1.0);
      return weights;
    }
    double low = below.getAsInt();
    double high = above.getAsInt();
    double share = Math.log(wanted / low) / Math.log(high / low);
    weights.put(below.getAsInt(), 1 - share);
    weights.put(above.getAsInt(), share);
    return weights;
  }

  /** The points in words, the nearest first. */
  String pointsInWords() {
    List<String> words = new ArrayList<>();
    points.entrySet().stream()
        .sorted(Map.Entry.<MeasuredTimes.Point, Double>comparingByValue().reversed())
        .forEach(
            weighted -> {
              MeasuredTimes.Point point = weighted.getKey();
              words.add(
                  "p "
                      + point.p()
                      + ", k "
                      + point.k()
                      + ", n "
                      + point.n()
                      + (point.students() > 1 ? ", " + point.students() + " students" : "")
                      + " ("
                      + Math.round(100 * weighted.getValue())
                      + " %)");
            });
    return String.join("; ", words);
  }
}

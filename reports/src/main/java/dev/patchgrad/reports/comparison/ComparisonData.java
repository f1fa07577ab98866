package dev.patchgrad.reports.comparison;

import dev.patchgrad.reports.csv.CsvTable;
import dev.patchgrad.reports.json.Json;
import dev.patchgrad.reports.statistics.Forks;
import dev.patchgrad.reports.statistics.Interval;
import dev.patchgrad.reports.statistics.Ratio;
import dev.patchgrad.reports.summary.RunWords;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Comparisons as data for another program, with every digit: CSV and JSON. */
public final class ComparisonData {
  private ComparisonData() {}

  /**
   * A row for each cell of each comparison, without the geometric means.
   *
   * @param comparisons to write
   * @param threshold of practical equality, 0.05 for five percent
   * @return CSV, as {@link CsvTable#text} writes it
   */
  public static String csv(List<Comparison> comparisons, double threshold) {
    List<String> columns = new ArrayList<>(List.of("first", "other", "benchmark"));
    columns.addAll(Subject.COLUMNS);
    columns.addAll(
        List.of(
            "unit",
            "first_value",
            "other_value",
            "first_forks",
            "other_forks",
            "ratio",
            "low",
            "high",
            "verdict",
            "n",
            "not_warm",
            "first_machine",
            "other_machine"));
    List<List<String>> rows = new ArrayList<>();
    for (Comparison comparison : comparisons) {
      for (ComparedCell cell : comparison.cells()) {
        rows.add(row(comparison, cell, threshold));
      }
    }
    return new CsvTable(columns, rows).text();
  }

  private static List<String> row(Comparison comparison, ComparedCell cell, double threshold) {
    Ratio ratio = cell.ratio();
    List<String> row = new ArrayList<>();
    row.add(comparison.first().name());
    row.add(comparison.other().name());
    row.add(cell.subject().benchmark());
    row.addAll(cell.subject().columns());
    row.add(cell.unit());
    row.add(Double.toString(cell.first().median()));
    row.add(Double.toString(cell.other().median()));
    row.add(Integer.toString(cell.first().count()));
    row.add(Integer.toString(cell.other().count()));
    row.add(Double.toString(ratio.value()));
    row.add(ratio.interval().map(interval -> Double.toString(interval.low())).orElse(""));
    row.add(ratio.interval().map(interval -> Double.toString(interval.high())).orElse(""));
    row.add(cell.word(threshold));
    row.add(cell.n());
    row.add(cell.notWarm().orElse(""));
    row.add(comparison.first().run().environment().machine());
    row.add(comparison.other().run().environment().machine());
    return row;
  }

  private record Side(
      String name,
      String machine,
      String jdk,
      String commit,
      String date,
      String distinction,
      String warnings) {
    static Side of(Comparison.Named named) {
      var environment = named.run().environment();
      return new Side(
          named.name(),
          environment.machine(),
          environment.jvm().version(),
          environment.source().commit(),
          environment.isKnown() ? environment.date() : environment.dateInWords(),
          environment.distinction(),
          String.join("; ", RunWords.brief(named.run())));
    }
  }

  private record Cell(
      String benchmark,
      String kernel,
      Map<String, String> params,
      String unit,
      List<Double> firstForks,
      List<Double> otherForks,
      double firstMedian,
      double otherMedian,
      double ratio,
      Optional<Interval> interval,
      String verdict,
      String n,
      Optional<String> notWarm) {}

  private record Limit(
      String benchmark,
      Map<String, String> params,
      String unit,
      double first,
      double other,
      double ratio) {
    static Limit of(ComparedLimit limit) {
      return new Limit(
          limit.subject().benchmark(),
          limit.subject().params(),
          limit.unit(),
          limit.first(),
          limit.other(),
          limit.ratio());
    }
  }

  private record Mean(
      String kernel, int cells, double ratio, Optional<Interval> interval, String verdict) {}

  /**
   * Everything: runs, what could not be checked, what was ignored, what is missing, cells with
   * their forks, geometric means, and the gate if there was one.
   *
   * @param comparisons to write
   * @param threshold of practical equality, 0.05 for five percent
   * @param gate that judged them, if any
   * @return JSON
   */
  public static String json(
      List<Comparison> comparisons, double threshold, Optional<SlowdownGate> gate) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (Comparison comparison : comparisons) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("first", Side.of(comparison.first()));
      one.put("other", Side.of(comparison.other()));
      one.put("unchecked", comparison.unchecked());
      one.put("ignored", comparison.ignored());
      one.put("limits", comparison.limits().stream().map(Limit::of).toList());
      one.put("onlyInFirst", comparison.onlyInFirst());
      one.put("onlyInOther", comparison.onlyInOther());
      one.put("noQuantity", comparison.noQuantity());
      one.put("cells", comparison.cells().stream().map(cell -> cell(cell, threshold)).toList());
      one.put(
          "geometricMeans",
          comparison.kernels().stream().map(mean -> mean(mean, threshold)).toList());
      all.add(one);
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("threshold", threshold);
    document.put("comparisons", all);
    gate.ifPresent(value -> document.put("gate", value));
    return Json.write(document);
  }

  private static Cell cell(ComparedCell cell, double threshold) {
    Forks first = cell.first();
    Forks other = cell.other();
    Ratio ratio = cell.ratio();
    return new Cell(
        cell.subject().benchmark(),
        cell.subject().kernel(),
        cell.subject().params(),
        cell.unit(),
        first.values(),
        other.values(),
        first.median(),
        other.median(),
        ratio.value(),
        ratio.interval(),
        cell.word(threshold),
        cell.n(),
        cell.notWarm());
  }

  private static Mean mean(KernelMean mean, double threshold) {
    Ratio ratio = mean.ratio();
    return new Mean(
        mean.kernel(),
        mean.cells().size(),
        ratio.value(),
        ratio.interval(),
        ratio.verdict(threshold).word());
  }
}

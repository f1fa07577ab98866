package dev.patchgrad.reports.duel;

import dev.patchgrad.reports.csv.CsvTable;
import dev.patchgrad.reports.json.Json;
import dev.patchgrad.reports.statistics.Interval;
import dev.patchgrad.reports.statistics.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A duel as data for another program, with every digit: CSV and JSON. */
public final class DuelData {
  private DuelData() {}

  private record Row(
      String benchmark,
      Map<String, String> params,
      String mode,
      String unit,
      boolean aAgainstItself,
      List<Double> a,
      List<Double> b,
      List<Double> logRatios,
      double ratio,
      Optional<Interval> interval,
      String verdict,
      Optional<Double> smallestSeen) {}

  private static Row row(DuelRow row, Verdict verdict) {
    return new Row(
        row.cell().benchmark(),
        row.cell().params(),
        row.mode(),
        row.unit(),
        row.floor(),
        row.a(),
        row.b(),
        row.logRatios(),
        row.ratio(),
        row.interval(DuelResult.ALPHA),
        verdict.word(),
        row.smallestSeen(DuelResult.ALPHA));
  }

  /**
   * A row for each benchmark.
   *
   * @param result of the duel
   * @return CSV, as {@link CsvTable#text} writes it
   */
  public static String csv(DuelResult result) {
    TreeMap<String, String> names = new TreeMap<>();
    result.rows().forEach(row -> row.cell().params().keySet().forEach(name -> names.put(name, "")));
    List<String> columns = new ArrayList<>(List.of("benchmark"));
    columns.addAll(names.keySet());
    columns.addAll(
        List.of(
            "mode",
            "unit",
            "a_against_itself",
            "forks",
            "ratio",
            "low",
            "high",
            "verdict",
            "smallest_seen"));
    List<List<String>> rows = new ArrayList<>();
    List<Verdict> verdicts = result.verdicts();
    for (int i = 0; i < verdicts.size(); i++) {
      Row row = row(result.rows().get(i), verdicts.get(i));
      List<String> values = new ArrayList<>(List.of(row.benchmark()));
      names.keySet().forEach(name -> values.add(row.params().getOrDefault(name, "")));
      values.addAll(
          List.of(
              row.mode(),
              row.unit(),
              Boolean.toString(row.aAgainstItself()),
              Integer.toString(row.logRatios().size()),
              Double.toString(row.ratio()),
              row.interval().map(ends -> Double.toString(ends.low())).orElse(""),
              row.interval().map(ends -> Double.toString(ends.high())).orElse(""),
              row.verdict(),
              row.smallestSeen().map(seen -> Double.toString(seen)).orElse("")));
      rows.add(values);
    }
    return new CsvTable(columns, rows).text();
  }

  /**
   * Everything: both sides, the rows with their forks, what only one side has, what broke down.
   *
   * @param result of the duel
   * @param a the one side's command line
   * @param b the other side's
   * @return JSON
   */
  public static String json(DuelResult result, List<String> a, List<String> b) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("a", a);
    document.put("b", b);
    document.put("within", result.within());
    List<Verdict> verdicts = result.verdicts();
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < verdicts.size(); i++) {
      rows.add(row(result.rows().get(i), verdicts.get(i)));
    }
    document.put("rows", rows);
    result.geometricMean().ifPresent(mean -> document.put("geometricMean", mean));
    document.put("onlyInA", result.onlyInA());
    document.put("onlyInB", result.onlyInB());
    document.put("doubts", result.doubts());
    document.put("failures", result.failures());
    return Json.write(document);
  }
}

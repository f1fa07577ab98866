package dev.patchgrad.reports.page;

import dev.patchgrad.reports.duel.BenchmarkCell;
import dev.patchgrad.reports.duel.DuelResult;
import dev.patchgrad.reports.duel.DuelRow;
import dev.patchgrad.reports.duel.DuelText;
import dev.patchgrad.reports.duel.Side;
import dev.patchgrad.reports.duel.SweepText;
import dev.patchgrad.reports.statistics.Interval;
import dev.patchgrad.reports.statistics.Verdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The page of a duel: each benchmark's ratio with its interval, and what the machine makes of it.
 */
public final class DuelPage {
  /** More missing benchmarks than this are counted, not named. */
  private static final int NAMED = 5;

  private final DuelResult result;
  private final List<Verdict> verdicts;
  private final Map<DuelRow, Verdict> verdictOf = new LinkedHashMap<>();

  private DuelPage(DuelResult result) {
    this.result = result;
    this.verdicts = result.verdicts();
    for (int i = 0; i < verdicts.size(); i++) {
      verdictOf.put(result.rows().get(i), verdicts.get(i));
    }
  }

  /**
   * The page.
   *
   * @param result of the duel
   * @param a the baseline
   * @param b the other side
   * @return the page
   */
  public static Page of(DuelResult result, Side a, Side b) {
    Page page =
        new Page(
            "A duel of two sides",
            "B over A: ▲ above 1 B is faster than A, ▼ below 1 slower. Both measured in turns, so"
                + " that what disturbs the machine disturbs both.");
    Map<String, Side> sides = new LinkedHashMap<>();
    sides.put("A", a);
    sides.put("B", b);
    return new DuelPage(result).build(page, Optional.empty(), sides);
  }

  /**
   * The page of a sweep over JVMs.
   *
   * @param result of the sitting
   * @param baseline that each other JVM met
   * @param others by their names
   * @return the page
   */
  public static Page ofSweep(DuelResult result, Side baseline, Map<String, Side> others) {
    Page page =
        new Page(
            "A sweep over JVMs",
            "B over A: ▲ above 1 a JVM is faster than the baseline A, ▼ below 1 slower. Each measured"
                + " in turns with the baseline, round after round.");
    Map<String, Side> sides = new LinkedHashMap<>();
    sides.put("A, the baseline", baseline);
    sides.putAll(others);
    List<List<Page.Value>> lines = new ArrayList<>();
    for (List<String> line : SweepText.rows(result)) {
      lines.add(line.stream().map(Page.Value::of).toList());
    }
    return new DuelPage(result)
        .build(page, Optional.of(new Page.Table("Each JVM", SweepText.HEADS, lines)), sides);
  }

  private Page build(Page page, Optional<Page.Table> first, Map<String, Side> sides) {
    warnings(page);
    first.ifPresent(page::table);
    page.heading("Which side is faster");
    List<Page.Fact> facts = new ArrayList<>();
    facts.add(new Page.Fact("rows", counts()));
    result
        .geometricMean()
        .ifPresent(mean -> facts.add(new Page.Fact("geometric mean of B over A", times(mean))));
    page.facts(facts);
    List<DuelRow> rows = rows(false);
    if (!rows.isEmpty()) {
      page.chart(chart());
      page.table(table(rows));
      page.paragraph(
          "[low, high] is the ratio's 95 % interval, which holds however often one looks. A verdict"
              + " holds over all rows together, by Holm's method. same: the whole interval is within "
              + DuelText.percent(result.within())
              + " of 1. ~ undecided: these forks cannot tell; give the duel more --minutes. would"
              + " see: the smallest difference that so many forks show.");
    }
    page.heading("The sides");
    page.facts(
        sides.entrySet().stream().map(side -> fact(side.getKey(), side.getValue())).toList());
    return page;
  }

  private static Page.Fact fact(String name, Side side) {
    return new Page.Fact(name, String.join(" ", side.words()));
  }

  private void warnings(Page page) {
    result.doubts().forEach((label, reason) -> page.warning(label + ": " + reason));
    result.failures().forEach((label, reason) -> page.warning(label + " broke down: " + reason));
    named(page, "A", result.onlyInA());
    named(page, "B", result.onlyInB());
  }

  private static void named(Page page, String side, List<BenchmarkCell> cells) {
    if (!cells.isEmpty()) {
      page.warning(
          "Only "
              + side
              + " has: "
              + cells.stream()
                  .limit(NAMED)
                  .map(BenchmarkCell::label)
                  .collect(Collectors.joining("; "))
              + (cells.size() > NAMED ? "; and " + (cells.size() - NAMED) + " more" : "")
              + ".");
    }
  }

  private List<DuelRow> rows(boolean floor) {
    return result.rows().stream().filter(row -> row.floor() == floor).toList();
  }

  private Verdict verdict(DuelRow row) {
    return verdictOf.getOrDefault(row, Verdict.UNDECIDED);
  }

  private String counts() {
    List<DuelRow> rows = rows(false);
    Map<Verdict, Long> counts =
        rows.stream()
            .collect(Collectors.groupingBy(this::verdict, TreeMap::new, Collectors.counting()));
    return counts.entrySet().stream()
            .map(entry -> marked(entry.getKey()) + " " + entry.getValue())
            .collect(Collectors.joining(", "))
        + " of "
        + rows.size();
  }

  private static String marked(Verdict verdict) {
    return VerdictMarks.sign(verdict) + " " + VerdictMarks.word(verdict);
  }

  /** All rows on one axis, those of A against itself beside what they belong to. */
  private Chart chart() {
    List<String> places = new ArrayList<>();
    Map<Verdict, List<Chart.Point>> points = new EnumMap<>(Verdict.class);
    for (DuelRow row : result.rows()) {
      Interval ends =
          row.interval(DuelResult.ALPHA).orElseGet(() -> new Interval(row.ratio(), row.ratio()));
      points
          .computeIfAbsent(verdict(row), verdict -> new ArrayList<>())
          .add(new Chart.Point(places.size(), row.ratio(), ends.low(), ends.high()));
      places.add(DuelText.label(row));
    }
    List<Chart.Series> series = new ArrayList<>();
    points.forEach(
        (verdict, of) ->
            series.add(
                new Chart.Series(
                    VerdictMarks.word(verdict),
                    Chart.Kind.DOTS,
                    VerdictMarks.colour(verdict),
                    of)));
    double within = result.within();
    series.add(
        new Chart.Series(
            within > 0 ? "within " + DuelText.percent(within) + ": same" : "as fast as A",
            Chart.Kind.LINE,
            KernelColours.LIMIT,
            List.of(
                new Chart.Point(-0.5, 1, 1 / (1 + within), 1 + within),
                new Chart.Point(places.size() - 0.5, 1, 1 / (1 + within), 1 + within))));
    Chart.Axis axis = RatioAxis.of("B over A", series);
    return new Chart(
        "ratios",
        "B's speed over A's",
        "Above 1 B is faster. A thin line is the ratio's 95 % interval, over pairs of forks."
            + (RatioAxis.isExceeded(axis, series) ? RatioAxis.NOTE : ""),
        Chart.Axis.of("", places),
        axis,
        series);
  }

  private Page.Table table(List<DuelRow> rows) {
    boolean floors = !rows(true).isEmpty();
    List<String> heads =
        new ArrayList<>(
            List.of(
                "benchmark", "A", "B", "B over A", "low", "high", "verdict", "forks", "would see"));
    if (floors) {
      heads.add("A against itself");
    }
    List<List<Page.Value>> lines = new ArrayList<>();
    for (DuelRow row : rows) {
      Verdict verdict = verdict(row);
      Optional<Interval> ends = row.interval(DuelResult.ALPHA);
      Optional<Double> seen = row.smallestSeen(DuelResult.ALPHA);
      List<Page.Value> line = new ArrayList<>();
      line.add(Page.Value.of(DuelText.label(row)));
      line.add(Page.Value.of(DuelText.score(row.a(), row)));
      line.add(Page.Value.of(DuelText.score(row.b(), row)));
      line.add(Page.Value.of(times(row.ratio()), row.ratio()));
      line.add(end(ends.map(Interval::low)));
      line.add(end(ends.map(Interval::high)));
      line.add(new Page.Value(marked(verdict), Double.NaN, VerdictMarks.colour(verdict)));
      line.add(Page.Value.of(Integer.toString(row.forks()), row.forks()));
      line.add(
          seen.map(share -> Page.Value.of(DuelText.percent(share), share))
              .orElse(Page.Value.of("-")));
      if (floors) {
        line.add(
            rows(true).stream()
                .filter(other -> other.cell().equals(row.cell()) && other.mode().equals(row.mode()))
                .findFirst()
                .map(other -> Page.Value.of(DuelText.ratio(other), other.ratio()))
                .orElse(Page.Value.of("-")));
      }
      lines.add(line);
    }
    return new Page.Table("Each benchmark", heads, lines);
  }

  private static Page.Value end(Optional<Double> value) {
    return value.map(end -> Page.Value.of(three(end), end)).orElse(Page.Value.of("-"));
  }

  private static String times(double ratio) {
    return three(ratio) + "x";
  }

  private static String three(double ratio) {
    return String.format(Locale.ROOT, "%.3f", ratio);
  }
}

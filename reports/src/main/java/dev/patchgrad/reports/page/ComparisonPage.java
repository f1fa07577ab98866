package dev.patchgrad.reports.page;

import dev.patchgrad.reports.comparison.ComparedCell;
import dev.patchgrad.reports.comparison.ComparedLimit;
import dev.patchgrad.reports.comparison.Comparison;
import dev.patchgrad.reports.comparison.Difference;
import dev.patchgrad.reports.comparison.KernelMean;
import dev.patchgrad.reports.comparison.SlowdownGate;
import dev.patchgrad.reports.comparison.Subject;
import dev.patchgrad.reports.environment.Environment;
import dev.patchgrad.reports.grid.SuiteNames;
import dev.patchgrad.reports.statistics.Forks;
import dev.patchgrad.reports.statistics.Interval;
import dev.patchgrad.reports.statistics.Ratio;
import dev.patchgrad.reports.statistics.Verdict;
import dev.patchgrad.reports.summary.NumberText;
import dev.patchgrad.reports.summary.RunWords;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The page of a comparison: two or more runs side by side, all against the first. */
public final class ComparisonPage {
  /** More missing cells than this are counted, not named. */
  private static final int NAMED = 5;

  private final Map<String, Comparison> comparisons;
  private final Comparison.Named first;
  private final double threshold;
  private final KernelColours colours;
  private final ComparisonCharts charts;

  private ComparisonPage(List<Comparison> all, double threshold) {
    this.first = all.get(0).first();
    this.comparisons = named(all);
    this.threshold = threshold;
    this.colours =
        new KernelColours(
            all.stream()
                .flatMap(comparison -> comparison.cells().stream())
                .map(cell -> cell.subject().kernel())
                .distinct()
                .toList());
    this.charts = new ComparisonCharts(threshold);
  }

  /**
   * The page.
   *
   * @param comparisons at least one, all with the same first run
   * @param threshold of practical equality, 0.05 for five percent
   * @param gate that judged them, if any
   * @return the page
   * @throws IllegalArgumentException if there is no comparison
   */
  public static Page of(
      List<Comparison> comparisons, double threshold, Optional<SlowdownGate> gate) {
    if (comparisons.isEmpty()) {
      throw new IllegalArgumentException("comparisons: none given; expected at least 1");
    }
    return new ComparisonPage(comparisons, threshold).build(gate);
  }

  /** The comparisons by the other run's name, with a number after a name that appears again. */
  private static Map<String, Comparison> named(List<Comparison> all) {
    Map<String, Comparison> named = new LinkedHashMap<>();
    for (Comparison comparison : all) {
      String given = comparison.other().name();
      String name = given;
      for (int number = 2;
          named.containsKey(name) || name.equals(comparison.first().name());
          number++) {
        name = given + " (" + number + ")";
      }
      named.put(name, comparison);
    }
    return named;
  }

  private Page build(Optional<SlowdownGate> gate) {
    String others = String.join(", ", comparisons.keySet());
    Page page =
        new Page(
            others + " against " + first.name() + " (baseline)",
            "Ratios are of medians over forks, over the baseline's: ▲ above 1 is faster than the"
                + " baseline, ▼ below 1 slower.");
    environments().forEach((name, environment) -> page.mark(name, environment.distinction()));
    foreign(page, first.name(), first);
    comparisons.forEach((name, comparison) -> foreign(page, name, comparison.other()));
    warnings(page);
    gate.ifPresent(judged -> judged(page, judged));
    page.heading("What became faster");
    page.facts(
        comparisons.entrySet().stream()
            .map(entry -> new Page.Fact(entry.getKey(), counts(entry.getValue())))
            .toList());
    page.chart(charts.means(comparisons));
    page.table(means());
    page.paragraph(
        "[low, high] is the ratio's 95 % confidence interval, over forks. It does not cover what"
            + " changes between two runs (temperature, neighbours). same: within "
            + NumberText.three(100 * threshold)
            + " %, with 95 % confidence. ~ undecided: these forks cannot tell; measure with more (-Djmh.f=10).");
    fastest(page);
    new ComparisonMap(threshold)
        .of(comparisons)
        .ifPresent(
            map -> {
              page.heading("At which shapes");
              page.map(map);
              page.paragraph(
                  "p is the dimension of a patch, k the number of patches in a sample. A filled"
                      + " cell is certain, with its 95 % interval [low, high] below the ratio. A"
                      + " hatched one, ~, is undecided; =, without a fill, is the same within the"
                      + " threshold.");
            });
    page.heading("All cells");
    page.table(cells());
    limits(page);
    page.heading("The machines");
    page.table(EnvironmentFacts.sideBySide(environments()));
    return page;
  }

  private Map<String, Environment> environments() {
    Map<String, Environment> environments = new LinkedHashMap<>();
    environments.put(first.name(), first.run().environment());
    comparisons.forEach(
        (name, comparison) -> environments.put(name, comparison.other().run().environment()));
    return environments;
  }

  private void warnings(Page page) {
    environments()
        .forEach(
            (name, environment) -> {
              if (environment.simulates()) {
                page.warning(
                    name
                        + " is simulated ("
                        + environment.simulated()
                        + "): its machine was made to look like a smaller one, whose absolute times"
                        + " differ.");
              }
            });
    brief(page, first.name(), first);
    comparisons.forEach((name, comparison) -> brief(page, name, comparison.other()));
    comparisons.forEach(
        (name, comparison) -> {
          if (!comparison.unchecked().isEmpty()) {
            page.warning(
                "A run is known by JMH's file alone, so that this could not be checked of "
                    + first.name()
                    + " and "
                    + name
                    + ": "
                    + String.join(", ", comparison.unchecked())
                    + ".");
          }
          if (!comparison.ignored().isEmpty()) {
            page.warning(
                name
                    + " was not measured as "
                    + first.name()
                    + " was, and is compared anyway: "
                    + comparison.ignored().stream()
                        .map(Difference::text)
                        .collect(Collectors.joining("; "))
                    + ". Do not trust a ratio until both are measured alike.");
          }
          missing(page, comparison.onlyInFirst(), first.name());
          missing(page, comparison.onlyInOther(), name);
        });
  }

  private static void foreign(Page page, String name, Comparison.Named run) {
    if (!run.run().environment().isKnown()) {
      page.mark(name, RunWords.ofForeign(run.run()));
    }
  }

  /** What to doubt of a run, where its numbers stand. */
  private static void brief(Page page, String name, Comparison.Named run) {
    List<String> warnings = RunWords.brief(run.run());
    if (!warnings.isEmpty()) {
      page.warning(name + ": " + String.join("; ", warnings) + ".");
    }
  }

  /** What the machines allow, by the loops that both runs have. */
  private void limits(Page page) {
    List<List<Page.Value>> rows = new ArrayList<>();
    comparisons.forEach(
        (name, comparison) -> {
          for (ComparedLimit limit : comparison.limits()) {
            List<Page.Value> row = new ArrayList<>(run(name));
            row.add(Page.Value.of(limit.subject().text()));
            row.add(limit(limit.first(), limit.unit()));
            row.add(limit(limit.other(), limit.unit()));
            row.add(number(limit.ratio(), NumberText.three(limit.ratio()) + "x"));
            rows.add(row);
          }
        });
    if (!rows.isEmpty()) {
      page.heading("What the machines allow");
      page.table(
          new Page.Table(
              "The fastest fork of each loop; in no mean, no count and no gate",
              heads(List.of("limit", "baseline", "other", "ratio")),
              rows));
    }
  }

  private static Page.Value limit(double value, String unit) {
    return number(value, NumberText.three(value / 1e9) + " G" + unit);
  }

  private static void missing(Page page, List<Subject> subjects, String name) {
    if (!subjects.isEmpty()) {
      page.warning(
          "Only "
              + name
              + " has: "
              + subjects.stream().limit(NAMED).map(Subject::text).collect(Collectors.joining("; "))
              + (subjects.size() > NAMED ? "; and " + (subjects.size() - NAMED) + " more" : "")
              + ".");
    }
  }

  /** The gate's judgement, its lines in one. */
  private static void judged(Page page, SlowdownGate gate) {
    String text =
        Arrays.stream(gate.text().split("\n", -1))
            .map(String::trim)
            .filter(line -> !line.isEmpty())
            .collect(Collectors.joining("; "));
    if (gate.passes()) {
      page.paragraph(text);
    } else {
      page.warning(text);
    }
  }

  private String counts(Comparison comparison) {
    Map<Verdict, Long> counts =
        comparison.warm().stream()
            .collect(
                Collectors.groupingBy(
                    cell -> cell.ratio().verdict(threshold), TreeMap::new, Collectors.counting()));
    int cold = comparison.cells().size() - comparison.warm().size();
    return counts.entrySet().stream()
            .map(entry -> marked(entry.getKey()) + " " + entry.getValue())
            .collect(Collectors.joining(", "))
        + (cold > 0 ? (counts.isEmpty() ? "" : ", ") + ComparedCell.NOT_WARM + " " + cold : "")
        + " of "
        + comparison.cells().size()
        + " cells";
  }

  private static String marked(Verdict verdict) {
    return VerdictMarks.sign(verdict) + " " + VerdictMarks.word(verdict);
  }

  private Page.Table means() {
    List<List<Page.Value>> rows = new ArrayList<>();
    comparisons.forEach(
        (name, comparison) -> {
          for (KernelMean mean : comparison.kernels()) {
            List<Page.Value> row = new ArrayList<>(run(name));
            row.add(kernel(mean.kernel()));
            row.add(number(mean.cells().size(), Integer.toString(mean.cells().size())));
            ratio(mean.ratio(), row);
            rows.add(row);
          }
        });
    return new Page.Table(
        "Geometric mean of each kernel's ratios",
        heads(List.of("kernel", "cells", "ratio", "low", "high", "verdict")),
        rows);
  }

  /** Compares the fastest kernel of each run, whichever it is: what its users get. */
  private void fastest(Page page) {
    List<List<Page.Value>> rows = new ArrayList<>();
    comparisons.forEach(
        (name, comparison) -> {
          Map<List<String>, List<ComparedCell>> shapes = new LinkedHashMap<>();
          comparison.warm().stream()
              .filter(cell -> cell.subject().benchmark().equals(SuiteNames.GRADIENT))
              .filter(cell -> !cell.isTime())
              .sorted(Comparator.comparing(cell -> ComparisonCharts.batch(cell.subject())))
              .forEach(
                  cell -> shapes.computeIfAbsent(shape(cell), key -> new ArrayList<>()).add(cell));
          shapes.values().stream()
              .filter(kernels -> kernels.size() > 1)
              .forEach(kernels -> rows.add(fastest(name, kernels)));
        });
    if (!rows.isEmpty()) {
      page.heading("Each run with its own fastest kernel");
      page.table(
          new Page.Table(
              "Samples per second, of the kernels that both runs have",
              heads(
                  List.of(
                      "batch",
                      "p",
                      "k",
                      "baseline's kernel",
                      "baseline",
                      "other's kernel",
                      "other",
                      "ratio",
                      "low",
                      "high",
                      "verdict")),
              rows));
    }
  }

  private static List<String> shape(ComparedCell cell) {
    return List.of(
        ComparisonCharts.batch(cell.subject()),
        cell.subject().param(SuiteNames.PATCH_DIMENSION),
        cell.subject().param(SuiteNames.PATCHES));
  }

  private List<Page.Value> fastest(String name, List<ComparedCell> kernels) {
    ComparedCell ofFirst = fastest(kernels, ComparedCell::first);
    ComparedCell ofOther = fastest(kernels, ComparedCell::other);
    List<Page.Value> row = new ArrayList<>(run(name));
    row.add(Page.Value.of(ComparisonCharts.batch(ofFirst.subject())));
    row.add(param(ofFirst.subject(), SuiteNames.PATCH_DIMENSION));
    row.add(param(ofFirst.subject(), SuiteNames.PATCHES));
    row.add(kernel(ofFirst.subject().kernel()));
    row.add(value(ofFirst.first(), ofFirst.unit()));
    row.add(kernel(ofOther.subject().kernel()));
    row.add(value(ofOther.other(), ofOther.unit()));
    ratio(Ratio.of(ofOther.other(), ofFirst.first()), row);
    return row;
  }

  private static ComparedCell fastest(
      List<ComparedCell> kernels, Function<ComparedCell, Forks> side) {
    return kernels.stream()
        .max(Comparator.comparingDouble(cell -> side.apply(cell).median()))
        .orElseThrow();
  }

  private Page.Table cells() {
    List<List<Page.Value>> rows = new ArrayList<>();
    comparisons.forEach(
        (name, comparison) -> {
          for (ComparedCell cell : comparison.cells()) {
            Subject subject = cell.subject();
            List<Page.Value> row = new ArrayList<>(run(name));
            row.add(kernel(subject.kernel()));
            row.add(Page.Value.of(subject.param(SuiteNames.PRECISION)));
            row.add(Page.Value.of(subject.param(SuiteNames.LEVEL)));
            row.add(param(subject, SuiteNames.PATCH_DIMENSION));
            row.add(param(subject, SuiteNames.PATCHES));
            row.add(Page.Value.of(subject.others()));
            row.add(samples(cell.n()));
            row.add(value(cell.first(), cell.unit()));
            row.add(value(cell.other(), cell.unit()));
            ratio(cell.ratio(), row);
            if (cell.notWarm().isPresent()) {
              row.set(row.size() - 1, Page.Value.of(ComparedCell.NOT_WARM));
            }
            rows.add(row);
          }
        });
    return new Page.Table(
        "Samples per second, or the unit that stands beside a value",
        heads(
            List.of(
                "kernel",
                "precision",
                "level",
                "p",
                "k",
                "others",
                "n",
                "baseline",
                "other",
                "ratio",
                "low",
                "high",
                "verdict")),
        rows);
  }

  /** The heads of a table, with a column for the other run's name where there are several. */
  private List<String> heads(List<String> heads) {
    List<String> all = new ArrayList<>(comparisons.size() > 1 ? List.of("run") : List.of());
    all.addAll(heads);
    return all;
  }

  private List<Page.Value> run(String name) {
    return comparisons.size() > 1 ? List.of(Page.Value.of(name)) : List.of();
  }

  private Page.Value kernel(String name) {
    return new Page.Value(name, Double.NaN, colours.of(name));
  }

  private void ratio(Ratio ratio, List<Page.Value> row) {
    Optional<Interval> interval = ratio.interval();
    row.add(number(ratio.value(), NumberText.three(ratio.value()) + "x"));
    row.add(end(interval.map(Interval::low)));
    row.add(end(interval.map(Interval::high)));
    Verdict verdict = ratio.verdict(threshold);
    row.add(new Page.Value(marked(verdict), Double.NaN, VerdictMarks.colour(verdict)));
  }

  private static Page.Value end(Optional<Double> end) {
    return end.map(value -> number(value, NumberText.three(value))).orElse(Page.Value.of("-"));
  }

  /** The samples of a batch; of both runs where they differ. */
  private static Page.Value samples(String n) {
    return n.matches("\\d{1,9}") ? RunMap.number(Integer.parseInt(n)) : Page.Value.of(n);
  }

  private static Page.Value param(Subject subject, String name) {
    String text = subject.param(name);
    return text.matches("\\d{1,9}") ? number(Integer.parseInt(text), text) : Page.Value.of(text);
  }

  private static Page.Value value(Forks forks, String unit) {
    double median = forks.median();
    return number(
        median, unit.equals("samples/s") ? NumberText.si(median) : NumberText.inUnit(median, unit));
  }

  private static Page.Value number(double number, String text) {
    return Page.Value.of(text, number);
  }
}

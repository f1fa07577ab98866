package dev.patchgrad.reports.page;

import dev.patchgrad.reports.comparison.ComparedCell;
import dev.patchgrad.reports.comparison.Comparison;
import dev.patchgrad.reports.comparison.Subject;
import dev.patchgrad.reports.grid.SuiteNames;
import dev.patchgrad.reports.statistics.Interval;
import dev.patchgrad.reports.statistics.Verdict;
import dev.patchgrad.reports.summary.NumberText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where runs are faster than the baseline, and where slower: all shapes, kernels and runs. */
final class ComparisonMap {
  private final double threshold;

  ComparisonMap(double threshold) {
    this.threshold = threshold;
  }

  /** What the cells of a row have in common. */
  private record Line(String batch, String kernel, String run) {}

  /**
   * The map: a row for each kernel, batch and run, and a column for each shape.
   *
   * @param comparisons by the name of the other run
   * @return the map; empty if no benchmark has shapes
   */
  Optional<PageMap> of(Map<String, Comparison> comparisons) {
    Map<Line, Map<String, ComparedCell>> lines = new LinkedHashMap<>();
    List<Subject> shapes = new ArrayList<>();
    comparisons.forEach(
        (name, comparison) -> {
          for (ComparedCell cell : comparison.cells()) {
            Subject subject = cell.subject();
            if (hasShape(subject)) {
              shapes.add(subject);
              lines
                  .computeIfAbsent(
                      new Line(batch(subject), subject.kernel(), name),
                      line -> new LinkedHashMap<>())
                  .put(shape(subject), cell);
            }
          }
        });
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    List<String> columns =
        shapes.stream()
            .sorted(
                Comparator.comparingInt(
                        (Subject subject) -> number(subject, SuiteNames.PATCH_DIMENSION))
                    .thenComparingInt(subject -> number(subject, SuiteNames.PATCHES)))
            .map(ComparisonMap::shape)
            .distinct()
            .toList();
    boolean several = comparisons.size() > 1;
    List<Line> order = new ArrayList<>();
    // The runs of one kernel and batch one below the other, whichever cells each of them has.
    lines.keySet().stream()
        .map(line -> new Line(line.batch(), line.kernel(), ""))
        .distinct()
        .forEach(
            line ->
                comparisons
                    .keySet()
                    .forEach(name -> order.add(new Line(line.batch(), line.kernel(), name))));
    List<PageMap.Row> rows =
        order.stream()
            .flatMap(
                line ->
                    Optional.ofNullable(lines.get(line))
                        .map(cells -> row(line, cells, columns, several))
                        .stream())
            .toList();
    return Optional.of(
        new PageMap(
            "Times the baseline, at each shape",
            List.of(several ? "kernel, batch, run" : "kernel, batch"),
            columns,
            rows));
  }

  private PageMap.Row row(
      Line line, Map<String, ComparedCell> cells, List<String> columns, boolean several) {
    String name = line.kernel() + ", " + line.batch();
    return new PageMap.Row(
        List.of(several ? name + ", " + line.run() : name),
        columns.stream()
            .map(
                column ->
                    Optional.ofNullable(cells.get(column))
                        .map(this::cell)
                        .orElse(PageMap.Cell.of("")))
            .toList());
  }

  private PageMap.Cell cell(ComparedCell cell) {
    if (cell.notWarm().isPresent()) {
      return PageMap.Cell.of(ComparedCell.NOT_WARM);
    }
    Verdict verdict = cell.ratio().verdict(threshold);
    String value = VerdictMarks.sign(verdict) + " " + NumberText.three(cell.ratio().value()) + "x";
    return new PageMap.Cell(
        value,
        List.of(cell.ratio().interval().map(ComparisonMap::ends).orElse("no interval")),
        switch (verdict) {
          case FASTER, SLOWER -> PageMap.Fill.PLAIN;
          case SAME -> PageMap.Fill.NONE;
          case UNDECIDED -> PageMap.Fill.HATCHED;
        },
        VerdictMarks.colour(verdict));
  }

  private static String ends(Interval interval) {
    return "[" + NumberText.three(interval.low()) + ", " + NumberText.three(interval.high()) + "]";
  }

  /** Without the suite, which the kernel's name has. */
  private static String batch(Subject subject) {
    return Stream.of(
            subject.param(SuiteNames.PRECISION),
            subject.param(SuiteNames.LEVEL),
            subject.others().replace('=', ' '))
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(", "));
  }

  private static boolean hasShape(Subject subject) {
    return subject.param(SuiteNames.PATCH_DIMENSION).matches("\\d{1,9}")
        && subject.param(SuiteNames.PATCHES).matches("\\d{1,9}");
  }

  private static int number(Subject subject, String name) {
    return Integer.parseInt(subject.param(name));
  }

  private static String shape(Subject subject) {
    return "p "
        + subject.param(SuiteNames.PATCH_DIMENSION)
        + ", k "
        + subject.param(SuiteNames.PATCHES);
  }
}

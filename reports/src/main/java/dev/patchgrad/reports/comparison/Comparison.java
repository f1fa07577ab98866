package dev.patchgrad.reports.comparison;

import dev.patchgrad.reports.environment.Work;
import dev.patchgrad.reports.grid.SuiteNames;
import dev.patchgrad.reports.run.Result;
import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.statistics.Forks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A run against an earlier one, or one machine against another.
 *
 * @param first what is compared with
 * @param other what is compared
 * @param ignored how the two were not measured alike, where the user wants them compared anyway
 * @param cells that both have, in order of benchmark, kernel, precision, level, p and k
 * @param onlyInFirst what the other lacks
 * @param onlyInOther what the first lacks
 */
public record Comparison(
    Named first,
    Named other,
    List<Difference> ignored,
    List<ComparedCell> cells,
    List<Subject> onlyInFirst,
    List<Subject> onlyInOther) {

  private static final Comparator<Subject> ORDER =
      Comparator.comparing((Subject subject) -> !subject.benchmark().equals(SuiteNames.GRADIENT))
          .thenComparing(Subject::benchmark)
          .thenComparing(Subject::kernel)
          .thenComparing(subject -> subject.param(SuiteNames.PRECISION))
          .thenComparing(subject -> subject.param(SuiteNames.LEVEL))
          .thenComparing(Subject::others)
          .thenComparingInt(subject -> number(subject.param(SuiteNames.PATCH_DIMENSION)))
          .thenComparingInt(subject -> number(subject.param(SuiteNames.PATCHES)))
          .thenComparing(subject -> subject.params().toString());

  /**
   * A run by the name that the user gave it.
   *
   * @param name for headings
   * @param run itself
   */
  public record Named(String name, Run run) {}

  /** Copies the lists. */
  public Comparison {
    ignored = List.copyOf(ignored);
    cells = List.copyOf(cells);
    onlyInFirst = List.copyOf(onlyInFirst);
    onlyInOther = List.copyOf(onlyInOther);
  }

  /**
   * Compares two runs.
   *
   * @param first what is compared with
   * @param other what is compared
   * @param force whether to compare runs that were not measured alike
   * @return the comparison
   * @throws NotAlikeException if they were not measured alike and force is false, or if they have
   *     no cell in common
   */
  public static Comparison of(Named first, Named other, boolean force) {
    List<Difference> differences = Comparability.differences(first.run(), other.run());
    if (!differences.isEmpty() && !force) {
      throw new NotAlikeException(first.name(), other.name(), differences);
    }
    Map<Subject, Result> ofFirst = subjects(first.run());
    Map<Subject, Result> ofOther = subjects(other.run());
    List<ComparedCell> cells = new ArrayList<>();
    List<Subject> onlyInFirst = new ArrayList<>();
    ofFirst.forEach(
        (subject, result) -> {
          Result match = ofOther.get(subject);
          if (match == null) {
            onlyInFirst.add(subject);
          } else {
            cells.add(cell(subject, first.run(), result, other.run(), match));
          }
        });
    List<Subject> onlyInOther =
        ofOther.keySet().stream().filter(subject -> !ofFirst.containsKey(subject)).toList();
    if (cells.isEmpty()) {
      throw new NotAlikeException(
          first.name(),
          other.name(),
          List.of(
              new Difference("cells", ofFirst.size() + ", none in common", "" + ofOther.size())));
    }
    return new Comparison(first, other, differences, cells, onlyInFirst, onlyInOther);
  }

  /** The results that have a rate, in the order of the cells. */
  static Map<Subject, Result> subjects(Run run) {
    Map<Subject, Result> subjects = new LinkedHashMap<>();
    run.results().stream()
        .filter(Result::isRate)
        .sorted(Comparator.comparing(Subject::of, ORDER))
        .forEach(result -> subjects.put(Subject.of(result), result));
    return subjects;
  }

  private static ComparedCell cell(
      Subject subject, Run firstRun, Result first, Run otherRun, Result other) {
    double ofFirst = firstRun.workOf(first).map(Work::samples).orElse(0.0);
    double ofOther = otherRun.workOf(other).map(Work::samples).orElse(0.0);
    boolean known = ofFirst > 0 && ofOther > 0;
    return new ComparedCell(
        subject,
        known ? "samples/s" : "ops/s",
        scaled(first, known ? ofFirst : 1),
        scaled(other, known ? ofOther : 1));
  }

  private static Forks scaled(Result result, double factor) {
    return new Forks(
        Forks.ofIterations(result.operationsPerSecond()).values().stream()
            .map(value -> value * factor)
            .toList());
  }

  /**
   * The kernels, each over its cells.
   *
   * @return in the order of the cells
   */
  public List<KernelMean> kernels() {
    Map<String, List<ComparedCell>> byKernel = new LinkedHashMap<>();
    for (ComparedCell cell : cells) {
      byKernel.computeIfAbsent(cell.subject().kernel(), kernel -> new ArrayList<>()).add(cell);
    }
    List<KernelMean> kernels = new ArrayList<>();
    byKernel.forEach((kernel, members) -> kernels.add(new KernelMean(kernel, members)));
    return kernels;
  }

  private static int number(String text) {
    return text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
  }
}

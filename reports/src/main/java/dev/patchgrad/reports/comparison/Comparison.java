package dev.patchgrad.reports.comparison;

import dev.patchgrad.reports.grid.Roofs;
import dev.patchgrad.reports.grid.SuiteNames;
import dev.patchgrad.reports.run.Result;
import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.statistics.UsualNoise;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A run against an earlier one, or one machine against another.
 *
 * @param first what is compared with
 * @param other what is compared
 * @param ignored how the two were not measured alike, where the user wants them compared anyway
 * @param cells that both have, in order of benchmark, kernel, precision, level, p and k; without
 *     the limits
 * @param limits of the machines that both have
 * @param onlyInFirst what the other lacks
 * @param onlyInOther what the first lacks
 * @param noQuantity what both have, where a record does not say how much work an operation is
 */
public record Comparison(
    Named first,
    Named other,
    List<Difference> ignored,
    List<ComparedCell> cells,
    List<ComparedLimit> limits,
    List<Subject> onlyInFirst,
    List<Subject> onlyInOther,
    List<Subject> noQuantity) {

  /** What subjects are sorted by: each part is made once, and not at each of its comparisons. */
  private record Place(Subject subject, String kernel, String others, int p, int k) {
    static final Comparator<Place> ORDER =
        Comparator.comparing(
                (Place place) -> !place.subject().benchmark().equals(SuiteNames.GRADIENT))
            .thenComparing(place -> place.subject().benchmark())
            .thenComparing(Place::kernel)
            .thenComparing(place -> place.subject().param(SuiteNames.PRECISION))
            .thenComparing(place -> place.subject().param(SuiteNames.LEVEL))
            .thenComparing(Place::others)
            .thenComparingInt(Place::p)
            .thenComparingInt(Place::k)
            .thenComparing(place -> place.subject().params(), ParamOrder.INSTANCE);

    static Place of(Subject subject) {
      return new Place(
          subject,
          subject.kernel(),
          Result.isOwn(subject.benchmark()) ? subject.others() : "",
          number(subject.param(SuiteNames.PATCH_DIMENSION)),
          number(subject.param(SuiteNames.PATCHES)));
    }
  }

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
    limits = List.copyOf(limits);
    onlyInFirst = List.copyOf(onlyInFirst);
    onlyInOther = List.copyOf(onlyInOther);
    noQuantity = List.copyOf(noQuantity);
  }

  /**
   * Compares what two runs both have. One of them may be a part of the other.
   *
   * @param first what is compared with
   * @param other what is compared
   * @param force whether to compare runs that were not measured alike
   * @return the comparison
   * @throws NotAlikeException if they were not measured alike and force is false, or if they have
   *     no cell in common
   */
  public static Comparison of(Named first, Named other, boolean force) {
    CommonClock clock = CommonClock.of(first.run(), other.run());
    return ofAlikeClocks(
        new Named(first.name(), clock.first()), new Named(other.name(), clock.other()), force);
  }

  private static Comparison ofAlikeClocks(Named first, Named other, boolean force) {
    boolean isForeign = Comparability.isForeign(first.run(), other.run());
    Map<Subject, Result> ofFirst = subjects(first.run(), isForeign);
    Map<Subject, Result> ofOther = subjects(other.run(), isForeign);
    boolean common = ofFirst.keySet().stream().anyMatch(ofOther::containsKey);
    List<Difference> differences =
        Comparability.differences(first.run(), ofFirst, other.run(), ofOther);
    if (!differences.isEmpty() && !force) {
      throw new NotAlikeException(first.name(), other.name(), differences, common);
    }
    if (!common) {
      List<Difference> why = new ArrayList<>(nothingInCommon(ofFirst.keySet(), ofOther.keySet()));
      why.add(
          new Difference(
              "cells",
              cells(first.run(), ofFirst) + ", none in common",
              cells(other.run(), ofOther)));
      throw new NotAlikeException(first.name(), other.name(), why, false);
    }
    List<ComparedCell> cells = new ArrayList<>();
    List<ComparedLimit> limits = new ArrayList<>();
    List<Subject> noQuantity = new ArrayList<>();
    List<Subject> onlyInFirst = new ArrayList<>();
    ofFirst.forEach(
        (subject, result) -> {
          Result match = ofOther.get(subject);
          if (match == null) {
            onlyInFirst.add(subject);
            return;
          }
          Quantity ofResult =
              isForeign
                  ? Quantity.asGiven(first.run(), result, match)
                  : Quantity.of(first.run(), result, match);
          Quantity ofMatch =
              isForeign
                  ? Quantity.asGiven(other.run(), match, result)
                  : Quantity.of(other.run(), match, result);
          if (!ofResult.isKnown()
              || !ofMatch.isKnown()
              || !ofResult.unit().equals(ofMatch.unit())) {
            noQuantity.add(subject);
          } else if (SuiteNames.ROOFS.contains(subject.benchmark())) {
            limits.add(
                new ComparedLimit(
                    subject,
                    ofResult.unit(),
                    Roofs.rate(ofResult.values()),
                    Roofs.rate(ofMatch.values())));
          } else {
            cells.add(
                new ComparedCell(
                    subject,
                    ofResult.unit(),
                    ofResult.values(),
                    ofMatch.values(),
                    ofResult.samples(ofMatch),
                    notWarm(ofResult.notWarm(), ofMatch.notWarm())));
          }
        });
    List<Subject> onlyInOther =
        ofOther.keySet().stream().filter(subject -> !ofFirst.containsKey(subject)).toList();
    if (cells.isEmpty() && limits.isEmpty()) {
      throw new NotAlikeException(
          first.name(),
          other.name(),
          List.of(
              new Difference("cells", ofFirst.size() + ", none in common", "" + ofOther.size())),
          false);
    }
    return new Comparison(
        first,
        other,
        differences,
        besideEachOther(cells),
        limits,
        onlyInFirst,
        onlyInOther,
        noQuantity);
  }

  /** The cells of two runs, each judged by the noise of its run's other cells as well. */
  static List<ComparedCell> besideEachOther(List<ComparedCell> cells) {
    UsualNoise ofFirst = UsualNoise.of(cells.stream().map(ComparedCell::first).toList());
    UsualNoise ofOther = UsualNoise.of(cells.stream().map(ComparedCell::other).toList());
    return cells.stream()
        .map(cell -> cell.beside(ofFirst.ofOneSide(), ofOther.ofOneSide()))
        .toList();
  }

  /** Parameters that both runs have, and of which no value of the one is a value of the other. */
  private static List<Difference> nothingInCommon(Set<Subject> first, Set<Subject> other) {
    List<Difference> differences = new ArrayList<>();
    for (String name : names(first)) {
      Set<String> ofFirst = values(first, name);
      Set<String> ofOther = values(other, name);
      if (!ofOther.isEmpty() && Collections.disjoint(ofFirst, ofOther)) {
        differences.add(
            new Difference(
                "params." + name, String.join(", ", ofFirst), String.join(", ", ofOther)));
      }
    }
    return differences;
  }

  private static Set<String> names(Set<Subject> subjects) {
    Set<String> names = new TreeSet<>();
    subjects.forEach(subject -> names.addAll(subject.params().keySet()));
    return names;
  }

  private static Set<String> values(Set<Subject> subjects, String name) {
    Set<String> values = new TreeSet<>();
    subjects.forEach(subject -> values.add(subject.params().getOrDefault(name, "")));
    return values;
  }

  /** How many cells with a rate a run has, and why it has none. */
  private static String cells(Run run, Map<Subject, Result> subjects) {
    if (!subjects.isEmpty()) {
      return Integer.toString(subjects.size());
    }
    return "0 with a rate, mode "
        + run.results().stream().map(Result::mode).distinct().collect(Collectors.joining(", "));
  }

  /**
   * The results that have a rate, in the order of the cells; of foreign runs those of any mode.
   * Where a run has a cell in several modes, the one that is measured by throughput stands for it,
   * and each other is a cell of its own.
   */
  static Map<Subject, Result> subjects(Run run, boolean isForeign) {
    Map<Subject, Result> subjects = new HashMap<>();
    run.results().stream()
        .filter(isForeign ? Result::isMeasured : Result::isRate)
        // Throughput before average time.
        .sorted(Comparator.comparing(Result::mode).reversed())
        .forEach(
            result -> {
              if (subjects.putIfAbsent(Subject.of(result), result) != null) {
                subjects.put(Subject.inMode(result), result);
              }
            });
    Map<Subject, Result> sorted = new LinkedHashMap<>();
    subjects.keySet().stream()
        .map(Place::of)
        .sorted(Place.ORDER)
        .map(Place::subject)
        .forEach(subject -> sorted.put(subject, Objects.requireNonNull(subjects.get(subject))));
    return sorted;
  }

  /**
   * What could not be checked, since one of the runs is known by JMH's own file alone.
   *
   * @return in words; empty where both have a record of this project
   */
  public List<String> unchecked() {
    return Comparability.unchecked(first.run(), other.run());
  }

  /**
   * The kernels, each over its cells that were warm.
   *
   * @return in the order of the cells
   */
  public List<KernelMean> kernels() {
    Map<String, List<ComparedCell>> byKernel = new LinkedHashMap<>();
    for (ComparedCell cell : warm()) {
      byKernel.computeIfAbsent(cell.subject().kernel(), kernel -> new ArrayList<>()).add(cell);
    }
    List<KernelMean> kernels = new ArrayList<>();
    byKernel.forEach((kernel, members) -> kernels.add(new KernelMean(kernel, members)));
    return kernels;
  }

  /**
   * The cells that something can be concluded from.
   *
   * @return those that were warm in both runs
   */
  public List<ComparedCell> warm() {
    return cells.stream().filter(cell -> cell.notWarm().isEmpty()).toList();
  }

  /**
   * A part of this comparison.
   *
   * @param isWanted whether a cell belongs to it
   * @return the comparison of those cells; its limits and what it lacks stay
   */
  public Comparison only(Predicate<ComparedCell> isWanted) {
    return new Comparison(
        first,
        other,
        ignored,
        cells.stream().filter(isWanted).toList(),
        limits,
        onlyInFirst,
        onlyInOther,
        noQuantity);
  }

  private static Optional<String> notWarm(Optional<String> first, Optional<String> other) {
    return first.isPresent()
        ? first.map(reason -> "first: " + reason)
        : other.map(reason -> "other: " + reason);
  }

  private static int number(String text) {
    return text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
  }
}

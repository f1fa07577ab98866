package dev.patchgrad.reports.comparison;

import dev.patchgrad.reports.json.BadRecordException;
import dev.patchgrad.reports.statistics.Forks;
import dev.patchgrad.reports.statistics.Holm;
import dev.patchgrad.reports.statistics.Ratio;
import dev.patchgrad.reports.summary.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Whether anything became slower than is allowed.
 *
 * <p>Each cell and each kernel's geometric mean is tested against the threshold, one-sided. Holm's
 * method keeps the probability of a false alarm at {@link #LEVEL}, however many cells there are. A
 * gate fails only on a slow-down that the forks show. Where forks are few or noisy it passes, and
 * says in how many cells it could not have seen such a slow-down.
 *
 * @param threshold 0.05 for five percent longer
 * @param slower what is slower than allowed, for a person; empty if the gate passes
 * @param blind cells whose interval includes the threshold: they may be slower than that, or not
 * @param cells that were tested: those that were warm in both runs
 */
public record SlowdownGate(double threshold, List<String> slower, int blind, int cells) {
  /** The probability that a gate fails though nothing is slower than allowed. */
  public static final double LEVEL = 0.025;

  /** Copies the list. */
  public SlowdownGate {
    slower = List.copyOf(slower);
  }

  /**
   * Judges comparisons.
   *
   * @param comparisons at least one
   * @param threshold 0.05 for five percent longer
   * @return the judgement
   * @throws BadRecordException if a cell was measured in one fork, which has no interval
   */
  public static SlowdownGate of(List<Comparison> comparisons, double threshold) {
    List<String> names = new ArrayList<>();
    List<Double> probabilities = new ArrayList<>();
    int blind = 0;
    int cells = 0;
    for (Comparison comparison : comparisons) {
      String prefix = comparisons.size() == 1 ? "" : comparison.other().name() + ": ";
      for (KernelMean mean : comparison.kernels()) {
        names.add(
            prefix + mean.kernel() + " on average: " + NumberText.ratio(Optional.of(mean.ratio())));
        probabilities.add(probability(mean.cells(), threshold));
      }
      for (ComparedCell cell : comparison.warm()) {
        requireForks(comparison.first(), cell, cell.first());
        requireForks(comparison.other(), cell, cell.other());
        names.add(
            prefix + cell.subject().text() + ": " + NumberText.ratio(Optional.of(cell.ratio())));
        probabilities.add(probability(List.of(cell), threshold));
        cells++;
        blind += cell.ratio().interval().orElseThrow().contains(1 / (1 + threshold)) ? 1 : 0;
      }
    }
    Set<Integer> found = Holm.findings(probabilities, LEVEL);
    List<String> slower = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      if (found.contains(i)) {
        slower.add(names.get(i));
      }
    }
    return new SlowdownGate(threshold, slower, blind, cells);
  }

  private static double probability(List<ComparedCell> cells, double threshold) {
    return Ratio.probabilityOfNotSlower(
        cells.stream().map(ComparedCell::numerator).toList(),
        cells.stream().map(ComparedCell::denominator).toList(),
        threshold);
  }

  private static void requireForks(Comparison.Named run, ComparedCell cell, Forks forks) {
    if (forks.count() < 2) {
      throw new BadRecordException(
          run.run().resultsFile(),
          "primaryMetric.rawData of " + cell.subject().params(),
          "1 fork found; a gate needs at least 2, and sees little with fewer than 5");
    }
  }

  /**
   * Whether nothing is slower than allowed.
   *
   * @return true if the gate passes
   */
  public boolean passes() {
    return slower.isEmpty();
  }

  /**
   * The judgement for a person.
   *
   * @return lines
   */
  public String text() {
    StringBuilder out = new StringBuilder();
    String allowed = String.format(Locale.ROOT, "%s %%", NumberText.three(100 * threshold));
    if (passes()) {
      out.append("gate: passed; nothing is shown to be more than ")
          .append(allowed)
          .append(" slower\n");
    } else {
      out.append("gate: failed; more than ").append(allowed).append(" slower:\n");
      slower.forEach(line -> out.append("  ").append(line).append('\n'));
    }
    if (blind > 0) {
      out.append("gate: in ")
          .append(blind)
          .append(" of ")
          .append(cells)
          .append(" cells the interval reaches beyond ")
          .append(allowed)
          .append(" slower: measure with more forks (-Djmh.f=10) to see that much there\n");
    }
    return out.toString();
  }
}

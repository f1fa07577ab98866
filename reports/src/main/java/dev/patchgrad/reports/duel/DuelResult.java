package dev.patchgrad.reports.duel;

import dev.patchgrad.reports.statistics.Holm;
import dev.patchgrad.reports.statistics.Interval;
import dev.patchgrad.reports.statistics.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a duel says, finished or not.
 *
 * @param rows benchmarks that both sides have, with at least one pair of forks each
 * @param onlyInA what B does not have
 * @param onlyInB what A does not have
 * @param failures of rows that broke down, by the row's label
 * @param within two sides nearer than this are the same, 0.01 for one percent
 */
public record DuelResult(
    List<DuelRow> rows,
    List<BenchmarkCell> onlyInA,
    List<BenchmarkCell> onlyInB,
    Map<String, String> failures,
    double within) {

  /** The share of duels in which any row is called faster or slower without being so. */
  public static final double ALPHA = .05;

  /** Copies lists and map. */
  public DuelResult {
    rows = List.copyOf(rows);
    onlyInA = List.copyOf(onlyInA);
    onlyInB = List.copyOf(onlyInB);
    failures = new LinkedHashMap<>(failures);
  }

  /**
   * The rows whose forks were most likely not warm, or disturbed.
   *
   * @return by the row's label, why; in the rows' order
   */
  public Map<String, String> doubts() {
    Map<String, String> doubts = new LinkedHashMap<>();
    for (DuelRow row : rows) {
      row.doubt().ifPresent(doubt -> doubts.put(DuelText.label(row), doubt));
    }
    return doubts;
  }

  /**
   * What each row shows of B against A. Faster and slower are Holm's findings over all rows, so
   * that many rows make no false finding likelier; the same is what an interval at the level of all
   * rows together shows.
   *
   * @return by row, in their order
   */
  public List<Verdict> verdicts() {
    return verdicts(rows, rows.size(), within);
  }

  /**
   * The same while the duel goes on.
   *
   * @param rows that have been measured
   * @param count of rows in the end, at least as many
   * @param within two sides nearer than this are the same
   * @return by row, in their order
   */
  static List<Verdict> verdicts(List<DuelRow> rows, int count, double within) {
    List<Double> probabilities = new ArrayList<>();
    rows.forEach(row -> probabilities.add(row.probability()));
    while (probabilities.size() < count) {
      probabilities.add(1.0);
    }
    Set<Integer> findings = Holm.findings(probabilities, ALPHA);
    List<Verdict> verdicts = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      DuelRow row = rows.get(i);
      if (isSame(row, within, count)) {
        verdicts.add(Verdict.SAME);
      } else if (findings.contains(i)) {
        verdicts.add(row.ratio() > 1 ? Verdict.FASTER : Verdict.SLOWER);
      } else {
        verdicts.add(Verdict.UNDECIDED);
      }
    }
    return verdicts;
  }

  private static boolean isSame(DuelRow row, double within, int count) {
    Optional<Interval> interval = row.interval(ALPHA / count);
    return interval.isPresent()
        && interval.get().low() >= 1 / (1 + within)
        && interval.get().high() <= 1 + within;
  }

  /** Whether it is shown that a row is slower by more than a share, or that it is not. */
  static boolean isClear(DuelRow row, double allowed, int count) {
    return isSlower(row, allowed, count) || isAllowed(row, allowed, count);
  }

  private static boolean isSlower(DuelRow row, double allowed, int count) {
    Optional<Interval> interval = row.interval(ALPHA / count);
    return interval.isPresent() && interval.get().high() < 1 / (1 + allowed);
  }

  private static boolean isAllowed(DuelRow row, double allowed, int count) {
    Optional<Interval> interval = row.interval(ALPHA / count);
    return interval.isPresent() && interval.get().low() >= 1 / (1 + allowed);
  }

  /**
   * Whether any row is shown to be slower by more than a share.
   *
   * @param allowed 0.05 for five percent
   * @return true if the row's whole interval, at the level of all rows together, says so
   */
  public boolean isSlowerBy(double allowed) {
    return rows.stream().anyMatch(row -> !row.floor() && isSlower(row, allowed, rows.size()));
  }

  /**
   * Whether it is shown of every row that it is not slower by more than a share.
   *
   * @param allowed 0.05 for five percent
   * @return true if each row is the same, or its whole interval says so; false if a row broke down
   *     or there is none
   */
  public boolean isNowhereSlowerBy(double allowed) {
    List<Verdict> verdicts = verdicts();
    boolean any = false;
    for (int i = 0; i < rows.size(); i++) {
      DuelRow row = rows.get(i);
      boolean shown =
          verdicts.get(i) == Verdict.SAME
              || verdicts.get(i) == Verdict.FASTER
              || isAllowed(row, allowed, rows.size());
      if (!row.floor()) {
        if (!shown) {
          return false;
        }
        any = true;
      }
    }
    return any && failures.isEmpty();
  }

  /**
   * The geometric mean of B's speed over A's.
   *
   * @return over the rows, without those of A against itself; empty if there is none, or B is
   *     several JVMs
   */
  public Optional<Double> geometricMean() {
    List<DuelRow> real = rows.stream().filter(row -> !row.floor()).toList();
    boolean severalJvms =
        real.stream().map(row -> row.cell().params().getOrDefault(Bout.JVM, "")).distinct().count()
            > 1;
    return real.isEmpty() || severalJvms
        ? Optional.empty()
        : Optional.of(
            Math.exp(
                real.stream().mapToDouble(row -> Math.log(row.ratio())).average().orElseThrow()));
  }
}

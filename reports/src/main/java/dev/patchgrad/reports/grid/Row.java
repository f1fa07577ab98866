package dev.patchgrad.reports.grid;

import dev.patchgrad.reports.statistics.Ratio;
import dev.patchgrad.reports.statistics.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All kernels at one p and k.
 *
 * @param p dimension of a patch
 * @param k patches of a sample
 * @param cells the fastest first, at least one
 */
public record Row(int p, int k, List<Cell> cells) {
  /** Batches of fewer samples are few: what is paid once for a batch weighs most in them. */
  public static final int FEW = 4;

  /** Two kernels that are known to differ by no more than this are as fast as each other. */
  public static final double SAME_WITHIN = 0.03;

  /** Sorts the cells, the fastest first. */
  public Row {
    cells =
        cells.stream()
            .sorted(
                Comparator.comparingDouble((Cell cell) -> cell.operations().median()).reversed())
            .toList();
  }

  /**
   * The kernel with the highest throughput.
   *
   * @return its cell
   */
  public Cell fastest() {
    return cells.get(0);
  }

  /**
   * The second fastest kernel.
   *
   * @return its cell; empty if there is one kernel only
   */
  public Optional<Cell> next() {
    return cells.size() > 1 ? Optional.of(cells.get(1)) : Optional.empty();
  }

  /**
   * A kernel's cell.
   *
   * @param kernel its name
   * @return the cell; empty if it was not measured here
   */
  public Optional<Cell> cell(String kernel) {
    return cells.stream().filter(cell -> cell.kernel().equals(kernel)).findFirst();
  }

  /**
   * How much faster the fastest is than another kernel.
   *
   * @param kernel the other's name
   * @return the ratio; empty if the other was not measured here, or is the fastest itself, or the
   *     row is not ranked
   */
  public Optional<Ratio> fastestOver(String kernel) {
    return kernel.equals(fastest().kernel()) || !isRanked()
        ? Optional.empty()
        : cell(kernel).map(other -> Ratio.of(fastest().operations(), other.operations()));
  }

  /**
   * How much faster the fastest is than the next one.
   *
   * @return the ratio; empty if there is one kernel only, or the row is not ranked
   */
  public Optional<Ratio> margin() {
    return !isRanked()
        ? Optional.empty()
        : next().map(other -> Ratio.of(fastest().operations(), other.operations()));
  }

  /**
   * The kernels of which any may be the fastest, as far as the intervals tell.
   *
   * @return the cell of the fastest, then those that it is not shown to be faster than
   */
  public List<Cell> contenders() {
    return cells.stream()
        .filter(
            cell ->
                cell.equals(fastest())
                    || Ratio.of(fastest().operations(), cell.operations()).verdict(0)
                        != Verdict.FASTER)
        .toList();
  }

  /**
   * The cells that were not warm when they were measured. How fast they are is not known.
   *
   * @return as {@link Cell#notWarm} says; empty if all were warm
   */
  public List<Cell> notWarm() {
    return cells.stream().filter(cell -> cell.notWarm().isPresent()).toList();
  }

  /**
   * Whether it is known which kernel is fastest here. Where a cell was not warm, any of them may
   * be.
   *
   * @return false where {@link Warmth#NO_RANKING} stands in place of the fastest
   */
  public boolean isRanked() {
    return notWarm().isEmpty();
  }

  /**
   * The size of the batch.
   *
   * @return n, the samples of a batch; 0 where the run does not say
   */
  public long samples() {
    return Math.round(fastest().samplesPerOperation());
  }

  /**
   * Whether the batch has so few samples that its row is not counted with the others.
   *
   * @return true below {@link #FEW}, where the size is known
   */
  public boolean isFew() {
    return samples() > 0 && samples() < FEW;
  }

  /**
   * Whether the fastest cannot be told from the next, and is known to be about as fast.
   *
   * @return true where the interval of their ratio includes 1, and the ratio is shown to lie within
   *     {@link #SAME_WITHIN}
   */
  public boolean isTie() {
    return !isDecided()
        && margin().map(ratio -> ratio.verdict(SAME_WITHIN) == Verdict.SAME).orElse(false);
  }

  /**
   * What stands before the name of the fastest in a table.
   *
   * @return nothing where it is decided, {@code =} for a tie, {@code ~} where it cannot be told
   */
  public String mark() {
    return isDecided() ? "" : isTie() ? "=" : "~";
  }

  /**
   * Whether the fastest can be told from the next.
   *
   * @return false where the interval of their ratio includes 1, or there is none, or a cell was not
   *     warm
   */
  public boolean isDecided() {
    return isRanked() && (margin().isEmpty() || margin().get().verdict(0) == Verdict.FASTER);
  }
}

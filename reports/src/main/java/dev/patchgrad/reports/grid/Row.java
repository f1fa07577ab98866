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
   * @return the ratio; empty if the other was not measured here, or is the fastest itself
   */
  public Optional<Ratio> fastestOver(String kernel) {
    return kernel.equals(fastest().kernel())
        ? Optional.empty()
        : cell(kernel).map(other -> Ratio.of(fastest().operations(), other.operations()));
  }

  /**
   * How much faster the fastest is than the next one.
   *
   * @return the ratio; empty if there is one kernel only
   */
  public Optional<Ratio> margin() {
    return next().map(other -> Ratio.of(fastest().operations(), other.operations()));
  }

  /**
   * Whether the fastest can be told from the next.
   *
   * @return false where the interval of their ratio includes 1, or there is none
   */
  public boolean isDecided() {
    return margin().isEmpty() || margin().get().verdict(0) == Verdict.FASTER;
  }
}

package dev.patchgrad.bench.launch;

import dev.patchgrad.reports.run.Run;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.openjdk.jmh.runner.RunnerException;

/**
 * The rounds of a run: each measures one fork of every cell that is still wanted. After those that
 * were planned, forks go where the grid is not sure yet, until it is, or the time is over.
 */
final class MeasuredRounds {
  /** Why the rounds ended. */
  enum End {
    /** Every cell has the forks that were asked for. */
    COMPLETE,
    /** Every row is sure. */
    SURE,
    /** The time is over. */
    TIME,
    /** Some rows are not sure after as many forks as there may be. */
    UNSURE
  }

  /** Measures one fork of a cell. */
  interface Forks {
    /**
     * Measures.
     *
     * @param cell of which one fork is wanted
     * @throws RunnerException if JMH fails
     */
    void measure(PreflightRequest.Cell cell) throws RunnerException;
  }

  /** Told of the rounds. */
  interface Listener {
    /**
     * A round begins.
     *
     * @param number from 1 on
     * @param cells that get a fork
     */
    void begins(int number, List<PreflightRequest.Cell> cells);

    /**
     * A round has ended.
     *
     * @param number from 1 on
     */
    void ended(int number);

    /**
     * Somebody looks whether the run is sure.
     *
     * @return all that was measured so far
     */
    Run look();

    /**
     * What a look showed.
     *
     * @param further forks that are worth while
     * @param rounds in which each of them is to be measured
     */
    void looked(FurtherForks further, int rounds);
  }

  private final PlannedForks planned;
  private final RoundOrder order;
  private final TimeLimit limit;
  private final boolean adaptive;
  private int whole;

  /**
   * Rounds that have not begun.
   *
   * @param planned forks of each cell in any case
   * @param order of the cells
   * @param limit of the time
   * @param adaptive whether more forks may follow
   */
  MeasuredRounds(PlannedForks planned, RoundOrder order, TimeLimit limit, boolean adaptive) {
    this.planned = planned;
    this.order = order;
    this.limit = limit;
    this.adaptive = adaptive;
  }

  /** The rounds that have ended: each cell that was wanted has a fork of each. */
  int whole() {
    return whole;
  }

  /**
   * Measures.
   *
   * @throws RunnerException if JMH fails
   */
  End run(Forks forks, Listener listener) throws RunnerException {
    int first = planned.rounds();
    for (int round = 1; round <= first; round++) {
      if (round > 1 && limit.isOverAfterAnother(whole)) {
        return End.TIME;
      }
      measure(round, planned.ofRound(round), forks, listener);
    }
    return adaptive ? further(first, forks, listener) : End.COMPLETE;
  }

  private End further(int first, Forks forks, Listener listener) throws RunnerException {
    Set<PreflightRequest.Cell> wanted = new HashSet<>(planned.ofCells().keySet());
    int round = first;
    for (int look = 1; look < FurtherForks.LOOKS; look++) {
      FurtherForks further = FurtherForks.of(listener.look(), List.copyOf(wanted));
      if (further.rows() == 0) {
        return End.COMPLETE;
      }
      // Who was out of the running stays out: a kernel's forks stay comparable with the others'.
      wanted.retainAll(further.cells());
      if (wanted.isEmpty()) {
        return End.SURE;
      }
      int end = first << look;
      listener.looked(further, end - round);
      while (round < end) {
        if (limit.isOver()) {
          return End.TIME;
        }
        round++;
        List<PreflightRequest.Cell> cells =
            planned.ofCells().keySet().stream().filter(wanted::contains).toList();
        if (!measure(round, cells, forks, listener)) {
          return End.TIME;
        }
      }
    }
    return FurtherForks.of(listener.look(), List.copyOf(wanted)).cells().isEmpty()
        ? End.SURE
        : End.UNSURE;
  }

  /** Measures a round; a further one ends where the time is over. */
  private boolean measure(
      int round, List<PreflightRequest.Cell> cells, Forks forks, Listener listener)
      throws RunnerException {
    listener.begins(round, cells);
    PreflightRequest.Cell row = new PreflightRequest.Cell("", java.util.Map.of());
    for (PreflightRequest.Cell cell : order.next(cells)) {
      // Between two rows: kernels that are compared get their forks together.
      boolean next = !RoundOrder.row(cell).equals(row);
      if (round > planned.rounds() && next && limit.isOver()) {
        return false;
      }
      row = RoundOrder.row(cell);
      forks.measure(cell);
    }
    whole++;
    listener.ended(round);
    return true;
  }
}

package dev.patchgrad.bench.launch;

import dev.patchgrad.reports.environment.Work;
import dev.patchgrad.reports.grid.SuiteNames;
import dev.patchgrad.reports.run.Places;
import dev.patchgrad.reports.run.Result;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Which cells are measured in many short iterations, and how short: those whose iterations go
 * through the places of a batch. A neighbour on the host seldom disturbs all of the {@value
 * #PASSES} that a place gets, so the fastest of them tells what the kernel can do.
 *
 * @param cells that get them unless the user wants something else
 */
public record ShortIterations(Set<PreflightRequest.Cell> cells) {
  /** A larger batch has one place, and would take longer than an iteration lasts. */
  public static final long LARGEST_COPIED = 8L << 20;

  /** Iterations at each place. */
  private static final int PASSES = 20;

  /** Of an iteration. A scalar kernel takes less than 0.1 ms for a gradient over half of an L2. */
  private static final int MILLIS = 3;

  /** Copies the set. */
  public ShortIterations {
    cells = Set.copyOf(cells);
  }

  /**
   * Those of a run.
   *
   * @param work of its cells
   */
  static ShortIterations of(List<Work> work) {
    return new ShortIterations(
        work.stream()
            .filter(each -> each.benchmark().equals(SuiteNames.GRADIENT))
            .filter(each -> each.bytes() <= LARGEST_COPIED)
            .map(each -> new PreflightRequest.Cell(each.benchmark(), each.params()))
            .collect(Collectors.toSet()));
  }

  /**
   * Sets them for a cell that gets them, where the user said nothing about iterations. A profiler
   * reads its counters once an iteration, which would be too often.
   *
   * @param cell that is to be measured
   * @param user the whole command line
   * @param builder of the options of one fork
   */
  void set(PreflightRequest.Cell cell, CommandLineOptions user, ChainedOptionsBuilder builder) {
    if (cells.contains(cell)
        && !user.getMeasurementIterations().hasValue()
        && !user.getMeasurementTime().hasValue()
        && user.getProfilers().isEmpty()
        && user.getBenchModes().stream().allMatch(mode -> Result.isRate(mode.shortLabel()))) {
      builder
          .measurementIterations(PASSES * Places.COUNT)
          .measurementTime(TimeValue.milliseconds(MILLIS));
    }
  }
}

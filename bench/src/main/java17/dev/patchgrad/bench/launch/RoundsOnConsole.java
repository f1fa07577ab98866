package dev.patchgrad.bench.launch;

import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.summary.Look;
import dev.patchgrad.reports.summary.Summary;
import java.io.PrintStream;
import java.util.List;
import java.util.function.Supplier;
import org.openjdk.jmh.results.RunResult;

/** What a person sees of the rounds: their beginning, the map after the first, and each look. */
final class RoundsOnConsole implements MeasuredRounds.Listener {
  private final PrintStream out;
  private final ProgressLines progress;
  private final TimeLimit limit;
  private final PlannedForks planned;
  private final Run begun;
  private final Supplier<List<RunResult>> measured;

  /**
   * The rounds of a run that begins now.
   *
   * @param out where the lines go
   * @param progress of the cells
   * @param limit of the time
   * @param planned forks
   * @param begun the run, without results
   * @param measured everything that was measured so far
   */
  RoundsOnConsole(
      PrintStream out,
      ProgressLines progress,
      TimeLimit limit,
      PlannedForks planned,
      Run begun,
      Supplier<List<RunResult>> measured) {
    this.out = out;
    this.progress = progress;
    this.limit = limit;
    this.planned = planned;
    this.begun = begun;
    this.measured = measured;
  }

  @Override
  public void begins(int number, List<PreflightRequest.Cell> cells) {
    progress.roundBegins(number, cells, planned.modes());
    if (number > 1) {
      out.println("# round " + number);
    }
  }

  @Override
  public void ended(int number) {
    if (number > 1 || planned.rounds() == 1) {
      return;
    }
    String tables = Summary.tables(look(), Look.plain());
    if (!tables.isEmpty()) {
      out.println();
      out.println("After one round, with one fork of each cell. No difference is certain yet.");
      out.print(tables);
      out.println();
    }
  }

  @Override
  public Run look() {
    return FurtherForks.read(begun, RunRecord.json(measured.get()));
  }

  @Override
  public void looked(FurtherForks further, int rounds) {
    long forks = (long) further.cells().size() * rounds * planned.modes();
    progress.furtherForks(forks, limit.left().toNanos());
    out.println("# " + further.inWords());
  }
}

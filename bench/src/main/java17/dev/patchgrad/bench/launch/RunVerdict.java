package dev.patchgrad.bench.launch;

import dev.patchgrad.reports.grid.Cliffs;
import dev.patchgrad.reports.grid.Grid;
import dev.patchgrad.reports.run.Run;
import java.util.ArrayList;
import java.util.List;

/** What makes a whole run no success: kernels that beat the machine, or fall off a cliff. */
final class RunVerdict {
  private RunVerdict() {}

  /**
   * What is wrong with a run.
   *
   * @param run that is recorded
   * @return a line for each thing; empty for a success
   */
  static List<String> complaints(Run run) {
    List<String> complaints = new ArrayList<>();
    Cliffs cliffs = Cliffs.of(run);
    if (!cliffs.broken().isEmpty()) {
      complaints.add(
          "the run is recorded, and " + cliffs.broken().size() + " of its cells are cliffs:");
      complaints.addAll(cliffs.broken());
    }
    Grid grid = Grid.of(run);
    List<String> beaten = grid.provenAboveLimit();
    if (!beaten.isEmpty()) {
      complaints.add(
          "the run is recorded, but more was measured than the machine allows, so a roof or a count"
              + " is wrong: "
              + grid.inShort(beaten));
    }
    return complaints;
  }
}

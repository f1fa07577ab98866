package dev.patchgrad.bench.launch;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Defaults;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * How many forks each cell of a run gets in any case, without those that only warm up.
 *
 * @param ofCells by cell, in the order of the selection
 * @param modes in which JMH measures each cell
 */
record PlannedForks(Map<PreflightRequest.Cell, Integer> ofCells, int modes) {
  /** Copies the map. */
  PlannedForks {
    ofCells = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(ofCells));
  }

  /**
   * The plan of a command line.
   *
   * @param jmh the user's options, which may name a number for all
   * @param selection of cells, whose suites name numbers of their own
   */
  static PlannedForks of(CommandLineOptions jmh, Selection selection) {
    Map<String, Integer> ofSuites = new TreeMap<>();
    for (BenchmarkListEntry entry :
        BenchmarkList.defaultList()
            .getAll(
                OutputFormatFactory.createFormatInstance(
                    new PrintStream(OutputStream.nullOutputStream(), false), VerboseMode.SILENT),
                List.of())) {
      ofSuites.put(entry.getUsername(), entry.getForks().orElse(Defaults.MEASUREMENT_FORKS));
    }
    Map<PreflightRequest.Cell, Integer> forks = new LinkedHashMap<>();
    for (PreflightRequest.Cell cell : selection.cells()) {
      forks.put(
          cell,
          jmh.getForkCount()
              .orElse(ofSuites.getOrDefault(cell.benchmark(), Defaults.MEASUREMENT_FORKS)));
    }
    return new PlannedForks(forks, Math.max(1, jmh.getBenchModes().size()));
  }

  /** Cells of the whole run: JMH measures each once for each mode. */
  int cells() {
    return ofCells.size() * modes;
  }

  /** Forks of the whole run. */
  long forks() {
    return (long) modes * ofCells.values().stream().mapToInt(forks -> forks).sum();
  }

  /** Rounds that it takes. */
  int rounds() {
    return ofCells.values().stream().mapToInt(forks -> forks).max().orElse(0);
  }

  /** The cells that have a fork in a round. */
  List<PreflightRequest.Cell> ofRound(int round) {
    return ofCells.entrySet().stream()
        .filter(entry -> entry.getValue() >= round)
        .map(Map.Entry::getKey)
        .toList();
  }
}

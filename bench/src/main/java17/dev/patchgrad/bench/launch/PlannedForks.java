package dev.patchgrad.bench.launch;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Defaults;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.VerboseMode;

/** How many forks a run comes to, so that one can tell how much of it is done. */
final class PlannedForks {
  private PlannedForks() {}

  /** Cells of the whole run: JMH measures each once for each mode. */
  static int cells(CommandLineOptions jmh, Selection selection) {
    return selection.cells().size() * Math.max(1, jmh.getBenchModes().size());
  }

  /** Forks of the whole run, without those that only warm up. */
  static long of(CommandLineOptions jmh, Selection selection) {
    Map<String, Integer> ofSuites = new HashMap<>();
    for (BenchmarkListEntry entry :
        BenchmarkList.defaultList()
            .getAll(
                OutputFormatFactory.createFormatInstance(
                    new PrintStream(OutputStream.nullOutputStream(), false), VerboseMode.SILENT),
                List.of())) {
      ofSuites.put(entry.getUsername(), entry.getForks().orElse(Defaults.MEASUREMENT_FORKS));
    }
    long forks =
        selection.cells().stream()
            .mapToLong(
                cell ->
                    jmh.getForkCount()
                        .orElse(
                            ofSuites.getOrDefault(cell.benchmark(), Defaults.MEASUREMENT_FORKS)))
            .sum();
    return forks * Math.max(1, jmh.getBenchModes().size());
  }
}

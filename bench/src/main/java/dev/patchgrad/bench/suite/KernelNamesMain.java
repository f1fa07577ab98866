package dev.patchgrad.bench.suite;

import dev.patchgrad.reports.grid.SuiteNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;

/**
 * A step of the build after JMH's annotation processor: writes the kernels' names into the list of
 * benchmarks, where a suite names a set of {@link KernelSets}.
 */
final class KernelNamesMain {
  private KernelNamesMain() {}

  /**
   * Rewrites a list in place; a list that names no set stays as it is.
   *
   * @param arguments the file that JMH's annotation processor wrote
   * @throws IOException if it cannot be read or written
   */
  public static void main(String[] arguments) throws IOException {
    Path list = Path.of(arguments[0]);
    List<BenchmarkListEntry> entries;
    try (InputStream in = Files.newInputStream(list)) {
      entries = BenchmarkList.readBenchmarkList(in);
    }
    for (BenchmarkListEntry entry : entries) {
      // The entry's own map: JMH has no other way to change one of its 23 properties.
      entry
          .getParams()
          .orElse(Map.of())
          .computeIfPresent(SuiteNames.KERNEL, (name, values) -> named(values));
    }
    try (OutputStream out = Files.newOutputStream(list)) {
      BenchmarkList.writeBenchmarkList(out, entries);
    }
  }

  private static String[] named(String[] values) {
    return Arrays.stream(values)
        .flatMap(value -> KernelSets.kernels(value).stream())
        .toArray(String[]::new);
  }
}

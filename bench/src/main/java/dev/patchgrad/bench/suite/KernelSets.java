package dev.patchgrad.bench.suite;

import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.Precision;
import dev.patchgrad.reports.grid.SuiteNames;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The kernels that a suite measures, named by what they have in common: a new kernel then needs no
 * edit of a suite.
 *
 * <p>JMH takes the values of a parameter from constants, and which kernels there are is known to
 * the core's list alone. So a suite names a set, and the build puts the kernels' names in its place
 * ({@link KernelNamesMain}).
 */
final class KernelSets {
  /** All that there are. */
  static final String ALL = "kernels:all";

  /** Those that are meant to be fast: all but the ones that others are compared with. */
  static final String CONTENDERS = "kernels:contenders";

  /** Contenders whose samples can be divided among threads. */
  static final String DIVISIBLE = "kernels:divisible";

  /** Contenders that read a layout of their own, to which a batch is converted. */
  static final String CONVERTED = "kernels:converted";

  /** Contenders that can stop after a block of samples. */
  static final String RESUMABLE = "kernels:resumable";

  private static final Set<String> REFERENCES = Set.of(SuiteNames.SCALAR, SuiteNames.EJML);

  private static final Map<String, Predicate<String>> SETS =
      Map.of(
          ALL, kernel -> true,
          CONTENDERS, KernelSets::contends,
          DIVISIBLE, kernel -> contends(kernel) && Kernels.isDivisible(kernel),
          CONVERTED, kernel -> contends(kernel) && isConverted(kernel),
          RESUMABLE, kernel -> contends(kernel) && Kernels.isResumable(kernel));

  private KernelSets() {}

  private static boolean contends(String kernel) {
    return !REFERENCES.contains(kernel);
  }

  private static boolean isConverted(String kernel) {
    return !Kernels.create(kernel, Precision.DOUBLE).layout().equals(Layout.ROW_MAJOR);
  }

  /**
   * What a value of the parameter {@code kernel} stands for.
   *
   * @param value a set's name or any other
   * @return the set's kernels in the order of the list; the value itself where it names no set
   */
  static List<String> kernels(String value) {
    Predicate<String> set = SETS.get(value);
    return set == null ? List.of(value) : Kernels.names().stream().filter(set).toList();
  }
}

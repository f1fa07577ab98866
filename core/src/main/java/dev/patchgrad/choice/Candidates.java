package dev.patchgrad.choice;

import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.Precision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The kernels that this JVM can load.
 *
 * @param layouts by name, the simplest kernel first
 * @param missing why others cannot be loaded; empty where all can
 */
record Candidates(Map<String, Layout> layouts, Optional<String> missing) {
  /** Those for one student, in a precision. */
  static Candidates of(Precision precision) {
    return of(precision, Kernels.names(), false);
  }

  /**
   * Those for a workload: with several threads, those that can be divided; with several students,
   * the one that takes one pass for all as well, the last.
   */
  static Candidates of(Workload workload) {
    List<String> names =
        workload.students() == 1 && workload.threads() > 1
            ? Kernels.names().stream().filter(Candidates::isDivisible).toList()
            : Kernels.names();
    return of(workload.precision(), names, workload.students() > 1);
  }

  private static boolean isDivisible(String name) {
    try {
      return Kernels.isDivisible(name);
    } catch (LinkageError e) {
      return true; // it is named as missing in its turn
    }
  }

  private static Candidates of(Precision precision, List<String> names, boolean students) {
    Map<String, Layout> layouts = new LinkedHashMap<>();
    List<String> missing = new ArrayList<>();
    for (String name : names) {
      try {
        layouts.put(name, Kernels.create(name, precision).layout());
      } catch (LinkageError e) {
        missing.add(name);
      }
    }
    if (students) {
      try {
        layouts.put(Kernels.STUDENTS, Kernels.createStudents(precision).layout());
      } catch (LinkageError e) {
        missing.add(Kernels.STUDENTS);
      }
    }
    return new Candidates(
        layouts,
        missing.isEmpty()
            ? Optional.empty()
            : Optional.of(
                "this JVM was started without --add-modules=jdk.incubator.vector, which is needed by "
                    + String.join(", ", missing)));
  }
}

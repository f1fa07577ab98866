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
  /** Those in a precision. */
  static Candidates of(Precision precision) {
    Map<String, Layout> layouts = new LinkedHashMap<>();
    List<String> missing = new ArrayList<>();
    for (String name : Kernels.names()) {
      try {
        layouts.put(name, Kernels.create(name, precision).layout());
      } catch (LinkageError e) {
        missing.add(name);
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

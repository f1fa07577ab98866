package dev.patchgrad.reports.page;

import dev.patchgrad.reports.environment.Environment;
import dev.patchgrad.reports.environment.Hardware;
import dev.patchgrad.reports.environment.JvmFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a page shows of the machine and the JVM, of one run or of several. */
final class EnvironmentFacts {
  private EnvironmentFacts() {}

  /** The facts of one run; each is unknown where the environment is. */
  static List<Page.Fact> of(Environment environment) {
    List<Page.Fact> facts = known(environment);
    return environment.isKnown()
        ? facts
        : facts.stream().map(fact -> new Page.Fact(fact.name(), "unknown")).toList();
  }

  private static List<Page.Fact> known(Environment environment) {
    Hardware hardware = environment.hardware();
    JvmFacts jvm = environment.jvm();
    return List.of(
        new Page.Fact(
            "processor", hardware.model() + " (" + hardware.microarchitectureInWords() + ")"),
        new Page.Fact(
            "cores",
            hardware.physicalCores()
                + " physical, "
                + hardware.logicalCores()
                + " logical"
                + (hardware.virtual() ? ", virtual machine" : "")),
        new Page.Fact(
            "caches",
            hardware.cacheBytes().entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue() / 1024 + " KiB")
                .collect(Collectors.joining(", "))),
        new Page.Fact("memory", hardware.memoryBytes() / (1 << 20) + " MiB"),
        new Page.Fact(
            "vectors",
            "double "
                + jvm.doubleSpecies().lanes()
                + " lanes, float "
                + jvm.floatSpecies().lanes()
                + " lanes ("
                + hardware.featureTier()
                + ")"),
        new Page.Fact(
            "extensions",
            hardware.extensions().isEmpty()
                ? "not recorded"
                : String.join(" ", hardware.extensions())),
        new Page.Fact("simulated", environment.simulated()),
        new Page.Fact(
            "operating system", environment.os().name() + " " + environment.os().version()),
        new Page.Fact("JDK", jvm.vendor() + " " + jvm.version()),
        new Page.Fact(
            "JVM flags",
            jvm.flags().entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .sorted()
                .collect(Collectors.joining(" "))),
        new Page.Fact("collector", jvm.collector()),
        new Page.Fact(
            "commit",
            environment.source().commit() + (environment.source().dirty() ? " with changes" : "")),
        new Page.Fact("measured", environment.dateInWords()),
        new Page.Fact(
            "load",
            String.format(
                Locale.ROOT,
                "%.2f before, %.2f after",
                environment.before().loadAverage(),
                environment.after().loadAverage())),
        new Page.Fact(
            "other programs",
            "just before "
                + share(environment.busyBefore())
                + ", during the run "
                + share(environment.othersDuring())
                + " of the processor time"),
        new Page.Fact(
            "label and changed arguments",
            environment.distinction().isEmpty() ? "none" : environment.distinction()));
  }

  private static String share(double share) {
    return Double.isNaN(share) ? "unknown" : String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }

  /**
   * Runs side by side: a line for each fact, and one for each flag of the JVM.
   *
   * @param environments by the name of the run, in order
   * @return the table; its first column marks what differs
   */
  static Page.Table sideBySide(Map<String, Environment> environments) {
    Map<String, List<String>> lines = new LinkedHashMap<>();
    for (Environment environment : environments.values()) {
      for (Page.Fact fact : of(environment)) {
        if (!fact.name().equals("JVM flags")) {
          lines.computeIfAbsent(fact.name(), name -> new ArrayList<>()).add(fact.value());
        }
      }
    }
    environments.values().stream()
        .flatMap(environment -> environment.jvm().flags().keySet().stream())
        .distinct()
        .sorted()
        .forEach(
            flag ->
                lines.put(
                    flag,
                    environments.values().stream()
                        .map(environment -> environment.jvm().flags().getOrDefault(flag, "-"))
                        .toList()));
    List<List<Page.Value>> rows = new ArrayList<>();
    lines.forEach(
        (name, values) -> {
          List<Page.Value> row = new ArrayList<>();
          row.add(Page.Value.of(values.stream().distinct().count() > 1 ? "differs" : ""));
          row.add(Page.Value.of(name));
          values.forEach(value -> row.add(Page.Value.of(value)));
          rows.add(row);
        });
    List<String> heads = new ArrayList<>(List.of("", "of the machine and the JVM"));
    heads.addAll(environments.keySet());
    return new Page.Table("", heads, rows);
  }
}
